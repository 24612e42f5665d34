//! Asking every institution at once, and looking at what came.

use std::sync::Arc;
use std::time::Duration;

use domain::LinkCode;
use jiff::Timestamp;
use rand_core::CryptoRng;
use store::{Gathering, StoreError};
use tokio::time::timeout;
use wire::mediation::{MediationAnswer, SealContext, TransferMode, refusal};

use super::board::Arrivals;
use super::seal::{Holder, HoldingKey, Unopened};
use super::source::{HeldSource, HeldState, OwnSource, SourceFailure};
use crate::linkage::PeerFailure;
use crate::records::{RecordsError, records_error};
use crate::{Portal, SignedIn};

/// The time, for what goes on after a use case has answered.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// An institution that has not answered after this time is late (P-INF-5). Longer than the core waits for it, so that
/// the core's own word comes through.
const ANSWER_WITHIN: Duration = Duration::from_secs(12);
/// A question whose turn has not come after this time is not put.
const TURN_WITHIN: Duration = Duration::from_secs(20);
/// An answer with its envelope; the longest real one is a few thousand bytes.
const ANSWER_BYTES_MAX: usize = 512 * 1024;
/// More institutions and kinds than this are no person's.
const SOURCES_MAX: usize = 200;

/// Everything that is held for the session.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// When the person asked.
    pub started_at: Timestamp,
    /// By institution, then by kind.
    pub sources: Vec<OwnSource>,
    /// What is still to come.
    pub arrivals: Arrivals,
    /// Another portal on the same tables asks: what arrives is here when it is looked at again.
    pub elsewhere: bool,
}

/// The way into what is held for a session.
pub(super) struct Held {
    pub(super) key: HoldingKey,
    pub(super) started_at: Timestamp,
    /// Another portal on the same tables goes on with it.
    pub(super) elsewhere: bool,
}

/// Nothing can be gathered or shown.
#[derive(Debug, thiserror::Error)]
pub enum InformationError {
    /// As with access records.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// What is held is not this browser's, or the portal's secret was exchanged.
    #[error("what is held cannot be opened")]
    Unopened(#[from] Unopened),
    /// Nothing of this place is held.
    #[error("no such source is held")]
    NotFound,
}

impl From<StoreError> for InformationError {
    fn from(error: StoreError) -> Self {
        Self::Records(error.into())
    }
}

impl Portal {
    /// 「取り寄せる」: puts a question to every institution that has a code of the person, all at once (P-INF-4). Returns
    /// when the questions are on their way; a second time while something is held changes nothing.
    pub async fn gather<R: CryptoRng + Clone + Send + 'static>(
        &self,
        who: &SignedIn,
        holder: &Holder,
        now: &Now,
        rng: &mut R,
    ) -> Result<(), InformationError> {
        let link_code = self.link_code(who).await?;
        if self.store().read().await?.gathering(holder.session_hash()).await?.is_some() {
            return Ok(());
        }
        let sources = self.peers().sources(&link_code).await.map_err(records_error)?;
        let mut salt = [0; 32];
        rng.fill_bytes(&mut salt);
        let key = HoldingKey::derive(holder, self.holding_secret(), &salt)?;
        let at = now();
        let asked: Vec<(u32, HeldSource)> = (0..)
            .zip(sources.into_iter().take(SOURCES_MAX))
            .map(|(place, source)| {
                let state = HeldState::Asked { at };
                (place, HeldSource { provider: source.provider, info_kind: source.info_kind, state })
            })
            .collect();
        let gathering = Gathering { salt, started_at: at, instance: Some(*self.instance()) };
        let mut repository = self.store().begin().await?;
        if !repository.insert_gathering(holder.session_hash(), &gathering).await? {
            // The session ended meanwhile, or another tab was faster.
            return Ok(());
        }
        for (place, source) in &asked {
            repository.insert_held(holder.session_hash(), &source.row(&key, *place, at, rng)?).await?;
        }
        repository.commit().await?;
        self.ask_all(holder, &key, &link_code, asked, now, rng);
        Ok(())
    }

