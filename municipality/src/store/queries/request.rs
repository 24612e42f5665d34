//! What clients leave for a while: answers to requests that may come again, files, and what is over.

use std::collections::HashSet;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, column};
use crate::store::StoreError;
use crate::store::api_rows::{ClientId, KeptAnswer, KeyClaim, UploadedFile, UploadedFileId, WaitingFiles};

const TABLE: &str = "request_key";

/// A key whose time is over is taken as if it had never been.
pub(crate) async fn claim_keys(
    db: &mut Connection,
    claims: &[&KeyClaim],
    now: Timestamp,
    over: Timestamp,
) -> Result<Vec<bool>, StoreError> {
    if claims.is_empty() {
        return Ok(Vec::new());
    }
    let mut insert = QueryBuilder::<super::super::Db>::new(
        "INSERT INTO request_key (client_id, name, digest, made_at, status, location, body) ",
    );
    insert.push_values(claims, |mut row, claim| {
        row.push_bind(claim.client.as_bytes().to_vec())
            .push_bind(claim.name.clone())
            .push_bind(claim.answer.digest.to_vec())
            .push_bind(column::micros(now))
            .push_bind(i64::from(claim.answer.status))
            .push_bind(claim.answer.location.clone())
            .push_bind(claim.answer.body.clone());
    });
    insert.push(
        " ON CONFLICT (client_id, name) DO UPDATE
        SET digest = excluded.digest, made_at = excluded.made_at, status = excluded.status,
            location = excluded.location, body = excluded.body
        WHERE request_key.made_at <= ",
    );
    insert.push_bind(column::micros(over)).push(" RETURNING client_id, name");
    let rows = insert.build().persistent(claims.len() == 1).fetch_all(db).await?;
    let claimed = rows.iter().map(|row| {
        let client: ClientId = column::bytes(row.try_get("client_id")?, TABLE, "client_id")?;
        Ok((client, row.try_get("name")?))
    });
    let claimed: HashSet<(ClientId, &str)> = claimed.collect::<Result<_, StoreError>>()?;
    Ok(claims.iter().map(|claim| claimed.contains(&(claim.client, claim.name.as_str()))).collect())
}

pub(crate) async fn release_key(db: &mut Connection, client: ClientId, name: &str) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM request_key
        WHERE client_id = $1 AND name = $2",
    )
    .bind(client.as_bytes().as_slice())
    .bind(name)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn kept_answer(
    db: &mut Connection,
    client: ClientId,
    name: &str,
    over: Timestamp,
) -> Result<Option<KeptAnswer>, StoreError> {
    let row = sqlx::query(
        "SELECT digest, status, location, body
        FROM request_key
        WHERE client_id = $1 AND name = $2 AND made_at > $3",
    )
    .bind(client.as_bytes().as_slice())
    .bind(name)
    .bind(column::micros(over))
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(KeptAnswer {
            digest: column::bytes(row.try_get("digest")?, TABLE, "digest")?,
            status: column::number(row.try_get("status")?, TABLE, "status")?,
            location: row.try_get("location")?,
            body: row.try_get("body")?,
        })
    })
    .transpose()
}

pub(crate) async fn insert_uploaded_file(
    db: &mut Connection,
    file: &UploadedFile,
    most: WaitingFiles,
) -> Result<bool, StoreError> {
    // Whoever uploads with the same client at the same moment waits here: else each would count without the other.
    sqlx::query(
        "UPDATE client
        SET label = label
        WHERE id = $1",
    )
    .bind(file.client.as_bytes().as_slice())
    .execute(&mut *db)
    .await?;
    let done = sqlx::query(
        "INSERT INTO uploaded_file (id, client_id, made_at, media_type, content)
        SELECT $1, $2, $3, $4, $5
        FROM (
            SELECT COUNT(*) AS files, COALESCE(SUM(LENGTH(content)), 0) AS bytes
            FROM uploaded_file
            WHERE client_id = $2
        ) AS waiting
        WHERE files < $6 AND bytes <= $7",
    )
    .bind(file.id.as_bytes().as_slice())
    .bind(file.client.as_bytes().as_slice())
    .bind(column::micros(file.made_at))
    .bind(&file.media_type)
    .bind(file.content.as_slice())
    .bind(column::whole(most.files))
    .bind(column::whole(most.bytes) - column::whole(file.content.len() as u64))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn uploaded_file(
    db: &mut Connection,
    client: ClientId,
    id: UploadedFileId,
) -> Result<Option<UploadedFile>, StoreError> {
    let row = sqlx::query(
        "SELECT made_at, media_type, content
        FROM uploaded_file
        WHERE id = $1 AND client_id = $2",
    )
    .bind(id.as_bytes().as_slice())
    .bind(client.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let made_at = column::time(row.try_get("made_at")?, "uploaded_file", "made_at")?;
        Ok(UploadedFile {
            id,
            client,
            made_at,
            media_type: row.try_get("media_type")?,
            content: row.try_get("content")?,
        })
    })
    .transpose()
}

pub(crate) async fn forget_over(db: &mut Connection, now: Timestamp, over: Timestamp) -> Result<u64, StoreError> {
    let tokens = sqlx::query(
        "DELETE FROM access_token
        WHERE expires_at <= $1",
    )
    .bind(column::micros(now))
    .execute(&mut *db)
    .await?;
    let keys = sqlx::query(
        "DELETE FROM request_key
        WHERE made_at <= $1",
    )
    .bind(column::micros(over))
    .execute(&mut *db)
    .await?;
    let files = sqlx::query(
        "DELETE FROM uploaded_file
        WHERE made_at <= $1",
    )
    .bind(column::micros(over))
    .execute(db)
    .await?;
    Ok(tokens.rows_affected() + keys.rows_affected() + files.rows_affected())
}
