//! Link codes at the institution: taken from the core, bound to its own numbers (step 7; B-ID-8), replaced when the
//! core rotated a key (B-TBL-2).

use std::sync::Arc;

use axum::extract::State;
use domain::{KeyIndex, LinkCode};
use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use sqlx::{Row as _, SqliteConnection};
use wire::issuance::{LinkCodeDelivery, LinkCodeReplacements, MATCH_NUMBER_UNKNOWN};

use super::{Institution, internal_id::InternalId};
use crate::party::{CORE, Message, PeerOrg, Refusal, json_list};

/// A match number is short-lived (B-ISS-4).
const MATCH_LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// Problem code: an old code is not known here; nothing was replaced.
pub const CODE_UNKNOWN: &str = "code-unknown";

/// `POST /v1/link-code-deliveries`, from the core only.
pub(super) async fn post_delivery(
    State(institution): State<Arc<Institution>>,
    peer: PeerOrg,
    Message(delivery): Message<LinkCodeDelivery>,
) -> Result<StatusCode, Refusal> {
    peer.must_be(&CORE)?;
    if institution.take(&delivery).await? {
        institution.bound.notify_waiters();
        return Ok(StatusCode::NO_CONTENT);
    }
    tracing::warn!("refused a code whose match number nobody waits for");
    Err(Refusal::new(StatusCode::CONFLICT, MATCH_NUMBER_UNKNOWN, "no request waits for this match number"))
}

/// `POST /v1/link-code-replacements`, from the core only: all or none.
pub(super) async fn post_replacements(
    State(institution): State<Arc<Institution>>,
    peer: PeerOrg,
    Message(replacements): Message<LinkCodeReplacements>,
) -> Result<StatusCode, Refusal> {
    peer.must_be(&CORE)?;
    if institution.replace(&replacements).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    tracing::error!("refused successors: an old code is not known here");
    Err(Refusal::new(StatusCode::CONFLICT, CODE_UNKNOWN, "an old code is not known here"))
}

impl Institution {
    /// Binds a delivered code. False: nobody waits for the match number (any more), or it brought another code.
    async fn take(&self, delivery: &LinkCodeDelivery) -> Result<bool, db::DbError> {
        let now = self.party.now();
        let code = &delivery.link_code.as_bytes()[..];
        let mut tx = self.pool.begin().await?;
        let waiting = sqlx::query(
            "SELECT internal_id, link_code
            FROM code_requests
            WHERE match_number = $1
                AND (fulfilled_at IS NOT NULL OR requested_at >= $2)",
        )
        .bind(&delivery.match_number.as_bytes()[..])
        .bind((now - MATCH_LIFETIME).as_microsecond())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(waiting) = waiting else {
            return Ok(false);
        };
        if let Some(brought) = waiting.try_get::<Option<Vec<u8>>, _>("link_code")? {
            return Ok(brought == code);
        }
        let person = InternalId::stored(waiting.try_get("internal_id")?);
        sqlx::query(
            "UPDATE code_requests
            SET fulfilled_at = $2,
                link_code = $3
            WHERE match_number = $1 AND fulfilled_at IS NULL",
        )
        .bind(&delivery.match_number.as_bytes()[..])
        .bind(now.as_microsecond())
        .bind(code)
        .execute(&mut *tx)
        .await?;
        let (code, index) = (&delivery.link_code, delivery.key_index);
        let bound = bind(&mut tx, &person, code, index, now).await?;
        if bound {
            tx.commit().await?;
        }
        Ok(bound)
    }

