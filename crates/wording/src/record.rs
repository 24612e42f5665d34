//! An access record as a person reads it (P-LOG-7), in the words of the versions that it carries (P-LOG-13).

mod newer;
mod version_1;

use domain::{AccessRecord, Locale};

use crate::{
    Years, dates,
    dictionary::{Lexicon, Sentences},
};

/// What a list shows of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordLine {
    /// Who asked whom for what and why, and how it ended; names the person of the folder 「あなた」.
    pub sentence: String,
    /// ② `2026年11月3日（火）14時5分`
    pub when: String,
    /// How it ended, as a label.
    pub outcome: String,
    /// ③ law and article: `根拠：…`
    pub basis_line: String,
}

/// Everything that a record's own page says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordWords {
    /// As in the list.
    pub sentence: String,
    /// ② `2026年11月3日（火）14時5分`
    pub when: String,
    /// ④ who asked.
    pub requester: String,
    /// One line about it.
    pub requester_about: String,
    /// ⑤ who was asked.
    pub provider: String,
    /// One line about it.
    pub provider_about: String,
    /// ⑥ kind of information.
    pub info_kind: String,
    /// One line about it.
    pub info_kind_about: String,
    /// ③ the business, as a label.
    pub business: String,
    /// By law, with consent, by a representative …, as a label.
    pub circumstance: String,
    /// How it ended, as a label.
    pub outcome: String,
    /// ③ law and article, without a label before it.
    pub basis: String,
    /// ③ law and article: `根拠：…`
    pub basis_line: String,
    /// 「これは何ですか」: what procedure it is, why that institution may ask, the articles, what is decided by it,
    /// whom to ask; one entry a line.
    pub explanation: Vec<String>,
    /// Whom to ask, as a label.
    pub contact: String,
    /// ① in groups, as people read it out.
    pub reference_number: String,
}

/// A record for its own page.
pub fn record(locale: Locale, record: &AccessRecord) -> RecordWords {
    record_in(locale, record, Years::Western)
}

/// [`record`], with era years when asked.
pub fn record_in(locale: Locale, record: &AccessRecord, years: Years) -> RecordWords {
    let when = dates::date_time_in(locale, record.accessed_at, years);
    match editions(locale, record) {
        Some((sentences, lexicon)) => {
            let teller = version_1::Teller { locale, years, sentences, lexicon, record };
            RecordWords {
                sentence: teller.sentence(),
                when,
                requester: lexicon.organisation(&record.requester).to_owned(),
                requester_about: lexicon.organisation_about(&record.requester).to_owned(),
                provider: lexicon.organisation(&record.provider).to_owned(),
                provider_about: lexicon.organisation_about(&record.provider).to_owned(),
                info_kind: lexicon.kind(&record.info_kind).to_owned(),
                info_kind_about: lexicon.kind_about(&record.info_kind).to_owned(),
                business: lexicon.business(&record.bp).label.to_owned(),
                circumstance: teller.circumstance(),
                outcome: teller.outcome(),
                basis: teller.basis(),
                basis_line: teller.basis_line(),
                explanation: teller.explanation(),
                contact: teller.contact(),
                reference_number: record.id.reference_number(),
            }
        }
        None => newer::words(locale, record, years, when),
    }
}

/// A record for a list.
pub fn record_line(locale: Locale, record: &AccessRecord) -> RecordLine {
    record_line_in(locale, record, Years::Western)
}

/// [`record_line`], with era years when asked.
pub fn record_line_in(locale: Locale, record: &AccessRecord, years: Years) -> RecordLine {
    let when = dates::date_time_in(locale, record.accessed_at, years);
    match editions(locale, record) {
        Some((sentences, lexicon)) => {
            let teller = version_1::Teller { locale, years, sentences, lexicon, record };
            RecordLine { sentence: teller.sentence(), when, outcome: teller.outcome(), basis_line: teller.basis_line() }
        }
        None => newer::line(locale, record, years, when),
    }
}

/// The registry of versions. A version 2 of the specification adds `sentences-2.ftl` and, where its records mean
/// something else, a teller of its own; `dictionary-2.ftl` adds words. None when the record is newer than this program.
fn editions(locale: Locale, record: &AccessRecord) -> Option<(Sentences, Lexicon)> {
    Some((
        Sentences::of(locale, record.dictionary.schema_version)?,
        Lexicon::of(locale, record.dictionary.words_version)?,
    ))
}
