//! The statements behind the records of one person. Each walks the person's own part of an index, or of what is counted
//! as it is written; a page stops where it is full. `core::tests::records` looks at the plans.

use std::collections::BTreeSet;

use domain::{AccessRecord, AccessRecordId, InfoKind, OrgCode};
use jiff::Timestamp;
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};
use wire::access_records::{OwnViews, RecordsRequest};

use super::row::{parsed, record};
use crate::core::id_code::IdCode;

/// What is in a person's records beside the page that is shown.
pub(super) struct Summary {
    pub(super) total: u64,
    pub(super) own_views: u64,
    pub(super) institutions: Vec<OrgCode>,
    pub(super) info_kinds: Vec<InfoKind>,
}

/// `$1`: the person. What was made under a code that the table confirmed, and what was refused before the table was
/// opened, by every code that the person has or had.
macro_rules! mine {
    () => {
        "mine AS (
            SELECT id, accessed_at, circumstance, requester, provider, info_kind
            FROM access_requests
            WHERE id_code = $1
            UNION ALL
            SELECT r.id, r.accessed_at, r.circumstance, r.requester, r.provider, r.info_kind
            FROM links l
            JOIN access_requests r ON r.requester = l.org AND r.presented_code = l.link_code
            WHERE l.id_code = $1
        )"
    };
}

/// `$2`–`$6`: from, before, institution, kind, and whether own views are shown.
macro_rules! filtered {
    () => {
        "(m.circumstance = 'self_view') = $6
            AND m.accessed_at >= $2
            AND m.accessed_at < $3
            AND ($4 IS NULL OR m.requester = $4 OR m.provider = $4)
            AND ($5 IS NULL OR m.info_kind = $5)"
    };
}

/// `$7`: how it ended. Only asked for when wanted, because it looks at every outcome.
macro_rules! ended {
    () => {
        "AND COALESCE((SELECT o.outcome FROM access_outcomes o WHERE o.id = m.id), 'unanswered') = $7"
    };
}

macro_rules! summary {
    ($ended:expr) => {
        concat!(
            "WITH ",
            mine!(),
            "SELECT m.requester, m.provider, m.info_kind,
                max((m.circumstance = 'self_view') = $6 AND m.accessed_at >= $8) AS offered,
                sum(m.circumstance = 'self_view' AND m.accessed_at >= $2 AND m.accessed_at < $3) AS own_views,
                sum(",
            filtered!(),
            $ended,
            ") AS total
            FROM mine m
            GROUP BY m.requester, m.provider, m.info_kind"
        )
    };
}

/// As [`summary`], of all times and all outcomes: from what was counted when it was written, less what has expired
/// (`$8`) and is not removed yet, and with the few that were refused before the ID table was opened.
const COUNTED: &str = "WITH counted AS (
        SELECT requester, provider, info_kind, circumstance, requests
        FROM counted_exchanges
        WHERE id_code = $1
        UNION ALL
        SELECT requester, provider, info_kind, circumstance, -1
        FROM access_requests
        WHERE id_code = $1 AND accessed_at < $8
        UNION ALL
        SELECT r.requester, r.provider, r.info_kind, r.circumstance, 1
        FROM links l
        JOIN access_requests r ON r.requester = l.org AND r.presented_code = l.link_code
        WHERE l.id_code = $1 AND r.accessed_at >= $8
    )
    SELECT c.requester, c.provider, c.info_kind,
        sum(((c.circumstance = 'self_view') = $6) * c.requests) AS offered,
        sum((c.circumstance = 'self_view') * c.requests) AS own_views,
        sum(
            ((c.circumstance = 'self_view') = $6
                AND ($4 IS NULL OR c.requester = $4 OR c.provider = $4)
                AND ($5 IS NULL OR c.info_kind = $5)) * c.requests
        ) AS total
    FROM counted c
    GROUP BY c.requester, c.provider, c.info_kind";

macro_rules! page {
    ($ended:expr) => {
        concat!(
            "WITH ",
            mine!(),
            ", page AS (
                SELECT m.id, m.accessed_at
                FROM mine m
                WHERE ",
            filtered!(),
            $ended,
            "
                ORDER BY m.accessed_at DESC, m.id
                LIMIT $8 OFFSET $9
            )
            SELECT r.id, r.accessed_at, r.bp, r.whitelist_version, r.circumstance, r.requester, r.provider,
                r.info_kind, r.schema_version, r.words_version,
                COALESCE(o.outcome, 'unanswered') AS outcome
            FROM page p
            JOIN access_requests r ON r.id = p.id
            LEFT JOIN access_outcomes o ON o.id = p.id
            ORDER BY p.accessed_at DESC, p.id"
        )
    };
}

