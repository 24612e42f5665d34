//! What came back.

use domain::NoticeId;
use jiff::SignedDuration;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::api_rows::FoundReturn;
use crate::store::console_rows::StateCount;
use crate::store::rows::{ReturnedRow, SendingId};

const TABLE: &str = "returned";
/// Stands for a reply where states are counted.
const REPLY: &str = "reply";
/// The portal says that nobody opened a notice some time after it expired.
const LATE_MAX: SignedDuration = SignedDuration::from_hours(31 * 24);

pub(crate) async fn insert_returned(db: &mut Connection, row: &ReturnedRow) -> Result<bool, StoreError> {
    let found = recipient_of(db, row).await?;
    let state = row.state.map(domain::NoticeState::name);
    let done = sqlx::query(
        "INSERT INTO returned (number, notice_id, link_code, at, state, reply, sending_id, place)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT DO NOTHING",
    )
    .bind(column::whole(row.number))
    .bind(row.notice.as_bytes().as_slice())
    .bind(row.link_code.as_bytes().as_slice())
    .bind(column::micros(row.at))
    .bind(state)
    .bind(row.reply.as_deref())
    .bind(found.as_ref().map(|(sending, _)| sending.as_bytes().as_slice()))
    .bind(found.as_ref().map(|(_, place)| i64::from(*place)))
    .execute(&mut *db)
    .await?;
    let is_new = done.rows_affected() == 1;
    if let (true, Some((sending, place))) = (is_new, found) {
        count(db, sending, place, state, row.number).await?;
    }
    Ok(is_new)
}

/// Counts a person at whom this state was not reached before.
async fn count(
    db: &mut Connection,
    sending: SendingId,
    place: u32,
    state: Option<&str>,
    number: u64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO state_count (sending_id, state, people)
        SELECT $1, $4, 1
        WHERE NOT EXISTS (
            SELECT 1
            FROM returned
            WHERE sending_id = $1 AND place = $2 AND coalesce(state, 'reply') = $4 AND number <> $3
        )
        ON CONFLICT (sending_id, state) DO UPDATE SET people = state_count.people + 1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .bind(column::whole(number))
    .bind(state.unwrap_or(REPLY))
    .execute(db)
    .await?;
    Ok(())
}

/// The sending and the place in it. A personal notice's name is no row's, but can be made again of sending and place.
async fn recipient_of(db: &mut Connection, returned: &ReturnedRow) -> Result<Option<(SendingId, u32)>, StoreError> {
    let place = |row: &Row| -> Result<(SendingId, u32), StoreError> {
        let sending = column::bytes(row.try_get("sending_id")?, "recipient", "sending_id")?;
        Ok((sending, column::number(row.try_get("place")?, "recipient", "place")?))
    };
    let shared = sqlx::query(
        "SELECT sending_id, place
        FROM recipient
        WHERE sending_id = $1 AND link_code = $2",
    )
    .bind(returned.notice.as_bytes().as_slice())
    .bind(returned.link_code.as_bytes().as_slice())
    .fetch_optional(&mut *db)
    .await?;
    if let Some(shared) = shared {
        return place(&shared).map(Some);
    }
    let own = sqlx::query(
        "SELECT r.sending_id, r.place
        FROM sending AS s
        JOIN recipient AS r ON r.sending_id = s.id AND r.link_code = $1
        WHERE s.merged_at IS NOT NULL AND s.expires_at > $2",
    )
    .bind(returned.link_code.as_bytes().as_slice())
    .bind(column::micros(returned.at.checked_sub(LATE_MAX).unwrap_or(returned.at)))
    .fetch_all(db)
    .await?;
    let own: Vec<(SendingId, u32)> = own.iter().map(place).collect::<Result<_, _>>()?;
    Ok(own.into_iter().find(|(sending, place)| sending.notice_at(*place) == returned.notice))
}

