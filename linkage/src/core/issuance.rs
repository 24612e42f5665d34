//! Issuance of link codes (払い出し), the core's part: steps 5 and 6 (S4 L224).
//!
//! J-LIS names a person by 住民票コード and an organisation; the code goes straight to that organisation
//! (B-ISS-2). The order is answered when it is durable; [`super::delivery`] brings the code.

use std::sync::Arc;

use axum::extract::State;
use domain::{KeyIndex, LinkCode, OrgCode};
use http::StatusCode;
use jiff::Timestamp;
use sqlx::SqliteConnection;
use wire::issuance::IssuanceOrder;

use super::{Core, id_code::IdCode, id_table, key_store::KeyStoreError, link_key::LinkKey};
use crate::party::{JLIS, Message, PeerOrg, Refusal, is_authority};

/// `POST /v1/issuances`, from J-LIS only; answered 204. The same order again is answered the same.
pub(super) async fn post_issuance(
    State(core): State<Arc<Core>>,
    peer: PeerOrg,
    Message(order): Message<IssuanceOrder>,
) -> Result<StatusCode, Refusal> {
    peer.must_be(&JLIS)?;
    core.issue(&order).await?;
    core.wake.notify_one();
    Ok(StatusCode::NO_CONTENT)
}

/// Problem code: this match number already brought another person's code to somebody.
pub const MATCH_NUMBER_USED: &str = "match-number-used";

/// Why no code was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssuanceError {
    /// Not 11 digits, or an organisation that gets no codes.
    #[error("the order is not usable")]
    Malformed,
    /// The match number served another order (B-ISS-4).
    #[error("the match number was used for another order")]
    MatchNumberUsed,
    /// The key database failed.
    #[error("the keys cannot be used")]
    Keys(#[from] KeyStoreError),
    /// The core's database failed.
    #[error("the ID table cannot be written")]
    Table(#[from] db::DbError),
}

impl Core {
    pub(super) async fn issue(&self, order: &IssuanceOrder) -> Result<(), IssuanceError> {
        if is_authority(&order.org) {
            return Err(IssuanceError::Malformed);
        }
        let now = self.party.now();
        let mut rng = self.rng.clone();
        let (index, key) = self.keys.newest(&order.org, now, &mut rng).await?;
        let mut tx = self.pool.begin().await?;
        let (id_code, link_code) =
            self.link_person(&mut tx, &order.org, &order.resident_record_code, index, &key, now).await?;
        let match_number = &order.match_number.as_bytes()[..];
        sqlx::query(
            "INSERT INTO issuances (match_number, org, id_code, link_code, ordered_at)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT DO NOTHING",
        )
        .bind(match_number)
        .bind(order.org.as_str())
        .bind(id_code.as_bytes())
        .bind(&link_code.as_bytes()[..])
        .bind(now.as_microsecond())
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        let same: Option<i64> = sqlx::query_scalar(
            "SELECT 1
            FROM issuances
            WHERE match_number = $1
                AND org = $2
                AND id_code = $3",
        )
        .bind(match_number)
        .bind(order.org.as_str())
        .bind(id_code.as_bytes())
        .fetch_optional(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        if same.is_none() {
            return Err(IssuanceError::MatchNumberUsed);
        }
        tx.commit().await?;
        Ok(())
    }

    /// The person's code at an organisation under its newest key, and their ID code; both made now if need be.
    pub(super) async fn link_person(
        &self,
        tx: &mut SqliteConnection,
        org: &OrgCode,
        resident_record_code: &str,
        index: KeyIndex,
        key: &LinkKey,
        now: Timestamp,
    ) -> Result<(IdCode, LinkCode), IssuanceError> {
        check_form(resident_record_code)?;
        let resident_index = self.keys.resident_index(resident_record_code).ok_or(KeyStoreError::Corrupt)?;
        let fresh = IdCode::generate(&mut self.rng.clone());
        let id_code = id_table::person(tx, &resident_index, fresh).await.map_err(db::DbError::from)?;
        let link_code = key.link_code(org, &id_code).ok_or(KeyStoreError::Corrupt)?;
        id_table::link(tx, org, &id_code, &link_code, index, now).await.map_err(db::DbError::from)?;
        Ok((id_code, link_code))
    }
}

/// A 住民票コード has eleven digits.
pub(super) fn check_form(resident_record_code: &str) -> Result<(), IssuanceError> {
    let eleven_digits = resident_record_code.len() == 11 && resident_record_code.bytes().all(|b| b.is_ascii_digit());
    if eleven_digits { Ok(()) } else { Err(IssuanceError::Malformed) }
}

impl From<IssuanceError> for Refusal {
    fn from(error: IssuanceError) -> Self {
        match error {
            IssuanceError::Malformed => Self::malformed(),
            IssuanceError::MatchNumberUsed => {
                Self::new(StatusCode::CONFLICT, MATCH_NUMBER_USED, "the match number was used for another order")
            }
            IssuanceError::Keys(_) | IssuanceError::Table(_) => Self::unavailable(&error),
        }
    }
}
