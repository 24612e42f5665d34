//! The API for the municipality's own systems (P-PSH-1): `/api/v1`, on a listener that asks every client for a certificate.
//!
//! Whoever asks is known twice: by the certificate of the connection, and by a token that was asked for with a secret on a
//! connection with the same certificate (OAuth 2 client credentials, RFC 6749; bound as RFC 8705 says). What a client made
//! only that client sees. An accepted notice is stored before the answer leaves; sending it is [`crate::sending`]'s.

mod access;
pub mod authority;
mod body;
mod client;
mod docs;
mod document;
mod draft;
mod files;
mod intake;
mod limits;
mod notices;
mod page;
mod problem;
mod recipients;
mod returns;
mod sandbox;
mod sendings;
mod templates;
#[cfg(test)]
mod testing;
mod token;
mod token_reads;

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;
use runtime::Clock;
use runtime::tls::{self, Identity};
use rustls::ServerConfig;

pub use access::{Access, RouteAccess};
pub(crate) use body::over;
pub use document::document;

use crate::post::Post;
use crate::sending::Sender;
use crate::settings::Settings;
use crate::store::Store;
use intake::Intake;
use limits::Limits;
use problem::Problem;
use token_reads::TokenReads;

/// What handlers need. Each request clones it more than once: one count, not a dozen.
#[derive(Clone)]
pub(crate) struct ApiState(Arc<Needed>);

pub(crate) struct Needed {
    store: Store,
    sender: Arc<Sender>,
    post: Arc<Post>,
    clock: Arc<dyn Clock>,
    limits: Limits,
    intake: Intake,
    tokens: TokenReads,
}

impl ApiState {
    /// Needs a runtime: notices are stored, and tokens looked up, by tasks of their own.
    pub(crate) fn new(store: Store, sender: Arc<Sender>, post: Arc<Post>, clock: Arc<dyn Clock>) -> Self {
        let (intake, tokens) = (Intake::start(store.clone()), TokenReads::start(store.clone()));
        Self(Arc::new(Needed { store, sender, post, clock, limits: Limits::default(), intake, tokens }))
    }
}

impl Deref for ApiState {
    type Target = Needed;

    fn deref(&self) -> &Needed {
        &self.0
    }
}

/// The listener cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The settings say nothing of it.
    #[error("the settings have no section `api`")]
    NotSet,
    /// Certificate, key or the authority of the systems cannot be read.
    #[error("a certificate or key of the API cannot be used")]
    Pem(#[from] tls::PemError),
    /// TLS refuses them.
    #[error("TLS refuses the certificates of the API")]
    Tls(#[from] tls::TlsError),
    /// The authority of the municipality's own systems.
    #[error("the authority of the municipality's own systems cannot be used")]
    Authority(#[from] authority::AuthorityError),
}

/// A secret for a client: whoever has it and the client's key is the client.
pub(crate) fn drawn_secret() -> String {
    token::drawn(&mut runtime::SystemRng)
}

/// Every route with who may use it.
pub fn routes() -> Vec<RouteAccess> {
    document::table().entries
}

pub(crate) fn router(state: ApiState) -> Router {
    let (router, document) = document::table().router.split_for_parts();
    let router = router.merge(docs::router(&document));
    router
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::of_status(http::StatusCode::METHOD_NOT_ALLOWED) })
        .layer(from_fn_with_state(state.clone(), limits::admit))
        .layer(axum::middleware::from_fn(problem::word_errors))
        .with_state(state)
}

/// Nobody without a certificate that the municipality gave gets past the handshake.
pub(crate) fn tls(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Arc<ServerConfig>, ApiError> {
    let api = settings.api.as_ref().ok_or(ApiError::NotSet)?;
    let own = |given: &Option<PathBuf>, name: &str| given.clone().unwrap_or_else(|| settings.identity().join(name));
    let identity = Identity::from_pem_files(own(&api.certificate, "tls.pem"), own(&api.key, "tls.key"))?;
    let anchors = tls::anchors_from_pem_file(authority::ensured(settings, clock.now())?)?;
    Ok(tls::server_config(&identity, Some(&anchors), clock)?)
}
