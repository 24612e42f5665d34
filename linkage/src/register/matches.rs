//! One-time handles by which an entitled institution gets a 番号 without ever seeing a 住民票コード (B-INS-5).

use db::DbError;
use domain::{OrgCode, TicketCode};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;

use crate::register::{Register, ResidentRecordCode};

const MATCH_TTL: SignedDuration = SignedDuration::from_mins(10);

impl Register {
    /// Makes a handle for one person, for one institution.
    pub(super) async fn remember_match(
        &self,
        org: &OrgCode,
        resident_id: i64,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<TicketCode, DbError> {
        let handle = TicketCode::generate(rng);
        let mut tx = self.pool.begin().await?;
        sqlx::query("DELETE FROM number_matches WHERE expires_at < $1")
            .bind(now.as_microsecond())
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO number_matches (match_hash, org, resident_id, expires_at) VALUES ($1, $2, $3, $4)")
            .bind(&handle.hash().as_bytes()[..])
            .bind(org.as_str())
            .bind(resident_id)
            .bind((now + MATCH_TTL).as_microsecond())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(handle)
    }

    /// Whom a handle means, once.
    pub(super) async fn resolve_match(
        &self,
        org: &OrgCode,
        handle: &TicketCode,
        now: Timestamp,
    ) -> Result<Option<ResidentRecordCode>, DbError> {
        let mut tx = self.pool.begin().await?;
        let used: Option<i64> = sqlx::query_scalar(
            "UPDATE number_matches
             SET used_at = $3
             WHERE match_hash = $1
               AND org = $2
               AND used_at IS NULL
               AND expires_at >= $3
             RETURNING resident_id",
        )
        .bind(&handle.hash().as_bytes()[..])
        .bind(org.as_str())
        .bind(now.as_microsecond())
        .fetch_optional(&mut *tx)
        .await?;
        let Some(resident_id) = used else {
            return Ok(None);
        };
        let code: String = sqlx::query_scalar("SELECT resident_record_code FROM residents WHERE resident_id = $1")
            .bind(resident_id)
            .fetch_one(&mut *tx)
            .await?;
        let code = code.parse().map_err(|_| DbError::Corrupt { table: "residents", column: "resident_record_code" })?;
        tx.commit().await?;
        Ok(Some(code))
    }
}
