//! お知らせを探す: a plain GET form.

use domain::OrgCode;
use leptos::prelude::*;
use portal::{InboxWish, NoticePlace, ReadState, WishError};
use ui::{Button, Checkbox, Choice, Disclosure, ErrorSummary, FieldText, SelectField};
use wording::key;

use super::list::address;
use super::search::{self, SearchFields};
use crate::context::Here;

#[component]
pub(super) fn FilterForm(
    here: Here,
    wish: InboxWish,
    wrong: Option<WishError>,
    senders: Vec<OrgCode>,
) -> impl IntoView {
    let text = here.texts();
    let set = wish.conditions();
    let summary = search::summary(&here, set);
    let errors = search::errors(&here, wrong, &FIELDS);
    let state_text = FieldText::label(text(key::NOTICES_FILTER_STATE)).error(search::error_at(&here, wrong, "state"));
    let state = |state: ReadState| {
        let words = match state {
            ReadState::New => key::NOTICES_FILTER_STATE_NEW,
            ReadState::Unread => key::NOTICES_FILTER_STATE_UNREAD,
            ReadState::Read => key::NOTICES_FILTER_STATE_READ,
        };
        Choice::new(state.name(), text(words))
    };
    let state_choices = [search::all(&here)].into_iter().chain(ReadState::ALL.map(state)).collect();
    // As an address of before says it.
    let typed_state = wish.read.map_or_else(|| here.asked("state").unwrap_or_default(), |read| read.name().to_owned());
    let clear = address(&InboxWish { place: wish.place, ..InboxWish::default() });
    let place = match wish.place {
        NoticePlace::Inbox => None,
        NoticePlace::Archive => Some("archive"),
        NoticePlace::Bin => Some("bin"),
    };
    let chosen = wish.sender.clone();
    let place = place.map(|place| view! { <input type="hidden" name="place" value=place/> });
    let open = set > 0 || wrong.is_some();
    view! {
        <ErrorSummary title=text(key::NOTICES_FILTER_ERROR_TITLE) errors/>
        <Disclosure summary open class="filter">
            <form method="get" action=super::LIST class="stack">
                {place}
                <div class="field-row">
                    <SearchFields here=here.clone() wrong senders chosen/>
                    <SelectField id="state" name="state" text=state_text choices=state_choices chosen=typed_state/>
                </div>
                <div class="field-row">
                    <Checkbox id="due" name="due" label=text(key::NOTICES_FILTER_DUE) checked=wish.due/>
                    <Checkbox id="todo" name="todo" label=text(key::NOTICES_FILTER_TODO) checked=wish.to_do/>
                    <Checkbox id="starred" name="starred" label=text(key::NOTICES_FILTER_STARRED) checked=wish.starred/>
                </div>
                <div class="actions">
                    <Button text=text(key::NOTICES_FILTER_APPLY)/>
                    <a href=clear>{text(key::NOTICES_FILTER_CLEAR)}</a>
                </div>
            </form>
        </Disclosure>
    }
}

const FIELDS: [&str; 7] = ["words", "sender", "kind", "state", "due", "todo", "starred"];
