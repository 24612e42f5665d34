//! From a draft to a sending: to whom.

use axum::extract::{Path, Request, State};
use bytes::Bytes;
use futures::Stream;
use runtime::SystemRng;

use super::drafts::{built, own};
use super::{Answer, Here, Sent, sent, to};
use crate::console::Console;
use crate::console::access::Drafter;
use crate::console::list::{self, Broken, For};
use crate::console::refused::Why;
use crate::console::upload::Upload;
use crate::draft::Draft;
use crate::list::Rules;
use crate::store::{NewSending, SendingId};
use crate::texts::say;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Chosen {
    segment: String,
}

pub(super) async fn list(State(console): Here, officer: Drafter, Path(id): Path<String>, request: Request) -> Answer {
    // Asked first, so that a stranger's draft costs nobody an upload.
    own(&console, &officer, &id).await?;
    let upload = Upload::open(request).await?;
    begin(&console, &officer, &id, say("list-uploaded"), |_| upload.pieces()).await
}

pub(super) async fn segment(
    State(console): Here,
    officer: Drafter,
    Path(id): Path<String>,
    form: Sent<Chosen>,
) -> Answer {
    let name = sent(form)?.segment;
    let segment = console.segments.iter().find(|one| one.name == name).ok_or(Why::NoSegment)?;
    begin(&console, &officer, &id, &segment.label, |draft| segment.people(&draft.places())).await
}

/// The draft becomes a sending, open, and its people are read in. Nothing of it goes anywhere yet.
async fn begin<S>(
    console: &Console,
    officer: &Drafter,
    id: &str,
    source: &str,
    people: impl FnOnce(&Draft) -> S,
) -> Answer
where
    S: Stream<Item = Result<Bytes, Broken>>,
{
    let (row, form, files) = own(console, officer, id).await?;
    let built = built(console, &form, &files).map_err(|_| Why::DraftUnfinished)?;
    let now = console.now();
    let sending = SendingId::generate(&mut SystemRng);
    let draft = built.draft;
    let new = NewSending {
        id: sending,
        made_by: officer.id().who(),
        made_at: now,
        draft: serde_json::to_string(&draft).map_err(|_| Why::Failed)?,
        merged: !draft.places().is_empty(),
        starts_at: built.starts_at.unwrap_or(now),
        expires_at: draft.expires_at,
    };
    let mut repository = console.store.begin().await?;
    if !repository.draft_became(row.id, officer.id(), Some(sending)).await? {
        return Err(Why::NotNow);
    }
    repository.insert_sending(&new).await?;
    repository.copy_files(row.id, sending).await?;
    repository.open_list(sending, source).await?;
    repository.insert_audit(&officer.did("made", Some(sending), now)).await?;
    repository.commit().await?;
    let people = people(&draft);
    let rules = Rules::new(draft, console.org.clone(), console.sealing_certificate.clone(), now);
    let reads = console.being_read.begin(sending);
    list::read(&console.store, For { sending, rules, now }, people).await?;
    drop(reads);
    let mut repository = console.store.begin().await?;
    repository.insert_audit(&officer.did(format!("list-read:{source}"), Some(sending), console.now())).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/sendings/{sending}")))
}