/// What came back about one maker's sendings, in its order.
pub(crate) async fn returned_by(
    db: &mut Connection,
    maker: &str,
    after: u64,
    limit: u32,
) -> Result<Vec<FoundReturn>, StoreError> {
    let rows = sqlx::query(
        "SELECT r.number, r.notice_id, r.link_code, r.at, r.state, r.reply, r.sending_id, r.place
        FROM returned AS r
        JOIN sending AS s ON s.id = r.sending_id
        WHERE s.made_by = $1 AND r.number > $2
        ORDER BY r.number
        LIMIT $3",
    )
    .bind(maker)
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(FoundReturn {
                returned: returned_row(row)?,
                sending: column::bytes(row.try_get("sending_id")?, TABLE, "sending_id")?,
                place: column::number(row.try_get("place")?, TABLE, "place")?,
            })
        })
        .collect()
}

pub(crate) async fn returned_last(db: &mut Connection) -> Result<u64, StoreError> {
    let last: Option<i64> = sqlx::query_scalar(
        "SELECT max(number)
        FROM (SELECT max(number) AS number FROM returned UNION ALL SELECT number FROM returned_through) AS known",
    )
    .fetch_one(db)
    .await?;
    column::number(last.unwrap_or(0), TABLE, "number")
}

pub(crate) async fn returned_through(db: &mut Connection, number: u64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO returned_through (place, number)
        VALUES (0, $1)
        ON CONFLICT (place) DO UPDATE SET number = excluded.number
        WHERE returned_through.number < excluded.number",
    )
    .bind(column::whole(number))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn returned_of(
    db: &mut Connection,
    notice: &NoticeId,
    after: u64,
    limit: u32,
) -> Result<Vec<ReturnedRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT number, notice_id, link_code, at, state, reply
        FROM returned
        WHERE notice_id = $1 AND number > $2
        ORDER BY number
        LIMIT $3",
    )
    .bind(notice.as_bytes().as_slice())
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(returned_row).collect()
}

fn returned_row(row: &Row) -> Result<ReturnedRow, StoreError> {
    let state: Option<String> = row.try_get("state")?;
    Ok(ReturnedRow {
        number: column::number(row.try_get("number")?, TABLE, "number")?,
        notice: column::bytes(row.try_get("notice_id")?, TABLE, "notice_id")?,
        link_code: column::bytes(row.try_get("link_code")?, TABLE, "link_code")?,
        at: column::time(row.try_get("at")?, TABLE, "at")?,
        state: state.map(|state| column::text(&state, TABLE, "state")).transpose()?,
        reply: row.try_get("reply")?,
    })
}

pub(crate) async fn state_counts(db: &mut Connection, sending: SendingId) -> Result<Vec<StateCount>, StoreError> {
    let rows = sqlx::query(
        "SELECT state, people
        FROM state_count
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let state: String = row.try_get("state")?;
            let is_state = state != REPLY;
            Ok(StateCount {
                state: is_state.then(|| column::text(&state, "state_count", "state")).transpose()?,
                people: column::number(row.try_get("people")?, "state_count", "people")?,
            })
        })
        .collect()
}

pub(crate) async fn replies_of(
    db: &mut Connection,
    sending: SendingId,
    after: u64,
    limit: u32,
) -> Result<Vec<ReturnedRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT number, notice_id, link_code, at, reply
        FROM returned
        WHERE sending_id = $1 AND number > $2 AND state IS NULL
        ORDER BY number
        LIMIT $3",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ReturnedRow {
                number: column::number(row.try_get("number")?, "returned", "number")?,
                notice: column::bytes(row.try_get("notice_id")?, "returned", "notice_id")?,
                link_code: column::bytes(row.try_get("link_code")?, "returned", "link_code")?,
                at: column::time(row.try_get("at")?, "returned", "at")?,
                state: None,
                reply: row.try_get("reply")?,
            })
        })
        .collect()
}
