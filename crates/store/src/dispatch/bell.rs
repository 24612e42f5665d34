//! Portals beside one another on the same tables tell each other that notices were stored (P-PSH-4). Nothing is said of
//! whom they are for. On a file there is one portal, and nobody to tell.

use db::postgres::Listener;
use sqlx::Executor as _;

use super::{Engine, Repository, Store, StoreError, Transaction};

const CHANNEL: &str = "my_portal_notices";
const NOTIFY: &str = "NOTIFY my_portal_notices";

/// Hears what other portals store.
pub struct Ears(Listener);

impl Ears {
    /// Returns when notices were stored, or may have been while nobody listened. Once for several.
    pub async fn heard(&mut self) -> Result<(), StoreError> {
        Ok(self.0.heard().await?)
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
    /// Once this transaction is durable every portal on these tables hears that notices were stored: once, however often
    /// this is called.
    pub async fn ring(&mut self) -> Result<(), StoreError> {
        if let Transaction::Postgres(tx) = &mut self.0 {
            tx.execute(NOTIFY).await?;
        }
        Ok(())
    }
}
