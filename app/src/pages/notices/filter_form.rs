//! お知らせを探す: a plain GET form.

use domain::{NoticeKind, OrgCode};
use leptos::prelude::*;
use portal::{InboxWish, NoticePlace, ReadState, WishError};
use ui::{Button, Checkbox, Choice, Disclosure, ErrorSummary, FieldError, FieldText, SelectField, TextField};
use wording::key;

use super::list::address;
use super::words;
use crate::components::error_words;
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
    let summary = match set {
        0 => text(key::NOTICES_FILTER),
        set => here.format(key::NOTICES_FILTER_ON, &[("count", (set as u64).into())]),
    };
    let at_field = |field: &str| wrong.filter(|wrong| wrong.field == field).map(|_| said(&here, field));
    let errors = wrong.into_iter().map(|wrong| summary_of(&here, wrong)).collect();
    // What was typed stays, also where it cannot be used.
    let typed = |name| here.asked(name).unwrap_or_default();
    let words_text = FieldText::label(text(key::NOTICES_FILTER_WORDS))
        .support(text(key::NOTICES_FILTER_WORDS_SUPPORT))
        .error(at_field("words"));
    let sender_text = FieldText::label(text(key::NOTICES_FILTER_SENDER)).error(at_field("sender"));
    let kind_text = FieldText::label(text(key::NOTICES_FILTER_KIND)).error(at_field("kind"));
    let all = || Choice::new("", text(key::NOTICES_FILTER_ALL));
    let mut senders = senders;
    if let Some(chosen) = wish.sender.as_ref().filter(|chosen| !senders.contains(chosen)) {
        senders.push(chosen.clone());
    }
    let sender = |org: &OrgCode| Choice::new(org.to_string(), wording::organisation(here.locale(), org));
    let sender_choices = [all()].into_iter().chain(senders.iter().map(sender)).collect();
    let kind = |kind: &NoticeKind| Choice::new(kind.name(), text(words::kind(*kind)));
    let kind_choices = [all()].into_iter().chain(NoticeKind::ALL.iter().map(kind)).collect();
    let state_text = FieldText::label(text(key::NOTICES_FILTER_STATE)).error(at_field("state"));
    let state = |state: ReadState| {
        let words = match state {
            ReadState::New => key::NOTICES_FILTER_STATE_NEW,
            ReadState::Unread => key::NOTICES_FILTER_STATE_UNREAD,
            ReadState::Read => key::NOTICES_FILTER_STATE_READ,
        };
        Choice::new(state.name(), text(words))
    };
    let state_choices = [all()].into_iter().chain(ReadState::ALL.map(state)).collect();
    // As an address of before says it.
    let typed_state = wish.read.map_or_else(|| typed("state"), |read| read.name().to_owned());
    let clear = address(&InboxWish { place: wish.place, ..InboxWish::default() });
    let place = match wish.place {
        NoticePlace::Inbox => None,
        NoticePlace::Archive => Some("archive"),
        NoticePlace::Bin => Some("bin"),
    };
    let [typed_words, typed_sender, typed_kind] = ["words", "sender", "kind"].map(typed);
    let place = place.map(|place| view! { <input type="hidden" name="place" value=place/> });
    let open = set > 0 || wrong.is_some();
    view! {
        <ErrorSummary title=text(key::NOTICES_FILTER_ERROR_TITLE) errors/>
        <Disclosure summary open class="filter">
            <form method="get" action=super::LIST class="stack">
                {place}
                <div class="field-row">
                    <TextField id="words" name="words" text=words_text value=typed_words/>
                    <SelectField id="sender" name="sender" text=sender_text choices=sender_choices chosen=typed_sender/>
                    <SelectField id="kind" name="kind" text=kind_text choices=kind_choices chosen=typed_kind/>
                    <SelectField id="state" name="state" text=state_text choices=state_choices chosen=typed_state/>
                </div>
                <div class="field-row">
                    <Checkbox id="due" name="due" label=text(key::NOTICES_FILTER_DUE) checked=wish.due/>
                    <Checkbox id="todo" name="todo" label=text(key::NOTICES_FILTER_TODO) checked=wish.to_do/>
                </div>
                <div class="actions">
                    <Button text=text(key::NOTICES_FILTER_APPLY)/>
                    <a href=clear>{text(key::NOTICES_FILTER_CLEAR)}</a>
                </div>
            </form>
        </Disclosure>
    }
}

fn said(here: &Here, field: &str) -> String {
    match field {
        "words" => here.text(key::NOTICES_FILTER_ERROR_WORDS),
        _ => here.text(key::NOTICES_FILTER_ERROR),
    }
}

const FIELDS: [&str; 6] = ["words", "sender", "kind", "state", "due", "todo"];

/// What is wrong, with a link to the field; to the first one where the address has what the form has not.
fn summary_of(here: &Here, wrong: WishError) -> FieldError {
    let (field_id, text) = if FIELDS.contains(&wrong.field) {
        (wrong.field, said(here, wrong.field))
    } else {
        let words = error_words(here, "unknown-filter");
        (FIELDS[0], format!("{}{}", words.what, words.next))
    };
    FieldError { field_id: field_id.to_owned(), text }
}
