//! Filling an institution's books for a world: people, what is held about them, and their codes.

use domain::{FourInfo, KeyIndex, LinkCode};
use jiff::civil::Date;

use super::{
    Institution, books, codes,
    facts::Facts,
    internal_id::InternalId,
    kind::KindSpec,
    legacy::{HoldingRecord, LegacyError},
};

/// People in one transaction.
const CHUNK: usize = 500;

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
        for chunk in people.chunks(CHUNK) {
            let mut tx = self.pool.begin().await?;
            for person in chunk {
                let number = books::enter(&mut tx, &self.party.org, &person.four_info, now).await?;
                for spec in self.profile.specs() {
                    let records = person.facts.held(spec, &person.four_info, today);
                    if !records.is_empty() {
                        self.legacy.write(&mut tx, &number, spec, &records).await?;
                    }
                }
                if let Some((code, key_index)) = &person.code {
                    let bound =
                        codes::bind(&mut tx, &number, code, *key_index, now).await.map_err(db::DbError::from)?;
                    if !bound {
                        return Err(SeedError::SameCode);
                    }
                }
                numbers.push(number);
            }
            tx.commit().await?;
        }
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
        self.legacy.write(&mut tx, person, kind, records).await?;
        tx.commit().await?;
        Ok(())
    }
}
