//! Portals beside one another on the same tables tell each other that notices were stored (P-PSH-4). Nothing is said of
//! whom they are for, but from which letter on: whoever looks need not look at all. On a file there is one portal, and nobody to
//! tell.

use super::{Engine, Repository, Store, StoreError, Transaction};
use crate::notice::LetterId;
use db::postgres::Listener;

const CHANNEL: &str = "my_portal_notices";
const NOTIFY: &str = "SELECT pg_notify('my_portal_notices', $1)";

/// Hears what other portals store.
pub struct Ears(Listener);

impl Ears {
    /// Returns when notices were stored: the first of their letters. None: any may have been, while nobody listened. Once for
    /// several.
    pub async fn heard(&mut self) -> Result<Option<LetterId>, StoreError> {
        let said = self.0.heard().await?;
        Ok(said.and_then(|said| lowest(&said)))
    }
}

impl Store {
    /// From now on hears of notices that are stored on these tables, by this portal too. None: no other portal can be here.
    pub async fn ears(&self) -> Result<Option<Ears>, StoreError> {
        match &self.0 {
            Engine::Sqlite(_) => Ok(None),
            Engine::Postgres(pool) => Ok(Some(Ears(pool.listen(CHANNEL).await?))),
        }
    }
}

impl Repository {
    /// Once this transaction is durable every portal on these tables hears that notices were stored, of this letter or later
    /// ones: once, however often this is called.
    pub async fn ring(&mut self, first: LetterId) -> Result<(), StoreError> {
        if let Transaction::Postgres(tx) = &mut self.0 {
            sqlx::query(NOTIFY).bind(first.0.to_string()).execute(&mut **tx).await?;
        }
        Ok(())
    }
}

/// None where somebody said what is no letter.
fn lowest(said: &[String]) -> Option<LetterId> {
    let letters: Option<Vec<i64>> = said.iter().map(|number| number.parse().ok()).collect();
    letters?.into_iter().min().map(LetterId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_what_was_said_together_the_first_letter_counts_and_of_nonsense_nothing() {
        let heard = |said: &[&str]| lowest(&said.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
        assert_eq!(heard(&["12", "7", "30"]), Some(LetterId(7)));
        assert_eq!((heard(&[]), heard(&["12", ""]), heard(&["x"])), (None, None, None));
    }
}
