//! Citizens' words for bases, institutions and kinds of information, in every version ever used (P-LOG-13).

use std::sync::LazyLock;

use domain::{BpId, Dictionary, InfoKind, Locale, OrgCode, Outcome};

use crate::{Value, book::Book, generated, words::args};

/// A name in today's words: `横浜市`; `名前の登録がない機関` for a code without words.
pub fn organisation(locale: Locale, code: &OrgCode) -> String {
    Lexicon::current(locale).map_or_else(String::new, |words| words.organisation(code).to_owned())
}

/// One line about it.
pub fn organisation_about(locale: Locale, code: &OrgCode) -> String {
    Lexicon::current(locale).map_or_else(String::new, |words| words.organisation_about(code).to_owned())
}

/// A kind of information in today's words: `所得の情報`.
pub fn info_kind(locale: Locale, code: &InfoKind) -> String {
    Lexicon::current(locale).map_or_else(String::new, |words| words.kind(code).to_owned())
}

/// One line about it.
pub fn info_kind_about(locale: Locale, code: &InfoKind) -> String {
    Lexicon::current(locale).map_or_else(String::new, |words| words.kind_about(code).to_owned())
}

/// How a request ended, as a label: `提供を受けた`.
pub fn outcome(locale: Locale, outcome: Outcome) -> String {
    Sentences::of(locale, Dictionary::CURRENT.schema_version)
        .map_or_else(String::new, |sentences| sentences.text(&format!("outcome-{}", of_outcome(outcome))))
}

/// Every organisation that has words, in the order of the codes.
pub fn organisations() -> Vec<OrgCode> {
    let words = Lexicon::current(Locale::Ja);
    words.map_or_else(Vec::new, |words| parsed(&words.0.between("org-", "-about")))
}

/// Every kind of information that has words, in the order of the codes.
pub fn info_kinds() -> Vec<InfoKind> {
    let words = Lexicon::current(Locale::Ja);
    words.map_or_else(Vec::new, |words| parsed(&words.0.between("kind-", "-about")))
}

fn parsed<T: std::str::FromStr>(codes: &[&str]) -> Vec<T> {
    codes.iter().filter_map(|code| code.parse().ok()).collect()
}

/// One version of the words in one language.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon(&'static Book);

impl Lexicon {
    /// The version that a record was written with; None when this program is older than the record.
    pub(crate) fn of(locale: Locale, version: u32) -> Option<Self> {
        static ALL: LazyLock<[Vec<Book>; 3]> = LazyLock::new(|| Locale::ALL.map(generated::dictionaries));
        edition(&ALL, locale, version).map(Self)
    }

    fn current(locale: Locale) -> Option<Self> {
        Self::of(locale, Dictionary::CURRENT.words_version)
    }

    /// As a label.
    pub(crate) fn organisation(self, code: &OrgCode) -> &'static str {
        self.about_organisation(code, "")
    }

    /// As it stands inside a sentence.
    pub(crate) fn organisation_in_sentence(self, code: &OrgCode) -> &'static str {
        self.about_organisation(code, "-phrase")
    }

    /// One line about it.
    pub(crate) fn organisation_about(self, code: &OrgCode) -> &'static str {
        self.about_organisation(code, "-about")
    }

    fn about_organisation(self, code: &OrgCode, part: &str) -> &'static str {
        let unknown = if code.is_municipality() { "unknown-municipality" } else { "unknown-org" };
        self.word("org", code.as_str(), part, unknown)
    }

    /// A kind of information.
    pub(crate) fn kind(self, code: &InfoKind) -> &'static str {
        self.word("kind", code.as_str(), "", "unknown-kind")
    }

    /// One line about it.
    pub(crate) fn kind_about(self, code: &InfoKind) -> &'static str {
        self.word("kind", code.as_str(), "-about", "unknown-kind")
    }

    /// Whether this version has words for the business.
    fn knows_business(self, code: &BpId) -> bool {
        self.0.text(&format!("bp-{code}-decides")).is_some()
    }

    /// `business`, `purpose`, `basis`, `procedure`, `why` or `decides` of a business.
    pub(crate) fn business(self, code: &BpId, part: &str) -> &'static str {
        let known = self.knows_business(code).then(|| self.0.text(&format!("bp-{code}-{part}")));
        known.flatten().or_else(|| self.0.text(&format!("unknown-bp-{part}"))).unwrap_or_default()
    }

    /// Whom to ask about a business.
    pub(crate) fn contact(self, code: &BpId, requester: &str) -> String {
        let values = [("requester", Value::from(requester))];
        let known = self.knows_business(code).then(|| self.0.format(&format!("bp-{code}-contact"), &args(&values)));
        known.flatten().or_else(|| self.0.format("unknown-bp-contact", &args(&values))).unwrap_or_default()
    }

    /// A code is known when it has a line about it: `kind-income-about` does not make `income-about` a kind.
    fn word(self, family: &str, code: &str, part: &str, unknown: &str) -> &'static str {
        let known = self.0.text(&format!("{family}-{code}-about")).is_some();
        let found = known.then(|| self.0.text(&format!("{family}-{code}{part}")));
        found.flatten().or_else(|| self.0.text(&format!("{unknown}{part}"))).unwrap_or_default()
    }
}

/// The sentence patterns of one version of the record's specification in one language.
#[derive(Clone, Copy)]
pub(crate) struct Sentences(&'static Book);

impl Sentences {
    /// The version that a record was written with; None when this program is older than the record.
    pub(crate) fn of(locale: Locale, version: u32) -> Option<Self> {
        static ALL: LazyLock<[Vec<Book>; 3]> = LazyLock::new(|| Locale::ALL.map(generated::sentences));
        edition(&ALL, locale, version).map(Self)
    }

    pub(crate) fn text(self, key: &str) -> String {
        self.0.text(key).unwrap_or_default().to_owned()
    }

    pub(crate) fn format(self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        self.0.format(key, &args(values)).unwrap_or_default()
    }
}

/// Versions count from 1.
fn edition(all: &'static [Vec<Book>; 3], locale: Locale, version: u32) -> Option<&'static Book> {
    let [ja, ja_easy, en] = all;
    let versions = match locale {
        Locale::Ja => ja,
        Locale::JaEasy => ja_easy,
        Locale::En => en,
    };
    versions.get(usize::try_from(version).ok()?.checked_sub(1)?)
}

/// As in the keys.
pub(crate) fn of_outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Provided => "provided",
        Outcome::NoDataHeld => "no-data-held",
        Outcome::Refused => "refused",
        Outcome::Unanswered => "unanswered",
    }
}
