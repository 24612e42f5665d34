//! Single notices become durable together: whoever posts while others are being written shares the next transaction.
//!
//! One alone is written at once, and waits for nobody. Of many, each transaction carries those who came during the one
//! before it: they share its statements, its sync, and the row that counts their client's day.

use std::collections::{BTreeMap, HashSet};

use db::DbError;
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::body::over;
use super::problem::Problem;
use super::sendings::{self, quota};
use crate::store::{ClientId, ClientRow, KeptAnswer, KeyClaim, PostedSending, Repository, Store, StoreError};

/// Notices in one transaction. Where there is more to do than can be done, each step of a transaction waits for its turn: the
/// more share it, the more is done.
const TOGETHER: usize = 256;

/// A notice that was looked at and found right.
pub(super) struct Posting {
    pub(super) client: ClientRow,
    pub(super) claim: KeyClaim,
    pub(super) posted: PostedSending,
}

/// What became of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is stored, and its answer under its key.
    Stored,
    /// Something was answered under its key before, and nothing is stored.
    Answered(KeptAnswer),
    /// Its client may not send to so many today, and nothing is stored.
    OverQuota,
    /// Its key went just now, and nothing is stored.
    TryAgain,
}

type Told = Result<Taken, StoreError>;

struct Waiting {
    posting: Posting,
    told: oneshot::Sender<Told>,
}

/// Where they come in. Clones share it; with the last of them it ends.
#[derive(Clone)]
pub(super) struct Intake(mpsc::Sender<Waiting>);

impl Intake {
    pub(super) fn start(store: Store) -> Self {
        let (sender, receiver) = mpsc::channel(TOGETHER);
        tokio::spawn(take_all(store, receiver));
        Self(sender)
    }

    /// Returns when it is durable. Whoever stops waiting does not learn whether it is.
    pub(super) async fn take(&self, posting: Posting) -> Result<Taken, Problem> {
        let gone = || Problem::of_status(http::StatusCode::SERVICE_UNAVAILABLE);
        let (told, tells) = oneshot::channel();
        self.0.send(Waiting { posting, told }).await.map_err(|_| gone())?;
        Ok(tells.await.map_err(|_| gone())??)
    }
}

async fn take_all(store: Store, mut receiver: mpsc::Receiver<Waiting>) {
    let mut waiting = Vec::with_capacity(TOGETHER);
    while receiver.recv_many(&mut waiting, TOGETHER).await > 0 {
        while !waiting.is_empty() {
            let (group, same_key) = each_key_once(std::mem::take(&mut waiting));
            take_group(&store, group).await;
            // The same key once more: by now its answer is kept.
            waiting = same_key;
        }
    }
}

/// In the order of their keys, so that two programs on the same tables never wait for each other in a circle.
fn each_key_once(waiting: Vec<Waiting>) -> (Vec<Waiting>, Vec<Waiting>) {
    let key = |waiting: &Waiting| (waiting.posting.claim.client, waiting.posting.claim.name.clone());
    let mut keys = HashSet::with_capacity(waiting.len());
    let (mut group, same_key): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| keys.insert(key(one)));
    group.sort_by_cached_key(key);
    (group, same_key)
}

/// One that the database refuses for a reason of its own takes nobody along: each is written apart then.
async fn take_group(store: &Store, group: Vec<Waiting>) {
    let postings: Vec<&Posting> = group.iter().map(|waiting| &waiting.posting).collect();
    let told: Vec<Told> = match together(store, &postings).await {
        Ok(taken) => taken.into_iter().map(Ok).collect(),
        Err(error) if postings.len() == 1 || is_of_all(&error) => vec![Err(error); postings.len()],
        Err(_) => {
            let mut told = Vec::with_capacity(postings.len());
            for posting in &postings {
                match together(store, &[*posting]).await {
                    Ok(taken) => told.extend(taken.into_iter().map(Ok)),
                    Err(error) => told.push(Err(error)),
                }
            }
            told
        }
    };
    for (waiting, told) in group.into_iter().zip(told) {
        // Who does not wait any more is not told.
        let _ = waiting.told.send(told);
    }
}

/// The next one would hear the same.
fn is_of_all(error: &StoreError) -> bool {
    matches!(error, StoreError::Db(DbError::Unavailable(_) | DbError::ReadOnly(_) | DbError::Full(_)))
}

/// What became of each, in their order. No two have the same key.
async fn together(store: &Store, postings: &[&Posting]) -> Result<Vec<Taken>, StoreError> {
    let Some(now) = postings.iter().map(|posting| posting.posted.sending.made_at).max() else { return Ok(Vec::new()) };
    let mut repository = store.begin().await?;
    let claims: Vec<&KeyClaim> = postings.iter().map(|posting| &posting.claim).collect();
    let mut taken = Vec::with_capacity(postings.len());
    for (claim, is_new) in claims.iter().zip(repository.claim_keys(&claims, now, over(now)).await?) {
        taken.push(if is_new { Taken::Stored } else { answered(&mut repository, claim, now).await? });
    }
    count(&mut repository, postings, &mut taken).await?;
    let stored =
        || postings.iter().zip(&taken).filter(|(_, taken)| **taken == Taken::Stored).map(|(posting, _)| *posting);
    let posted: Vec<&PostedSending> = stored().map(|posting| &posting.posted).collect();
    repository.insert_posted(&posted).await?;
    let line = |posting: &Posting| {
        let new = &posting.posted.sending;
        sendings::audit_line(&posting.client, "sent", new.id, new.made_at)
    };
    repository.insert_audits(&stored().map(line).collect::<Vec<_>>()).await?;
    repository.commit().await?;
    Ok(taken)
}

async fn answered(repository: &mut Repository, claim: &KeyClaim, now: Timestamp) -> Result<Taken, StoreError> {
    let kept = repository.kept_answer(claim.client, &claim.name, over(now)).await?;
    Ok(kept.map_or(Taken::TryAgain, Taken::Answered))
}

/// All of a client at once where there is room for all, else one after the other: who comes too late gives back its key.
async fn count(repository: &mut Repository, postings: &[&Posting], taken: &mut [Taken]) -> Result<(), StoreError> {
    let mut days: BTreeMap<(ClientId, i64), Vec<usize>> = BTreeMap::new();
    for (nth, (posting, _)) in
        postings.iter().zip(&*taken).enumerate().filter(|(_, (_, taken))| **taken == Taken::Stored)
    {
        let day = quota::day(posting.posted.sending.made_at);
        days.entry((posting.client.id, day)).or_default().push(nth);
    }
    for ((client, day), of_client) in days {
        let of_client: Vec<(usize, &Posting)> =
            of_client.into_iter().filter_map(|nth| postings.get(nth).map(|posting| (nth, *posting))).collect();
        let recipients = |posting: &Posting| posting.posted.recipients.len() as u64;
        let all = of_client.iter().map(|(_, posting)| recipients(posting)).sum();
        let most = of_client.iter().map(|(_, posting)| posting.client.recipients_per_day).min().unwrap_or_default();
        if repository.take_quota(client, day, all, most).await? {
            continue;
        }
        for (nth, posting) in of_client {
            if !repository.take_quota(client, day, recipients(posting), most).await? {
                repository.release_key(client, &posting.claim.name).await?;
                if let Some(taken) = taken.get_mut(nth) {
                    *taken = Taken::OverQuota;
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
