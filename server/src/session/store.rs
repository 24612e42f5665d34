//! tower-sessions' store on the portal's tables.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use domain::SecretHash;
use jiff::{SignedDuration, Timestamp};
use portal::{SessionState, Store};
use runtime::Clock;
use serde_json::Value;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use tower_sessions::{Session, SessionStore};

use super::reads::Reads;
use super::{ABSOLUTE, IDLE};

/// The one key that sessions hold.
pub(crate) const STATE: &str = "state";
/// Added to what is loaded, never stored: when this session ends unless something is done, in µs since 1970.
pub(crate) const ENDS_AT_US: &str = "ends-at-us";
/// Added to what is loaded, never stored: how many notices the person has not opened.
pub(crate) const UNREAD: &str = "unread";
/// Emergencies among them.
pub(crate) const URGENT: &str = "urgent";
/// Added where somebody is logged in, never stored: the id under which the session stands already.
const STANDS: &str = "stands";
const NEVER_STORED: [&str; 4] = [ENDS_AT_US, UNREAD, URGENT, STANDS];
/// Activity is written at most this often: each write is an fsync.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);

tokio::task_local! {
    /// An id is being exchanged for one whose session stands already; the one before went with the same transaction.
    static ADOPTING: ();
}

/// Makes the browser's session the one that stands under an id: with the answer goes its cookie, and nothing is written.
pub(super) async fn adopt(session: &Session, id: Id) -> std::result::Result<(), tower_sessions::session::Error> {
    if session.id().is_some() {
        ADOPTING.scope((), session.cycle_id()).await?;
    }
    session.insert(STANDS, id.to_string()).await
}

/// The row of a session that begins now.
pub(crate) fn row_of(
    id: &Id,
    state: &SessionState,
    now: Timestamp,
) -> std::result::Result<portal::NewSession, portal::StoreError> {
    let data = serde_json::to_string(&HashMap::from([(STATE, state)]));
    Ok(portal::NewSession {
        id_hash: id_hash(id),
        data: data.map_err(|_| portal::StoreError::Corrupt { table: "session", column: "data" })?,
        folder_id: state.folder_id(),
        removal_token_hash: state.removal_token_hash(),
        idle_ends_at: now + IDLE,
        ends_at: now + ABSOLUTE,
    })
}

/// The portal's sessions.
#[derive(Clone)]
pub(crate) struct Sessions {
    store: Store,
    reads: Reads,
    clock: Arc<dyn Clock>,
}

