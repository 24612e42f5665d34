//! 残す: beyond the session (P-PSH-7).

use leptos::prelude::*;
use portal::InboxNotice;
use ui::{Button, ButtonLook};
use wording::key;

use crate::context::Here;
use crate::paths;

/// Not where it was thrown away: first it comes back.
#[component]
pub(super) fn Keep(here: Here, line: InboxNotice) -> impl IntoView {
    let text = here.texts();
    let number = line.letter.number().to_string();
    let open = line.replies_until.is_some_and(|until| until > here.context.now);
    let answerable = open && line.touched.replied_at.is_none() && !line.withdrawn;
    let answer = answerable.then(|| view! { <p>{text(key::KEPT_ACT_ANSWER)}</p> });
    line.touched.binned_at.is_none().then(|| {
        view! {
            <form method="post" action=paths::NOTICES_ACT class="notice-box measured on-screen">
                <input type="hidden" name="on" value=number.clone()/>
                <input type="hidden" name="letter" value=number/>
                <p>{text(key::KEPT_ACT_ABOUT)}</p>
                {answer}
                <Button text=text(key::KEPT_ACT) look=ButtonLook::Outline name="act" value="keep"/>
            </form>
        }
    })
}
