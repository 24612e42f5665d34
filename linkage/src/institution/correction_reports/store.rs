//! Reports and answers in the institution's own tables.

use domain::{AccessRecordId, CorrectionReportId, InfoKind};
use jiff::Timestamp;
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};
use wire::correction_report::{ConcernedField, ReceiptNumber, ReportContent, ReportWords};

use super::answers::{CorrectionReport, Finding, ReportAnswer};
use crate::institution::{corrupt, internal_id::InternalId};

const REPORTS: &str = "correction_reports";
const ANSWERS: &str = "correction_answers";

/// What stands under a report's id.
pub(super) struct Kept {
    pub(super) number: ReceiptNumber,
    pub(super) received_at: Timestamp,
    person: InternalId,
    answer: AccessRecordId,
    words: ReportWords,
}

impl Kept {
    /// Whether it is this report: an id that another one has gives away nothing.
    pub(super) fn is(&self, person: &InternalId, content: &ReportContent) -> bool {
        self.person == *person && self.answer == content.answer && self.words == content.words
    }
}

/// Notes whose an answer to the portal was, so that a report about it is that person's.
pub(in crate::institution) async fn answered(
    tx: &mut SqliteConnection,
    answer: &AccessRecordId,
    person: &InternalId,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO answered_persons (answer_id, internal_id)
        VALUES ($1, $2)",
    )
    .bind(&answer.as_bytes()[..])
    .bind(person.as_str())
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn whose(
    read: &mut SqliteConnection,
    answer: &AccessRecordId,
) -> Result<Option<InternalId>, db::DbError> {
    let person: Option<String> = sqlx::query_scalar(
        "SELECT internal_id
        FROM answered_persons
        WHERE answer_id = $1",
    )
    .bind(&answer.as_bytes()[..])
    .fetch_optional(read)
    .await?;
    Ok(person.map(InternalId::stored))
}

/// How many reports of a person came after `since` and wait for an answer; one that was taken up still waits.
pub(super) async fn open_since(
    tx: &mut SqliteConnection,
    person: &InternalId,
    since: Timestamp,
) -> Result<u32, db::DbError> {
    let open = sqlx::query_scalar(
        "SELECT COUNT(*)
        FROM correction_reports r
        WHERE r.internal_id = $1 AND r.received_at > $2
            AND NOT EXISTS (
                SELECT 1 FROM correction_answers a WHERE a.report_seq = r.seq AND a.finding <> 'taken_up'
            )",
    )
    .bind(person.as_str())
    .bind(since.as_microsecond())
    .fetch_one(tx)
    .await?;
    Ok(open)
}

/// Does nothing where the id is there already.
pub(super) async fn keep(
    tx: &mut SqliteConnection,
    person: &InternalId,
    content: &ReportContent,
    number: &ReceiptNumber,
    now: Timestamp,
) -> Result<(), db::DbError> {
    let ReportContent { id, answer, provider: _, info_kind, field, words, reported_at } = content;
    sqlx::query(
        "INSERT INTO correction_reports
        (id, receipt_number, internal_id, answer_id, info_kind, field_name, field_period, words, reported_at, received_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (id) DO NOTHING",
    )
    .bind(&id.as_bytes()[..])
    .bind(number.as_str())
    .bind(person.as_str())
    .bind(&answer.as_bytes()[..])
    .bind(info_kind.as_str())
    .bind(field.as_ref().map(|field| field.name.as_str()))
    .bind(field.as_ref().and_then(|field| field.period.as_deref()))
    .bind(words.as_str())
    .bind(reported_at.as_microsecond())
    .bind(now.as_microsecond())
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn kept(tx: &mut SqliteConnection, id: &CorrectionReportId) -> Result<Option<Kept>, db::DbError> {
    let row = sqlx::query(
        "SELECT receipt_number, received_at, internal_id, answer_id, words
        FROM correction_reports
        WHERE id = $1",
    )
    .bind(&id.as_bytes()[..])
    .fetch_optional(tx)
    .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Kept {
        number: number(&row)?,
        received_at: time(&row, REPORTS, "received_at")?,
        person: InternalId::stored(row.try_get("internal_id")?),
        answer: answer_id(&row)?,
        words: words(&row, REPORTS, "words")?,
    }))
}

