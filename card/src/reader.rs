//! The reader: a local program on 127.0.0.1 with pages of its own (reader protocol v1).
//!
//! Trust notes. The browser is trusted to name the asking origin truthfully; other programs of the same user are not
//! defended against, since they could read the card file. Nothing here sets a cookie, answers a cross-origin fetch, or
//! acts on a GET.

mod allow_list;
mod answer;
mod asks;
mod card_in;
mod form;
mod guard;
mod loopback;
mod owner_word;
mod pages;
mod removal;
mod routes;
mod slot;
mod token;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use domain::OrgCode;
use jiff::Timestamp;
use rand_core::Rng as _;
use runtime::{Clock, SystemRng};

use crate::CardFolder;
use crate::issue::IssuingDesk;

pub use allow_list::{AllowList, Portal, PortalError};
pub use loopback::LoopbackNames;
pub use removal::ReporterError;

/// What a reader is told.
#[derive(Clone, Debug)]
pub struct ReaderConfig {
    /// `DATA`: cards are in `DATA/cards`, the owner's word in `DATA/reader`.
    pub data: PathBuf,
    /// Who may ask.
    pub allow: AllowList,
    /// Trust anchors (PEM) of portals that speak TLS; needed to report card removals to them.
    pub portal_anchors: Option<PathBuf>,
    /// Set on a machine of an institution: logins may then be answered without a PIN, marked as such (B-CRD-4).
    pub without_pin: Option<OrgCode>,
}

/// A reader cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// Somebody on the network could use the card.
    #[error("a card reader listens on a loopback address of version 4 only, such as 127.0.0.1:8790, not on {0}")]
    NotLoopback(SocketAddr),
    /// The client that reports removals cannot be built.
    #[error("card removals cannot be reported")]
    Reporter(#[from] ReporterError),
}

/// A running reader.
pub struct Reader {
    /// What `Host` must say.
    host: String,
    /// What `Origin` of the reader's own forms must say.
    origin: String,
    cards: CardFolder,
    allow: AllowList,
    without_pin: Option<OrgCode>,
    asks: asks::Asks,
    tokens: token::FormTokens,
    slot: slot::Slot,
    owner_word: owner_word::OwnerWordFile,
    reporter: removal::Reporter,
    desk: Arc<dyn IssuingDesk>,
    clock: Arc<dyn Clock>,
}

impl Reader {
    /// A reader that is reached at `address`, with no card in it.
    pub fn new(
        config: ReaderConfig,
        address: SocketAddr,
        desk: Arc<dyn IssuingDesk>,
        clock: Arc<dyn Clock>,
    ) -> Result<Arc<Self>, ReaderError> {
        if !(address.ip().is_loopback() && address.is_ipv4()) {
            return Err(ReaderError::NotLoopback(address));
        }
        let reporter = removal::Reporter::new(config.portal_anchors.as_deref(), Arc::clone(&clock))?;
        Ok(Arc::new(Self {
            host: address.to_string(),
            origin: format!("http://{address}"),
            cards: CardFolder::new(config.data.join("cards")),
            allow: config.allow,
            without_pin: config.without_pin,
            asks: asks::Asks::default(),
            tokens: token::FormTokens::new(&mut SystemRng),
            slot: slot::Slot::default(),
            owner_word: owner_word::OwnerWordFile::new(config.data.join("reader")),
            reporter,
            desk,
            clock,
        }))
    }

    /// Its routes, behind the guard.
    pub fn router(self: Arc<Self>) -> Router {
        routes::router(self)
    }

    /// Where it is reached, e.g. `http://127.0.0.1:8790`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn form_token(&self, about: &str) -> String {
        self.tokens.issue(about, self.now(), &mut SystemRng)
    }

    /// Names an occurrence in the logs.
    fn reference() -> String {
        hex::encode(random::<4>())
    }
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemRng.fill_bytes(&mut bytes);
    bytes
}
