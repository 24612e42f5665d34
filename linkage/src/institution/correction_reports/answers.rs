//! What officers do with reports, and what the person reads of it.

use domain::{AccessRecordId, InfoKind};
use jiff::Timestamp;
use wire::correction_report::{ConcernedField, ReceiptNumber, ReportWords};
use wire::mediation::AnswerField;

use super::store;
use crate::institution::{Institution, internal_id::InternalId};

/// A person reads so many of their own reports, the newest.
const SHOWN_MAX: u32 = 20;
/// An officer's list is so long.
const LISTED_MAX: u32 = 1000;

/// A report as the institution keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct CorrectionReport {
    /// 受付番号
    pub number: ReceiptNumber,
    /// Whose.
    pub person: InternalId,
    /// ① of the answer that looks wrong.
    pub about: AccessRecordId,
    /// What the answer was about.
    pub info_kind: InfoKind,
    /// Which field of it; None: the whole.
    pub field: Option<ConcernedField>,
    /// What the person wrote.
    pub words: ReportWords,
    /// When they wrote it, by the portal's clock.
    pub reported_at: Timestamp,
    /// When it came.
    pub received_at: Timestamp,
    /// The last answer.
    pub answer: Option<ReportAnswer>,
}

/// An officer's answer.
#[derive(Clone, PartialEq, Eq)]
pub struct ReportAnswer {
    /// What was found.
    pub finding: Finding,
    /// In words, for the person.
    pub words: ReportWords,
    /// When.
    pub answered_at: Timestamp,
}

/// What an officer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Finding {
    /// 調べている
    TakenUp,
    /// なおした
    Corrected,
    /// まちがいはなかった
    NoMistake,
}

impl Finding {
    const ALL: [Self; 3] = [Self::TakenUp, Self::Corrected, Self::NoMistake];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::TakenUp => "taken_up",
            Self::Corrected => "corrected",
            Self::NoMistake => "no_mistake",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|finding| finding.name() == name)
    }

    /// The word of the field `state`; one of a fixed few, so that it can be said in other languages.
    fn word(finding: Option<Self>) -> &'static str {
        match finding {
            None => "受け付けました",
            Some(Self::TakenUp) => "調べています",
            Some(Self::Corrected) => "なおしました",
            Some(Self::NoMistake) => "まちがいは見つかりませんでした",
        }
    }
}

impl std::fmt::Debug for CorrectionReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CorrectionReport({})", self.number)
    }
}

impl std::fmt::Debug for ReportAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReportAnswer({:?})", self.finding)
    }
}

impl Institution {
    /// What people reported, the newest first.
    pub async fn correction_reports(&self) -> Result<Vec<CorrectionReport>, db::DbError> {
        let mut read = self.pool.read().await?;
        store::reports(&mut read, None, LISTED_MAX).await
    }

    /// Answers a report; a later answer takes the place of an earlier one. False: no report has this number.
    pub async fn answer_report(
        &self,
        number: &ReceiptNumber,
        finding: Finding,
        words: &ReportWords,
    ) -> Result<bool, db::DbError> {
        let mut tx = self.pool.begin().await?;
        let found = store::answer(&mut tx, number, finding, words, self.party.now()).await?;
        tx.commit().await?;
        Ok(found)
    }

    /// As the person reads them (kind `correction-report`): what they reported, and what came of it.
    pub(in crate::institution) async fn answers_to_reports_of(
        &self,
        person: &InternalId,
    ) -> Result<Vec<AnswerField>, db::DbError> {
        let mut read = self.pool.read().await?;
        let reports = store::reports(&mut read, Some(person), SHOWN_MAX).await?;
        Ok(reports.iter().flat_map(fields).collect())
    }
}

fn fields(report: &CorrectionReport) -> Vec<AnswerField> {
    let answer = report.answer.as_ref();
    let told = [
        ("receipt-number", Some(report.number.to_string())),
        ("reported-on", Some(day(report.received_at))),
        ("about", Some(about(report))),
        ("words", Some(report.words.in_one_line())),
        ("state", Some(Finding::word(answer.map(|answer| answer.finding)).to_owned())),
        ("answer", answer.map(|answer| answer.words.in_one_line())),
        ("answered-on", answer.map(|answer| day(answer.answered_at))),
    ];
    let field = |(name, value): (&str, Option<String>)| {
        value.map(|value| AnswerField { name: name.to_owned(), period: None, value, unit: None })
    };
    told.into_iter().filter_map(field).collect()
}

/// `income`, `income/total-income`, or `income/total-income/2025`: kind, field and period, each by its code.
fn about(report: &CorrectionReport) -> String {
    let field = report.field.as_ref();
    let parts = [
        Some(report.info_kind.as_str()),
        field.map(|field| field.name.as_str()),
        field.and_then(|field| field.period.as_deref()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("/")
}

/// The day in Japan.
fn day(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(9))).date().to_string()
}
