//! Residents, households, and every state of their four basic items.

use std::collections::HashMap;

use db::DbError;
use domain::{FourInfo, OrgCode, Sex};
use jiff::Timestamp;

use crate::{
    party,
    register::{Register, ResidentRecordCode, fold},
};

/// People in one statement.
const CHUNK: usize = 2000;

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
        party::room_for(people.len(), &mut tx).await?;
        let mut new = 0;
        for chunk in people.chunks(CHUNK) {
            new += insert(&mut tx, chunk).await?;
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

/// A few statements for all, each over a JSON list: a world of a million people is made this way.
async fn insert(connection: &mut sqlx::SqliteConnection, people: &[NewResident]) -> Result<usize, DbError> {
    let rows = people.iter().map(|person| {
        let (status, since) = person.status;
        let protected = person.protected_since.map(Timestamp::as_microsecond);
        let code = person.resident_record_code.expose();
        (code, person.household_id, &person.relationship, status.name(), since.as_microsecond(), protected)
    });
    let rows = party::json_list(rows)?;
    sqlx::query(
        "INSERT INTO households (household_id)
         SELECT value ->> 1 FROM json_each($1) WHERE true
         ON CONFLICT DO NOTHING",
    )
    .bind(&rows)
    .execute(&mut *connection)
    .await?;
    let new: Vec<(String, i64)> = sqlx::query_as(
        "INSERT INTO residents
            (resident_record_code, household_id, relationship, status, status_since, protected_since)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5
         FROM json_each($1) WHERE true
         ON CONFLICT (resident_record_code) DO NOTHING
         RETURNING resident_record_code, resident_id",
    )
    .bind(&rows)
    .fetch_all(&mut *connection)
    .await?;
    let entered = new.len();
    // Each once: a code that comes twice was entered as it came first.
    let mut ids: HashMap<String, i64> = new.into_iter().collect();
    let mut versions = Vec::with_capacity(entered);
    for person in people {
        if let Some(resident_id) = ids.remove(person.resident_record_code.expose()) {
            versions.extend(versions_of(person).into_iter().map(|version| version.row(resident_id)));
        }
    }
    insert_versions(connection, &party::json_list(versions.iter())?).await?;
    Ok(entered)
}

/// The current state, and the one before a move.
fn versions_of(person: &NewResident) -> Vec<Version<'_>> {
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
    let earlier = person.before.as_ref().map(|before| Version {
        number: 1,
        address: &before.address,
        municipality: &before.municipality,
        birth_date: current.birth_date.clone(),
        since: before.since,
        until: Some(person.since),
        ..current
    });
    earlier.into_iter().chain([current]).collect()
}

impl Version<'_> {
    /// In the order of [`insert_versions`].
    fn row(&self, resident_id: i64) -> [serde_json::Value; 13] {
        [
            resident_id.into(),
            self.number.into(),
            self.name.into(),
            self.other_name.into(),
            self.address.into(),
            self.municipality.as_str().into(),
            self.birth_date.as_str().into(),
            sex_name(self.sex).into(),
            fold::key(self.name).into(),
            self.other_name.map(fold::key).into(),
            fold::key(self.address).into(),
            self.since.as_microsecond().into(),
            self.until.map(Timestamp::as_microsecond).into(),
        ]
    }
}

async fn insert_versions(connection: &mut sqlx::SqliteConnection, rows: &str) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO four_info
            (resident_id, version, name, other_name, address, municipality, birth_date, sex,
             name_key, other_name_key, address_key, valid_since, superseded_at)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
             value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12
         FROM json_each($1)",
    )
    .bind(rows)
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
