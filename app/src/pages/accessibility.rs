//! ウェブアクセシビリティ方針: what is aimed at, and honestly what is not tested yet.

use leptos::prelude::*;
use wording::key;

use super::answer;
use crate::components::PortalPage;
use crate::context::Here;

pub(crate) fn accessibility() -> impl IntoView {
    answer::open(|here| view! { <Accessibility here/> })
}

#[component]
pub(super) fn Accessibility(here: Here) -> impl IntoView {
    let text = here.texts();
    let warning = [("warning", here.duration(here.context.times.warning).into())];
    view! {
        <PortalPage here=here.clone() title=text(key::ACCESSIBILITY_TITLE)>
            <h1>{text(key::ACCESSIBILITY_TITLE)}</h1>
            <p class="measured">{text(key::ACCESSIBILITY_LEAD)}</p>
            <h2>{text(key::ACCESSIBILITY_TARGET_TITLE)}</h2>
            <p class="measured">{text(key::ACCESSIBILITY_TARGET_TEXT)}</p>
            <h2>{text(key::ACCESSIBILITY_STATE_TITLE)}</h2>
            <p class="measured">{text(key::ACCESSIBILITY_STATE_TEXT)}</p>
            <h2>{text(key::ACCESSIBILITY_DONE_TITLE)}</h2>
            <ul class="flow-tight measured">
                <li>{text(key::ACCESSIBILITY_DONE_KEYBOARD)}</li>
                <li>{text(key::ACCESSIBILITY_DONE_SCRIPT)}</li>
                <li>{text(key::ACCESSIBILITY_DONE_COLOUR)}</li>
                <li>{text(key::ACCESSIBILITY_DONE_ZOOM)}</li>
                <li>{here.format(key::ACCESSIBILITY_DONE_TIME, &warning)}</li>
                <li>{text(key::ACCESSIBILITY_DONE_EASY)}</li>
            </ul>
            <h2>{text(key::ACCESSIBILITY_KNOWN_TITLE)}</h2>
            <ul class="flow-tight measured">
                <li>{text(key::ACCESSIBILITY_KNOWN_DIALOG)}</li>
                <li>{text(key::ACCESSIBILITY_KNOWN_REFRESH)}</li>
                <li>{text(key::ACCESSIBILITY_KNOWN_READER)}</li>
            </ul>
            <h2>{text(key::ACCESSIBILITY_CONTACT_TITLE)}</h2>
            <p class="measured">{text(key::ACCESSIBILITY_CONTACT_TEXT)}</p>
        </PortalPage>
    }
}