/// The newest first, at most `limit`; of one person, or everybody's.
pub(super) async fn reports(
    read: &mut SqliteConnection,
    person: Option<&InternalId>,
    limit: u32,
) -> Result<Vec<CorrectionReport>, db::DbError> {
    let rows = sqlx::query(
        "SELECT r.receipt_number, r.internal_id, r.answer_id, r.info_kind, r.field_name, r.field_period, r.words,
            r.reported_at, r.received_at, a.finding, a.words AS answer_words, a.answered_at
        FROM correction_reports r
        LEFT JOIN correction_answers a
            ON a.seq = (SELECT MAX(last.seq) FROM correction_answers last WHERE last.report_seq = r.seq)
        WHERE $1 IS NULL OR r.internal_id = $1
        ORDER BY r.seq DESC
        LIMIT $2",
    )
    .bind(person.map(InternalId::as_str))
    .bind(limit)
    .fetch_all(read)
    .await?;
    rows.iter().map(report).collect()
}

/// False: no such report.
pub(super) async fn answer(
    tx: &mut SqliteConnection,
    number: &ReceiptNumber,
    finding: Finding,
    words: &ReportWords,
    now: Timestamp,
) -> Result<bool, db::DbError> {
    let written = sqlx::query(
        "INSERT INTO correction_answers (report_seq, finding, words, answered_at)
        SELECT seq, $2, $3, $4
        FROM correction_reports
        WHERE receipt_number = $1",
    )
    .bind(number.as_str())
    .bind(finding.name())
    .bind(words.as_str())
    .bind(now.as_microsecond())
    .execute(tx)
    .await?;
    Ok(written.rows_affected() == 1)
}

fn report(row: &SqliteRow) -> Result<CorrectionReport, db::DbError> {
    let field: Option<String> = row.try_get("field_name")?;
    let period = row.try_get("field_period")?;
    let finding: Option<String> = row.try_get("finding")?;
    let answer = finding.map(|finding| -> Result<_, db::DbError> {
        Ok(ReportAnswer {
            finding: Finding::from_name(&finding).ok_or_else(|| corrupt(ANSWERS, "finding"))?,
            words: words(row, ANSWERS, "answer_words")?,
            answered_at: time(row, ANSWERS, "answered_at")?,
        })
    });
    let kind: InfoKind = row.try_get::<String, _>("info_kind")?.parse().map_err(|_| corrupt(REPORTS, "info_kind"))?;
    Ok(CorrectionReport {
        number: number(row)?,
        person: InternalId::stored(row.try_get("internal_id")?),
        about: answer_id(row)?,
        info_kind: kind,
        field: field.map(|name| ConcernedField { name, period }),
        words: words(row, REPORTS, "words")?,
        reported_at: time(row, REPORTS, "reported_at")?,
        received_at: time(row, REPORTS, "received_at")?,
        answer: answer.transpose()?,
    })
}

fn number(row: &SqliteRow) -> Result<ReceiptNumber, db::DbError> {
    row.try_get::<String, _>("receipt_number")?.parse().map_err(|_| corrupt(REPORTS, "receipt_number"))
}

fn answer_id(row: &SqliteRow) -> Result<AccessRecordId, db::DbError> {
    let bytes: Vec<u8> = row.try_get("answer_id")?;
    AccessRecordId::try_from(bytes.as_slice()).map_err(|_| corrupt(REPORTS, "answer_id"))
}

fn words(row: &SqliteRow, table: &'static str, column: &'static str) -> Result<ReportWords, db::DbError> {
    row.try_get::<String, _>(column)?.try_into().map_err(|_| corrupt(table, column))
}

fn time(row: &SqliteRow, table: &'static str, column: &'static str) -> Result<Timestamp, db::DbError> {
    Timestamp::from_microsecond(row.try_get(column)?).map_err(|_| corrupt(table, column))
}
