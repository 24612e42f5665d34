//! How many notices a person has.

use domain::OrgCode;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::notice_inbox::{STANDING, waits, would_wait};
use super::{Connection, Row, column};
use crate::StoreError;
use crate::notice::{NoticeCounts, NoticeOverview, RecipientId};

/// Whoever has more is counted by the notices alone ([`many`]), and their senders are those of so many, the newest. Where more
/// letters than that are [`APART`], a look at each of them would be no less than a walk through the notices.
const FEW: i64 = 1_000;

/// As the index has it.
const APART: &str =
    "(letter.withdrawn_at IS NOT NULL OR letter.replaced_at IS NOT NULL OR letter.expired_at IS NOT NULL
            OR letter.kind = 'emergency')";

/// Where they are, and how many of them were not opened.
const PLACES: &str = "
            count(CASE WHEN archived_at IS NULL AND binned_at IS NULL AND opened_at IS NULL THEN 1 END) AS unopened,
            count(CASE WHEN archived_at IS NULL AND binned_at IS NULL THEN 1 END) AS inbox,
            count(CASE WHEN archived_at IS NOT NULL AND binned_at IS NULL THEN 1 END) AS archive,
            count(CASE WHEN binned_at IS NOT NULL THEN 1 END) AS bin,";

pub(crate) async fn notice_counts(
    db: &mut Connection,
    recipient: RecipientId,
    now: Timestamp,
) -> Result<NoticeCounts, StoreError> {
    if is_told_alone(db, recipient).await? {
        return many(db, recipient, now).await;
    }
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    counted(&mut select, now);
    of_person(&mut select, recipient, now);
    let row = select.build().persistent(super::super::WALK_KEEPS_PLAN).fetch_one(&mut *db).await?;
    let mut counts = counts(&row)?;
    if count(&row, "replaceable")? > 0 {
        counts.to_do += replaceable_to_do(db, recipient, now).await?;
    }
    Ok(counts)
}

/// All that is told of all notices, in one walk, and one more where some of them may have been replaced.
pub(crate) async fn notice_overview(
    db: &mut Connection,
    recipient: RecipientId,
    now: Timestamp,
) -> Result<NoticeOverview, StoreError> {
    if is_told_alone(db, recipient).await? {
        let counts = many(db, recipient, now).await?;
        return Ok(NoticeOverview { counts, senders: latest_senders(db, recipient, now).await? });
    }
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(super::super::SENDERS).push(" AS senders, ");
    counted(&mut select, now);
    of_person(&mut select, recipient, now);
    select.push(super::super::BY_SENDER);
    let mut overview = NoticeOverview::default();
    let mut replaceable = 0;
    for row in select.build().persistent(super::super::WALK_KEEPS_PLAN).fetch_all(&mut *db).await? {
        let senders: Option<String> = row.try_get("senders")?;
        for sender in senders.as_deref().unwrap_or_default().split(',').filter(|sender| !sender.is_empty()) {
            overview.senders.push(column::text(sender, "letter", "sender")?);
        }
        overview.counts += counts(&row)?;
        replaceable += count(&row, "replaceable")?;
    }
    if replaceable > 0 {
        overview.counts.to_do += replaceable_to_do(db, recipient, now).await?;
    }
    overview.senders.sort_unstable();
    Ok(overview)
}

/// `to_do` and `replaceable`: what would wait, were no other in its place, where there is none for anybody, and where there is
/// one for somebody. A question for each of the latter would be dear to PostgreSQL's planner even where nobody asks it: it
/// would join and sort as if it did not matter.
fn counted(select: &mut QueryBuilder<super::super::Db>, now: Timestamp) {
    select.push(PLACES).push(
        "
            count(CASE WHEN archived_at IS NULL AND binned_at IS NULL AND opened_at IS NULL AND letter.kind = 'emergency'
                THEN 1 END) AS urgent,
            count(CASE WHEN letter.replaced_at IS NULL AND ",
    );
    would_wait(select, now);
    select.push(" THEN 1 END) AS to_do, count(CASE WHEN letter.replaced_at IS NOT NULL AND ");
    would_wait(select, now);
    select.push(" THEN 1 END) AS replaceable");
}

/// Whether [`many`] is the shorter way.
async fn is_told_alone(db: &mut Connection, recipient: RecipientId) -> Result<bool, StoreError> {
    Ok(has_many(db, recipient).await? && few_apart(db).await?)
}

async fn has_many(db: &mut Connection, recipient: RecipientId) -> Result<bool, StoreError> {
    let more: Option<i64> = sqlx::query_scalar(
        "SELECT letter_id
        FROM notice
        WHERE recipient_id = $1
        ORDER BY letter_id DESC
        LIMIT 1 OFFSET $2",
    )
    .bind(recipient.0)
    .bind(FEW)
    .fetch_optional(db)
    .await?;
    Ok(more.is_some())
}

async fn few_apart(db: &mut Connection) -> Result<bool, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT id FROM letter WHERE ");
    select.push(APART).push(" ORDER BY id LIMIT 1 OFFSET ").push_bind(FEW);
    let more: Option<i64> = select.build_query_scalar().fetch_optional(db).await?;
    Ok(more.is_none())
}

