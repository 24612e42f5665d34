//! 機構 (J-LIS): identifies a person by 4-info for any organisation, public or private alike (B-ISS-5), and has the
//! core issue a link code. It sees the 4-info and the 住民票コード, never a link code (B-ISS-2); it keeps no 4-info.

mod match_numbers;
mod orders;
mod routes;
mod store;

use std::sync::Arc;

use db::sqlite::Pool;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::party::{DataDir, JLIS, Party, SecretKey, SecretKeyError, Service};

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/jlis");

/// J-LIS at work.
pub struct Jlis {
    party: Party,
    pool: Pool,
    key: SecretKey,
    ordered: Notify,
}

/// J-LIS cannot start.
#[derive(Debug, thiserror::Error)]
pub enum JlisError {
    /// Its database.
    #[error("the database of J-LIS is not usable")]
    Db(#[from] db::DbError),
    /// Its key.
    #[error("the key of J-LIS is not usable")]
    Key(#[from] SecretKeyError),
}

/// Where the key that match numbers are made with lies.
pub fn key_file(data: &DataDir) -> std::path::PathBuf {
    data.org(&JLIS).join("match.key")
}

/// Routes, and the delivery of orders to the core.
pub async fn service(data: &DataDir, party: Party, stop: CancellationToken) -> Result<Service, JlisError> {
    let jlis = Arc::new(Jlis {
        party,
        pool: Pool::open(&data.database("jlis"), &MIGRATOR).await?,
        key: SecretKey::read(&key_file(data))?,
        ordered: Notify::new(),
    });
    let router = routes::router(Arc::clone(&jlis));
    Ok(Service::new(router).with_work(orders::deliver(jlis, stop)))
}

#[cfg(test)]
mod tests;
