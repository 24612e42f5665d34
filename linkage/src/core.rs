//! The core system (コアシステム): converts codes, mediates by the whitelist, keeps the access log.
//!
//! It never sees 4-info (N-4), 番号 (N-1) or content (N-5), and its ID code never leaves it (N-23).

mod access_log;
mod access_records;
mod bulk;
mod conversion;
mod correction_reports;
mod delivery;
mod ended;
mod id_code;
mod id_table;
mod issuance;
mod key_store;
mod link_key;
mod mediation;
mod message;
mod notices;
mod retention;
mod rotation;
mod settings;
mod sources;
mod transfer;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::{Router, routing::post};
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use wire::{
    access_records as records, correction_report, issuance as issuance_wire, mediation as mediation_wire, self_view,
};

use self::{access_log::AccessLog, key_store::KeyStore};
use crate::{
    entropy::Entropy,
    party::{DataDir, Party, Service},
    whitelist::{self, StoredWhitelistError, Whitelist, WhitelistFileError},
};

pub use bulk::BulkError;
pub use delivery::Round;
pub use issuance::{IssuanceError, MATCH_NUMBER_USED};
pub use key_store::KeyStoreError;
pub use message::{ELIGIBILITY_ENDED_PATH, EligibilityEnded};
pub use retention::ExpiryRun;
pub use rotation::{Rotation, RotationError};
pub use settings::{CoreSettings, CoreSettingsError, Retention};

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/core");

/// How long a provider may take (B-INS-1).
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Where the core keeps its things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoreFiles {
    /// ID table, whitelist, log.
    pub database: PathBuf,
    /// Link keys and the secret of the resident index.
    pub keys: PathBuf,
    /// What its operator decides; need not exist.
    pub settings: PathBuf,
}

impl CoreFiles {
    /// In the data directory.
    pub fn of(data: &DataDir) -> Self {
        let settings = data.database("core").with_extension("toml");
        Self { database: data.database("core"), keys: data.database("core-keys"), settings }
    }
}

/// The core at work.
pub struct Core {
    party: Party,
    rng: Entropy,
    pool: db::sqlite::Pool,
    keys: KeyStore,
    log: AccessLog,
    whitelists: RwLock<Arc<Whitelists>>,
    settings: CoreSettings,
    wake: Notify,
    answer_within: Duration,
}

/// The core cannot start.
#[derive(Debug, thiserror::Error)]
pub enum CoreError {
    /// Its settings.
    #[error("the core's settings cannot be used")]
    Settings(#[from] CoreSettingsError),
    /// The database cannot be opened.
    #[error("the core's database cannot be opened")]
    Db(#[from] db::DbError),
    /// The key database cannot be opened.
    #[error("the core's keys cannot be opened")]
    Keys(#[from] KeyStoreError),
    /// The whitelist that comes with the program is broken.
    #[error("the whitelist file is not usable")]
    WhitelistFile(#[from] WhitelistFileError),
    /// The whitelist in the database is broken, or a loaded version was changed.
    #[error("the whitelist in the database is not usable")]
    Whitelist(#[from] StoredWhitelistError),
}

impl Core {
    /// Opens the databases, creating them where need be, and loads the whitelist that comes with the program.
    pub async fn open(files: &CoreFiles, party: Party, rng: Entropy) -> Result<Arc<Self>, CoreError> {
        let settings = CoreSettings::read(&files.settings)?;
        let pool = db::sqlite::Pool::open(&files.database, &MIGRATOR).await?;
        let keys = KeyStore::open(&files.keys, &mut rng.clone()).await?;
        for shipped in whitelist::SHIPPED {
            whitelist::adopt(&pool, &whitelist::parse(shipped)?, party.now()).await?;
        }
        let whitelists = Whitelists(whitelist::versions(&pool).await?);
        Ok(Arc::new(Self {
            log: AccessLog::new(pool.clone()),
            whitelists: RwLock::new(Arc::new(whitelists)),
            settings,
            wake: Notify::new(),
            answer_within: ANSWER_WITHIN,
            party,
            rng,
            pool,
            keys,
        }))
    }

    /// Routes, deliveries, and the daily expiry of an open core.
    pub fn service(self: &Arc<Self>, stop: CancellationToken) -> Service {
        Service::new(self.router())
            .with_work(Arc::clone(self).keep_delivering(stop.clone()))
            .with_work(Arc::clone(self).keep_expiring(stop))
    }

    /// Routes only.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route(mediation_wire::MEDIATION_PATH, post(mediation::post_mediation))
            .route(issuance_wire::ORDER_PATH, post(issuance::post_issuance))
            .route(ELIGIBILITY_ENDED_PATH, post(ended::post_eligibility_ended))
            .route(records::LIST_PATH, post(access_records::post_list))
            .route(records::ONE_PATH, post(access_records::post_one))
            .route(self_view::SOURCES_PATH, post(sources::post_sources))
            .route(correction_report::CERTIFICATE_PATH, post(correction_reports::post_certificate))
            .route(correction_report::REPORT_PATH, post(correction_reports::post_report))
            .merge(notices::routes())
            .with_state(Arc::clone(self))
    }

    /// Loads another version of the whitelist; it holds from its first day on (B-MED-3).
    pub async fn adopt_whitelist(&self, file: &str) -> Result<u32, CoreError> {
        let list = whitelist::parse(file)?;
        whitelist::adopt(&self.pool, &list, self.party.now()).await?;
        let versions = whitelist::versions(&self.pool).await?;
        *self.whitelists.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Whitelists(versions));
        Ok(list.version())
    }

    /// What its database has done since it was opened: how many use cases shared how many durable commits.
    pub fn counts(&self) -> db::Counts {
        self.pool.counts()
    }

    fn whitelists(&self) -> Arc<Whitelists> {
        Arc::clone(&self.whitelists.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Every version, the newest first.
struct Whitelists(Vec<Whitelist>);

impl Whitelists {
    /// The newest version whose first day has come, Japan time.
    fn in_force(&self, now: Timestamp) -> Option<&Whitelist> {
        let japan = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
        let today = now.to_zoned(japan).date();
        self.0.iter().find(|list| list.in_force_from() <= today)
    }
}

fn corrupt(table: &'static str, column: &'static str) -> db::DbError {
    db::DbError::Corrupt { table, column }
}

fn key_failure(error: KeyStoreError) -> db::DbError {
    match error {
        KeyStoreError::Db(error) => error,
        KeyStoreError::Corrupt => corrupt("link_keys", "key"),
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) mod trial;
