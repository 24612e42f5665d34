//! 使い方

use leptos::prelude::*;
use wording::{Key, key};

use super::answer;
use crate::components::PortalPage;
use crate::context::Here;

pub(crate) fn help() -> impl IntoView {
    answer::open(|here| view! { <Help here/> })
}

#[component]
pub(super) fn Help(here: Here) -> impl IntoView {
    let text = here.texts();
    let list = move |keys: &[Key]| keys.iter().map(|key| view! { <li>{text(*key)}</li> }).collect_view();
    let contact = here.context.contact.clone().unwrap_or_else(|| here.text(key::HELP_CONTACT_NONE));
    view! {
        <PortalPage here=here.clone() title=here.text(key::HELP_TITLE)>
            <h1>{here.text(key::HELP_TITLE)}</h1>
            <p>{here.text(key::HELP_LEAD)}</p>
            <h2>{here.text(key::HELP_START_TITLE)}</h2>
            <ol class="instructions" role="list">{list(&[key::HELP_START_1, key::HELP_START_2, key::HELP_START_3])}</ol>
            <h2>{here.text(key::HELP_LOGIN_TITLE)}</h2>
            <ol class="instructions" role="list">{list(&[key::HELP_LOGIN_1, key::HELP_LOGIN_2, key::HELP_LOGIN_3])}</ol>
            <h2>{here.text(key::HELP_RECORDS_TITLE)}</h2>
            <ul class="flow-tight measured">
                {list(&[
                    key::HELP_RECORDS_SENTENCE,
                    key::HELP_RECORDS_BASIS,
                    key::HELP_RECORDS_REFUSED,
                    key::HELP_RECORDS_OWN,
                    key::HELP_RECORDS_UNKNOWN,
                ])}
            </ul>
            <h2>{here.text(key::HELP_PIN_TITLE)}</h2>
            <ul class="flow-tight measured">
                {list(&[key::HELP_PIN_TWO, key::HELP_PIN_LOCK, key::HELP_PIN_NEVER])}
            </ul>
            <h2>{here.text(key::HELP_EASY_TITLE)}</h2>
            <ul class="flow-tight measured">
                {list(&[key::HELP_EASY_LANGUAGE, key::HELP_EASY_ZOOM, key::HELP_EASY_SCRIPT])}
            </ul>
            <h2 id="contact">{here.text(key::HELP_CONTACT_TITLE)}</h2>
            <p class="measured">{contact}</p>
        </PortalPage>
    }
}
