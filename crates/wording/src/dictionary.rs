//! Citizens' words for bases, institutions and kinds of information, in every version ever used (P-LOG-13).

use std::{collections::HashMap, sync::LazyLock};

use domain::{BpId, Dictionary, InfoKind, Locale, OrgCode, Outcome};

use crate::{Value, book::Book, generated};

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
    words.map_or_else(Vec::new, |words| parsed(&words.0.book.between("org-", "-about")))
}

/// Every kind of information that has words, in the order of the codes.
pub fn info_kinds() -> Vec<InfoKind> {
    let words = Lexicon::current(Locale::Ja);
    words.map_or_else(Vec::new, |words| parsed(&words.0.book.between("kind-", "-about")))
}

fn parsed<T: std::str::FromStr>(codes: &[&str]) -> Vec<T> {
    codes.iter().filter_map(|code| code.parse().ok()).collect()
}

/// One version of the words in one language.
#[derive(Clone, Copy)]
pub(crate) struct Lexicon(&'static Glossary);

/// The words of a dictionary by code: a list of records looks up hundreds of them.
struct Glossary {
    book: Book,
    organisations: Entries<3>,
    kinds: Entries<2>,
    businesses: Entries<6>,
}

type Entries<const PARTS: usize> = HashMap<&'static str, [&'static str; PARTS]>;

const ORGANISATION_PARTS: [&str; 3] = ["", "-phrase", "-about"];
const KIND_PARTS: [&str; 2] = ["", "-about"];
const BUSINESS_PARTS: [&str; 6] = ["-business", "-purpose", "-basis", "-procedure", "-why", "-decides"];

impl Glossary {
    fn new(book: Book) -> Self {
        Self {
            organisations: entries(&book, "org-", ORGANISATION_PARTS, "-about", |code| {
                code.parse().map_or("unknown-org", |code| unknown_organisation(&code))
            }),
            kinds: entries(&book, "kind-", KIND_PARTS, "-about", |_| "unknown-kind"),
            businesses: entries(&book, "bp-", BUSINESS_PARTS, "-decides", |_| "unknown-bp"),
            book,
        }
    }

    /// What is said in place of a code without words.
    fn unknown(&self, unknown: &str, part: &str) -> &'static str {
        self.book.text(&format!("{unknown}{part}")).unwrap_or_default()
    }
}

/// A code is known when it has the telling part: `kind-income-about` does not make `income-about` a kind.
fn entries<const PARTS: usize>(
    book: &Book,
    family: &str,
    parts: [&str; PARTS],
    telling: &str,
    unknown: impl Fn(&str) -> &'static str,
) -> Entries<PARTS> {
    let text = |code: &str, part: &str| {
        let known = book.text(&format!("{family}{code}{part}"));
        known.or_else(|| book.text(&format!("{}{part}", unknown(code)))).unwrap_or_default()
    };
    book.between(family, telling).into_iter().map(|code| (code, parts.map(|part| text(code, part)))).collect()
}

fn unknown_organisation(code: &OrgCode) -> &'static str {
    if code.is_municipality() { "unknown-municipality" } else { "unknown-org" }
}

impl Lexicon {
    /// The version that a record was written with; None when this program is older than the record.
    pub(crate) fn of(locale: Locale, version: u32) -> Option<Self> {
        static ALL: LazyLock<[Vec<Glossary>; 3]> =
            LazyLock::new(|| Locale::ALL.map(|locale| generated::dictionaries(locale).map(Glossary::new).collect()));
        edition(&ALL, locale, version).map(Self)
    }

    fn current(locale: Locale) -> Option<Self> {
        Self::of(locale, Dictionary::CURRENT.words_version)
    }

    /// As a label.
    pub(crate) fn organisation(self, code: &OrgCode) -> &'static str {
        self.organisation_parts(code)[0]
    }

    /// As it stands inside a sentence.
    pub(crate) fn organisation_in_sentence(self, code: &OrgCode) -> &'static str {
        self.organisation_parts(code)[1]
    }

    /// One line about it.
    pub(crate) fn organisation_about(self, code: &OrgCode) -> &'static str {
        self.organisation_parts(code)[2]
    }

    fn organisation_parts(self, code: &OrgCode) -> [&'static str; 3] {
        let known = self.0.organisations.get(code.as_str()).copied();
        known.unwrap_or_else(|| ORGANISATION_PARTS.map(|part| self.0.unknown(unknown_organisation(code), part)))
    }

    /// A kind of information.
    pub(crate) fn kind(self, code: &InfoKind) -> &'static str {
        self.kind_parts(code)[0]
    }

    /// One line about it.
    pub(crate) fn kind_about(self, code: &InfoKind) -> &'static str {
        self.kind_parts(code)[1]
    }

    fn kind_parts(self, code: &InfoKind) -> [&'static str; 2] {
        let known = self.0.kinds.get(code.as_str()).copied();
        known.unwrap_or_else(|| KIND_PARTS.map(|part| self.0.unknown("unknown-kind", part)))
    }

    /// What is said of a business.
    pub(crate) fn business(self, code: &BpId) -> Business {
        let known = self.0.businesses.get(code.as_str()).copied();
        let [label, purpose, basis, procedure, why, decides] =
            known.unwrap_or_else(|| BUSINESS_PARTS.map(|part| self.0.unknown("unknown-bp", part)));
        Business { label, purpose, basis, procedure, why, decides }
    }

    /// Whom to ask about a business.
    pub(crate) fn contact(self, code: &BpId, requester: &str) -> String {
        let value = |name: &str| (name == "requester").then(|| requester.into());
        let known = self.0.businesses.contains_key(code.as_str());
        let own = known.then(|| self.0.book.format(&format!("bp-{code}-contact"), &value)).flatten();
        own.or_else(|| self.0.book.format("unknown-bp-contact", &value)).unwrap_or_default()
    }
}

/// The words of one business.
#[derive(Clone, Copy)]
pub(crate) struct Business {
    /// As a label.
    pub(crate) label: &'static str,
    /// What for, as it stands inside a sentence.
    pub(crate) purpose: &'static str,
    /// Law and article.
    pub(crate) basis: &'static str,
    /// What procedure it is.
    pub(crate) procedure: &'static str,
    /// Why an institution may ask.
    pub(crate) why: &'static str,
    /// What is decided by it.
    pub(crate) decides: &'static str,
}

/// The sentence patterns of one version of the record's specification in one language.
#[derive(Clone, Copy)]
pub(crate) struct Sentences(&'static Book);

impl Sentences {
    /// The version that a record was written with; None when this program is older than the record.
    pub(crate) fn of(locale: Locale, version: u32) -> Option<Self> {
        static ALL: LazyLock<[Vec<Book>; 3]> =
            LazyLock::new(|| Locale::ALL.map(|locale| generated::sentences(locale).collect()));
        edition(&ALL, locale, version).map(Self)
    }

    pub(crate) fn text(self, key: &str) -> String {
        self.0.text(key).unwrap_or_default().to_owned()
    }

    /// Asks only for the variables that stand in the text.
    pub(crate) fn format<'v>(self, key: &str, value: &dyn Fn(&str) -> Option<Value<'v>>) -> String {
        self.0.format(key, value).unwrap_or_default()
    }
}

/// Versions count from 1.
fn edition<T>(all: &'static [Vec<T>; 3], locale: Locale, version: u32) -> Option<&'static T> {
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
