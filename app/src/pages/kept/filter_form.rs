//! 保管を探す: a plain GET form, as the inbox has.

use domain::OrgCode;
use leptos::prelude::*;
use portal::{KeptWish, WishError};
use ui::{Button, Checkbox, Disclosure, ErrorSummary};
use wording::key;

use super::address;
use crate::context::Here;
use crate::pages::notices::search::{self, SearchFields};
use crate::paths;

#[component]
pub(super) fn FilterForm(here: Here, wish: KeptWish, wrong: Option<WishError>, senders: Vec<OrgCode>) -> impl IntoView {
    let text = here.texts();
    let set = wish.conditions();
    let summary = search::summary(&here, set);
    let errors = search::errors(&here, wrong, &FIELDS);
    let chosen = wish.sender.clone();
    let clear = address(&KeptWish::default());
    let open = set > 0 || wrong.is_some();
    view! {
        <ErrorSummary title=text(key::NOTICES_FILTER_ERROR_TITLE) errors/>
        <Disclosure summary open class="filter">
            <form method="get" action=paths::NOTICES class="stack">
                <input type="hidden" name="place" value="kept"/>
                <div class="field-row">
                    <SearchFields here=here.clone() wrong senders chosen/>
                </div>
                <div class="field-row">
                    <Checkbox id="due" name="due" label=text(key::NOTICES_FILTER_DUE) checked=wish.due/>
                </div>
                <div class="actions">
                    <Button text=text(key::NOTICES_FILTER_APPLY)/>
                    <a href=clear>{text(key::NOTICES_FILTER_CLEAR)}</a>
                </div>
            </form>
        </Disclosure>
    }
}

const FIELDS: [&str; 4] = ["words", "sender", "kind", "due"];
