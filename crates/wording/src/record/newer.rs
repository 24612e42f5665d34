//! A record that is newer than this program: says so, and guesses nothing.

use domain::{AccessRecord, Locale};

use super::{RecordLine, RecordWords};
use crate::{Words, Years, dates, key};

pub(super) fn line(locale: Locale, record: &AccessRecord, years: Years, when: String) -> RecordLine {
    let words = words(locale, record, years, when);
    RecordLine { sentence: words.sentence, when: words.when, outcome: words.outcome, basis_line: words.basis_line }
}

pub(super) fn words(locale: Locale, record: &AccessRecord, years: Years, when: String) -> RecordWords {
    let words = Words::of(locale);
    let unshown = || words.text(key::RECORD_NEWER_FIELD);
    let at = dates::in_sentence_years(locale, record.accessed_at, years);
    RecordWords {
        sentence: words.format(key::RECORD_NEWER_SENTENCE, &[("when", at.into())]),
        when,
        requester: unshown(),
        requester_about: unshown(),
        provider: unshown(),
        provider_about: unshown(),
        info_kind: unshown(),
        info_kind_about: unshown(),
        business: unshown(),
        circumstance: unshown(),
        outcome: unshown(),
        basis: unshown(),
        basis_line: words.text(key::RECORD_NEWER_BASIS),
        explanation: vec![words.text(key::RECORD_NEWER_EXPLANATION), words.text(key::RECORD_NEWER_NEXT)],
        contact: words.text(key::RECORD_NEWER_CONTACT),
        reference_number: record.id.reference_number(),
    }
}