    /// False: an old code is not known here, and nothing was replaced.
    async fn replace(&self, replacements: &LinkCodeReplacements) -> Result<bool, db::DbError> {
        let now = self.party.now();
        let mut tx = self.pool.begin().await?;
        for pair in &replacements.pairs {
            let person: Option<String> = sqlx::query_scalar(
                "SELECT internal_id
                FROM codes
                WHERE link_code = $1",
            )
            .bind(&pair.old.as_bytes()[..])
            .fetch_optional(&mut *tx)
            .await?;
            let Some(person) = person else {
                return Ok(false);
            };
            let person = InternalId::stored(person);
            if !bind(&mut tx, &person, &pair.new, replacements.key_index, now).await? {
                return Ok(false);
            }
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Whose code this is. A replaced code still counts: an inquiry under it may have been on its way.
    pub(super) async fn person_of(&self, link_code: &LinkCode) -> Result<Option<InternalId>, db::DbError> {
        let mut read = self.pool.read().await?;
        let person: Option<String> = sqlx::query_scalar(
            "SELECT internal_id
            FROM codes
            WHERE link_code = $1",
        )
        .bind(&link_code.as_bytes()[..])
        .fetch_optional(&mut *read)
        .await?;
        Ok(person.map(InternalId::stored))
    }

    /// The code under which the core knows a person of this institution.
    pub(super) async fn code_of(&self, person: &InternalId) -> Result<Option<LinkCode>, db::DbError> {
        let mut read = self.pool.read().await?;
        let code: Option<Vec<u8>> = sqlx::query_scalar(
            "SELECT link_code
            FROM codes
            WHERE internal_id = $1 AND replaced_at IS NULL",
        )
        .bind(person.as_str())
        .fetch_optional(&mut *read)
        .await?;
        code.map(|bytes| LinkCode::try_from(bytes.as_slice()))
            .transpose()
            .map_err(|_| super::corrupt("codes", "link_code"))
    }
}

/// The first codes of people who have none yet. False: a code is there already, so one person stands in the books
/// twice.
pub(super) async fn bind_first(
    tx: &mut SqliteConnection,
    codes: &[(&InternalId, &LinkCode, KeyIndex)],
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let rows = codes.iter().map(|(person, code, index)| (hex::encode(code.as_bytes()), person.as_str(), index.0));
    let bound = sqlx::query(
        "INSERT INTO codes (link_code, internal_id, key_index, bound_at)
        SELECT unhex(value ->> 0), value ->> 1, value ->> 2, $2
        FROM json_each($1)
        WHERE true
        ON CONFLICT DO NOTHING",
    )
    .bind(json_list(rows)?)
    .bind(now.as_microsecond())
    .execute(tx)
    .await?;
    Ok(usize::try_from(bound.rows_affected()).is_ok_and(|bound| bound == codes.len()))
}

/// Makes `code` the person's code. A code under an older key never takes the place of a newer one. False: the code is
/// another person's here, so one person stands in the books twice.
pub(super) async fn bind(
    tx: &mut SqliteConnection,
    person: &InternalId,
    code: &LinkCode,
    key_index: KeyIndex,
    now: Timestamp,
) -> Result<bool, sqlx::Error> {
    let holder: Option<String> = sqlx::query_scalar(
        "SELECT internal_id
        FROM codes
        WHERE link_code = $1",
    )
    .bind(&code.as_bytes()[..])
    .fetch_optional(&mut *tx)
    .await?;
    if let Some(holder) = holder {
        return Ok(holder == person.as_str());
    }
    let newer: Option<i64> = sqlx::query_scalar(
        "SELECT 1
        FROM codes
        WHERE internal_id = $1
            AND key_index > $2",
    )
    .bind(person.as_str())
    .bind(key_index.0)
    .fetch_optional(&mut *tx)
    .await?;
    if newer.is_some() {
        return Ok(true);
    }
    sqlx::query(
        "UPDATE codes
        SET replaced_at = $2
        WHERE internal_id = $1 AND replaced_at IS NULL",
    )
    .bind(person.as_str())
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    sqlx::query(
        "INSERT INTO codes (link_code, internal_id, key_index, bound_at)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(&code.as_bytes()[..])
    .bind(person.as_str())
    .bind(key_index.0)
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    Ok(true)
}
