//! Sendings.

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, Row, column, recipient};
use crate::store::StoreError;
use crate::store::rows::{Lane, NewSending, PendingAttachment, PostedSending, SendingId, SendingRow, SendingState};

const TABLE: &str = "sending";

pub(super) const COLUMNS: &str = "id, state, state_since, made_by, made_at, draft, merged_at, starts_at, expires_at,
    issued_at, letter_taken_at, released_by, withdrawn_at, tries, try_at, trouble, recipients, accepted, undeliverable,
    unknown, sealing_certificate, withdrawal_tries, withdrawal_place";

/// Exactly as the indexes of migration 0005 have it.
fn of_lane(lane: Lane) -> &'static str {
    match lane {
        Lane::Urgent => "state = 'released' AND urgent_at IS NOT NULL",
        Lane::Short => {
            "state = 'released' AND urgent_at IS NULL
                AND merged_at IS NULL AND alone_at IS NULL AND tries = 0 AND recipients <= 16"
        }
        Lane::Long => {
            "state = 'released' AND urgent_at IS NULL
                AND (merged_at IS NOT NULL OR alone_at IS NOT NULL OR tries > 0 OR recipients > 16)"
        }
    }
}

pub(crate) async fn insert_sending(db: &mut Connection, new: &NewSending) -> Result<bool, StoreError> {
    let made_at = column::micros(new.made_at);
    let weight = new.weight();
    let done = sqlx::query(
        "INSERT INTO sending (
            id, state, made_by, made_at, draft, merged_at, starts_at, expires_at, state_since, try_at, urgent_at, alone_at
        )
        VALUES ($1, 'open', $2, $3, $4, $5, $6, $7, $3, $6, $8, $9)
        ON CONFLICT DO NOTHING",
    )
    .bind(new.id.as_bytes().as_slice())
    .bind(&new.made_by)
    .bind(made_at)
    .bind(&new.draft)
    .bind(new.merged.then_some(made_at))
    .bind(column::micros(new.starts_at))
    .bind(column::micros(new.expires_at))
    .bind(weight.urgent.then_some(made_at))
    .bind(weight.alone.then_some(made_at))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Each is there whole after one statement for all sendings, one for all recipients, and one for each file.
pub(crate) async fn insert_posted(db: &mut Connection, posted: &[&PostedSending]) -> Result<(), StoreError> {
    if posted.is_empty() {
        return Ok(());
    }
    let mut insert = QueryBuilder::<super::super::Db>::new(
        "INSERT INTO sending (
            id, state, made_by, made_at, draft, merged_at, starts_at, expires_at, state_since, issued_at, try_at,
            released_by, recipients, urgent_at, alone_at
        ) ",
    );
    insert.push_values(posted, |mut row, posted| {
        let new = &posted.sending;
        let made_at = column::micros(new.made_at);
        let starts_at = column::micros(new.starts_at);
        let weight = new.weight();
        row.push_bind(new.id.as_bytes().to_vec())
            .push_bind(SendingState::Released.name())
            .push_bind(new.made_by.clone())
            .push_bind(made_at)
            .push_bind(new.draft.clone())
            .push_bind(new.merged.then_some(made_at))
            .push_bind(starts_at)
            .push_bind(column::micros(new.expires_at))
            .push_bind(made_at)
            .push_bind(made_at)
            .push_bind(starts_at)
            .push_bind(new.made_by.clone())
            .push_bind(column::whole(posted.recipients.len() as u64))
            .push_bind(weight.urgent.then_some(made_at))
            .push_bind(weight.alone.then_some(made_at));
    });
    insert.build().persistent(posted.len() == 1).execute(&mut *db).await?;
    for posted in posted {
        for (place, file) in (0u8..).zip(&posted.files) {
            insert_attachment(db, posted.sending.id, place, file).await?;
        }
    }
    let rows: Vec<_> =
        posted.iter().flat_map(|posted| posted.recipients.iter().map(|one| (posted.sending.id, one))).collect();
    recipient::insert_rows(db, &rows).await?;
    Ok(())
}

