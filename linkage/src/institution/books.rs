//! The institution's own people.

use domain::{FourInfo, Sex};
use jiff::Timestamp;
use sqlx::{Row as _, SqliteConnection};

use super::{Institution, corrupt, internal_id::InternalId};
use crate::party::json_list;

impl Institution {
    /// Everybody whose code the institution has, in the order of their first day here: whom it can ask others about.
    pub async fn people_with_codes(&self) -> Result<Vec<InternalId>, db::DbError> {
        let mut read = self.pool.read().await?;
        let people: Vec<String> = sqlx::query_scalar(
            "SELECT p.internal_id
            FROM persons p
            JOIN codes c ON c.internal_id = p.internal_id AND c.replaced_at IS NULL
            ORDER BY p.seq",
        )
        .fetch_all(&mut *read)
        .await?;
        Ok(people.into_iter().map(InternalId::stored).collect())
    }

    /// The person whom these 4-info mean here, to the letter. None: nobody, or several.
    pub async fn find(&self, four_info: &FourInfo) -> Result<Option<InternalId>, db::DbError> {
        let mut read = self.pool.read().await?;
        let mut people: Vec<String> = sqlx::query_scalar(
            "SELECT internal_id
            FROM persons
            WHERE birth_date = $1
                AND name = $2
                AND address = $3
                AND sex = $4
            LIMIT 2",
        )
        .bind(String::from(four_info.birth_date()))
        .bind(four_info.name())
        .bind(four_info.address())
        .bind(sex_name(four_info.sex()))
        .fetch_all(&mut *read)
        .await?;
        let one = (people.len() == 1).then(|| people.pop()).flatten();
        Ok(one.map(InternalId::stored))
    }

    /// What the institution holds as a person's 4-info.
    pub(super) async fn four_info(&self, person: &InternalId) -> Result<Option<FourInfo>, db::DbError> {
        let mut read = self.pool.read().await?;
        let row = sqlx::query(
            "SELECT name, address, birth_date, sex
            FROM persons
            WHERE internal_id = $1",
        )
        .bind(person.as_str())
        .fetch_optional(&mut *read)
        .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        let birth_date =
            row.try_get::<String, _>("birth_date")?.parse().map_err(|_| corrupt("persons", "birth_date"))?;
        let sex = sex_from_name(row.try_get("sex")?).ok_or_else(|| corrupt("persons", "sex"))?;
        FourInfo::new(row.try_get("name")?, row.try_get("address")?, birth_date, sex)
            .map(Some)
            .map_err(|_| corrupt("persons", "name"))
    }

    /// Writes a changed 4-info in place of the old (同期化, B-ISS-8). False: no such person.
    pub async fn sync_four_info(&self, person: &InternalId, four_info: &FourInfo) -> Result<bool, db::DbError> {
        let mut tx = self.pool.begin().await?;
        let changed = sqlx::query(
            "UPDATE persons
            SET name = $2,
                address = $3,
                birth_date = $4,
                sex = $5,
                four_info_synced_at = $6
            WHERE internal_id = $1",
        )
        .bind(person.as_str())
        .bind(four_info.name())
        .bind(four_info.address())
        .bind(String::from(four_info.birth_date()))
        .bind(sex_name(four_info.sex()))
        .bind(self.party.now().as_microsecond())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(changed.rows_affected() == 1)
    }

    /// The code under which the core knows a person, for tests that present it elsewhere (N-7).
    #[cfg(test)]
    pub(crate) async fn code_for_test(&self, person: &InternalId) -> domain::LinkCode {
        self.code_of(person).await.unwrap().unwrap()
    }
}

/// Takes people into the books under the next numbers of this institution, in the order given.
pub(super) async fn enter(
    tx: &mut SqliteConnection,
    org: &domain::OrgCode,
    people: &[&FourInfo],
    now: Timestamp,
) -> Result<Vec<InternalId>, db::DbError> {
    let last: Option<i64> = sqlx::query_scalar("SELECT max(seq) FROM persons").fetch_one(&mut *tx).await?;
    let seqs = last.unwrap_or_default() + 1..;
    let numbered: Vec<(i64, InternalId)> =
        seqs.zip(people).map(|(seq, _)| (seq, InternalId::nth(org, u64::try_from(seq).unwrap_or_default()))).collect();
    let rows = numbered.iter().zip(people).map(|((seq, id), known)| {
        let birth_date = String::from(known.birth_date());
        (seq, id.as_str(), known.name(), known.address(), birth_date, sex_name(known.sex()))
    });
    sqlx::query(
        "INSERT INTO persons
        (seq, internal_id, name, address, birth_date, sex, four_info_synced_at)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, $2
        FROM json_each($1)",
    )
    .bind(json_list(rows)?)
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await?;
    Ok(numbered.into_iter().map(|(_, id)| id).collect())
}

fn sex_name(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
        Sex::Unknown => "unknown",
    }
}

fn sex_from_name(name: &str) -> Option<Sex> {
    [Sex::Male, Sex::Female, Sex::Unknown].into_iter().find(|sex| sex_name(*sex) == name)
}
