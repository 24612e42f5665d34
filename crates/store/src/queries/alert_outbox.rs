//! From notices that arrived to addresses at which somebody must be told: an outbox in two steps. Arrivals are written with
//! the notices, in one statement a message, and only appended, so that no two deliveries wait for each other; then they make
//! addresses due.

use domain::{AlertAddressId, FolderId, LinkCode};
use jiff::{SignedDuration, Timestamp};
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, alert, column};
use crate::StoreError;
use crate::alert::{AlertAddressRow, AlertNews, AlertSettled, AlertWanted};
use crate::notice::LetterId;

/// Whoever receives more within the time that a delivery may take may be told twice.
const LETTERS_LOOKED_AT: i64 = 200;

/// Whoever has no confirmed address costs two looks into an index and is written nowhere.
pub(crate) async fn note_alert_arrivals(
    db: &mut Connection,
    recipients: &[LinkCode],
    urgent: bool,
    now: Timestamp,
) -> Result<u64, StoreError> {
    if recipients.is_empty() {
        return Ok(0);
    }
    let mut insert = QueryBuilder::<super::super::Db>::new(
        "INSERT INTO alert_arrival (folder_id, arrived_at, urgent_at)
        SELECT folder.id, ",
    );
    insert.push_bind(column::micros(now)).push(", ").push(if urgent { "CAST(" } else { "CAST(NULL AS BIGINT)" });
    if urgent {
        insert.push_bind(column::micros(now)).push(" AS BIGINT)");
    }
    insert.push(
        "
        FROM folder
        WHERE EXISTS (
            SELECT 1
            FROM alert_address
            WHERE alert_address.folder_id = folder.id AND alert_address.confirmed_at IS NOT NULL
        ) AND folder.link_code IN (",
    );
    let mut separated = insert.separated(", ");
    for code in recipients {
        separated.push_bind(code.as_bytes().to_vec());
    }
    insert.push(")");
    Ok(insert.build().persistent(false).execute(db).await?.rows_affected())
}

/// Takes the oldest arrivals and makes their folders' addresses due: at once, or when the last alert is old enough. Those
/// that are due already stay so. How many arrivals it took.
pub(crate) async fn expand_alert_arrivals(
    db: &mut Connection,
    interval: SignedDuration,
    limit: u32,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let rows = sqlx::query(
        "DELETE FROM alert_arrival
        WHERE id IN (
            SELECT id
            FROM alert_arrival
            ORDER BY id
            LIMIT $1
        )
        RETURNING folder_id, urgent_at",
    )
    .bind(i64::from(limit))
    .fetch_all(&mut *db)
    .await?;
    let (mut urgent, mut others) = (Vec::new(), Vec::new());
    for row in &rows {
        let folder: FolderId = column::bytes(row.try_get("folder_id")?, "alert_arrival", "folder_id")?;
        let urgent_at: Option<i64> = row.try_get("urgent_at")?;
        let folders = if urgent_at.is_some() { &mut urgent } else { &mut others };
        folders.push(folder);
    }
    for (mut folders, interval) in [(urgent, SignedDuration::ZERO), (others, interval)] {
        folders.sort_unstable();
        folders.dedup();
        make_due(db, &folders, interval, now).await?;
    }
    Ok(rows.len() as u64)
}

pub(super) async fn make_due(
    db: &mut Connection,
    folders: &[FolderId],
    interval: SignedDuration,
    now: Timestamp,
) -> Result<(), StoreError> {
    if folders.is_empty() {
        return Ok(());
    }
    let (now, interval) = (column::micros(now), i64::try_from(interval.as_micros()).unwrap_or(i64::MAX / 2));
    // When it would be told: now, or as long after the last time as the interval says.
    let told = |update: &mut QueryBuilder<super::super::Db>| {
        update.push("CASE WHEN told_at + ").push_bind(interval).push(" > ").push_bind(now);
        update.push(" THEN told_at + ").push_bind(interval).push(" ELSE ").push_bind(now).push(" END");
    };
    let mut update = QueryBuilder::<super::super::Db>::new("UPDATE alert_address SET due_at = ");
    told(&mut update);
    update.push(" WHERE confirmed_at IS NOT NULL AND (due_at IS NULL OR due_at > ");
    told(&mut update);
    update.push(") AND folder_id IN (");
    let mut separated = update.separated(", ");
    for folder in folders {
        separated.push_bind(folder.as_bytes().to_vec());
    }
    update.push(")");
    update.build().persistent(false).execute(db).await?;
    Ok(())
}

pub(crate) async fn alerts_due(
    db: &mut Connection,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<AlertAddressId>, StoreError> {
    let rows = sqlx::query(
        "SELECT id
        FROM alert_address
        WHERE due_at <= $1 AND (claimed_until IS NULL OR claimed_until <= $1)
        ORDER BY due_at
        LIMIT $2",
    )
    .bind(column::micros(now))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("id")?, "alert_address", "id")).collect()
}