pub(crate) async fn insert_attachment(
    db: &mut Connection,
    sending: SendingId,
    place: u8,
    content: &[u8],
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sending_attachment (sending_id, place, content)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .bind(content)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn move_sending(
    db: &mut Connection,
    id: SendingId,
    from: &[SendingState],
    to: SendingState,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut update = QueryBuilder::<super::super::Db>::new("UPDATE sending SET state = ");
    update.push_bind(to.name()).push(", state_since = ").push_bind(column::micros(now));
    update.push(" WHERE id = ").push_bind(id.as_bytes().to_vec()).push(" AND state IN (");
    let mut separated = update.separated(", ");
    for state in from {
        separated.push_bind(state.name());
    }
    update.push(")");
    Ok(update.build().execute(db).await?.rows_affected() == 1)
}

pub(crate) async fn cancel_left_open(
    db: &mut Connection,
    maker: &str,
    made_before: Timestamp,
    now: Timestamp,
) -> Result<Vec<SendingId>, StoreError> {
    let rows = sqlx::query(
        "UPDATE sending
        SET state = 'cancelled', state_since = $3
        WHERE made_by = $1 AND made_at < $2 AND state = 'open'
        RETURNING id",
    )
    .bind(maker)
    .bind(column::micros(made_before))
    .bind(column::micros(now))
    .fetch_all(db)
    .await?;
    rows.iter().map(|row| column::bytes(row.try_get("id")?, TABLE, "id")).collect()
}

pub(crate) async fn release_sending(
    db: &mut Connection,
    id: SendingId,
    by: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'released', state_since = $3, issued_at = $3, released_by = $2
        WHERE id = $1 AND state IN ('open', 'waiting')",
    )
    .bind(id.as_bytes().as_slice())
    .bind(by)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn sending(db: &mut Connection, id: SendingId) -> Result<Option<SendingRow>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(COLUMNS).push(" FROM sending WHERE id = ").push_bind(id.as_bytes().to_vec());
    let row = select.build().fetch_optional(db).await?;
    row.as_ref().map(sending_row).transpose()
}

pub(crate) async fn sendings(
    db: &mut Connection,
    before: Option<SendingId>,
    limit: u32,
) -> Result<Vec<SendingRow>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(COLUMNS).push(" FROM sending");
    if let Some(before) = before {
        select.push(" WHERE (made_at, id) < (SELECT made_at, id FROM sending WHERE id = ");
        select.push_bind(before.as_bytes().to_vec()).push(")");
    }
    select.push(" ORDER BY made_at DESC, id DESC LIMIT ").push_bind(i64::from(limit));
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(sending_row).collect()
}

pub(crate) async fn sendings_by(
    db: &mut Connection,
    maker: &str,
    before: Option<SendingId>,
    limit: u32,
) -> Result<Vec<SendingRow>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(COLUMNS).push(" FROM sending WHERE made_by = ").push_bind(maker.to_owned());
    if let Some(before) = before {
        select.push(" AND (made_at, id) < (SELECT made_at, id FROM sending WHERE id = ");
        select.push_bind(before.as_bytes().to_vec()).push(")");
    }
    select.push(" ORDER BY made_at DESC, id DESC LIMIT ").push_bind(i64::from(limit));
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(sending_row).collect()
}

pub(crate) async fn due_sendings(
    db: &mut Connection,
    lane: Lane,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<SendingRow>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(COLUMNS).push(" FROM sending WHERE ").push(of_lane(lane)).push(" AND try_at <= ");
    select.push_bind(column::micros(now)).push(" ORDER BY try_at LIMIT ").push_bind(i64::from(limit));
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(sending_row).collect()
}

pub(crate) async fn pending_attachments(
    db: &mut Connection,
    sending: SendingId,
) -> Result<Vec<PendingAttachment>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, content
        FROM sending_attachment
        WHERE sending_id = $1 AND taken_at IS NULL
        ORDER BY place",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let place = column::number(row.try_get("place")?, "sending_attachment", "place")?;
            Ok(PendingAttachment { place, content: row.try_get("content")? })
        })
        .collect()
}

