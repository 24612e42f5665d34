//! Where 「新しいお知らせが届きました」 will stand.

use leptos::prelude::*;
use wording::key;

use crate::context::Here;
use crate::islands::{NoticeArrival, arrival};
use crate::paths;

/// Live regions that are empty until the island fills them with the words beside them. An emergency interrupts.
#[component]
pub(crate) fn Arrival(here: Here) -> impl IntoView {
    let text = here.texts();
    let events = format!("{}?since={}", paths::NOTICES_EVENTS, here.context.arrivals);
    view! {
        <div id=arrival::REGION role="status" class="arrival" data-events=events></div>
        <div id=arrival::URGENT_REGION role="alert" class="arrival" data-kind="error"></div>
        <template id=arrival::URGENT_WORDS>
            <p class="arrival-words">
                <strong>{text(key::NOTICES_ARRIVED_URGENT)}</strong>
                " "
                <a class="way" href=paths::NOTICES>{text(key::NOTICES_ARRIVED_URGENT_SHOW)}</a>
            </p>
        </template>
        <template id=arrival::WORDS>
            <p class="arrival-words">
                <strong>{text(key::NOTICES_ARRIVED_NOW)}</strong>
                " "
                <a class="way" href=paths::NOTICES>{text(key::NOTICES_ARRIVED_SHOW)}</a>
            </p>
        </template>
        <NoticeArrival/>
    }
}