    /// Asks one institution again.
    pub async fn ask_again<R: CryptoRng + Clone + Send + 'static>(
        &self,
        who: &SignedIn,
        holder: &Holder,
        place: u32,
        now: &Now,
        rng: &mut R,
    ) -> Result<(), InformationError> {
        let link_code = self.link_code(who).await?;
        let Held { key, .. } = self.holding_key(holder).await?.ok_or(InformationError::NotFound)?;
        let row = self.store().read().await?.held_at(holder.session_hash(), place).await?;
        let held = HeldSource::of_row(&key, &row.ok_or(InformationError::NotFound)?)?;
        if matches!(held.state, HeldState::Answered { .. }) || self.board().asks(holder.session_hash(), place) {
            return Ok(());
        }
        let at = now();
        let asked = HeldSource { state: HeldState::Asked { at }, ..held };
        let mut repository = self.store().begin().await?;
        if !repository.update_held(holder.session_hash(), &asked.row(&key, place, at, rng)?).await? {
            return Err(InformationError::NotFound);
        }
        repository.take_gathering_over(holder.session_hash(), self.instance()).await?;
        repository.commit().await?;
        self.ask_all(holder, &key, &link_code, vec![(place, asked)], now, rng);
        Ok(())
    }

    /// What is held for the session; None when the person has not asked for anything.
    pub async fn own_information(
        &self,
        _who: &SignedIn,
        holder: &Holder,
    ) -> Result<Option<Gathered>, InformationError> {
        // Before the rows are read: what arrives in between is told twice rather than never.
        let arrivals = self.board().arrivals(holder.session_hash());
        let asking = self.board().asking(holder.session_hash());
        let Some(Held { key, started_at, elsewhere }) = self.holding_key(holder).await? else { return Ok(None) };
        let rows = self.store().read().await?.held(holder.session_hash()).await?;
        let sources = rows.iter().map(|row| own(&key, row, &asking, elsewhere)).collect::<Result<_, _>>()?;
        Ok(Some(Gathered { started_at, sources, arrivals, elsewhere }))
    }

    /// Whether anything is held that goes with the session and could be taken home before.
    pub async fn holds_answers(&self, _who: &SignedIn, holder: &Holder) -> Result<bool, StoreError> {
        let held = self.store().read().await?.held(holder.session_hash()).await?;
        Ok(held.iter().any(|row| row.class == store::HeldClass::Answer))
    }

    /// One source as it is held now.
    pub async fn own_source(
        &self,
        _who: &SignedIn,
        holder: &Holder,
        place: u32,
    ) -> Result<OwnSource, InformationError> {
        let Held { key, elsewhere, .. } = self.holding_key(holder).await?.ok_or(InformationError::NotFound)?;
        let asking = self.board().asking(holder.session_hash());
        let row = self.store().read().await?.held_at(holder.session_hash(), place).await?;
        let row = row.filter(|row| row.class != store::HeldClass::Export).ok_or(InformationError::NotFound)?;
        Ok(own(&key, &row, &asking, elsewhere)?)
    }

    pub(super) async fn holding_key(&self, holder: &Holder) -> Result<Option<Held>, InformationError> {
        let gathering = self.store().read().await?.gathering(holder.session_hash()).await?;
        let Some(Gathering { salt, started_at, instance }) = gathering else { return Ok(None) };
        let key = HoldingKey::derive(holder, self.holding_secret(), &salt)?;
        Ok(Some(Held { key, started_at, elsewhere: instance.as_ref() != Some(self.instance()) }))
    }

    fn ask_all<R: CryptoRng + Clone + Send + 'static>(
        &self,
        holder: &Holder,
        key: &HoldingKey,
        link_code: &LinkCode,
        asked: Vec<(u32, HeldSource)>,
        now: &Now,
        rng: &R,
    ) {
        let questions = asked.into_iter().map(|(place, source)| {
            let question = Question {
                portal: self.clone(),
                key: key.clone(),
                holder: holder.clone(),
                link_code: link_code.clone(),
                now: now.clone(),
                place,
            };
            (place, question.put(source, rng.clone()))
        });
        self.board().ask(holder.session_hash(), questions);
    }
}

/// `asking`: the questions that were under way before the row was read; the answer to another one is in its row.
fn own(key: &HoldingKey, row: &store::HeldRow, asking: &[u32], elsewhere: bool) -> Result<OwnSource, Unopened> {
    let mut held = HeldSource::of_row(key, row)?;
    if matches!(held.state, HeldState::Asked { .. }) && !elsewhere && !asking.contains(&row.place) {
        // Nobody waits for it any more.
        held.state = HeldState::Failed { at: row.written_at, why: SourceFailure::Interrupted };
    }
    held.own(row.place)
}

/// One question under way.
struct Question {
    portal: Portal,
    key: HoldingKey,
    holder: Holder,
    link_code: LinkCode,
    now: Now,
    place: u32,
}