pub(crate) async fn attachment_taken(
    db: &mut Connection,
    sending: SendingId,
    place: u8,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sending_attachment
        SET taken_at = $3
        WHERE sending_id = $1 AND place = $2",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn letter_taken(db: &mut Connection, sending: SendingId, now: Timestamp) -> Result<(), StoreError> {
    set_letter(db, sending, Some(now)).await
}

pub(crate) async fn letter_wanted(db: &mut Connection, sending: SendingId) -> Result<(), StoreError> {
    set_letter(db, sending, None).await?;
    sqlx::query(
        "UPDATE sending_attachment
        SET taken_at = NULL
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(())
}

async fn set_letter(db: &mut Connection, sending: SendingId, at: Option<Timestamp>) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sending
        SET letter_taken_at = $2
        WHERE id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(at.map(column::micros))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn keep_sealing_certificate(
    db: &mut Connection,
    sending: SendingId,
    certificate: &str,
) -> Result<String, StoreError> {
    let kept = sqlx::query_scalar(
        "UPDATE sending
        SET sealing_certificate = coalesce(sealing_certificate, $2)
        WHERE id = $1
        RETURNING sealing_certificate",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(certificate)
    .fetch_one(db)
    .await?;
    Ok(kept)
}

pub(crate) async fn went_on(db: &mut Connection, sending: SendingId, now: Timestamp) -> Result<bool, StoreError> {
    sqlx::query(
        "UPDATE sending
        SET tries = 0, trouble = NULL, try_at = $2
        WHERE id = $1
            AND (tries > 0 OR trouble IS NOT NULL OR accepted + undeliverable + unknown < recipients)",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'done', state_since = $2
        WHERE id = $1 AND state = 'released' AND accepted + undeliverable + unknown = recipients",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn postpone(
    db: &mut Connection,
    sending: SendingId,
    try_at: Timestamp,
    trouble: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sending
        SET tries = tries + 1, try_at = $2, trouble = $3
        WHERE id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::micros(try_at))
    .bind(trouble)
    .execute(db)
    .await?;
    Ok(())
}

pub(super) fn sending_row(row: &Row) -> Result<SendingRow, StoreError> {
    let time = |column: &'static str| column::time(row.try_get(column)?, TABLE, column);
    let maybe = |column: &'static str| -> Result<Option<Timestamp>, StoreError> {
        let at: Option<i64> = row.try_get(column)?;
        at.map(|at| column::time(at, TABLE, column)).transpose()
    };
    let count = |column: &'static str| column::number(row.try_get(column)?, TABLE, column);
    let merged_at: Option<i64> = row.try_get("merged_at")?;
    Ok(SendingRow {
        id: column::bytes(row.try_get("id")?, TABLE, "id")?,
        state: column::text(row.try_get("state")?, TABLE, "state")?,
        state_since: time("state_since")?,
        made_by: row.try_get("made_by")?,
        made_at: time("made_at")?,
        draft: row.try_get("draft")?,
        merged: merged_at.is_some(),
        starts_at: time("starts_at")?,
        expires_at: time("expires_at")?,
        issued_at: maybe("issued_at")?,
        letter_taken_at: maybe("letter_taken_at")?,
        released_by: row.try_get("released_by")?,
        withdrawn_at: maybe("withdrawn_at")?,
        tries: column::number(row.try_get("tries")?, TABLE, "tries")?,
        try_at: time("try_at")?,
        trouble: row.try_get("trouble")?,
        recipients: count("recipients")?,
        accepted: count("accepted")?,
        undeliverable: count("undeliverable")?,
        unknown: count("unknown")?,
        sealing_certificate: row.try_get("sealing_certificate")?,
        withdrawal_tries: column::number(row.try_get("withdrawal_tries")?, TABLE, "withdrawal_tries")?,
        withdrawal_place: column::number(row.try_get("withdrawal_place")?, TABLE, "withdrawal_place")?,
    })
}
