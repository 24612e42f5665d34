//! Before a logout that erases something: what goes, what stays, and what can be taken home (P-INF-7).

use leptos::prelude::*;
use portal::{Gathered, OwnState, Takeout};
use ui::{Button, ButtonLook, LinkButton};
use wording::key;

use super::answer;
use crate::components::{PortalPage, TakeHome};
use crate::context::Here;
use crate::paths;

pub(crate) fn leaving() -> impl IntoView {
    answer::holding(|here, who, holder, portal| async move {
        let shared_device = portal.home(&who).await.shared_device;
        let gathered = portal.own_information(&who, &holder).await;
        match (gathered, portal.takeouts(&who, &holder).await) {
            (Ok(gathered), Ok(files)) => {
                let answers = answers(gathered.as_ref());
                view! { <Leaving here answers files shared_device/> }.into_any()
            }
            (Err(error), _) | (_, Err(error)) => answer::information_failed(here, &error),
        }
    })
}

fn answers(gathered: Option<&Gathered>) -> usize {
    let sources = gathered.map(|gathered| gathered.sources.iter()).into_iter().flatten();
    sources.filter(|source| matches!(source.state, OwnState::Answered(_))).count()
}

#[component]
pub(super) fn Leaving(here: Here, answers: usize, files: Vec<Takeout>, shared_device: bool) -> impl IntoView {
    let text = here.texts();
    let goes = here.format(key::LEAVING_GOES_ANSWERS, &[("count", (answers as u64).into())]);
    view! {
        <PortalPage here=here.clone() title=text(key::LEAVING_TITLE)>
            <h1>{text(key::LEAVING_TITLE)}</h1>
            <p class="lead measured">{text(key::LEAVING_LEAD)}</p>
            <h2>{text(key::LEAVING_GOES)}</h2>
            <ul class="measured"><li>{goes}</li></ul>
            <p class="measured">{text(key::LEAVING_STAYS)}</p>
            {(answers > 0).then(|| view! { <TakeHome here=here.clone() files shared_device/> })}
            <div class="actions apart">
                <form method="post" action=paths::LOGOUT>
                    <input type="hidden" name="confirmed" value="yes"/>
                    <Button text=text(key::LEAVING_CONFIRM)/>
                </form>
                <LinkButton text=text(key::LEAVING_BACK) href=paths::INFORMATION look=ButtonLook::Outline/>
            </div>
        </PortalPage>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    #[test]
    fn it_says_what_goes_and_asks() {
        let here = testing::here(Locale::Ja, "/leaving", true);
        let html = ui::render(|| view! { <Leaving here answers=14 files=Vec::new() shared_device=false/> });
        assert!(html.contains("取り寄せた情報 14件"), "{html}");
        assert!(html.contains(r#"<input type="hidden" name="confirmed" value="yes""#), "{html}");
        assert!(html.contains(r#"href="/information""#));
    }
}
