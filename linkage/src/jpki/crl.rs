//! 失効リスト: made when somebody asks and the last one is no longer the newest truth.

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use db::DbError;
use jiff::{SignedDuration, Timestamp};
use pki::issue::{CrlTimes, IssueError};
use tokio::sync::Mutex;

use crate::jpki::{CertificateKind, Jpki};

/// A list without news is made again after this.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// A list says that the next one is there by then.
const NEXT: SignedDuration = SignedDuration::from_hours(24);

/// The last list of each authority.
#[derive(Default)]
pub(super) struct Lists {
    generation: AtomicU64,
    signature: Mutex<Option<Made>>,
    authentication: Mutex<Option<Made>>,
}

struct Made {
    der: Bytes,
    at: Timestamp,
    generation: u64,
}

impl Lists {
    /// A revocation was committed: lists made before it are old.
    pub(super) fn outdate(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
    }

    fn of(&self, kind: CertificateKind) -> &Mutex<Option<Made>> {
        match kind {
            CertificateKind::Signature => &self.signature,
            CertificateKind::Authentication => &self.authentication,
        }
    }
}

/// No list could be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum ListError {
    /// The database.
    #[error("the database of JPKI failed")]
    Db(#[from] DbError),
    /// Signing.
    #[error("the list could not be signed")]
    Issue(#[from] IssueError),
}

impl From<sqlx::Error> for ListError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl Jpki {
    /// The authority's list, DER. One caller makes a new one while the others wait for it.
    pub(super) async fn list(&self, kind: CertificateKind, now: Timestamp) -> Result<Bytes, ListError> {
        let mut last = self.lists.of(kind).lock().await;
        // Read before the rows: a revocation that commits in between makes this list old again.
        let generation = self.lists.generation.load(Ordering::SeqCst);
        if let Some(made) = last.as_ref()
            && made.generation == generation
            && made.at <= now
            && now < made.at + FRESH
        {
            return Ok(made.der.clone());
        }
        let revoked = self.revoked(kind, now).await?;
        let number = self.next_list_number(kind).await?;
        let times = CrlTimes { number, this_update: now, next_update: now + NEXT };
        let der = Bytes::from(self.authorities.of(kind).authority().crl(&times, revoked)?);
        tracing::info!(kind = kind.name(), number, bytes = der.len(), "made a revocation list");
        *last = Some(Made { der: der.clone(), at: now, generation });
        Ok(der)
    }

    async fn next_list_number(&self, kind: CertificateKind) -> Result<u64, ListError> {
        let mut tx = self.pool.begin().await?;
        let number: i64 = sqlx::query_scalar(
            "INSERT INTO crl_numbers (kind, number)
             VALUES ($1, 1)
             ON CONFLICT (kind) DO UPDATE SET number = number + 1
             RETURNING number",
        )
        .bind(kind.name())
        .fetch_one(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(u64::try_from(number).map_err(|_| DbError::Corrupt { table: "crl_numbers", column: "number" })?)
    }
}
