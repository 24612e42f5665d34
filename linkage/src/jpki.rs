//! 公的個人認証サービス: two authorities, one for signature and one for authentication certificates. Issues both for a
//! card, knows which belong together, revokes on events (B-PKI-1 to B-PKI-4), and answers CRL and OCSP over plain HTTP.

mod authority;
mod cards;
mod crl;
mod http;
mod issue;
mod kind;
mod message;
mod ocsp;
mod pairs;
mod revoke;
mod routes;
mod standing;

use std::sync::Arc;

use axum::Router;
use db::sqlite::Pool;

pub use authority::{Authorities, AuthorityFiles, JpkiAuthorityError};
pub use cards::OrderTicket;
pub use kind::CertificateKind;
pub use message::{
    CARD_EVENTS_PATH, CARD_ORDERS_PATH, CARD_UNKNOWN, CARDS_PATH, CHANGE_NOTICES_PATH, CardEvent, CardEventMessage,
    CardOrder, CardStanding, CardsAnswer, CardsRequest, CertificateStanding,
};

use crate::party::{DataDir, Party, Service};

pub(crate) static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/jpki");

/// JPKI at work.
pub struct Jpki {
    party: Party,
    pool: Pool,
    authorities: Authorities,
    lists: crl::Lists,
}

/// JPKI cannot start.
#[derive(Debug, thiserror::Error)]
pub enum JpkiError {
    /// Its database.
    #[error("the database of JPKI is not usable")]
    Db(#[from] db::DbError),
    /// Its authorities.
    #[error("the authorities of JPKI are not usable")]
    Authority(#[from] JpkiAuthorityError),
}

/// The mTLS listener's service, and the routes of the plain HTTP listener.
pub async fn service(data: &DataDir, party: Party) -> Result<(Service, Router), JpkiError> {
    let authorities = Authorities::read(data, &party.peers.directory().jpki.http)?;
    let jpki = Arc::new(Jpki {
        pool: Pool::open(&data.database("jpki"), &MIGRATOR).await?,
        authorities,
        lists: crl::Lists::default(),
        party,
    });
    let http = http::router(Arc::clone(&jpki));
    Ok((Service::new(routes::router(jpki)), http))
}

#[cfg(test)]
mod tests;
