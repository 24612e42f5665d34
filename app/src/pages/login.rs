//! ログイン

use domain::CardPurpose;
use leptos::prelude::*;
use ui::{Button, ButtonSize, Checkbox};
use wording::key;

use super::answer;
use super::card_step::{CardStep, Nothing};
use crate::components::PortalPage;
use crate::context::Here;
use crate::paths;

pub(crate) fn login() -> impl IntoView {
    answer::open(|here| view! { <Login here/> })
}

pub(crate) fn login_card() -> impl IntoView {
    answer::asking(|here, browser, portal| async move {
        match portal.card_ask(&browser, CardPurpose::Login, here.context.now).await {
            Ok(ask) => view! {
                <CardStep
                    here=here.clone()
                    ask
                    title=here.text(key::LOGIN_CARD_TITLE)
                    lead=here.text(key::LOGIN_CARD_LEAD)
                    pin=here.text(key::LOGIN_CARD_PIN)
                    back=paths::LOGIN
                    trail=(here.text(key::LOGIN_TITLE), paths::LOGIN)
                />
            }
            .into_any(),
            Err(error) => Nothing::page(here, &error, key::CARD_PAGE_AGAIN_LOGIN, paths::LOGIN),
        }
    })
}

#[component]
pub(super) fn Login(here: Here) -> impl IntoView {
    let text = here.texts();
    let back = here.asked("return_to").filter(|path| !path.is_empty());
    view! {
        <PortalPage here=here.clone() title=text(key::LOGIN_TITLE)>
            <h1>{text(key::LOGIN_TITLE)}</h1>
            <p class="measured">{text(key::LOGIN_LEAD)}</p>
            <form method="post" action=paths::LOGIN_START class="flow measured">
                {back.map(|path| view! { <input type="hidden" name="return_to" value=path/> })}
                <Checkbox
                    id="shared"
                    name="shared"
                    label=text(key::LOGIN_SHARED)
                    support=text(key::LOGIN_SHARED_SUPPORT)
                />
                <div class="actions"><Button text=text(key::LOGIN_START) size=ButtonSize::Large/></div>
            </form>
            <h2>{text(key::LOGIN_NEW)}</h2>
            <p class="measured">{text(key::LOGIN_NEW_TEXT)}</p>
            <p><a class="way" href=paths::REGISTER>{text(key::LOGIN_NEW_LINK)}</a></p>
            <h2>{text(key::LOGIN_LOST_TITLE)}</h2>
            <p class="measured">{text(key::LOGIN_LOST_TEXT)}</p>
        </PortalPage>
    }
}

/// Where to go after the login, still encoded as in the query. Whether it is a path of this site, the use case judges.
pub(super) fn return_to(query: &str) -> Option<&str> {
    let encoded = |value: &&str| !value.is_empty() && value.bytes().all(|b| b.is_ascii_graphic());
    query.split('&').find_map(|pair| pair.strip_prefix("return_to=")).filter(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    #[test]
    fn the_form_starts_a_login_and_remembers_the_place() {
        let here = testing::here(Locale::Ja, "/login?return_to=%2Frecords%3Fpage%3D2", false);
        let html = ui::render(|| view! { <Login here/> });
        assert!(html.contains(r#"<form method="post" action="/login/start""#), "{html}");
        assert!(html.contains(r#"name="return_to" value="/records?page=2""#), "{html}");
        assert!(html.contains(r#"name="shared""#));
    }
}
