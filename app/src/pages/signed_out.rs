//! After a session: why it ended, and that nothing is left.

use leptos::prelude::*;
use ui::{ButtonLook, LinkButton};
use wording::key;

use super::answer;
use super::login::return_to;
use crate::components::{PortalPage, Trail};
use crate::context::Here;
use crate::paths;

pub(crate) fn signed_out() -> impl IntoView {
    answer::open(|here| view! { <SignedOut here/> })
}

#[component]
pub(super) fn SignedOut(here: Here) -> impl IntoView {
    let times = here.context.times;
    let (title, lead) = match why(here.query()) {
        Why::Logout => (key::SIGNED_OUT_TITLE, here.text(key::SIGNED_OUT_LEAD)),
        Why::Ended => {
            let values =
                [("idle", here.duration(times.idle).into()), ("absolute", here.duration(times.absolute).into())];
            (key::SIGNED_OUT_ENDED_TITLE, here.format(key::SIGNED_OUT_ENDED_LEAD, &values))
        }
    };
    let title = here.text(title);
    let login = match return_to(here.query()) {
        Some(path) => format!("{}?return_to={path}", paths::LOGIN),
        None => paths::LOGIN.to_owned(),
    };
    view! {
        <PortalPage here=here.clone() title=title.clone() trail=Trail::None>
            <h1>{title}</h1>
            <p class="lead measured">{lead}</p>
            <ul class="flow-tight measured">
                <li>{here.text(key::SIGNED_OUT_RECORDS)}</li>
                <li>{here.text(key::SIGNED_OUT_CARD_REMINDER)}</li>
            </ul>
            <div class="actions apart">
                <LinkButton text=here.text(key::SIGNED_OUT_AGAIN) href=login/>
                <LinkButton text=here.text(key::SIGNED_OUT_TOP) href=paths::TOP look=ButtonLook::Outline/>
            </div>
        </PortalPage>
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    Logout,
    /// Idle, or twelve hours, or gone from the server.
    Ended,
}

fn why(query: &str) -> Why {
    let mut values = query.split('&').filter_map(|pair| pair.strip_prefix("why="));
    match values.next() {
        Some("ended") => Why::Ended,
        _ => Why::Logout,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    fn page(address: &str) -> String {
        let here = testing::here(Locale::Ja, address, false);
        ui::render(|| view! { <SignedOut here/> })
    }

    #[test]
    fn the_reason_is_told() {
        assert!(page("/signed-out?why=logout").contains("<h1>ログアウトしました</h1>"));
        assert!(page("/signed-out?why=ended").contains("15分のあいだ操作がないとき"));
    }

    #[test]
    fn the_login_leads_back_to_the_place() {
        let html = page("/signed-out?why=ended&return_to=%2Frecords%3Fpage%3D2");
        assert!(html.contains("/login?return_to=%2Frecords%3Fpage%3D2"), "{html}");
    }
}
