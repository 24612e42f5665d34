//! Residents, households, and every state of their four basic items.

use db::DbError;
use domain::{FourInfo, OrgCode, Sex};
use jiff::Timestamp;

use crate::register::{Register, ResidentRecordCode, fold};

/// Whether somebody is a resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 住民
    Resident,
    /// 死亡
    Deceased,
    /// 国外転出
    Left,
}

impl Status {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Deceased => "deceased",
            Self::Left => "left",
        }
    }
}

/// Somebody who enters the register.
pub struct NewResident {
    /// 住民票コード
    pub resident_record_code: ResidentRecordCode,
    /// 世帯
    pub household_id: i64,
    /// 続柄, e.g. `世帯主`
    pub relationship: String,
    /// As registered, to the letter.
    pub four_info: FourInfo,
    /// 併記名
    pub other_name: Option<String>,
    /// Where the address lies.
    pub municipality: OrgCode,
    /// Since when these items hold.
    pub since: Timestamp,
    /// Address and municipality before `since`, and since when.
    pub before: Option<EarlierAddress>,
    /// Resident, or not any more, and since when.
    pub status: (Status, Timestamp),
    /// 支援措置 since.
    pub protected_since: Option<Timestamp>,
}

/// Where somebody lived before.
#[derive(Clone)]
pub struct EarlierAddress {
    /// 住所
    pub address: String,
    /// Where it lies.
    pub municipality: OrgCode,
    /// Since when.
    pub since: Timestamp,
}

/// One state of somebody's items.
struct Version<'a> {
    number: i64,
    name: &'a str,
    other_name: Option<&'a str>,
    address: &'a str,
    municipality: &'a OrgCode,
    birth_date: String,
    sex: Sex,
    since: Timestamp,
    until: Option<Timestamp>,
}

impl Register {
    /// Enters people; whoever is there already (same 住民票コード) is left alone. Returns how many are new.
    pub async fn enrol(&self, people: &[NewResident]) -> Result<usize, DbError> {
        let mut tx = self.pool.begin().await?;
        let mut new = 0;
        for person in people {
            if insert(&mut tx, person).await? {
                new += 1;
            }
        }
        tx.commit().await?;
        Ok(new)
    }

    /// How many people were ever entered.
    pub async fn population(&self) -> Result<i64, DbError> {
        let mut read = self.pool.read().await?;
        Ok(sqlx::query_scalar("SELECT count(*) FROM residents").fetch_one(&mut *read).await?)
    }
}

async fn insert(connection: &mut sqlx::SqliteConnection, person: &NewResident) -> Result<bool, sqlx::Error> {
    sqlx::query("INSERT INTO households (household_id) VALUES ($1) ON CONFLICT DO NOTHING")
        .bind(person.household_id)
        .execute(&mut *connection)
        .await?;
    let resident_id: Option<i64> = sqlx::query_scalar(
        "INSERT INTO residents
            (resident_record_code, household_id, relationship, status, status_since, protected_since)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (resident_record_code) DO NOTHING
         RETURNING resident_id",
    )
    .bind(person.resident_record_code.expose())
    .bind(person.household_id)
    .bind(&person.relationship)
    .bind(person.status.0.name())
    .bind(person.status.1.as_microsecond())
    .bind(person.protected_since.map(Timestamp::as_microsecond))
    .fetch_optional(&mut *connection)
    .await?;
    let Some(resident_id) = resident_id else {
        return Ok(false);
    };
    let current = Version {
        number: if person.before.is_some() { 2 } else { 1 },
        name: person.four_info.name(),
        other_name: person.other_name.as_deref(),
        address: person.four_info.address(),
        municipality: &person.municipality,
        birth_date: person.four_info.birth_date().into(),
        sex: person.four_info.sex(),
        since: person.since,
        until: None,
    };
    if let Some(before) = &person.before {
        let earlier = Version {
            number: 1,
            address: &before.address,
            municipality: &before.municipality,
            birth_date: current.birth_date.clone(),
            since: before.since,
            until: Some(person.since),
            ..current
        };
        insert_version(connection, resident_id, &earlier).await?;
    }
    insert_version(connection, resident_id, &current).await?;
    Ok(true)
}

async fn insert_version(
    connection: &mut sqlx::SqliteConnection,
    resident_id: i64,
    version: &Version<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO four_info
            (resident_id, version, name, other_name, address, municipality, birth_date, sex,
             name_key, other_name_key, address_key, valid_since, superseded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(resident_id)
    .bind(version.number)
    .bind(version.name)
    .bind(version.other_name)
    .bind(version.address)
    .bind(version.municipality.as_str())
    .bind(&version.birth_date)
    .bind(sex_name(version.sex))
    .bind(fold::key(version.name))
    .bind(version.other_name.map(fold::key))
    .bind(fold::key(version.address))
    .bind(version.since.as_microsecond())
    .bind(version.until.map(Timestamp::as_microsecond))
    .execute(connection)
    .await?;
    Ok(())
}

/// As stored.
pub(super) fn sex_name(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
        Sex::Unknown => "unknown",
    }
}

/// Reads the stored form; the column's CHECK allows nothing else.
pub(super) fn sex_from_name(name: &str) -> Sex {
    match name {
        "male" => Sex::Male,
        "female" => Sex::Female,
        _ => Sex::Unknown,
    }
}
