//! 番号生成機関: gives each 住民票コード one 番号, one-way (B-ID-3), and tells it to institutions entitled by law
//! (B-INS-5). The only place where a 番号 is made; the core and the portal never meet one (N-1).

mod assign;
mod my_number;
mod routes;

use std::sync::Arc;

use db::sqlite::Pool;
use domain::OrgCode;

use crate::party::{DataDir, NUMBERS, Party, SecretKey, SecretKeyError, Service};

pub use assign::AssignError;
pub use my_number::{MyNumber, MyNumberError};
pub use routes::{MY_NUMBERS_PATH, MyNumberAnswer};

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/numbers");

/// The generation body at work.
pub struct NumberAuthority {
    party: Party,
    pool: Pool,
    key: SecretKey,
}

/// The generation body cannot start.
#[derive(Debug, thiserror::Error)]
pub enum NumbersError {
    /// Its database.
    #[error("the database of the number generation body is not usable")]
    Db(#[from] db::DbError),
    /// Its key.
    #[error("the key of the number generation body is not usable")]
    Key(#[from] SecretKeyError),
}

/// Where the key of the one-way function lies.
pub fn key_file(data: &DataDir) -> std::path::PathBuf {
    data.org(&NUMBERS).join("number.key")
}

/// Routes of the generation body.
pub async fn service(data: &DataDir, party: Party) -> Result<Service, NumbersError> {
    let authority = NumberAuthority {
        party,
        pool: Pool::open(&data.database("numbers"), &MIGRATOR).await?,
        key: SecretKey::read(&key_file(data))?,
    };
    Ok(Service::new(routes::router(Arc::new(authority))))
}

/// Who may use 番号 by law (番号法第9条): the institutions of the demo but the one that holds codes only (B-ID-6).
pub fn is_entitled(org: &OrgCode) -> bool {
    org.is_municipality() || ["NTA", "JPS", "KYOKAI", "HELLOWORK"].contains(&org.as_str())
}

#[cfg(test)]
mod tests;
