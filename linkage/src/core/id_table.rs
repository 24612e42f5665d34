//! The ID table (S4 L433): who has which code at which organisation.
//!
//! The only place that knows that two codes are one person. Nothing here is reached before the whitelist has
//! allowed a request (B-MED-1). `unlinked_at`: an unlinked code behaves as never issued (B-TBL-4), but still finds
//! the records that were made under it (B-TBL-2).

use domain::{KeyIndex, LinkCode, OrgCode};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::id_code::IdCode;

/// The person's row, created on first sight of their resident index.
pub(super) async fn person(
    tx: &mut SqliteConnection,
    resident_index: &[u8; 32],
    fresh: IdCode,
) -> Result<IdCode, sqlx::Error> {
    sqlx::query(
        "INSERT INTO id_records (id_code, resident_index)
        VALUES ($1, $2)
        ON CONFLICT (resident_index) DO NOTHING",
    )
    .bind(fresh.as_bytes())
    .bind(&resident_index[..])
    .execute(&mut *tx)
    .await?;
    let id_code: Vec<u8> = sqlx::query_scalar(
        "SELECT id_code
        FROM id_records
        WHERE resident_index = $1",
    )
    .bind(&resident_index[..])
    .fetch_one(&mut *tx)
    .await?;
    IdCode::try_from(id_code.as_slice()).map_err(|e| sqlx::Error::Decode(e.into()))
}

/// Writes the person's code at an organisation. A code that is there stays as it is.
pub(super) async fn link(
    tx: &mut SqliteConnection,
    org: &OrgCode,
    id_code: &IdCode,
    link_code: &LinkCode,
    key_index: KeyIndex,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO links (org, link_code, id_code, key_index, linked_at)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT DO NOTHING",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(id_code.as_bytes())
    .bind(key_index.0)
    .bind(now.as_microsecond())
    .execute(tx)
    .await?;
    Ok(())
}

/// The organisation holds the code now: its older codes of the same person leave use.
pub(super) async fn received(
    tx: &mut SqliteConnection,
    org: &OrgCode,
    link_code: &LinkCode,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE links
        SET received_at = $3
        WHERE org = $1 AND link_code = $2 AND received_at IS NULL",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "UPDATE links
        SET unlinked_at = $3
        WHERE org = $1
            AND unlinked_at IS NULL
            AND id_code = (SELECT id_code FROM links WHERE org = $1 AND link_code = $2)
            AND key_index < (SELECT key_index FROM links WHERE org = $1 AND link_code = $2)",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    Ok(())
}

/// Step ② of the conversion: does this person's row contain this code, in use (B-TBL-1)?
pub(super) async fn confirms(
    read: &mut SqliteConnection,
    org: &OrgCode,
    link_code: &LinkCode,
    id_code: &IdCode,
) -> Result<bool, sqlx::Error> {
    let found: Option<i64> = sqlx::query_scalar(
        "SELECT 1
        FROM links
        WHERE org = $1
            AND link_code = $2
            AND id_code = $3
            AND unlinked_at IS NULL",
    )
    .bind(org.as_str())
    .bind(&link_code.as_bytes()[..])
    .bind(id_code.as_bytes())
    .fetch_optional(read)
    .await?;
    Ok(found.is_some())
}

/// Step ③ of the conversion: the code under which this organisation knows the person. While a key is being rotated
/// that is the code it is known to hold.
pub(super) async fn code_at(
    read: &mut SqliteConnection,
    org: &OrgCode,
    id_code: &IdCode,
) -> Result<Option<LinkCode>, sqlx::Error> {
    let code: Option<Vec<u8>> = sqlx::query_scalar(
        "SELECT link_code
        FROM links
        WHERE id_code = $1
            AND org = $2
            AND unlinked_at IS NULL
        ORDER BY received_at IS NULL, key_index DESC
        LIMIT 1",
    )
    .bind(id_code.as_bytes())
    .bind(org.as_str())
    .fetch_optional(read)
    .await?;
    code.map(|bytes| LinkCode::try_from(bytes.as_slice())).transpose().map_err(|e| sqlx::Error::Decode(e.into()))
}
