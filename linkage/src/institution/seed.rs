//! Filling an institution's books for a world: people, what is held about them, and their codes.

use domain::{FourInfo, KeyIndex, LinkCode};
use jiff::civil::Date;

use super::{
    Institution, books, codes,
    facts::Facts,
    internal_id::InternalId,
    kind::KindSpec,
    legacy::{Holding, HoldingRecord, LegacyError},
};
use crate::party::room_for;

/// People in one statement.
const CHUNK: usize = 1000;

/// One person of this institution.
#[derive(Clone)]
pub struct SeededPerson {
    /// As the institution knows them.
    pub four_info: FourInfo,
    /// What is true of them; the institution holds its own part of it.
    pub facts: Facts,
    /// Their code at this institution, made by `Core::link_in_bulk`. None: not yet asked for.
    pub code: Option<(LinkCode, KeyIndex)>,
}

/// The books could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The database failed.
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
    /// A fact does not fit the legacy system.
    #[error("a fact does not fit the legacy system")]
    Legacy(#[from] LegacyError),
    /// The same code for two people.
    #[error("two people of this institution have the same code")]
    SameCode,
}

impl Institution {
    /// Takes people into the books as of `today` (Japan time) and returns their numbers, in the order given. What is
    /// held follows from facts and day alone, so that the same seed makes the same books.
    pub async fn seed(&self, people: &[SeededPerson], today: Date) -> Result<Vec<InternalId>, SeedError> {
        let now = self.party.now();
        let mut numbers = Vec::with_capacity(people.len());
        let mut tx = self.pool.begin().await?;
        room_for(people.len(), &mut tx).await.map_err(db::DbError::from)?;
        for chunk in people.chunks(CHUNK) {
            let known: Vec<&FourInfo> = chunk.iter().map(|person| &person.four_info).collect();
            let entered = books::enter(&mut tx, &self.party.org, &known, now).await?;
            let mut holdings = Vec::new();
            let mut codes = Vec::new();
            for (person, number) in chunk.iter().zip(&entered) {
                for kind in self.profile.specs() {
                    let records = person.facts.held(kind, &person.four_info, today);
                    holdings.push(Holding { person: number, kind, records });
                }
                codes.extend(person.code.as_ref().map(|(code, key_index)| (number, code, *key_index)));
            }
            self.legacy.add(&mut tx, &holdings).await?;
            if !codes::bind_first(&mut tx, &codes, now).await.map_err(db::DbError::from)? {
                return Err(SeedError::SameCode);
            }
            numbers.extend(entered);
        }
        tx.commit().await?;
        Ok(numbers)
    }

    /// Puts what is held of one kind about one person in place of what was held, through the legacy system.
    pub async fn hold(
        &self,
        person: &InternalId,
        kind: &'static KindSpec,
        records: &[HoldingRecord],
    ) -> Result<(), SeedError> {
        let mut tx = self.pool.begin().await?;
        self.legacy.write(&mut tx, Holding { person, kind, records: records.to_vec() }).await?;
        tx.commit().await?;
        Ok(())
    }
}
