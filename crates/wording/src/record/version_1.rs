//! Version 1 of the record's specification.

use domain::{AccessRecord, BpId, Circumstance, InfoKind, Locale, Outcome};

use crate::{
    Value, Years, dates,
    dictionary::{Business, Lexicon, Sentences, of_outcome},
};

/// Tells one record in one language.
pub(super) struct Teller<'a> {
    pub(super) locale: Locale,
    pub(super) years: Years,
    pub(super) sentences: Sentences,
    pub(super) lexicon: Lexicon,
    pub(super) record: &'a AccessRecord,
}

impl Teller<'_> {
    pub(super) fn sentence(&self) -> String {
        let key = format!("sentence-{}-{}", self.form(), self.ending());
        self.format(&key)
    }

    pub(super) fn circumstance(&self) -> String {
        self.sentences.text(&format!("circumstance-{}", self.manner()))
    }

    pub(super) fn outcome(&self) -> String {
        self.sentences.text(&format!("outcome-{}", of_outcome(self.record.outcome)))
    }

    /// A refused request that no row of the whitelist covers has no basis, and says so.
    pub(super) fn basis(&self) -> String {
        self.format(&format!("basis-{}", self.footing()))
    }

    pub(super) fn basis_line(&self) -> String {
        let basis = self.basis();
        self.sentences.format("basis-line", &|name| (name == "basis").then(|| basis.as_str().into()))
    }

    pub(super) fn contact(&self) -> String {
        let requester = self.lexicon.organisation_in_sentence(&self.record.requester);
        self.lexicon.contact(&self.record.bp, requester)
    }

    /// What procedure → why that institution may ask → the articles → what is decided → whom to ask.
    pub(super) fn explanation(&self) -> Vec<String> {
        let contact = self.contact();
        let contact =
            self.sentences.format("explanation-contact", &|name| (name == "contact").then(|| contact.as_str().into()));
        let procedure = match self.record.circumstance {
            Circumstance::Representative { .. } => self.format("procedure-representative"),
            _ => self.business().procedure.to_owned(),
        };
        let article = (!self.lacks_basis()).then(|| self.format(&format!("article-{}", self.footing())));
        let decides = match (&self.record.circumstance, self.record.outcome) {
            (Circumstance::SelfView | Circumstance::Representative { .. }, _) => self.format("decides-view"),
            (_, Outcome::Provided) => self.business().decides.to_owned(),
            (_, Outcome::NoDataHeld) => self.format("decides-no-data-held"),
            (_, Outcome::Refused) => self.format("decides-refused"),
            (_, Outcome::Unanswered) => self.format("decides-unanswered"),
        };
        [Some(procedure), Some(self.why()), article, Some(decides), Some(contact)].into_iter().flatten().collect()
    }

    fn why(&self) -> String {
        match (&self.record.circumstance, self.record.outcome) {
            (Circumstance::Disaster { .. }, Outcome::Refused) => self.format("why-refused-disaster"),
            (_, Outcome::Refused) if self.lacks_basis() => self.format("why-refused"),
            (_, Outcome::Refused) => self.format("why-not-accepted"),
            (Circumstance::ByLaw | Circumstance::SelfView, _) => self.business().why.to_owned(),
            (Circumstance::Representative { .. }, _) => self.format("why-representative"),
            (Circumstance::Consent { .. }, _) => self.format("why-consent"),
            (Circumstance::Disaster { .. }, _) => self.format("why-disaster"),
        }
    }

    fn business(&self) -> Business {
        self.lexicon.business(&self.record.bp)
    }

    /// The circumstance as in the keys.
    fn manner(&self) -> &'static str {
        match self.record.circumstance {
            Circumstance::ByLaw => "by-law",
            Circumstance::SelfView => "self-view",
            Circumstance::Representative { .. } => "representative",
            Circumstance::Consent { .. } => "consent",
            Circumstance::Disaster { .. } => "disaster",
        }
    }

    /// The sentence's form: looking at the access records themselves is told apart.
    fn form(&self) -> &'static str {
        let records = self.record.info_kind.as_str() == InfoKind::ACCESS_RECORDS;
        match (&self.record.circumstance, records) {
            (Circumstance::SelfView, true) => "self-view-records",
            (Circumstance::Representative { .. }, true) => "representative-records",
            _ => self.manner(),
        }
    }

    /// The sentence's ending. A refusal although a row of the whitelist applied means that the code presented for the
    /// person was not valid; it would be untrue to call that forbidden by law. Under a permission no row applies, so
    /// that the record cannot tell the two apart, and neither does the sentence.
    fn ending(&self) -> &'static str {
        match (self.record.outcome, &self.record.circumstance) {
            (Outcome::Refused, Circumstance::Disaster { .. }) => "refused",
            (Outcome::Refused, _) if !self.lacks_basis() => "not-accepted",
            (other, _) => of_outcome(other),
        }
    }

    /// What the request stands on, as in the keys.
    fn footing(&self) -> &'static str {
        match self.record.circumstance {
            _ if self.lacks_basis() => "none",
            Circumstance::Disaster { .. } => "disaster",
            Circumstance::SelfView => "self-view",
            Circumstance::Representative { .. } => "representative",
            Circumstance::Consent { .. } => "consent",
            Circumstance::ByLaw => "by-law",
        }
    }

    /// Refused, and neither a row of the whitelist nor a permission stood behind it.
    fn lacks_basis(&self) -> bool {
        self.record.outcome == Outcome::Refused
            && self.record.whitelist_version.is_none()
            && !matches!(self.record.circumstance, Circumstance::Disaster { .. })
    }

    fn format(&self, key: &str) -> String {
        self.sentences.format(key, &|name| self.value(name))
    }

    /// What stands in a variable of a sentence.
    fn value(&self, name: &str) -> Option<Value<'_>> {
        let record = self.record;
        Some(match (name, &record.circumstance) {
            ("when", _) => dates::in_sentence_years(self.locale, record.accessed_at, self.years).into(),
            ("requester", _) => self.lexicon.organisation_in_sentence(&record.requester).into(),
            ("provider", _) => self.lexicon.organisation_in_sentence(&record.provider).into(),
            ("kind", _) => self.lexicon.kind(&record.info_kind).into(),
            ("purpose", _) => self.business().purpose.into(),
            // Own views name the law of the view, whatever the row's business was.
            ("law", Circumstance::SelfView | Circumstance::Representative { .. }) => {
                BpId::SELF_VIEW.parse().map_or("", |bp| self.lexicon.business(&bp).basis).into()
            }
            ("law", _) => self.business().basis.into(),
            ("name", Circumstance::Representative { name }) => name.into(),
            ("day", Circumstance::Consent { given_on }) => dates::date_in(self.locale, *given_on, self.years).into(),
            ("permit", Circumstance::Disaster { permit_number }) => permit_number.to_string().into(),
            ("name" | "day" | "permit", _) => "".into(),
            _ => return None,
        })
    }
}