/// The same for whoever has thousands, in one statement: nearly all letters are as they were when they came, so their notices
/// count as they stand. Counted are all notices, as if each were of such a letter; less those of letters that are not; and
/// these once more, with a look at the letter. Letters come first: few are apart, and a walk through the notices is what this
/// spares.
async fn many(db: &mut Connection, recipient: RecipientId, now: Timestamp) -> Result<NoticeCounts, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("WITH whole AS (SELECT");
    as_they_stand(&mut select, now);
    select.push("FROM notice WHERE notice.recipient_id = ").push_bind(recipient.0);
    select.push("), apart AS (SELECT");
    as_they_stand(&mut select, now);
    of_letters(&mut select, recipient);
    select.push(APART);
    select.push("), ended AS (SELECT");
    as_they_stand(&mut select, now);
    of_letters(&mut select, recipient);
    select.push("letter.expired_at IS NULL AND letter.expires_at <= ").push_bind(column::micros(now));
    select.push(" AND NOT ").push(APART);
    select.push("), seen AS (SELECT ");
    counted(&mut select, now);
    of_letters(&mut select, recipient);
    select.push(APART).push(" AND letter.expires_at > ").push_bind(column::micros(now)).push(STANDING);
    select.push(") SELECT seen.urgent, seen.replaceable");
    for name in ["unopened", "inbox", "archive", "bin", "to_do"] {
        select.push(format!(", whole.{name} - apart.{name} - ended.{name} + seen.{name} AS {name}"));
    }
    select.push(" FROM whole, apart, ended, seen");
    let row = select.build().fetch_one(&mut *db).await?;
    let mut counts = counts(&row)?;
    if count(&row, "replaceable")? > 0 {
        counts.to_do += replaceable_to_do(db, recipient, now).await?;
    }
    Ok(counts)
}

/// Of notices whose letters are as they were when they came.
fn as_they_stand(select: &mut QueryBuilder<super::super::Db>, now: Timestamp) {
    select
        .push(PLACES)
        .push(
            "
            count(CASE WHEN archived_at IS NULL AND binned_at IS NULL AND replied_at IS NULL AND waits_until > ",
        )
        .push_bind(column::micros(now))
        .push(" THEN 1 END) AS to_do ");
}

/// `CROSS JOIN`: SQLite takes tables in the order in which they stand here.
fn of_letters(select: &mut QueryBuilder<super::super::Db>, recipient: RecipientId) {
    select
        .push(" FROM letter CROSS JOIN notice WHERE notice.letter_id = letter.id AND notice.recipient_id = ")
        .push_bind(recipient.0)
        .push(" AND ");
}

/// Who sent the newest of them.
async fn latest_senders(
    db: &mut Connection,
    recipient: RecipientId,
    now: Timestamp,
) -> Result<Vec<OrgCode>, StoreError> {
    let senders: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT sender
        FROM (
            SELECT letter.sender
            FROM notice
            JOIN letter ON letter.id = notice.letter_id
            WHERE notice.recipient_id = $1
                AND letter.expires_at > $2
                AND (letter.withdrawn_at IS NULL OR notice.opened_at IS NOT NULL)
            ORDER BY notice.letter_id DESC
            LIMIT $3
        ) AS newest
        ORDER BY sender",
    )
    .bind(recipient.0)
    .bind(column::micros(now))
    .bind(FEW)
    .fetch_all(db)
    .await?;
    senders.iter().map(|sender| column::text(sender, "letter", "sender")).collect()
}

fn of_person(select: &mut QueryBuilder<super::super::Db>, recipient: RecipientId, now: Timestamp) {
    select.push(
        "
        FROM notice
        JOIN letter ON letter.id = notice.letter_id
        WHERE notice.recipient_id = ",
    );
    select.push_bind(recipient.0).push(" AND letter.expires_at > ").push_bind(column::micros(now)).push(STANDING);
}

/// Of what another stands in the place of for somebody, how many wait for this person all the same.
async fn replaceable_to_do(db: &mut Connection, recipient: RecipientId, now: Timestamp) -> Result<u32, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT count(*) AS to_do");
    of_person(&mut select, recipient, now);
    // Said once more as the index has it.
    select.push(" AND letter.replaced_at IS NOT NULL AND notice.waits_until > ").push_bind(column::micros(now));
    select.push(" AND ");
    waits(&mut select, now);
    count(&select.build().fetch_one(db).await?, "to_do")
}

fn counts(row: &Row) -> Result<NoticeCounts, StoreError> {
    Ok(NoticeCounts {
        unopened: count(row, "unopened")?,
        inbox: count(row, "inbox")?,
        archive: count(row, "archive")?,
        bin: count(row, "bin")?,
        to_do: count(row, "to_do")?,
        urgent: count(row, "urgent")?,
    })
}

fn count(row: &Row, column: &'static str) -> Result<u32, StoreError> {
    let value: i64 = row.try_get(column)?;
    u32::try_from(value).map_err(|_| StoreError::Corrupt { table: "notice", column })
}
