//! What whoever tries the demo types on an institution's own site: the numbers of people with cards, beside the table
//! of PINs. In real life each person has a letter that says it.

use std::collections::BTreeMap;

use crate::{
    numbers,
    party::DataDir,
    serve::Parties,
    world::{
        Person, WorldError, card_id,
        files::{Access, replace},
        seeding::SeedingError,
    },
};

const FILE: &str = "site-numbers.toml";

/// Institution → card → number.
type Table = BTreeMap<String, BTreeMap<String, String>>;

pub(super) async fn tell(data: &DataDir, parties: &Parties, holders: &[Person]) -> Result<(), WorldError> {
    let mut table = Table::new();
    for institution in parties.institutions().filter(|institution| !numbers::is_entitled(institution.org())) {
        let org = institution.org();
        for (holder, n) in holders.iter().zip(1..).filter(|(holder, _)| holder.institutions().contains(org)) {
            let found = institution.find(&holder.four_info).await;
            if let Some(number) = found.map_err(|error| SeedingError::Db(org.clone(), error))? {
                let numbers = table.entry(org.to_string()).or_default();
                numbers.insert(card_id(n), number.as_str().to_owned());
            }
        }
    }
    let text = toml::to_string(&table)?;
    Ok(replace(&data.cards().join(FILE), text.as_bytes(), Access::Owner)?)
}