/// Counts, and what the filters may offer.
pub(super) async fn summary(
    read: &mut SqliteConnection,
    person: &IdCode,
    request: &RecordsRequest,
    kept_from: Option<Timestamp>,
) -> Result<Summary, db::DbError> {
    let of_all_times = request.accessed_from.is_none() && request.accessed_before.is_none();
    let sql = match request.outcome {
        None if of_all_times => COUNTED,
        None => summary!(""),
        Some(_) => summary!(ended!()),
    };
    let offered_from = kept_from.map_or(i64::MIN, Timestamp::as_microsecond);
    let rows = bound(sqlx::query(sql), person, request, kept_from).bind(offered_from).fetch_all(read).await?;
    let (mut total, mut own_views) = (0, 0);
    let (mut institutions, mut info_kinds) = (BTreeSet::new(), BTreeSet::new());
    for row in &rows {
        total += count(row, "total")?;
        own_views += count(row, "own_views")?;
        if count(row, "offered")? > 0 {
            institutions.insert(parsed(row, "requester")?);
            institutions.insert(parsed(row, "provider")?);
            info_kinds.insert(parsed(row, "info_kind")?);
        }
    }
    Ok(Summary {
        total,
        own_views,
        institutions: institutions.into_iter().collect(),
        info_kinds: info_kinds.into_iter().collect(),
    })
}

/// One page, newest first; same instant: by id.
pub(super) async fn page(
    read: &mut SqliteConnection,
    person: &IdCode,
    request: &RecordsRequest,
    kept_from: Option<Timestamp>,
) -> Result<Vec<AccessRecord>, db::DbError> {
    let sql = match request.outcome {
        None => page!(""),
        Some(_) => page!(ended!()),
    };
    let query = bound(sqlx::query(sql), person, request, kept_from).bind(request.limit).bind(request.offset);
    let rows = query.fetch_all(read).await?;
    rows.iter().map(record).collect()
}

/// One record, if it is this person's.
pub(super) async fn one(
    read: &mut SqliteConnection,
    person: &IdCode,
    id: AccessRecordId,
) -> Result<Option<AccessRecord>, db::DbError> {
    let row = sqlx::query(
        "SELECT r.id, r.accessed_at, r.bp, r.whitelist_version, r.circumstance, r.requester, r.provider,
            r.info_kind, r.schema_version, r.words_version,
            COALESCE(o.outcome, 'unanswered') AS outcome
        FROM access_requests r
        LEFT JOIN access_outcomes o ON o.id = r.id
        WHERE r.id = $2
            AND (
                r.id_code = $1
                OR EXISTS (
                    SELECT 1
                    FROM links l
                    WHERE l.org = r.requester
                        AND l.link_code = r.presented_code
                        AND l.id_code = $1
                )
            )",
    )
    .bind(person.as_bytes())
    .bind(&id.as_bytes()[..])
    .fetch_optional(read)
    .await?;
    row.as_ref().map(record).transpose()
}

type Query<'q> = sqlx::query::Query<'q, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>;

/// What has expired is in no period that anybody may ask for.
fn bound<'q>(query: Query<'q>, person: &IdCode, request: &RecordsRequest, kept_from: Option<Timestamp>) -> Query<'q> {
    query
        .bind(person.as_bytes().to_vec())
        .bind(request.accessed_from.max(kept_from).map_or(i64::MIN, Timestamp::as_microsecond))
        .bind(request.accessed_before.map_or(i64::MAX, Timestamp::as_microsecond))
        .bind(request.institution.as_ref().map(ToString::to_string))
        .bind(request.info_kind.as_ref().map(ToString::to_string))
        .bind(request.own_views == OwnViews::Only)
        .bind(request.outcome.map(domain::Outcome::name))
}

fn count(row: &SqliteRow, column: &str) -> Result<u64, db::DbError> {
    let value: i64 = row.try_get(column)?;
    Ok(u64::try_from(value).unwrap_or_default())
}

#[cfg(test)]
pub(in crate::core) fn statements() -> [&'static str; 5] {
    [COUNTED, summary!(""), summary!(ended!()), page!(""), page!(ended!())]
}
