//! The end of a person's codes: they died or lost eligibility (P-FLD-4). Every code of theirs leaves use and behaves as
//! never issued (B-TBL-4); the portal is told of its own code's end, and of nothing else. Records made under the codes
//! are still found, by nobody who could ask: that needs a code in use.
//!
//! What the portal is to be told stands in a table, so it survives a restart and is told at least once, for as long as
//! it takes.

use std::sync::Arc;

use axum::extract::State;
use domain::LinkCode;
use futures::StreamExt as _;
use http::StatusCode;
use sqlx::{Row as _, SqliteConnection};
use wire::code_end::{CODE_ENDED_PATH, CodeEnded};

use super::{
    Core,
    delivery::{AT_ONCE, BATCH, Round},
    issuance::{self, IssuanceError},
    key_store::KeyStoreError,
    message::EligibilityEnded,
};
use crate::party::{Message, PORTAL, PeerOrg, REGISTER, Refusal};

/// `POST /v1/eligibility-ends`, from the register only; answered 204. The same again is answered the same.
pub(super) async fn post_eligibility_ended(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(ended): Message<EligibilityEnded>,
) -> Result<StatusCode, Refusal> {
    peer.must_be(&REGISTER)?;
    core.end_codes(ended.resident_record_code.expose()).await?;
    core.wake.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

/// An end that the portal has not heard of, and how often that changed: whoever tells it marks only what they read.
struct Untold {
    link_code: LinkCode,
    attempts: i64,
}

/// A code was delivered. Where it has ended meanwhile, its receiver may have heard of the end before it had the code: then
/// it is told once more.
pub(super) async fn tell_again(tx: &mut SqliteConnection, link_code: &LinkCode) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE ended_codes
        SET delivered_at = NULL, attempts = attempts + 1
        WHERE link_code = $1",
    )
    .bind(&link_code.as_bytes()[..])
    .execute(tx)
    .await?;
    Ok(())
}

impl Core {
    /// All codes of the person leave use, codes on their way included.
    async fn end_codes(&self, resident_record_code: &str) -> Result<(), IssuanceError> {
        issuance::check_form(resident_record_code)?;
        let resident_index = self.keys.resident_index(resident_record_code).ok_or(KeyStoreError::Corrupt)?;
        let now = self.party.now().as_microsecond();
        let mut tx = self.pool.begin().await?;
        let mut unlinked = 0;
        for statement in [
            "INSERT INTO ended_codes (link_code, ended_at)
            SELECT l.link_code, $2
            FROM id_records p
            CROSS JOIN links l INDEXED BY links_by_person ON l.id_code = p.id_code
            WHERE p.resident_index = $1
                AND l.org = $3
                AND l.unlinked_at IS NULL
            ON CONFLICT DO NOTHING",
            "UPDATE issuances
            SET given_up_at = $2, refusal = 'ended'
            WHERE id_code = (SELECT id_code FROM id_records WHERE resident_index = $1)
                AND delivered_at IS NULL
                AND given_up_at IS NULL
                AND $3 IS NOT NULL",
            "UPDATE links
            SET unlinked_at = $2
            WHERE id_code = (SELECT id_code FROM id_records WHERE resident_index = $1)
                AND unlinked_at IS NULL
                AND $3 IS NOT NULL",
        ] {
            let done = sqlx::query(statement)
                .bind(&resident_index[..])
                .bind(now)
                .bind(PORTAL.as_str())
                .execute(&mut *tx)
                .await
                .map_err(db::DbError::from)?;
            unlinked = done.rows_affected();
        }
        tx.commit().await?;
        tracing::info!(codes = unlinked, "the codes of a person have ended");
        Ok(())
    }

    /// Tells the portal of every end that it has not heard of.
    pub(super) async fn tell_ended(&self) -> Result<Round, db::DbError> {
        let ends = self.untold().await?;
        let told: Vec<Result<bool, db::DbError>> =
            futures::stream::iter(ends).map(|end| self.tell(end)).buffer_unordered(AT_ONCE).collect().await;
        let mut round = Round::default();
        for heard in told {
            if heard? {
                round.delivered += 1;
            } else {
                round.open += 1;
            }
        }
        Ok(round)
    }

    async fn untold(&self) -> Result<Vec<Untold>, db::DbError> {
        let mut read = self.pool.read().await?;
        let rows = sqlx::query(
            "SELECT link_code, attempts
            FROM ended_codes
            WHERE delivered_at IS NULL
            ORDER BY ended_at
            LIMIT $1",
        )
        .bind(BATCH)
        .fetch_all(&mut *read)
        .await?;
        let code = |row: &sqlx::sqlite::SqliteRow| {
            let bytes: Vec<u8> = row.try_get("link_code")?;
            let link_code = LinkCode::try_from(bytes.as_slice());
            let link_code = link_code.map_err(|_| super::corrupt("ended_codes", "link_code"))?;
            Ok(Untold { link_code, attempts: row.try_get("attempts")? })
        };
        rows.iter().map(code).collect()
    }

    async fn tell(&self, Untold { link_code, attempts }: Untold) -> Result<bool, db::DbError> {
        let ended = CodeEnded { link_code: link_code.clone() };
        let told = self.party.peers.post_no_content(&PORTAL, CODE_ENDED_PATH, &ended).await;
        if let Err(error) = &told {
            tracing::warn!(error = crate::party::chain(error), "the portal has not heard yet that a code has ended");
        }
        let delivered_at = told.is_ok().then(|| self.party.now().as_microsecond());
        let mut tx = self.pool.begin().await?;
        // Not where the code was delivered while the portal was told: what it heard then was too early.
        let marked = sqlx::query(
            "UPDATE ended_codes
            SET attempts = attempts + 1, delivered_at = $2
            WHERE link_code = $1 AND attempts = $3",
        )
        .bind(&link_code.as_bytes()[..])
        .bind(delivered_at)
        .bind(attempts)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(told.is_ok() && marked.rows_affected() == 1)
    }
}
