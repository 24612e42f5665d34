//! What was made, and what is done with it.

use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use http::header;
use jiff::Timestamp;
use runtime::SystemRng;
use wire::notice::Question;

use super::{Answer, Here, Query_, Sent, asked, id_of, sent, to};
use crate::console::access::{Approver, Drafter, Handler, Officer};
use crate::console::form::DraftForm;
use crate::console::pages::face as faces;
use crate::console::pages::list::Lists;
use crate::console::progress::{self, People, Turned};
use crate::console::refused::Why;
use crate::console::{Console, answers, files, pages};
use crate::draft::Draft;
use crate::store::{DraftId, DraftRow, OfficerId, Role, SendingId, SendingRow, SendingState};

const SENDINGS_SHOWN: u32 = 50;
const DRAFTS_SHOWN: u32 = 500;
/// What somebody here has to do something about; more than that are reached when some of these are done.
const WAITING_SHOWN: u32 = 200;
const AUDIT_SHOWN: u32 = 200;
const REPLIES_SHOWN: u32 = 50;
const REPLIES_AT_ONCE: u32 = 500;
/// Characters of a reason.
const REASON_MAX: usize = 1000;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    reason: String,
}

pub(super) async fn lists(State(console): Here, officer: Officer, query: Query_) -> Answer {
    let asked = asked(query);
    let before = asked.before.as_deref().and_then(|id| id.parse().ok());
    let mut reader = console.store.read().await?;
    let sendings = reader.sendings(before, SENDINGS_SHOWN).await?;
    let (drafts, waiting) = match officer.role() {
        Role::Draft => (
            reader.drafts_of(officer.id(), DRAFTS_SHOWN).await?,
            reader.unfinished_of(officer.id(), WAITING_SHOWN).await?,
        ),
        Role::Approve => (Vec::new(), reader.waiting_for(officer.id(), WAITING_SHOWN).await?),
        Role::View => (Vec::new(), Vec::new()),
    };
    drop(reader);
    let full = u32::try_from(sendings.len()) == Ok(SENDINGS_SHOWN);
    let older = sendings.last().filter(|_| full).map(|last| last.id.to_string());
    let people = People::read(&console.store).await?;
    Ok(pages::list::list(&console, &officer, Lists { drafts, waiting, sendings, people, older }, asked.done()))
}

pub(super) async fn audit(State(console): Here, officer: Officer, query: Query_) -> Answer {
    let before = asked(query).before.as_deref().and_then(|number| number.parse().ok());
    let lines = console.store.read().await?.audit_page(before, AUDIT_SHOWN).await?;
    let full = u32::try_from(lines.len()) == Ok(AUDIT_SHOWN);
    let older = lines.last().filter(|_| full).map(|(number, _)| *number);
    let people = People::read(&console.store).await?;
    let lines = lines.into_iter().map(|(_, line)| line).collect();
    Ok(pages::audit::audit(&console, &officer, lines, people, older))
}

pub(super) async fn sending(State(console): Here, officer: Officer, Path(id): Path<String>, query: Query_) -> Answer {
    let asked = asked(query);
    let from = Turned { fault: asked.faults.unwrap_or(0), unreached: asked.unreached.unwrap_or(0) };
    let view = progress::view(&console, id_of(&id, Why::NoSending)?, from).await?;
    // Whoever turns pages is not thrown back to the first one.
    let still = asked.still.is_some() || from != Turned::default();
    Ok(pages::sending::sending(&console, &officer, view, asked.done(), still))
}

pub(super) async fn preview(State(console): Here, officer: Officer, Path(id): Path<String>, query: Query_) -> Answer {
    let (row, draft) = read(&console, &id).await?;
    let content = faces::content(&console, &draft).ok_or(Why::NoSending)?;
    let address = format!("/console/sendings/{}", row.id);
    Ok(faces::preview(&console, &officer, &content, &address, asked(query).locale(), address.clone()))
}

/// A file as it will be attached, for whoever decides (R17).
pub(super) async fn file(State(console): Here, _officer: Officer, Path((id, place)): Path<(String, u8)>) -> Answer {
    let (row, draft) = read(&console, &id).await?;
    let about = draft.attachments.get(usize::from(place)).ok_or(Why::NoSending)?;
    let bytes = console.store.read().await?.file_of_sending(row.id, place).await?.ok_or(Why::NoSending)?;
    Ok(files::given(about.name.as_str(), bytes))
}

pub(super) async fn face(State(console): Here, _officer: Officer, Path(id): Path<String>, query: Query_) -> Answer {
    let (_, draft) = read(&console, &id).await?;
    let content = faces::content(&console, &draft).ok_or(Why::NoSending)?;
    Ok(faces::document(&console, &content, asked(query).locale()))
}

