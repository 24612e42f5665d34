//! Taking it home (P-INF-7): files made while the session lasts, held as what was gathered is held, erased with it.

mod format;
mod making;

use std::future::Future;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use domain::Locale;
use jiff::Timestamp;
use rand_core::CryptoRng;
use store::{HeldClass, HeldRow};
use wording::Years;
use zeroize::Zeroizing;

use super::gather::{Held, InformationError, Now};
use super::seal::{Holder, HoldingKey, Unopened};
use crate::{Portal, SignedIn};
use making::Making;

pub use format::TakeoutFormat;

/// Places of files begin here; those of sources are far below.
const PLACES_FROM: u32 = 1_000_000;
/// Files that one session may hold at a time.
const FILES_MAX: usize = 8;

/// What the person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakeoutWish {
    /// What kind of file.
    pub format: TakeoutFormat,
    /// Access records in it, where the format takes them.
    pub records: bool,
    /// In which language.
    pub locale: Locale,
    /// Whether era years stand beside the western ones.
    pub years: Years,
}

/// A file, made or being made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Takeout {
    /// Which, within the session.
    pub place: u32,
    /// What kind of file.
    pub format: TakeoutFormat,
    /// How far it is.
    pub state: TakeoutState,
}

/// How far a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeoutState {
    /// Being made.
    Making {
        /// Steps done.
        done: u32,
        /// Steps in all; 0 before that is known.
        of: u32,
    },
    /// There.
    Ready {
        /// Its length.
        bytes: u64,
    },
    /// It could not be made.
    Failed(TakeoutFailure),
}

/// Why a file could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakeoutFailure {
    /// The typesetter failed.
    Typesetter,
    /// The core gave no access records.
    Records,
    /// Anything else.
    Internal,
    /// The portal stopped meanwhile.
    Interrupted,
}

/// Makes a PDF of a job (`export::pdf::Job` as JSON), in a process that ends with it.
pub trait Typesetter: Send + Sync {
    /// The PDF.
    fn typeset(&self, job: Zeroizing<Vec<u8>>) -> Typeset;
}

/// What a typesetter is waited for.
pub type Typeset = Pin<Box<dyn Future<Output = Result<Zeroizing<Vec<u8>>, TypesetError>> + Send>>;

/// No PDF.
#[derive(Debug, thiserror::Error)]
#[error("the typesetter made no document: {0}")]
pub struct TypesetError(pub String);

/// Inside the seal, before the file's bytes.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    format: TakeoutFormat,
    state: HeldTakeout,
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum HeldTakeout {
    Making,
    Ready,
    Failed(TakeoutFailure),
}

/// Steps of a file that is being made, and the word to stop.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    done: AtomicU32,
    of: AtomicU32,
    cancelled: AtomicBool,
}

impl Steps {
    fn report(&self, done: usize, of: usize) -> ControlFlow<()> {
        let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.0.of.store(small(of), Ordering::Relaxed);
        self.0.done.store(small(done), Ordering::Relaxed);
        if self.0.cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn making(&self) -> TakeoutState {
        TakeoutState::Making { done: self.0.done.load(Ordering::Relaxed), of: self.0.of.load(Ordering::Relaxed) }
    }

    pub(super) fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }
}

impl Portal {
    /// Begins to make a file of what is held. Returns where it will be; at most [`FILES_MAX`] are held at a time, the
    /// oldest makes room.
    pub async fn start_takeout<R: CryptoRng + Clone + Send + 'static>(
        &self,
        who: &SignedIn,
        holder: &Holder,
        wish: TakeoutWish,
        now: &Now,
        rng: &mut R,
    ) -> Result<u32, InformationError> {
        let link_code = self.link_code(who).await?;
        let Held { key, .. } = self.holding_key(holder).await?.ok_or(InformationError::NotFound)?;
        let files = self.store().read().await?.files(holder.session_hash()).await?;
        let place = files.last().map_or(PLACES_FROM, |row| row.place + 1);
        let at = now();
        let row = row(&key, place, &Header { format: wish.format, state: HeldTakeout::Making }, &[], at, rng)?;
        let mut repository = self.store().begin().await?;
        for old in files.iter().take((files.len() + 1).saturating_sub(FILES_MAX)) {
            self.board().forget(holder.session_hash(), old.place);
            repository.delete_held(holder.session_hash(), old.place).await?;
        }
        if !repository.insert_held(holder.session_hash(), &row).await? {
            return Err(InformationError::NotFound);
        }
        repository.take_gathering_over(holder.session_hash(), self.instance()).await?;
        repository.commit().await?;
        let steps = Steps::default();
        let making = Making {
            portal: self.clone(),
            holder: holder.clone(),
            key,
            link_code,
            viewing: who.state.viewing.clone(),
            wish,
            place,
            now: now.clone(),
            steps: steps.clone(),
        };
        self.board().make(holder.session_hash(), place, steps, making.run(rng.clone()));
        Ok(place)
    }

    /// Files that are held or being made, in the order in which they were asked for.
    pub async fn takeouts(&self, _who: &SignedIn, holder: &Holder) -> Result<Vec<Takeout>, InformationError> {
        let Some(Held { key, elsewhere, .. }) = self.holding_key(holder).await? else { return Ok(Vec::new()) };
        // Before the rows are read: what is done in between has its outcome in its row.
        let making = self.board().making(holder.session_hash());
        let files = self.store().read().await?.files(holder.session_hash()).await?;
        files.iter().map(|row| Ok(takeout(&key, row, &making, elsewhere)?.0)).collect()
    }

    /// One of them.
    pub async fn takeout(&self, _who: &SignedIn, holder: &Holder, place: u32) -> Result<Takeout, InformationError> {
        let Held { key, elsewhere, .. } = self.holding_key(holder).await?.ok_or(InformationError::NotFound)?;
        let making = self.board().making(holder.session_hash());
        Ok(takeout(&key, &self.file_at(holder, place).await?, &making, elsewhere)?.0)
    }

    /// The bytes of a file that is ready.
    pub async fn takeout_file(
        &self,
        _who: &SignedIn,
        holder: &Holder,
        place: u32,
    ) -> Result<(TakeoutFormat, Zeroizing<Vec<u8>>), InformationError> {
        let Held { key, .. } = self.holding_key(holder).await?.ok_or(InformationError::NotFound)?;
        match takeout(&key, &self.file_at(holder, place).await?, &[], false)? {
            (Takeout { format, state: TakeoutState::Ready { .. }, .. }, bytes) => Ok((format, bytes)),
            _ => Err(InformationError::NotFound),
        }
    }

    async fn file_at(&self, holder: &Holder, place: u32) -> Result<HeldRow, InformationError> {
        let row = self.store().read().await?.held_at(holder.session_hash(), place).await?;
        row.filter(|row| row.class == HeldClass::Export).ok_or(InformationError::NotFound)
    }

    /// 「やめる」: a file that is being made is made no further, and one that is there is let go.
    pub async fn cancel_takeout(&self, _who: &SignedIn, holder: &Holder, place: u32) -> Result<(), InformationError> {
        if place < PLACES_FROM {
            return Err(InformationError::NotFound);
        }
        self.board().forget(holder.session_hash(), place);
        let mut repository = self.store().begin().await?;
        repository.delete_held(holder.session_hash(), place).await?;
        Ok(repository.commit().await?)
    }
}

