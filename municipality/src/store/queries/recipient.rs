//! For whom sendings are.

use domain::LinkCode;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::rows::{NewRecipient, Outcome, RecipientRow, SendingId, Settled};

const TABLE: &str = "recipient";

/// Rows in one statement: four values each, far below what either engine takes.
const AT_ONCE: usize = 2000;

pub(crate) async fn insert_recipients(
    db: &mut Connection,
    sending: SendingId,
    recipients: &[NewRecipient],
) -> Result<u64, StoreError> {
    let rows: Vec<_> = recipients.iter().map(|recipient| (sending, recipient)).collect();
    let added = insert_rows(db, &rows).await?;
    sqlx::query(
        "UPDATE sending
        SET recipients = recipients + $2
        WHERE id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(added))
    .execute(db)
    .await?;
    Ok(added)
}

/// Who is there already is not added again; how many were.
pub(super) async fn insert_rows(db: &mut Connection, rows: &[(SendingId, &NewRecipient)]) -> Result<u64, StoreError> {
    let mut added = 0;
    for some in rows.chunks(AT_ONCE) {
        let mut insert =
            QueryBuilder::<super::super::Db>::new("INSERT INTO recipient (sending_id, place, link_code, fields) ");
        insert.push_values(some, |mut row, (sending, recipient)| {
            row.push_bind(sending.as_bytes().to_vec())
                .push_bind(i64::from(recipient.place))
                .push_bind(recipient.link_code.as_bytes().to_vec())
                .push_bind(recipient.fields.clone());
        });
        insert.push(" ON CONFLICT DO NOTHING");
        let again_and_again = some.len() == 1 || some.len() == AT_ONCE;
        added += insert.build().persistent(again_and_again).execute(&mut *db).await?.rows_affected();
    }
    Ok(added)
}

pub(crate) async fn recipients_among(
    db: &mut Connection,
    sending: SendingId,
    codes: &[LinkCode],
) -> Result<Vec<(LinkCode, u32)>, StoreError> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let mut select =
        QueryBuilder::<super::super::Db>::new("SELECT link_code, place FROM recipient WHERE sending_id = ");
    select.push_bind(sending.as_bytes().to_vec()).push(" AND link_code IN (");
    let mut separated = select.separated(", ");
    for code in codes {
        separated.push_bind(code.as_bytes().to_vec());
    }
    select.push(")");
    let rows = select.build().persistent(false).fetch_all(db).await?;
    rows.iter()
        .map(|row| {
            let code = column::bytes(row.try_get("link_code")?, TABLE, "link_code")?;
            Ok((code, column::number(row.try_get("place")?, TABLE, "place")?))
        })
        .collect()
}

pub(crate) async fn unsettled(
    db: &mut Connection,
    sending: SendingId,
    limit: u32,
) -> Result<Vec<RecipientRow>, StoreError> {
    // Settled in order: whoever is not settled comes after as many as are.
    let rows = sqlx::query(
        "SELECT place, link_code, fields, outcome
        FROM recipient
        WHERE sending_id = $1
            AND place >= (SELECT accepted + undeliverable + unknown FROM sending WHERE id = $1)
            AND outcome IS NULL
        ORDER BY place
        LIMIT $2",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(recipient).collect()
}

pub(crate) async fn recipients(
    db: &mut Connection,
    sending: SendingId,
    from: u32,
    limit: u32,
) -> Result<Vec<RecipientRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, link_code, fields, outcome
        FROM recipient
        WHERE sending_id = $1 AND place >= $2
        ORDER BY place
        LIMIT $3",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(from))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(recipient).collect()
}

