//! What a notice asks, and the way to the answer.

use domain::NoticeKind;
use jiff::Timestamp;
use leptos::prelude::*;
use ui::LinkButton;
use wording::key;

use crate::context::Here;
use crate::paths;

/// Until when answers are taken, or that there is one.
#[component]
pub(super) fn Questions(
    here: Here,
    number: i64,
    kind: NoticeKind,
    closes_at: Timestamp,
    replied_at: Option<Timestamp>,
    withdrawn: bool,
) -> impl IntoView {
    let (title, go) = if kind == NoticeKind::SignUp {
        (key::NOTICE_FORM_SIGN_UP, key::NOTICE_FORM_SIGN_UP_GO)
    } else {
        (key::NOTICE_FORM_REQUEST, key::NOTICE_FORM_REQUEST_GO)
    };
    let at = |key, at: Timestamp| here.format(key, &[("when", here.when(at).into())]);
    let open = closes_at > here.context.now;
    let state = match replied_at {
        Some(replied_at) => at(key::NOTICE_FORM_REPLIED, replied_at),
        None if open => at(key::NOTICE_FORM_UNTIL, closes_at),
        None => at(key::NOTICE_FORM_CLOSED, closes_at),
    };
    let go = (open && replied_at.is_none() && !withdrawn).then(|| {
        view! { <div class="actions"><LinkButton text=here.text(go) href=paths::reply(number)/></div> }
    });
    view! {
        <section class="notice-box">
            <h2>{here.text(title)}</h2>
            <p>{state}</p>
            {go}
        </section>
    }
}
