//! Books of the institutions, and link codes obtained as in real life: by the messages of issuance (B-ISS-1 to 7).

use std::{sync::Arc, time::Duration};

use domain::OrgCode;
use futures::{TryStreamExt as _, stream};
use jiff::Timestamp;

use crate::{
    institution::{Institution, InternalId, NumberError, ObtainError, SeedError, SeededPerson},
    numbers,
    party::DataDir,
    serve::Parties,
    world::{
        former_card::{self, FormerCardError},
        people::{Person, japan},
    },
};

const AT_ONCE: usize = 8;
const CODE_WITHIN: Duration = Duration::from_mins(1);

/// Books or codes could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SeedingError {
    /// An institution's books.
    #[error("the books of {0} cannot be filled")]
    Books(OrgCode, #[source] SeedError),
    /// An institution's database.
    #[error("the database of {0} failed")]
    Db(OrgCode, #[source] db::DbError),
    /// A code.
    #[error("{0} cannot obtain a link code")]
    Code(OrgCode, #[source] ObtainError),
    /// A code did not arrive.
    #[error("a link code for {0} did not arrive in time")]
    Late(OrgCode),
    /// A number.
    #[error("{0} cannot obtain a number")]
    Number(OrgCode, #[source] NumberError),
    /// A code by card.
    #[error("nobody can bind a code by card at {0}")]
    Card(OrgCode, #[source] FormerCardError),
    /// Codes in bulk.
    #[error("codes of {0} cannot be made in bulk")]
    Bulk(OrgCode, #[source] crate::core::BulkError),
    /// The register.
    #[error("the register cannot be filled")]
    Register(#[source] db::DbError),
}

/// Everybody's books, codes and numbers; what is there already is left alone.
pub(super) async fn fill_books(
    data: &DataDir,
    parties: &Parties,
    people: &[Person],
    made_at: Timestamp,
) -> Result<(), SeedingError> {
    for institution in parties.institutions() {
        let known: Vec<&Person> =
            people.iter().filter(|person| person.institutions().contains(institution.org())).collect();
        fill_one(data, parties, institution, &known, made_at).await?;
    }
    Ok(())
}

async fn fill_one(
    data: &DataDir,
    parties: &Parties,
    institution: &Arc<Institution>,
    known: &[&Person],
    made_at: Timestamp,
) -> Result<(), SeedingError> {
    let org = institution.org();
    let db = |error| SeedingError::Db(org.clone(), error);
    let mut ids = Vec::with_capacity(known.len());
    for person in known {
        let id = match institution.find(&person.four_info).await.map_err(db)? {
            Some(id) => Some(id),
            None => enter(institution, person, made_at).await?,
        };
        ids.extend(id.map(|id| (*person, id)));
    }
    let bound = institution.people_with_codes().await.map_err(db)?;
    let unbound = ids.iter().filter(|(_, id)| !bound.contains(id));
    if !numbers::is_entitled(org) {
        for (person, id) in unbound {
            let by_card = former_card::bind(data, parties, institution, person, id).await;
            by_card.map_err(|error| SeedingError::Card(org.clone(), error))?;
            wait_for_code(institution, id).await?;
        }
        return Ok(());
    }
    stream::iter(unbound.map(Ok)).try_for_each_concurrent(AT_ONCE, |(_, id)| obtain_code(institution, id)).await?;
    stream::iter(ids.iter().map(Ok)).try_for_each_concurrent(AT_ONCE, |(_, id)| obtain_number(institution, id)).await
}

async fn enter(
    institution: &Institution,
    person: &Person,
    made_at: Timestamp,
) -> Result<Option<InternalId>, SeedingError> {
    let seeded = SeededPerson { four_info: person.four_info.clone(), facts: person.facts.clone(), code: None };
    let mut ids = institution
        .seed(&[seeded], japan(made_at))
        .await
        .map_err(|error| SeedingError::Books(institution.org().clone(), error))?;
    Ok(ids.pop())
}

async fn obtain_code(institution: &Institution, id: &InternalId) -> Result<(), SeedingError> {
    institution.request_code(id).await.map_err(|error| SeedingError::Code(institution.org().clone(), error))?;
    wait_for_code(institution, id).await
}

async fn wait_for_code(institution: &Institution, id: &InternalId) -> Result<(), SeedingError> {
    let org = institution.org();
    match tokio::time::timeout(CODE_WITHIN, institution.wait_for_code(id)).await {
        Ok(arrived) => arrived.map_err(|error| SeedingError::Db(org.clone(), error)),
        Err(_) => Err(SeedingError::Late(org.clone())),
    }
}

async fn obtain_number(institution: &Institution, id: &InternalId) -> Result<(), SeedingError> {
    let org = institution.org();
    if institution.has_number(id).await.map_err(|error| SeedingError::Db(org.clone(), error))? {
        return Ok(());
    }
    institution.obtain_number(id).await.map_err(|error| SeedingError::Number(org.clone(), error))
}
