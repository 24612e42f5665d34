//! 住基ネット: the authority for the four basic items and the only keeper of 住民票コード.
//!
//! It identifies people for J-LIS, tells JPKI what a signature certificate carries and what has changed, tells the core
//! who is no resident any more (P-FLD-4), and matches 4-info for institutions entitled to a 番号 (B-INS-5). It never sees a link code and never a 番号.

mod change;
mod code;
mod fold;
mod identify;
mod matches;
mod message;
mod notices;
mod residents;
mod routes;

use std::sync::Arc;

use db::sqlite::Pool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::party::{DataDir, Party, Service};

use notices::Hearer;

pub use code::{ResidentRecordCode, ResidentRecordCodeError};
pub use message::{
    CHANGES_PATH, Change, ChangeMessage, ChangeNotice, IDENTIFICATION_INFO_PATH, IDENTIFY_PATH,
    IdentificationInfoRequest, Identified, JpkiChange, MATCH_UNKNOWN, NUMBER_MATCHES_PATH, NUMBER_RESOLVE_PATH,
    NumberMatch, NumberResolution, PERSON_UNKNOWN,
};
pub use residents::{EarlierAddress, NewResident, Status};

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/register");

/// The register at work.
pub struct Register {
    party: Party,
    pool: Pool,
    noticed: Notify,
    ended: Notify,
    told: Notify,
}

impl Register {
    /// Opens the register's database.
    pub async fn open(data: &DataDir, party: Party) -> Result<Arc<Self>, db::DbError> {
        let pool = Pool::open(&data.database("register"), &MIGRATOR).await?;
        Ok(Arc::new(Self { party, pool, noticed: Notify::new(), ended: Notify::new(), told: Notify::new() }))
    }

    /// Routes, and the delivery of change notices to JPKI and of ends of eligibility to the core.
    pub fn service(self: &Arc<Self>, stop: CancellationToken) -> Service {
        Service::new(routes::router(Arc::clone(self)))
            .with_work(notices::deliver(Arc::clone(self), Hearer::Jpki, stop.clone()))
            .with_work(notices::deliver(Arc::clone(self), Hearer::Core, stop))
    }
}

#[cfg(test)]
mod tests;
