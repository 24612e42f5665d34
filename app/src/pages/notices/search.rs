//! What looking for notices has in common, in the inbox and in 保管.

use domain::{NoticeKind, OrgCode};
use leptos::prelude::*;
use portal::WishError;
use ui::{Choice, FieldError, FieldText, SelectField, TextField};
use wording::key;

use super::words;
use crate::components::error_words;
use crate::context::Here;

/// 言葉, 差出人, 種類. What was typed stays, also where it cannot be used.
#[component]
pub(in crate::pages) fn SearchFields(
    here: Here,
    wrong: Option<WishError>,
    senders: Vec<OrgCode>,
    /// Whose notices are looked for: stays among the choices though none of theirs is left.
    chosen: Option<OrgCode>,
) -> impl IntoView {
    let text = here.texts();
    let typed = |name| here.asked(name).unwrap_or_default();
    let words_text = FieldText::label(text(key::NOTICES_FILTER_WORDS))
        .support(text(key::NOTICES_FILTER_WORDS_SUPPORT))
        .error(error_at(&here, wrong, "words"));
    let sender_text = FieldText::label(text(key::NOTICES_FILTER_SENDER)).error(error_at(&here, wrong, "sender"));
    let kind_text = FieldText::label(text(key::NOTICES_FILTER_KIND)).error(error_at(&here, wrong, "kind"));
    let mut senders = senders;
    senders.extend(chosen.filter(|chosen| !senders.contains(chosen)));
    let sender = |org: &OrgCode| Choice::new(org.to_string(), wording::organisation(here.locale(), org));
    let sender_choices = [all(&here)].into_iter().chain(senders.iter().map(sender)).collect();
    let kind = |kind: &NoticeKind| Choice::new(kind.name(), text(words::kind(*kind)));
    let kind_choices = [all(&here)].into_iter().chain(NoticeKind::ALL.iter().map(kind)).collect();
    let [typed_words, typed_sender, typed_kind] = ["words", "sender", "kind"].map(typed);
    view! {
        <TextField id="words" name="words" text=words_text value=typed_words/>
        <SelectField id="sender" name="sender" text=sender_text choices=sender_choices chosen=typed_sender/>
        <SelectField id="kind" name="kind" text=kind_text choices=kind_choices chosen=typed_kind/>
    }
}

/// Nothing is looked for at this field.
pub(in crate::pages) fn all(here: &Here) -> Choice {
    Choice::new("", here.text(key::NOTICES_FILTER_ALL))
}

/// What stands above the folded form.
pub(in crate::pages) fn summary(here: &Here, conditions: usize) -> String {
    match conditions {
        0 => here.text(key::NOTICES_FILTER),
        set => here.format(key::NOTICES_FILTER_ON, &[("count", (set as u64).into())]),
    }
}

pub(in crate::pages) fn error_at(here: &Here, wrong: Option<WishError>, field: &str) -> Option<String> {
    wrong.filter(|wrong| wrong.field == field).map(|_| said(here, field))
}

fn said(here: &Here, field: &str) -> String {
    match field {
        "words" => here.text(key::NOTICES_FILTER_ERROR_WORDS),
        _ => here.text(key::NOTICES_FILTER_ERROR),
    }
}

/// What is wrong, with a link to the field; to the first one where the address has what the form has not.
pub(in crate::pages) fn errors(here: &Here, wrong: Option<WishError>, fields: &[&'static str]) -> Vec<FieldError> {
    let error = |wrong: WishError| {
        if fields.contains(&wrong.field) {
            return FieldError { field_id: wrong.field.to_owned(), text: said(here, wrong.field) };
        }
        let words = error_words(here, "unknown-filter");
        FieldError { field_id: "words".to_owned(), text: format!("{}{}", words.what, words.next) }
    };
    wrong.map(error).into_iter().collect()
}
