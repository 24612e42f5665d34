//! What came and could not be opened or believed yet.

use sqlx::Row as _;
use wire::mediation::SealedPayload;

use super::{Connection, column};
use crate::store::StoreError;
use crate::store::rows::{DoubtedReceipt, SealedReturn, SendingId};

const TABLE: &str = "returned_sealed";
const RECEIPTS: &str = "receipt_doubted";

pub(crate) async fn insert_sealed(db: &mut Connection, number: u64, sealed: SealedPayload) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO returned_sealed (number, encapsulated_key, ciphertext)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(column::whole(number))
    .bind(sealed.encapsulated_key)
    .bind(sealed.ciphertext)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn sealed_returns(
    db: &mut Connection,
    after: u64,
    limit: u32,
) -> Result<Vec<SealedReturn>, StoreError> {
    let rows = sqlx::query(
        "SELECT s.number, r.notice_id, s.encapsulated_key, s.ciphertext
        FROM returned_sealed AS s
        JOIN returned AS r ON r.number = s.number
        WHERE s.number > $1
        ORDER BY s.number
        LIMIT $2",
    )
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let encapsulated_key = row.try_get("encapsulated_key")?;
            Ok(SealedReturn {
                number: column::number(row.try_get("number")?, TABLE, "number")?,
                notice: column::bytes(row.try_get("notice_id")?, "returned", "notice_id")?,
                sealed: SealedPayload { encapsulated_key, ciphertext: row.try_get("ciphertext")? },
            })
        })
        .collect()
}

pub(crate) async fn open_returned(db: &mut Connection, number: u64, signed: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE returned
        SET reply = $2
        WHERE number = $1 AND state IS NULL AND reply IS NULL",
    )
    .bind(column::whole(number))
    .bind(signed)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "DELETE FROM returned_sealed
        WHERE number = $1",
    )
    .bind(column::whole(number))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn insert_doubted(
    db: &mut Connection,
    sending: SendingId,
    place: u32,
    signed: &[u8],
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO receipt_doubted (sending_id, place, signed)
        VALUES ($1, $2, $3)
        ON CONFLICT (sending_id, place) DO UPDATE SET signed = excluded.signed",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .bind(signed)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn doubted_receipts(
    db: &mut Connection,
    after: Option<(SendingId, u32)>,
    limit: u32,
) -> Result<Vec<DoubtedReceipt>, StoreError> {
    let (sending, place) =
        after.map_or((Vec::new(), -1), |(sending, place)| (sending.as_bytes().to_vec(), i64::from(place)));
    let rows = sqlx::query(
        "SELECT d.sending_id, d.place, d.signed, s.merged_at
        FROM receipt_doubted AS d
        JOIN sending AS s ON s.id = d.sending_id
        WHERE (d.sending_id, d.place) > ($1, $2)
        ORDER BY d.sending_id, d.place
        LIMIT $3",
    )
    .bind(sending)
    .bind(place)
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let sending: SendingId = column::bytes(row.try_get("sending_id")?, RECEIPTS, "sending_id")?;
            let place = column::number(row.try_get("place")?, RECEIPTS, "place")?;
            let merged_at: Option<i64> = row.try_get("merged_at")?;
            let notice = if merged_at.is_some() { sending.notice_at(place) } else { sending.notice() };
            Ok(DoubtedReceipt { sending, place, notice, signed: row.try_get("signed")? })
        })
        .collect()
}

pub(crate) async fn forget_doubted(db: &mut Connection, sending: SendingId, place: u32) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM receipt_doubted
        WHERE sending_id = $1 AND place = $2",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(place))
    .execute(db)
    .await?;
    Ok(())
}