impl Sessions {
    /// Within a runtime, which then reads.
    pub(crate) fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { reads: Reads::start(store.clone()), store, clock }
    }

    /// When the session ends now. A database that takes nothing down can be read on: the session then ends as it did.
    async fn touch(&self, id_hash: &SecretHash) -> Option<Timestamp> {
        let now = self.clock.now();
        let idle_ends_at = now + IDLE;
        let touched = async {
            let mut repository = self.store.begin().await?;
            repository.touch_session(id_hash, now, idle_ends_at).await?;
            repository.commit().await
        };
        let failed = touched.await.err();
        if let Some(error) = &failed {
            tracing::warn!(error = error as &dyn std::error::Error, "activity could not be noted");
        }
        failed.is_none().then_some(idle_ends_at)
    }

    fn row(&self, record: &Record) -> Result<portal::NewSession> {
        let state = record.data.get(STATE).cloned();
        let state: Option<SessionState> =
            state.map(serde_json::from_value).transpose().map_err(|error| Error::Encode(error.to_string()))?;
        let kept: HashMap<&String, &Value> =
            record.data.iter().filter(|(key, _)| !NEVER_STORED.contains(&key.as_str())).collect();
        let data = serde_json::to_string(&kept).map_err(|error| Error::Encode(error.to_string()))?;
        let now = self.clock.now();
        Ok(portal::NewSession {
            id_hash: id_hash(&record.id),
            data,
            folder_id: state.as_ref().and_then(SessionState::folder_id),
            removal_token_hash: state.as_ref().and_then(SessionState::removal_token_hash),
            idle_ends_at: now + IDLE,
            ends_at: now + ABSOLUTE,
        })
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        if let Some(stands) = record.data.get(STANDS) {
            let id = stands.as_str().and_then(|id| id.parse().ok());
            record.id = id.ok_or_else(|| Error::Decode("no id of a session".to_owned()))?;
            return Ok(());
        }
        let row = self.row(record)?;
        let mut repository = self.store.begin().await.map_err(backend)?;
        if !repository.insert_session(&row, self.clock.now()).await.map_err(backend)? {
            // 128 random bits do not meet by chance: whoever drew them twice has a broken generator.
            return Err(Error::Backend("a session id was drawn twice".to_owned()));
        }
        repository.commit().await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let row = self.row(record)?;
        let mut repository = self.store.begin().await.map_err(backend)?;
        if !repository.save_session(&row, self.clock.now()).await.map_err(backend)? {
            tracing::debug!("a session ended while a request of it was under way");
        }
        repository.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let id_hash = id_hash(id);
        let now = self.clock.now();
        let row = self.reads.session(id_hash.clone(), now).await.map_err(backend)?;
        let Some(row) = row.filter(|row| row.idle_ends_at > now && row.ends_at > now) else { return Ok(None) };
        let mut idle_ends_at = row.idle_ends_at;
        if now.duration_since(row.last_seen_at) >= TOUCH_EVERY {
            idle_ends_at = self.touch(&id_hash).await.unwrap_or(idle_ends_at);
        }
        let mut data: HashMap<String, Value> =
            serde_json::from_str(&row.data).map_err(|error| Error::Decode(error.to_string()))?;
        data.insert(ENDS_AT_US.to_owned(), idle_ends_at.min(row.ends_at).as_microsecond().into());
        data.insert(UNREAD.to_owned(), row.unread_notices.into());
        data.insert(URGENT.to_owned(), row.urgent_notices.into());
        // The date is tower-sessions' own and nobody's guide: ends are judged above.
        let expiry_date = time::OffsetDateTime::UNIX_EPOCH + time::Duration::days(365 * 1000);
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        if ADOPTING.try_with(|()| ()).is_ok() {
            return Ok(());
        }
        let mut repository = self.store.begin().await.map_err(backend)?;
        repository.delete_session(&id_hash(id)).await.map_err(backend)?;
        repository.commit().await.map_err(backend)
    }
}

pub(super) fn id_hash(id: &Id) -> SecretHash {
    SecretHash::of(&id.0.to_be_bytes())
}

#[expect(clippy::needless_pass_by_value, reason = "stands in `map_err`")]
fn backend(error: portal::StoreError) -> Error {
    tracing::error!(error = &error as &dyn std::error::Error, "the session store failed");
    super::fault::note(&error);
    Error::Backend("the session store failed".to_owned())
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

#[cfg(test)]
mod tests {
    use portal::Target;
    use runtime::SettableClock;

    use super::*;

    #[tokio::test]
    async fn what_is_added_to_what_is_loaded_is_never_stored() {
        let folder = tempfile::tempdir_in("/dev/shm").unwrap();
        let store = Store::open(&Target::Sqlite(folder.path().join("portal.sqlite"))).await.unwrap();
        let now = Timestamp::from_second(0).unwrap();
        let sessions = Sessions::new(store.clone(), Arc::new(SettableClock::new(now)));
        let expiry_date = time::OffsetDateTime::UNIX_EPOCH;
        let mut record = Record { id: Id(7), data: HashMap::from([("kept".to_owned(), 1.into())]), expiry_date };
        sessions.create(&mut record).await.unwrap();
        let loaded = sessions.load(&record.id).await.unwrap().unwrap();
        for added in [ENDS_AT_US, UNREAD, URGENT] {
            assert!(loaded.data.contains_key(added), "{added}");
        }
        sessions.save(&loaded).await.unwrap();
        let row = store.read().await.unwrap().session_by_id_hash(&id_hash(&record.id), now).await.unwrap().unwrap();
        assert_eq!(row.data, r#"{"kept":1}"#);
    }
}
