//! 住民異動: what a municipality reports, and what JPKI and the core must hear of it (B-PKI-2, P-FLD-4).

use db::DbError;
use domain::{FourInfo, OrgCode};
use jiff::Timestamp;

use crate::register::{Change, JpkiChange, Register, ResidentRecordCode, fold, residents::sex_from_name};

/// A change was not made.
#[derive(Debug, thiserror::Error)]
pub(super) enum ChangeError {
    /// Nobody with this code is a resident.
    #[error("no resident has this code")]
    PersonUnknown,
    /// The municipality is neither where the person lives nor where they move to.
    #[error("another municipality's resident")]
    OtherMunicipality,
    /// The new name or address is not usable.
    #[error("the new name or address is not usable")]
    Text,
    /// The database.
    #[error("the register's database failed")]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for ChangeError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

#[derive(sqlx::FromRow)]
struct Current {
    resident_id: i64,
    version: i64,
    name: String,
    other_name: Option<String>,
    address: String,
    municipality: String,
    birth_date: String,
    sex: String,
}

impl Register {
    /// Makes the change and leaves a notice for JPKI, and one for the core where eligibility ends, in the same transaction. Reporting the same again changes
    /// nothing.
    pub(super) async fn change(
        &self,
        reporter: &OrgCode,
        code: &ResidentRecordCode,
        change: Change,
        now: Timestamp,
    ) -> Result<(), ChangeError> {
        let mut tx = self.pool.begin().await?;
        let current: Current = sqlx::query_as(
            "SELECT resident_id, version, name, other_name, address, municipality, birth_date, sex
             FROM four_info JOIN residents USING (resident_id)
             WHERE superseded_at IS NULL
               AND status = 'resident'
               AND resident_record_code = $1",
        )
        .bind(code.expose())
        .fetch_optional(&mut *tx)
        .await?
        .ok_or(ChangeError::PersonUnknown)?;
        let moves_to_reporter = matches!(&change, Change::Moved { municipality, .. } if municipality == reporter);
        if current.municipality != reporter.as_str() && !moves_to_reporter {
            return Err(ChangeError::OtherMunicipality);
        }
        let notice = match change {
            Change::Moved { address, municipality } => {
                if address == current.address {
                    return Ok(());
                }
                let moved = Current { address, municipality: municipality.into(), ..current };
                supersede(&mut tx, &moved, now).await?;
                JpkiChange::AddressChanged
            }
            Change::Renamed { name } => {
                if name == current.name {
                    return Ok(());
                }
                supersede(&mut tx, &Current { name, other_name: None, ..current }, now).await?;
                JpkiChange::NameChanged
            }
            Change::Died => {
                end(&mut tx, current.resident_id, "deceased", now).await?;
                JpkiChange::Died
            }
            Change::Left => {
                end(&mut tx, current.resident_id, "left", now).await?;
                JpkiChange::Left
            }
        };
        sqlx::query("INSERT INTO jpki_notices (resident_record_code, change, happened_at) VALUES ($1, $2, $3)")
            .bind(code.expose())
            .bind(notice.name())
            .bind(now.as_microsecond())
            .execute(&mut *tx)
            .await?;
        if matches!(notice, JpkiChange::Died | JpkiChange::Left) {
            sqlx::query("INSERT INTO core_notices (resident_record_code) VALUES ($1)")
                .bind(code.expose())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        self.noticed.notify_one();
        self.ended.notify_one();
        Ok(())
    }
}

async fn end(
    connection: &mut sqlx::SqliteConnection,
    resident_id: i64,
    status: &str,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE residents SET status = $2, status_since = $3 WHERE resident_id = $1")
        .bind(resident_id)
        .bind(status)
        .bind(now.as_microsecond())
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends the current state and begins the next one.
async fn supersede(connection: &mut sqlx::SqliteConnection, next: &Current, now: Timestamp) -> Result<(), ChangeError> {
    let birth_date =
        next.birth_date.parse().map_err(|_| DbError::Corrupt { table: "four_info", column: "birth_date" })?;
    FourInfo::new(next.name.clone(), next.address.clone(), birth_date, sex_from_name(&next.sex))
        .map_err(|_| ChangeError::Text)?;
    sqlx::query("UPDATE four_info SET superseded_at = $3 WHERE resident_id = $1 AND version = $2")
        .bind(next.resident_id)
        .bind(next.version)
        .bind(now.as_microsecond())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO four_info
            (resident_id, version, name, other_name, address, municipality, birth_date, sex,
             name_key, other_name_key, address_key, valid_since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(next.resident_id)
    .bind(next.version + 1)
    .bind(&next.name)
    .bind(&next.other_name)
    .bind(&next.address)
    .bind(&next.municipality)
    .bind(&next.birth_date)
    .bind(&next.sex)
    .bind(fold::key(&next.name))
    .bind(next.other_name.as_deref().map(fold::key))
    .bind(fold::key(&next.address))
    .bind(now.as_microsecond())
    .execute(connection)
    .await?;
    Ok(())
}