impl Question {
    async fn put<R: CryptoRng + Send>(self, source: HeldSource, mut rng: R) {
        let answered = self.ask_in_turn(&source, &mut rng).await;
        let at = (self.now)();
        let outcome = match answered {
            Ok(held) => held,
            Err(why) => HeldSource { state: HeldState::Failed { at, why }, ..source.clone() },
        };
        metrics::counter!("information_sources_total", "outcome" => outcome_name(&outcome)).increment(1);
        if let Err(error) = self.keep(&outcome, at, &mut rng).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "an answer could not be held");
            let why = SourceFailure::NotKept;
            let lost = HeldSource { state: HeldState::Failed { at, why }, ..source };
            // A database that is full may still take a row that does not grow; if not, the page says so by itself.
            let _ = self.keep(&lost, at, &mut rng).await;
        }
    }

    /// When many people ask the same institution, each question waits for its turn; how long the institution takes is
    /// counted from there.
    async fn ask_in_turn<R: CryptoRng + Send>(
        &self,
        source: &HeldSource,
        rng: &mut R,
    ) -> Result<HeldSource, SourceFailure> {
        let late = |_| SourceFailure::Late;
        let _turn = timeout(TURN_WITHIN, self.portal.peers().turns().turn(&source.provider)).await.map_err(late)?;
        timeout(ANSWER_WITHIN, self.ask(source.clone(), rng)).await.map_err(late)?
    }

    async fn ask<R: CryptoRng + Send>(&self, source: HeldSource, rng: &mut R) -> Result<HeldSource, SourceFailure> {
        let desk = self.portal.desk();
        let (provider, info_kind) = (&source.provider, &source.info_kind);
        let looked = self.portal.peers().look(
            &self.link_code,
            provider,
            info_kind,
            desk.sealing_certificate(),
            ANSWER_BYTES_MAX,
        );
        let answer = looked.await.map_err(|failure| failed(&failure))?;
        let at = (self.now)();
        match answer {
            MediationAnswer::NoDataHeld { id } => Ok(HeldSource { state: HeldState::NothingHeld { at, id }, ..source }),
            MediationAnswer::Provided { id, link_code, sealed } => {
                if link_code != self.link_code {
                    tracing::error!(record.id = %id, "the core answered for another person");
                    return Err(SourceFailure::Unbelievable);
                }
                let mode = TransferMode::Gateway;
                let portal = domain::OrgCode::portal();
                let question = SealContext { id: &id, requester: &portal, provider, info_kind, mode };
                let believed = desk.believe(&sealed, &question, at).map_err(|disbelief| {
                    let error = &disbelief as &dyn std::error::Error;
                    tracing::error!(record.id = %id, %provider, error, "an institution's answer is not believed");
                    SourceFailure::Unbelievable
                })?;
                drop(believed.content);
                Ok(source.clone().answered(at, &believed.signed, rng))
            }
        }
    }

    async fn keep<R: CryptoRng + Send>(
        &self,
        outcome: &HeldSource,
        at: Timestamp,
        rng: &mut R,
    ) -> Result<(), InformationError> {
        let row = outcome.row(&self.key, self.place, at, rng)?;
        let mut repository = self.portal.store().begin().await?;
        // False: the session ended meanwhile, and nothing is left behind.
        repository.update_held(self.holder.session_hash(), &row).await?;
        Ok(repository.commit().await?)
    }
}

fn failed(failure: &PeerFailure) -> SourceFailure {
    let why = match failure {
        PeerFailure::Unreachable(_, error) if error.is_timeout() => SourceFailure::Late,
        PeerFailure::Unreachable(..) => SourceFailure::Unreachable,
        PeerFailure::TooMuch(_) => SourceFailure::TooMuch,
        PeerFailure::Unreadable(..) => SourceFailure::Unbelievable,
        PeerFailure::Problem(_, _, Some(problem)) if problem.code() == Some(refusal::PROVIDER_LATE) => {
            SourceFailure::Late
        }
        PeerFailure::Problem(_, _, Some(problem)) if problem.code() == Some(refusal::PROVIDER_ANSWER_MISMATCH) => {
            SourceFailure::Unbelievable
        }
        PeerFailure::Problem(_, status, _) if *status >= 500 => SourceFailure::Unreachable,
        PeerFailure::Problem(..) => SourceFailure::Refused,
    };
    tracing::warn!(error = failure as &dyn std::error::Error, ?why, "an institution gave no answer");
    why
}

fn outcome_name(held: &HeldSource) -> &'static str {
    match held.state {
        HeldState::Asked { .. } => "asked",
        HeldState::Answered { .. } => "answered",
        HeldState::NothingHeld { .. } => "nothing-held",
        HeldState::Failed { why: SourceFailure::Late, .. } => "late",
        HeldState::Failed { .. } => "failed",
    }
}
