//! Finding the one person whom four items mean.

use db::DbError;
use domain::{FourInfo, OrgCode};

use crate::register::{
    Register, ResidentRecordCode, fold,
    residents::{sex_from_name, sex_name},
};

/// Exactly one candidate.
pub(super) struct Found {
    pub(super) resident_id: i64,
    pub(super) resident_record_code: ResidentRecordCode,
}

impl Register {
    /// The one person with exactly these items today (width and spaces aside), or nobody: zero and several are the
    /// same, and cost the same (B-ISS-3).
    pub(super) async fn identify(&self, four_info: &FourInfo) -> Result<Option<Found>, DbError> {
        let mut read = self.pool.read().await?;
        let mut candidates: Vec<(i64, String)> = sqlx::query_as(
            "SELECT resident_id, resident_record_code
             FROM four_info JOIN residents USING (resident_id)
             WHERE superseded_at IS NULL
               AND birth_date = $1
               AND sex = $2
               AND (name_key = $3 OR other_name_key = $3)
               AND address_key = $4
             LIMIT 2",
        )
        .bind(String::from(four_info.birth_date()))
        .bind(sex_name(four_info.sex()))
        .bind(fold::key(four_info.name()))
        .bind(fold::key(four_info.address()))
        .fetch_all(&mut *read)
        .await?;
        match (candidates.pop(), candidates.pop()) {
            (Some((resident_id, code)), None) => {
                let resident_record_code = code
                    .parse()
                    .map_err(|_| DbError::Corrupt { table: "residents", column: "resident_record_code" })?;
                Ok(Some(Found { resident_id, resident_record_code }))
            }
            _ => Ok(None),
        }
    }

    /// Where somebody who is a resident lives today.
    pub(super) async fn municipality_of(&self, code: &ResidentRecordCode) -> Result<Option<OrgCode>, DbError> {
        let mut read = self.pool.read().await?;
        let found: Option<String> = sqlx::query_scalar(
            "SELECT municipality
             FROM four_info JOIN residents USING (resident_id)
             WHERE superseded_at IS NULL
               AND status = 'resident'
               AND resident_record_code = $1",
        )
        .bind(code.expose())
        .fetch_optional(&mut *read)
        .await?;
        let corrupt = |_| DbError::Corrupt { table: "four_info", column: "municipality" };
        found.map(|municipality| municipality.parse().map_err(corrupt)).transpose()
    }

    /// Today's items of somebody who is a resident.
    pub(super) async fn four_info_of(&self, code: &ResidentRecordCode) -> Result<Option<FourInfo>, DbError> {
        let mut read = self.pool.read().await?;
        let row: Option<(String, String, String, String)> = sqlx::query_as(
            "SELECT name, address, birth_date, sex
             FROM four_info JOIN residents USING (resident_id)
             WHERE superseded_at IS NULL
               AND status = 'resident'
               AND resident_record_code = $1",
        )
        .bind(code.expose())
        .fetch_optional(&mut *read)
        .await?;
        let Some((name, address, birth_date, sex)) = row else {
            return Ok(None);
        };
        let corrupt = |column| DbError::Corrupt { table: "four_info", column };
        let birth_date = birth_date.parse().map_err(|_| corrupt("birth_date"))?;
        FourInfo::new(name, address, birth_date, sex_from_name(&sex)).map(Some).map_err(|_| corrupt("name"))
    }
}