/// Back to the draft: another list, what was rejected, and what the drafter wants to write anew before anybody approved it.
pub(super) async fn discard(State(console): Here, officer: Drafter, Path(id): Path<String>) -> Answer {
    let (row, _) = read(&console, &id).await?;
    let draft = console.store.read().await?.draft_of_sending(row.id).await?;
    let draft = draft.filter(|draft| draft.officer == officer.id()).ok_or(Why::NoDraft)?;
    let now = console.now();
    let mut repository = console.store.begin().await?;
    let from = [SendingState::Open, SendingState::Waiting];
    let stopped = repository.move_sending(row.id, &from, SendingState::Cancelled, now).await?;
    // Nothing that was released comes back.
    let rests = matches!(row.state, SendingState::Rejected | SendingState::Cancelled) && row.issued_at.is_none();
    if !stopped && !rests {
        return Err(Why::NotNow);
    }
    repository.draft_became(draft.id, officer.id(), None).await?;
    repository.insert_audit(&officer.did("list-dropped", Some(row.id), now)).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{}?done=discarded", draft.id)))
}

pub(super) async fn submit(State(console): Here, officer: Drafter, Path(id): Path<String>) -> Answer {
    let (SendingRow { id, starts_at, .. }, draft) = read(&console, &id).await?;
    let now = console.now();
    days_fit(&draft, starts_at.max(now))?;
    let mut repository = console.store.begin().await?;
    let alone = console.single_without_approval && repository.submit_single(id, officer.id(), now).await?;
    if !alone && !repository.submit_sending(id, officer.id(), now).await? {
        return Err(Why::NotNow);
    }
    let what = if alone { "released" } else { "submitted" };
    repository.insert_audit(&officer.did(what, Some(id), now)).await?;
    repository.commit().await?;
    if alone {
        (console.released)();
    }
    Ok(to(&format!("/console/sendings/{id}?done={what}")))
}

pub(super) async fn approve(State(console): Here, officer: Approver, Path(id): Path<String>) -> Answer {
    let (row, draft) = read(&console, &id).await?;
    let now = console.now();
    if row.expires_at > now {
        days_fit(&draft, row.starts_at.max(now))?;
        console.maker().notice(&draft, now).map_err(|_| Why::DraftUnfinished)?;
    }
    let mut repository = console.store.begin().await?;
    if !repository.approve_sending(row.id, officer.id(), now).await? {
        return Err(not_approved(&row, &officer));
    }
    repository.insert_audit(&officer.did("approved", Some(row.id), now)).await?;
    repository.commit().await?;
    (console.released)();
    let done = if row.starts_at > now { "approved" } else { "released" };
    Ok(to(&format!("/console/sendings/{id}?done={done}")))
}

pub(super) async fn reject(
    State(console): Here,
    officer: Approver,
    Path(id): Path<String>,
    form: Sent<Reason>,
) -> Answer {
    let (row, _) = read(&console, &id).await?;
    let reason = sent(form)?.reason.replace("\r\n", "\n");
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_MAX {
        // What was typed is not lost.
        let view = progress::view(&console, row.id, Turned::default()).await?;
        return Ok(pages::sending::not_rejected(&console, &officer, view, reason));
    }
    let now = console.now();
    let mut repository = console.store.begin().await?;
    if !repository.reject_sending(row.id, officer.id(), reason, now).await? {
        return Err(not_approved(&row, &officer));
    }
    repository.insert_audit(&officer.did("rejected", Some(row.id), now)).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/sendings/{id}?done=rejected")))
}

/// Days may be over by the time that somebody decides.
fn days_fit(draft: &Draft, start: Timestamp) -> Result<(), Why> {
    if draft.date_faults(start).is_empty() { Ok(()) } else { Err(Why::Days) }
}

/// The statement refused; this only says why.
fn not_approved(row: &SendingRow, officer: &Approver) -> Why {
    if row.made_by == officer.id().who() { Why::OwnDraft } else { Why::NotNow }
}

pub(super) async fn cancel(State(console): Here, officer: Handler, Path(id): Path<String>) -> Answer {
    let id: SendingId = id_of(&id, Why::NoSending)?;
    let now = console.now();
    let mut repository = console.store.begin().await?;
    let from = [SendingState::Waiting, SendingState::Released];
    if !repository.move_sending(id, &from, SendingState::Cancelled, now).await? {
        return Err(Why::NotNow);
    }
    repository.insert_audit(&officer.did("cancelled", Some(id), now)).await?;
    repository.commit().await?;
    (console.released)();
    Ok(to(&format!("/console/sendings/{id}?done=cancelled")))
}

