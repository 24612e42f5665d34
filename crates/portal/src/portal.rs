//! What every use case stands on.

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use domain::FolderId;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use store::Store;
use store::keys::KeyStore;

use crate::folder_key::Reach;
use crate::information::{Board, Desk, HoldingSecret, PurgeError, Typesetter};
use crate::linkage::Peers;
use crate::log::Log;
use crate::notices::{AlertMeans, Damages, NoticeBell};
use crate::validity::Validity;

/// What the portal is told at its start.
#[derive(Clone, Debug)]
pub struct PortalSettings {
    /// Its own origin, as browsers see it, e.g. `http://localhost:8080`: what cards sign.
    pub origin: String,
    /// Where the card reader takes asks, e.g. `http://127.0.0.1:8790/v1/ask`.
    pub reader_url: String,
    /// Answers that one card may give a minute.
    pub answers_per_card_per_minute: NonZeroU32,
    /// How long a folder is kept after its person's code has ended (P-FLD-5).
    pub retain_folders_for: jiff::SignedDuration,
    /// When this process started.
    pub started_at: jiff::Timestamp,
    /// This run of the program.
    pub instance: domain::PortalInstanceId,
}

/// The portal. Cheap to clone.
#[derive(Clone)]
pub struct Portal(Arc<Inner>);

struct Inner {
    settings: PortalSettings,
    store: Store,
    means: Means,
    board: Board,
    notice_bell: NoticeBell,
    notice_damages: Damages,
    key_walk: Mutex<Option<FolderId>>,
    answers_per_card: DefaultKeyedRateLimiter<String>,
}

/// What the portal works with besides its tables.
pub struct Means {
    /// The other parties.
    pub peers: Peers,
    /// Judges cards.
    pub validity: Validity,
    /// Opens what institutions seal for the portal.
    pub desk: Desk,
    /// The portal's part of every holding key.
    pub holding_secret: HoldingSecret,
    /// The folders' own keys, in a database apart.
    pub keys: KeyStore,
    /// Its own log.
    pub log: Log,
    /// Makes PDFs.
    pub typesetter: Box<dyn Typesetter>,
    /// By what people are told outside the portal that there is something new.
    pub alerts: AlertMeans,
}

impl Portal {
    /// Puts it together; nothing is asked of anybody yet.
    pub fn new(settings: PortalSettings, store: Store, means: Means) -> Self {
        let quota = Quota::per_minute(settings.answers_per_card_per_minute);
        let answers_per_card = RateLimiter::keyed(quota);
        let (board, notice_bell, notice_damages) = (Board::default(), NoticeBell::default(), Damages::default());
        let key_walk = Mutex::default();
        Self(Arc::new(Inner { settings, store, means, board, notice_bell, notice_damages, key_walk, answers_per_card }))
    }

    /// What it was told.
    pub fn settings(&self) -> &PortalSettings {
        &self.0.settings
    }

    /// Its tables.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// Removes what is past its time; called by the server from time to time.
    pub async fn sweep(
        &self,
        now: jiff::Timestamp,
        rng: &mut (impl rand_core::CryptoRng + ?Sized),
    ) -> Result<store::Swept, PurgeError> {
        self.0.answers_per_card.retain_recent();
        self.keep_lease(now).await;
        self.purge_abandoned(now, rng).await?;
        // Before their sessions go: how a session ended is said in the receipt.
        self.purge_ended(now, rng).await?;
        let mut repository = self.store().begin().await?;
        let swept = repository.sweep(now).await?;
        Log::forget_sessions(&mut repository, now).await?;
        repository.forget_leases_over(now).await?;
        repository.commit().await?;
        self.expire_kept(now).await?;
        if let Err(error) = self.forget_left_over_keys(Reach::Part).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "the key database could not be swept");
        }
        Ok(swept)
    }

    /// Which of the portals on these tables it is.
    pub(crate) fn instance(&self) -> &domain::PortalInstanceId {
        &self.settings().instance
    }

    /// Its own log, in which it enters what it erases (P-INF-8).
    pub fn log(&self) -> &Log {
        &self.0.means.log
    }

    pub(crate) fn peers(&self) -> &Peers {
        &self.0.means.peers
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.0.means.desk
    }

    pub(crate) fn keys(&self) -> &KeyStore {
        &self.0.means.keys
    }

    /// Where the sweep of the key database goes on.
    pub(crate) fn key_walk(&self) -> Option<FolderId> {
        *self.0.key_walk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_key_walk(&self, after: Option<FolderId>) {
        *self.0.key_walk.lock().unwrap_or_else(PoisonError::into_inner) = after;
    }

    pub(crate) fn holding_secret(&self) -> &HoldingSecret {
        &self.0.means.holding_secret
    }

    pub(crate) fn typesetter(&self) -> &dyn Typesetter {
        &*self.0.means.typesetter
    }

    pub(crate) fn alert_means(&self) -> &AlertMeans {
        &self.0.means.alerts
    }

    pub(crate) fn board(&self) -> &Board {
        &self.0.board
    }

    pub(crate) fn notice_bell(&self) -> &NoticeBell {
        &self.0.notice_bell
    }

    pub(crate) fn notice_damages(&self) -> &Damages {
        &self.0.notice_damages
    }

    /// The organisations' authority, PEM: whom somebody who checks a signed notice must trust.
    pub fn organisations_authority(&self) -> &str {
        self.desk().authority_pem()
    }

    /// Checks certificates of cards.
    pub fn validity(&self) -> &Validity {
        &self.0.means.validity
    }

    pub(crate) fn card_may_answer(&self, serial: &str) -> bool {
        self.0.answers_per_card.check_key(&serial.to_owned()).is_ok()
    }
}

impl std::fmt::Debug for Portal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Portal")
    }
}
