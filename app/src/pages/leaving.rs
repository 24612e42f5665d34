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
        let notices = match portal.confirmed_notices(&who, here.context.now).await {
            Ok(notices) => notices,
            Err(error) => return answer::store_failed(here, &error),
        };
        let gathered = portal.own_information(&who, &holder).await;
        match (gathered, portal.takeouts(&who, &holder).await) {
            (Ok(gathered), Ok(files)) => {
                let goes = Goes { answers: answers(gathered.as_ref()), notices };
                view! { <Leaving here goes files shared_device/> }.into_any()
            }
            (Err(error), _) | (_, Err(error)) => answer::information_failed(here, &error),
        }
    })
}

fn answers(gathered: Option<&Gathered>) -> usize {
    let sources = gathered.map(|gathered| gathered.sources.iter()).into_iter().flatten();
    sources.filter(|source| matches!(source.state, OwnState::Answered(_))).count()
}

/// What a logout would erase.
#[derive(Clone, Copy)]
pub(super) struct Goes {
    pub(super) answers: usize,
    pub(super) notices: u32,
}

#[component]
pub(super) fn Leaving(here: Here, goes: Goes, files: Vec<Takeout>, shared_device: bool) -> impl IntoView {
    let text = here.texts();
    let Goes { answers, notices } = goes;
    let goes = (answers > 0 || notices == 0)
        .then(|| here.format(key::LEAVING_GOES_ANSWERS, &[("count", (answers as u64).into())]));
    let goes = goes.map(|goes| view! { <li>{goes}</li> });
    let goes_too = (notices > 0).then(|| {
        let goes = here.format(key::LEAVING_GOES_NOTICES, &[("count", notices.into())]);
        view! { <li>{goes}</li> }
    });
    let keep = (notices > 0).then(|| {
        view! {
            <p class="measured">{text(key::LEAVING_NOTICES)}</p>
            <p><a class="way" href=paths::NOTICES>{text(key::LEAVING_NOTICES_LINK)}</a></p>
        }
    });
    let (back, back_to) =
        if answers > 0 { (key::LEAVING_BACK, paths::INFORMATION) } else { (key::LEAVING_HOME, paths::HOME) };
    view! {
        <PortalPage here=here.clone() title=text(key::LEAVING_TITLE)>
            <h1>{text(key::LEAVING_TITLE)}</h1>
            <p class="lead measured">{text(key::LEAVING_LEAD)}</p>
            <h2>{text(key::LEAVING_GOES)}</h2>
            <ul class="measured">{goes}{goes_too}</ul>
            <p class="measured">{text(key::LEAVING_STAYS)}</p>
            {keep}
            {(answers > 0).then(|| view! { <TakeHome here=here.clone() files shared_device/> })}
            <div class="actions apart">
                <form method="post" action=paths::LOGOUT>
                    <input type="hidden" name="confirmed" value="yes"/>
                    <Button text=text(key::LEAVING_CONFIRM)/>
                </form>
                <LinkButton text=text(back) href=back_to look=ButtonLook::Outline/>
            </div>
        </PortalPage>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    fn page(goes: Goes) -> String {
        let here = testing::here(Locale::Ja, "/leaving", true);
        ui::render(|| view! { <Leaving here goes files=Vec::new() shared_device=false/> })
    }

    #[test]
    fn notices_that_were_read_are_counted_and_can_be_kept() {
        let html = page(Goes { answers: 0, notices: 3 });
        assert!(html.contains("読んだお知らせと、ごみ箱のお知らせ 3件"), "{html}");
        assert!(html.contains(r#"href="/notices""#) && html.contains(r#"href="/home""#), "{html}");
        assert!(!html.contains("取り寄せた情報 0件"), "{html}");
    }

    #[test]
    fn it_says_what_goes_and_asks() {
        let html = page(Goes { answers: 14, notices: 0 });
        assert!(html.contains("取り寄せた情報 14件") && !html.contains("お知らせ "), "{html}");
        assert!(html.contains(r#"<input type="hidden" name="confirmed" value="yes""#), "{html}");
        assert!(html.contains(r#"href="/information""#));
    }
}