pub(crate) async fn settle(db: &mut Connection, sending: SendingId, settled: &Settled) -> Result<(), StoreError> {
    let mut counts = [0; 3];
    for (outcome, places) in [(Outcome::Undeliverable, &settled.undeliverable), (Outcome::Unknown, &settled.unknown)] {
        for some in places.chunks(AT_ONCE) {
            let mut update = QueryBuilder::<super::super::Db>::new("UPDATE recipient SET outcome = ");
            update.push_bind(outcome.name()).push(" WHERE sending_id = ").push_bind(sending.as_bytes().to_vec());
            update.push(" AND outcome IS NULL AND place IN (");
            let mut separated = update.separated(", ");
            for place in some {
                separated.push_bind(i64::from(*place));
            }
            update.push(")");
            let done = update.build().persistent(false).execute(&mut *db).await?.rows_affected();
            if let Some(count) = counts.get_mut(usize::from(outcome == Outcome::Unknown)) {
                *count += done;
            }
        }
    }
    let [undeliverable, unknown, _] = counts;
    let accepted = sqlx::query(
        "UPDATE recipient
        SET outcome = $4
        WHERE sending_id = $1 AND place BETWEEN $2 AND $3 AND outcome IS NULL",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(settled.first))
    .bind(i64::from(settled.last))
    .bind(Outcome::Accepted.name())
    .execute(&mut *db)
    .await?
    .rows_affected();
    // Who got it after it was taken back got it after the portal was told: it must be told again.
    sqlx::query(
        "UPDATE sending
        SET accepted = accepted + $2, undeliverable = undeliverable + $3, unknown = unknown + $4,
            withdrawal_taken_at = CASE WHEN $2 > 0 THEN NULL ELSE withdrawal_taken_at END,
            withdrawal_place = CASE WHEN $2 > 0 AND withdrawal_place > $5 THEN $5 ELSE withdrawal_place END
        WHERE id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(accepted))
    .bind(column::whole(undeliverable))
    .bind(column::whole(unknown))
    .bind(i64::from(settled.first))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn insert_receipt(
    db: &mut Connection,
    sending: SendingId,
    place: u32,
    signed: &[u8],
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO receipt (sending_id, place, signed)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .bind(signed)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn receipt(
    db: &mut Connection,
    sending: SendingId,
    place: u32,
) -> Result<Option<Vec<u8>>, StoreError> {
    let signed = sqlx::query_scalar(
        "SELECT signed
        FROM receipt
        WHERE sending_id = $1 AND place = $2",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .fetch_optional(db)
    .await?;
    Ok(signed)
}

/// Of the sending that was over first, what was filled into the letters of the next so many places. False when there is none.
pub(crate) async fn forget_fields(
    db: &mut Connection,
    now: Timestamp,
    over: Timestamp,
    places: u32,
) -> Result<bool, StoreError> {
    let next = sqlx::query(
        "SELECT id, fields_gone_through AS begins, (SELECT max(place) FROM recipient WHERE sending_id = sending.id) AS last
        FROM sending
        WHERE merged_at IS NOT NULL AND fields_gone_at IS NULL AND expires_at <= $1
        ORDER BY expires_at
        LIMIT 1",
    )
    .bind(column::micros(over))
    .fetch_optional(&mut *db)
    .await?;
    let Some(next) = next else { return Ok(false) };
    let (id, last): (Vec<u8>, Option<i64>) = (next.try_get("id")?, next.try_get("last")?);
    let begins: i64 = next.try_get("begins")?;
    let ends = begins.saturating_add(places.into());
    sqlx::query(
        "UPDATE recipient
        SET fields = NULL
        WHERE sending_id = $1 AND place >= $2 AND place < $3 AND fields IS NOT NULL",
    )
    .bind(&id)
    .bind(begins)
    .bind(ends)
    .execute(&mut *db)
    .await?;
    let is_all = last.is_none_or(|last| last < ends);
    sqlx::query(
        "UPDATE sending
        SET fields_gone_through = $2, fields_gone_at = $3
        WHERE id = $1",
    )
    .bind(&id)
    .bind(ends)
    .bind(is_all.then(|| column::micros(now)))
    .execute(db)
    .await?;
    Ok(true)
}

pub(super) fn recipient(row: &Row) -> Result<RecipientRow, StoreError> {
    let outcome: Option<String> = row.try_get("outcome")?;
    Ok(RecipientRow {
        place: column::number(row.try_get("place")?, TABLE, "place")?,
        link_code: column::bytes(row.try_get("link_code")?, TABLE, "link_code")?,
        fields: row.try_get("fields")?,
        outcome: outcome.map(|outcome| column::text(&outcome, TABLE, "outcome")).transpose()?,
    })
}

pub(crate) async fn unreached(
    db: &mut Connection,
    sending: SendingId,
    from: u32,
    limit: u32,
) -> Result<Vec<(u32, Outcome)>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, outcome
        FROM recipient
        WHERE sending_id = $1 AND outcome IN ('undeliverable', 'unknown') AND place >= $2
        ORDER BY place
        LIMIT $3",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(from))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let outcome = column::text(row.try_get("outcome")?, "recipient", "outcome")?;
            Ok((column::number(row.try_get("place")?, "recipient", "place")?, outcome))
        })
        .collect()
}
