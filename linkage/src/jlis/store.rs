//! J-LIS' tables: what was asked, and what the core has not taken yet.

use db::DbError;
use domain::{MatchNumber, OrgCode};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;

use crate::{
    jlis::{Jlis, match_numbers::match_number},
    register::ResidentRecordCode,
};

/// How long a match number may wait for the core (B-ISS-4: short-lived).
pub(super) const MATCH_NUMBER_TTL: SignedDuration = SignedDuration::from_mins(15);

/// An order that waits.
pub(super) struct WaitingOrder {
    pub(super) issuance_id: [u8; 16],
    pub(super) resident_record_code: String,
    pub(super) org: OrgCode,
    pub(super) match_number: MatchNumber,
    pub(super) expires_at: Timestamp,
}

/// How an issuance ended for J-LIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settlement {
    /// The core took the order.
    Ordered,
    /// The core refused it.
    Refused,
    /// The core could not be reached in time.
    Expired,
}

impl Settlement {
    fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }
}

impl Jlis {
    /// Gives out a match number and leaves the order for the core, both or neither.
    pub(super) async fn begin_issuance(
        &self,
        org: &OrgCode,
        person: &ResidentRecordCode,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<MatchNumber, DbError> {
        let mut issuance_id = [0; 16];
        rng.fill_bytes(&mut issuance_id);
        let number = match_number(&self.key, &issuance_id, org);
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO issuances (issuance_id, match_hash, org, requested_at, expires_at)
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(&issuance_id[..])
        .bind(&number.hash().as_bytes()[..])
        .bind(org.as_str())
        .bind(now.as_microsecond())
        .bind((now + MATCH_NUMBER_TTL).as_microsecond())
        .execute(&mut *tx)
        .await?;
        sqlx::query("INSERT INTO orders (issuance_id, resident_record_code) VALUES ($1, $2)")
            .bind(&issuance_id[..])
            .bind(person.expose())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        self.ordered.notify_one();
        Ok(number)
    }

    /// Orders that wait, oldest first.
    pub(super) async fn waiting_orders(&self, limit: u32) -> Result<Vec<WaitingOrder>, DbError> {
        let mut read = self.pool.read().await?;
        let rows: Vec<(Vec<u8>, String, String, i64)> = sqlx::query_as(
            "SELECT issuance_id, resident_record_code, org, expires_at
             FROM orders JOIN issuances USING (issuance_id)
             ORDER BY requested_at, issuance_id
             LIMIT $1",
        )
        .bind(limit)
        .fetch_all(&mut *read)
        .await?;
        rows.into_iter()
            .map(|(id, resident_record_code, org, expires_at)| {
                let corrupt = |column| DbError::Corrupt { table: "issuances", column };
                let issuance_id = id.try_into().map_err(|_| corrupt("issuance_id"))?;
                let org = org.parse().map_err(|_| corrupt("org"))?;
                let expires_at = Timestamp::from_microsecond(expires_at).map_err(|_| corrupt("expires_at"))?;
                let match_number = match_number(&self.key, &issuance_id, &org);
                Ok(WaitingOrder { issuance_id, resident_record_code, org, match_number, expires_at })
            })
            .collect()
    }

    /// Ends an issuance and forgets whose it was.
    pub(super) async fn settle(
        &self,
        issuance_id: &[u8; 16],
        settlement: Settlement,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "UPDATE issuances
             SET settled_at = $2, settlement = $3
             WHERE issuance_id = $1
               AND settled_at IS NULL",
        )
        .bind(&issuance_id[..])
        .bind(now.as_microsecond())
        .bind(settlement.name())
        .execute(&mut *tx)
        .await?;
        sqlx::query("DELETE FROM orders WHERE issuance_id = $1").bind(&issuance_id[..]).execute(&mut *tx).await?;
        tx.commit().await
    }

    /// Counts an attempt that failed.
    pub(super) async fn count_attempt(&self, issuance_id: &[u8; 16]) -> Result<(), DbError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE orders SET attempts = attempts + 1 WHERE issuance_id = $1")
            .bind(&issuance_id[..])
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}