/// Nobody else looks until then. Whoever is killed meanwhile leaves it due at that time.
pub(crate) async fn claim_alert(
    db: &mut Connection,
    id: &AlertAddressId,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<AlertAddressRow>, StoreError> {
    let row = sqlx::query(
        "UPDATE alert_address
        SET claimed_until = $3, due_at = $3
        WHERE id = $1
            AND confirmed_at IS NOT NULL
            AND due_at <= $2
            AND (claimed_until IS NULL OR claimed_until <= $2)
        RETURNING id, folder_id, channel, sealed, entered_at, code_expires_at, code_tries, confirmed_at, told_at,
            attempts, failed_at",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .bind(column::micros(until))
    .fetch_optional(db)
    .await?;
    row.as_ref().map(alert::address).transpose()
}

/// What arrived since the person was last told, since the address was confirmed and since the last login, and is unread. What
/// arrived up to `late` before may not have been readable then: it counts, unless it was told by name.
pub(crate) async fn alert_news(
    db: &mut Connection,
    id: &AlertAddressId,
    late: SignedDuration,
    now: Timestamp,
) -> Result<AlertNews, StoreError> {
    let late_us = i64::try_from(late.as_micros()).unwrap_or(i64::MAX / 2);
    let rows = sqlx::query(
        "SELECT notice.letter_id, notice.arrived_at, letter.kind, alert_address.told_letters
        FROM alert_address
        JOIN folder ON folder.id = alert_address.folder_id
        JOIN recipient ON recipient.link_code = folder.link_code
        JOIN notice ON notice.recipient_id = recipient.id
        JOIN letter ON letter.id = notice.letter_id
        WHERE alert_address.id = $1
            AND folder.state = 'open'
            AND notice.arrived_at > alert_address.confirmed_at
            AND notice.arrived_at + $3 > COALESCE(alert_address.told_at, 0)
            AND notice.arrived_at + $3 > COALESCE((
                SELECT MAX(login_event.at)
                FROM login_event
                WHERE login_event.folder_id = folder.id AND login_event.outcome = 'succeeded'
            ), 0)
            AND notice.opened_at IS NULL
            AND notice.archived_at IS NULL
            AND notice.binned_at IS NULL
            AND letter.withdrawn_at IS NULL
            AND letter.expires_at > $2
        ORDER BY CASE WHEN letter.kind = 'emergency' THEN 0 ELSE 1 END, notice.arrived_at DESC, notice.letter_id DESC
        LIMIT $4",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(now))
    .bind(late_us)
    .bind(LETTERS_LOOKED_AT)
    .fetch_all(db)
    .await?;
    let mut news = AlertNews { wanted: AlertWanted::Nothing, letters: Vec::new() };
    for row in &rows {
        let (letter, arrived_at): (i64, i64) = (row.try_get("letter_id")?, row.try_get("arrived_at")?);
        let told: Option<String> = row.try_get("told_letters")?;
        let (kind, number): (String, _) = (row.try_get("kind")?, letter.to_string());
        if told.is_none_or(|told| told.split('.').all(|told| told != number)) && news.wanted != AlertWanted::Urgent {
            news.wanted = if kind == "emergency" { AlertWanted::Urgent } else { AlertWanted::Something };
        }
        if arrived_at.saturating_add(late_us) > column::micros(now) {
            news.letters.push(LetterId(letter));
        }
    }
    Ok(news)
}

/// An arrival that made it due meanwhile keeps it due. False when somebody else has it by now, or it is gone.
pub(crate) async fn settle_alert(
    db: &mut Connection,
    id: &AlertAddressId,
    claimed_until: Timestamp,
    settled: &AlertSettled,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE alert_address
        SET claimed_until = NULL,
            due_at = CASE WHEN due_at < $2 THEN due_at ELSE $4 END,
            told_at = COALESCE($3, told_at),
            told_letters = CASE WHEN $3 IS NULL THEN told_letters ELSE $7 END,
            attempts = $5,
            failed_at = $6
        WHERE id = $1 AND claimed_until = $2",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(claimed_until))
    .bind(settled.told_at.map(column::micros))
    .bind(settled.next_at.map(column::micros))
    .bind(i64::from(settled.attempts))
    .bind(settled.failed_at.map(column::micros))
    .bind(settled.told_letters.iter().map(|letter| letter.0.to_string()).collect::<Vec<_>>().join("."))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
