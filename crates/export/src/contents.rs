//! What was gathered, read once and put into words.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use domain::{AccessRecord, InfoKind, Locale, OrgCode};
use jiff::Timestamp;
use wire::mediation::AnswerContent;
use wording::{InformationWords, RecordWords, Years};

/// Everything that goes into one download.
#[derive(Clone)]
pub struct Export {
    /// The time that all files tell; entries of the archive carry it.
    pub made_at: Timestamp,
    /// The person's language.
    pub locale: Locale,
    /// Whether era years stand beside the western ones.
    pub years: Years,
    /// The answers, in the order in which the person saw them.
    pub parts: Vec<Part>,
    /// Access records, newest first, where the person wants them.
    pub records: Option<Vec<AccessRecord>>,
}

/// One institution's answer about one kind of information. The caller has verified the signature when it arrived.
#[derive(Clone)]
pub struct Part {
    /// ⑤ who answered.
    pub provider: OrgCode,
    /// ⑥ about what.
    pub info_kind: InfoKind,
    /// When.
    pub answered_at: Timestamp,
    /// The JSON that was signed: [`AnswerContent`].
    pub content: Vec<u8>,
    /// DER of the CMS `SignedData` with `content` inside, to the byte as it came.
    pub signed: Vec<u8>,
}

/// A part is not what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// No [`AnswerContent`].
    #[error("part {index} holds no answer")]
    Content {
        /// Which of [`Export::parts`].
        index: usize,
    },
    /// The answer names another institution or another kind of information.
    #[error("part {index} holds the answer of another institution or about something else")]
    Other {
        /// Which of [`Export::parts`].
        index: usize,
    },
}

/// An export in words.
pub struct Told<'a> {
    /// What it tells.
    pub export: &'a Export,
    /// In the order of [`Export::parts`].
    pub answers: Vec<Answer<'a>>,
    /// Each record beside its words.
    pub records: Option<Vec<(&'a AccessRecord, RecordWords)>>,
}

/// One answer in words.
pub struct Answer<'a> {
    /// As it came.
    pub part: &'a Part,
    /// What was signed.
    pub content: AnswerContent,
    /// Tables.
    pub words: InformationWords,
    /// `国税庁`
    pub provider: String,
    /// `2026年11月3日（火）14時5分`
    pub answered_at: String,
    /// `NTA-income`: what its files are called. No two answers of an export share it.
    pub name: String,
}

impl Export {
    /// Reads every part and puts it into words.
    ///
    /// # Errors
    /// When a part is no answer, or not the one it says.
    pub fn tell(&self) -> Result<Told<'_>, Unreadable> {
        let mut names = Names::default();
        let answers = self.parts.iter().enumerate().map(|(index, part)| self.answer(index, part, &mut names));
        let records = self.records.as_ref().map(|records| {
            let told = |record| (record, wording::record_in(self.locale, record, self.years));
            records.iter().map(told).collect()
        });
        Ok(Told { export: self, answers: answers.collect::<Result<_, _>>()?, records })
    }

    fn answer<'a>(&'a self, index: usize, part: &'a Part, names: &mut Names) -> Result<Answer<'a>, Unreadable> {
        let content: AnswerContent =
            serde_json::from_slice(&part.content).map_err(|_| Unreadable::Content { index })?;
        if content.provider != part.provider || content.info_kind != part.info_kind {
            return Err(Unreadable::Other { index });
        }
        let words =
            wording::information(self.locale, self.years, &content.info_kind, content.schema_version, &content.fields);
        Ok(Answer {
            part,
            words,
            content,
            provider: wording::organisation(self.locale, &part.provider),
            answered_at: wording::date_time_in(self.locale, part.answered_at, self.years),
            name: names.next(format!("{}-{}", part.provider, part.info_kind)),
        })
    }
}

impl<'a> Told<'a> {
    /// The answers by institution, in the order in which institutions first appear.
    pub fn by_provider(&self) -> Vec<(&str, Vec<&Answer<'a>>)> {
        let mut places: HashMap<&OrgCode, usize> = HashMap::new();
        let mut groups: Vec<(&str, Vec<&Answer<'a>>)> = Vec::new();
        for answer in &self.answers {
            let place = *places.entry(&answer.part.provider).or_insert(groups.len());
            match groups.get_mut(place) {
                Some((_, answers)) => answers.push(answer),
                None => groups.push((&answer.provider, vec![answer])),
            }
        }
        groups
    }

    /// When the copy was made, in words.
    pub(crate) fn made_at(&self) -> String {
        wording::date_time_in(self.export.locale, self.export.made_at, self.export.years)
    }
}

/// File names given so far.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    /// `NTA-income`; the second of that name `NTA-income-2`.
    fn next(&mut self, name: String) -> String {
        let numbered = (2usize..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.0.contains(name));
        let name = free.unwrap_or(name);
        self.0.insert(name.clone());
        name
    }
}

macro_rules! opaque {
    ($($name:literal $type:ty),*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($name)
            }
        }
    )*};
}
opaque!("Export" Export, "Part" Part, "Told" Told<'_>, "Answer" Answer<'_>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn an_answer_is_told_with_who_and_when() {
        let export = sample::export(Locale::Ja);
        let told = export.tell().unwrap();
        assert_eq!(told.answers[0].provider, "国税庁");
        assert_eq!(told.answers[0].words.caption, "所得と所得税");
        assert_eq!(told.answers[0].answered_at, "2026年11月21日（土）10時0分");
    }

    #[test]
    fn institutions_stand_once_in_the_order_of_their_first_answer() {
        let mut export = sample::export(Locale::Ja);
        export.parts.push(sample::part("NTA", "local-tax", &[("total-income", "1", Some("JPY"))]));
        let told = export.tell().unwrap();
        let groups: Vec<_> = told.by_provider().into_iter().map(|(name, answers)| (name, answers.len())).collect();
        assert_eq!(groups, [("国税庁", 2), ("横浜市", 2)]);
    }

    #[test]
    fn two_answers_never_share_a_file_name() {
        let mut export = sample::export(Locale::Ja);
        export.parts = vec![sample::part("NTA", "income", &[]); 3];
        export.parts.push(sample::part("NTA", "income-2", &[]));
        let told = export.tell().unwrap();
        let names: Vec<&str> = told.answers.iter().map(|answer| answer.name.as_str()).collect();
        assert_eq!(names, ["NTA-income", "NTA-income-2", "NTA-income-3", "NTA-income-2-2"]);
    }

    #[test]
    fn what_is_no_answer_is_refused_with_its_place() {
        let mut export = sample::export(Locale::Ja);
        export.parts[1].content = b"{}".to_vec();
        assert_eq!(export.tell().err(), Some(Unreadable::Content { index: 1 }));
    }

    #[test]
    fn anothers_answer_is_refused() {
        let mut export = sample::export(Locale::Ja);
        export.parts[0].provider = "JPS".parse().unwrap();
        assert_eq!(export.tell().err(), Some(Unreadable::Other { index: 0 }));
    }

    #[test]
    fn nothing_that_is_held_prints_itself() {
        let export = sample::export(Locale::Ja);
        let printed = format!("{export:?} {:?} {:?}", export.parts, export.tell());
        assert!(!printed.contains("3400000") && !printed.contains("佐藤"), "{printed}");
    }
}