pub(super) async fn withdraw(State(console): Here, officer: Handler, Path(id): Path<String>) -> Answer {
    let (row, _) = read(&console, &id).await?;
    if row.issued_at.is_none() {
        return Err(Why::NotNow);
    }
    let now = console.now();
    let mut repository = console.store.begin().await?;
    if !repository.withdraw_sending(row.id, now).await? {
        return Err(Why::NotNow);
    }
    // Whoever has not got it yet does not get it any more.
    repository.move_sending(row.id, &[SendingState::Released], SendingState::Cancelled, now).await?;
    repository.insert_audit(&officer.did("withdrawn", Some(row.id), now)).await?;
    repository.commit().await?;
    (console.released)();
    Ok(to(&format!("/console/sendings/{id}?done=withdrawn")))
}

/// A new draft that takes the place of what was sent; for approval like any other.
pub(super) async fn replace(State(console): Here, officer: Drafter, Path(id): Path<String>) -> Answer {
    let (row, draft) = read(&console, &id).await?;
    if OfficerId::of_who(&row.made_by).is_none() {
        return Err(Why::OfSystem);
    }
    if row.merged {
        return Err(Why::Merged);
    }
    if row.issued_at.is_none() {
        return Err(Why::NotNow);
    }
    let now = console.now();
    let before = console.store.read().await?.draft_of_sending(row.id).await?;
    let new = DraftId::generate(&mut SystemRng);
    let form = DraftForm::replacing(&draft, row.id.notice(), row.starts_at.max(row.made_at)).json();
    let draft = DraftRow { id: new, officer: officer.id(), changed_at: now, form, sending: None };
    let mut repository = console.store.begin().await?;
    repository.insert_draft(&draft).await?;
    if let Some(before) = before {
        repository.copy_files_to_draft(before.id, new).await?;
    }
    repository.insert_audit(&officer.did("replaced", Some(row.id), now)).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{new}?done=replacing")))
}

pub(super) async fn replies(State(console): Here, officer: Handler, Path(id): Path<String>, query: Query_) -> Answer {
    let (row, draft) = read(&console, &id).await?;
    let questions = questions(&draft);
    let after = asked(query).after.unwrap_or(0);
    let rows = console.store.read().await?.replies_of(row.id, after, REPLIES_SHOWN).await?;
    // What people answered is theirs: who read it is noted.
    let mut repository = console.store.begin().await?;
    repository.insert_audit(&officer.did("replies-seen", Some(row.id), console.now())).await?;
    repository.commit().await?;
    let full = u32::try_from(rows.len()) == Ok(REPLIES_SHOWN);
    let more = rows.last().filter(|_| full).map(|last| last.number);
    let replies = rows.into_iter().map(|row| answers::reply(row, &questions)).collect();
    Ok(pages::replies::replies(&console, &officer, row.id, &questions, replies, more))
}

/// A form, because it leaves a line in the audit trail.
pub(super) async fn replies_csv(State(console): Here, officer: Handler, Path(id): Path<String>) -> Answer {
    let (row, draft) = read(&console, &id).await?;
    let questions = questions(&draft);
    let mut table = csv::Writer::from_writer(Vec::from("\u{feff}"));
    table.write_record(answers::csv_head(&questions)).map_err(|_| Why::Failed)?;
    let mut after = 0;
    loop {
        let rows = console.store.read().await?.replies_of(row.id, after, REPLIES_AT_ONCE).await?;
        let Some(last) = rows.last() else { break };
        after = last.number;
        for reply in rows {
            let reply = answers::reply(reply, &questions);
            table.write_record(answers::csv_line(&reply, &questions)).map_err(|_| Why::Failed)?;
        }
    }
    let bytes = table.into_inner().map_err(|_| Why::Failed)?;
    let mut repository = console.store.begin().await?;
    repository.insert_audit(&officer.did("replies-taken", Some(row.id), console.now())).await?;
    repository.commit().await?;
    let named = format!("attachment; filename=\"replies-{id}.csv\"");
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, named)];
    Ok((headers, bytes).into_response())
}

fn questions(draft: &Draft) -> Vec<Question> {
    draft.reply.as_ref().map(|reply| reply.questions.clone()).unwrap_or_default()
}

async fn read(console: &Console, id: &str) -> Result<(SendingRow, Draft), Why> {
    let id = id_of(id, Why::NoSending)?;
    let row = console.store.read().await?.sending(id).await?.ok_or(Why::NoSending)?;
    let draft = serde_json::from_str(&row.draft).map_err(|_| Why::Failed)?;
    Ok((row, draft))
}
