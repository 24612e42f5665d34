//! Information-holding institutions (情報保有機関): one module, instantiated per organisation, each with a database,
//! keys and internal numbers of its own.
//!
//! An institution holds codes that only the core can convert (B-ID-4), bound to its own numbers (B-ID-8). It asks
//! others through the core ([`Ask`]), answers inquiries of the core, and keeps its own share of the log (B-AUD-1).

mod books;
pub mod card_binding;
mod code_requests;
mod codes;
mod correction_reports;
mod desk;
mod exchange;
mod exchange_log;
mod facts;
mod inquiry;
mod internal_id;
mod kind;
mod latency;
mod legacy;
mod numbers;
mod profile;
mod recipients;
mod seed;

use std::sync::Arc;

use axum::{Router, routing::post};
use domain::OrgCode;
use tokio::sync::Notify;
use wire::{correction_report, issuance as issuance_wire, mediation as mediation_wire};

use self::{desk::Desk, legacy::LegacySystem, profile::Profile};
use crate::{
    entropy::Entropy,
    party::{DataDir, Party, Service},
};

pub use code_requests::ObtainError;
pub use codes::CODE_UNKNOWN;
#[cfg(test)]
pub(crate) use correction_reports::tests as correction_reports_in_tests;
pub use correction_reports::{CorrectionReport, Finding, ReportAnswer};
pub use desk::{DeskError, PayloadError};
pub use exchange::{Ask, Clerk, ExchangeError, Received};
pub use exchange_log::{LogFragment, Side};
pub use facts::{Facts, Occupation};
pub use inquiry::SEALING_CERTIFICATE_REFUSED;
pub use internal_id::InternalId;
pub use kind::{FieldSpec, KINDS, KindSpec, SCHEMA_VERSION, ValueKind};
pub use latency::{InstitutionSettings, InstitutionSettingsError, Latency};
pub use legacy::{HoldingRecord, LegacyError};
pub use numbers::NumberError;
pub use recipients::{Recipient, Segment};
pub use seed::{SeedError, SeededPerson};

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/institution");

/// An institution at work.
pub struct Institution {
    party: Party,
    rng: Entropy,
    pool: db::sqlite::Pool,
    profile: &'static Profile,
    legacy: Box<dyn LegacySystem>,
    desk: Desk,
    latency: Option<Latency>,
    bound: Notify,
}

/// An institution cannot start.
#[derive(Debug, thiserror::Error)]
pub enum InstitutionError {
    /// Nobody of this code is an institution of the demo.
    #[error("{0} is no institution")]
    NoInstitution(OrgCode),
    /// Its settings.
    #[error("the institutions' settings cannot be used")]
    Settings(#[from] InstitutionSettingsError),
    /// Its database cannot be opened.
    #[error("the institution's database cannot be opened")]
    Db(#[from] db::DbError),
    /// Its keys, certificates or the trust anchor cannot be read.
    #[error("the institution's keys and certificates cannot be used")]
    Desk(#[from] DeskError),
}

/// Whether an organisation of this code is an institution that this module can be.
pub fn is_institution(org: &OrgCode) -> bool {
    Profile::of(org).is_some()
}

impl Institution {
    /// Opens the institution's database, creating it where need be.
    pub async fn open(data: &DataDir, party: Party, rng: Entropy) -> Result<Arc<Self>, InstitutionError> {
        let profile = Profile::of(&party.org).ok_or_else(|| InstitutionError::NoInstitution(party.org.clone()))?;
        let InstitutionSettings { latency } =
            InstitutionSettings::read(&data.database("institutions").with_extension("toml"))?;
        let pool = db::sqlite::Pool::open(data.database(party.org.as_str()), &MIGRATOR).await?;
        let desk = Desk::load(data, &party.org)?;
        let (legacy, bound) = (profile.legacy.system(), Notify::new());
        Ok(Arc::new(Self { party, rng, pool, profile, legacy, desk, latency, bound }))
    }

    /// Who this is.
    pub fn org(&self) -> &OrgCode {
        &self.party.org
    }

    /// The kinds of information that it holds.
    pub fn kinds(&self) -> &'static [&'static str] {
        self.profile.kinds
    }

    /// What its database has done since it was opened: how many use cases shared how many durable commits.
    pub fn counts(&self) -> db::Counts {
        self.pool.counts()
    }

    /// How often its database was read since it was opened.
    #[cfg(test)]
    pub(crate) fn reads(&self) -> u64 {
        self.pool.reads()
    }

    /// Routes of an open institution.
    pub fn service(self: &Arc<Self>) -> Service {
        Service::new(self.router())
    }

    /// Routes only.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route(mediation_wire::INQUIRY_PATH, post(inquiry::post_inquiry))
            .route(correction_report::CERTIFICATE_PATH, post(correction_reports::post_certificate))
            .route(correction_report::REPORT_PATH, post(correction_reports::post_report))
            .route(issuance_wire::DELIVERY_PATH, post(codes::post_delivery))
            .route(issuance_wire::REPLACEMENT_PATH, post(codes::post_replacements))
            .with_state(Arc::clone(self))
    }
}

fn corrupt(table: &'static str, column: &'static str) -> db::DbError {
    db::DbError::Corrupt { table, column }
}

#[cfg(test)]
mod tests;