fn takeout(
    key: &HoldingKey,
    row: &HeldRow,
    making: &[(u32, Steps)],
    elsewhere: bool,
) -> Result<(Takeout, Zeroizing<Vec<u8>>), Unopened> {
    let (Header { format, state }, bytes) = opened(key, row)?;
    let state = match state {
        HeldTakeout::Ready => TakeoutState::Ready { bytes: bytes.len() as u64 },
        HeldTakeout::Failed(why) => TakeoutState::Failed(why),
        HeldTakeout::Making => match making.iter().find(|(place, _)| *place == row.place) {
            Some((_, steps)) => steps.making(),
            None if elsewhere => TakeoutState::Making { done: 0, of: 0 },
            None => TakeoutState::Failed(TakeoutFailure::Interrupted),
        },
    };
    Ok((Takeout { place: row.place, format, state }, bytes))
}

/// Length of the header (u32, big-endian), the header, the file's bytes.
fn row(
    key: &HoldingKey,
    place: u32,
    header: &Header,
    bytes: &[u8],
    now: Timestamp,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<HeldRow, Unopened> {
    let header = serde_json::to_vec(header).map_err(|_| Unopened)?;
    let length = u32::try_from(header.len()).map_err(|_| Unopened)?;
    let mut content = Zeroizing::new(Vec::with_capacity(4 + header.len() + bytes.len()));
    content.extend_from_slice(&length.to_be_bytes());
    content.extend_from_slice(&header);
    content.extend_from_slice(bytes);
    let sealed = key.seal(place, &content, rng)?;
    Ok(HeldRow { place, class: HeldClass::Export, sealed, commitment: None, written_at: now })
}

fn opened(key: &HoldingKey, row: &HeldRow) -> Result<(Header, Zeroizing<Vec<u8>>), Unopened> {
    let content = key.open(row.place, &row.sealed)?;
    let (length, rest) = content.split_first_chunk::<4>().ok_or(Unopened)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unopened)?;
    let (header, bytes) = rest.split_at_checked(length).ok_or(Unopened)?;
    Ok((serde_json::from_slice(header).map_err(|_| Unopened)?, Zeroizing::new(bytes.to_vec())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::information::seal::HoldingSecret;
    use crate::testing::rng;

    fn key() -> HoldingKey {
        let secret = HoldingSecret::new(vec![1; 32].into()).unwrap();
        HoldingKey::derive(&Holder::new([2; 16]), &secret, &[3; 32]).unwrap()
    }

    #[test]
    fn a_file_is_held_whole_and_sealed() {
        let header = Header { format: TakeoutFormat::Json, state: HeldTakeout::Ready };
        let held = row(&key(), PLACES_FROM, &header, b"total-income", Timestamp::UNIX_EPOCH, &mut rng()).unwrap();
        assert!(!held.sealed.windows(5).any(|window| window == b"total"));
        let (header, bytes) = opened(&key(), &held).unwrap();
        assert!(header.state == HeldTakeout::Ready && header.format == TakeoutFormat::Json);
        assert_eq!(bytes.as_slice(), b"total-income");
    }

    #[test]
    fn whoever_writes_hears_that_nobody_wants_it_any_more() {
        let steps = Steps::default();
        assert_eq!(steps.report(1, 3), ControlFlow::Continue(()));
        assert_eq!(steps.making(), TakeoutState::Making { done: 1, of: 3 });
        steps.cancel();
        assert_eq!(steps.report(2, 3), ControlFlow::Break(()));
    }
}
