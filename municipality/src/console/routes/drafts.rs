//! Writing: everybody their own drafts.

use axum::extract::{Path, Request, State};
use axum::response::Response;
use runtime::SystemRng;

use super::{Answer, Here, Query_, Sent, asked, id_of, sent, to};
use crate::console::Console;
use crate::console::access::Drafter;
use crate::console::form::{Built, DraftForm, Maker};
use crate::console::pages::draft::Standing;
use crate::console::pages::face as faces;
use crate::console::refused::Why;
use crate::console::upload::Upload;
use crate::console::{files, pages};
use crate::plain_words;
use crate::store::{DraftId, DraftRow, FileRow};

type Pairs = Vec<(String, String)>;

pub(super) async fn new(State(console): Here, officer: Drafter) -> Response {
    let standing =
        Standing { id: None, form: DraftForm::default(), files: Vec::new(), faults: Vec::new(), warnings: Vec::new() };
    pages::draft::draft(&console, &officer, standing, None)
}

pub(super) async fn create(State(console): Here, officer: Drafter, form: Sent<Pairs>) -> Answer {
    let form = DraftForm::sent(sent(form)?).ok_or(Why::Unreadable)?;
    let now = console.now();
    let id = DraftId::generate(&mut SystemRng);
    let row = DraftRow { id, officer: officer.id(), changed_at: now, form: form.json(), sending: None };
    let mut repository = console.store.begin().await?;
    repository.insert_draft(&row).await?;
    repository.insert_audit(&officer.did("draft-made", None, now)).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}?done=saved")))
}

pub(super) async fn draft(State(console): Here, officer: Drafter, Path(id): Path<String>, query: Query_) -> Answer {
    let (row, form, files) = own(&console, &officer, &id).await?;
    if let Some(sending) = row.sending {
        return Ok(to(&format!("/console/sendings/{sending}")));
    }
    let (faults, warnings) = match built(&console, &form, &files) {
        Ok(built) => {
            let draft = built.draft;
            (Vec::new(), plain_words::check(&draft.text, draft.deadline, !draft.attachments.is_empty()))
        }
        Err(faults) => (faults, Vec::new()),
    };
    let standing = Standing { id: Some(row.id), form, files, faults, warnings };
    Ok(pages::draft::draft(&console, &officer, standing, asked(query).done()))
}

pub(super) async fn save(State(console): Here, officer: Drafter, Path(id): Path<String>, form: Sent<Pairs>) -> Answer {
    let (row, before, _) = own(&console, &officer, &id).await?;
    let form = DraftForm::sent(sent(form)?).ok_or(Why::Unreadable)?.after(&before);
    let now = console.now();
    let mut repository = console.store.begin().await?;
    if !repository.save_draft(row.id, officer.id(), &form.json(), now).await? {
        return Err(Why::NoDraft);
    }
    repository.insert_audit(&officer.did("draft-saved", None, now)).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}?done=saved")))
}

pub(super) async fn drop_draft(State(console): Here, officer: Drafter, Path(id): Path<String>) -> Answer {
    let id = id_of(&id, Why::NoDraft)?;
    let mut repository = console.store.begin().await?;
    if !repository.drop_draft(id, officer.id()).await? {
        return Err(Why::NoDraft);
    }
    repository.insert_audit(&officer.did("draft-dropped", None, console.now())).await?;
    repository.commit().await?;
    Ok(to("/console?done=dropped"))
}

pub(super) async fn add_file(
    State(console): Here,
    officer: Drafter,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let (row, _, there) = own(&console, &officer, &id).await?;
    let upload = Upload::open(request).await?;
    let name = upload.name().to_owned();
    let most = usize::try_from(wire::notice::ATTACHMENT_BYTES_MAX).unwrap_or(usize::MAX);
    let bytes = upload.bytes(most).await.ok_or(Why::File)?;
    let file = files::taken(&name, &bytes, &there).ok_or(Why::File)?;
    let mut repository = console.store.begin().await?;
    if !repository.insert_file(row.id, officer.id(), &file, &bytes).await? {
        return Err(Why::NoDraft);
    }
    repository.insert_audit(&officer.did("file-added", None, console.now())).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}?done=file")))
}

pub(super) async fn drop_file(State(console): Here, officer: Drafter, Path((id, place)): Path<(String, u8)>) -> Answer {
    let id: DraftId = id_of(&id, Why::NoDraft)?;
    let mut repository = console.store.begin().await?;
    if !repository.drop_file(id, officer.id(), place).await? {
        return Err(Why::NoDraft);
    }
    repository.insert_audit(&officer.did("file-dropped", None, console.now())).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}?done=file-dropped")))
}

pub(super) async fn preview(State(console): Here, officer: Drafter, Path(id): Path<String>, query: Query_) -> Answer {
    let (row, form, files) = own(&console, &officer, &id).await?;
    let built = built(&console, &form, &files).map_err(|_| Why::DraftUnfinished)?;
    let content = faces::content(&console, &built.draft).ok_or(Why::DraftUnfinished)?;
    let address = format!("/console/drafts/{}", row.id);
    Ok(faces::preview(&console, &officer, &content, &address, asked(query).locale(), address.clone()))
}

pub(super) async fn face(State(console): Here, officer: Drafter, Path(id): Path<String>, query: Query_) -> Answer {
    let (_, form, files) = own(&console, &officer, &id).await?;
    let built = built(&console, &form, &files).map_err(|_| Why::DraftUnfinished)?;
    let content = faces::content(&console, &built.draft).ok_or(Why::DraftUnfinished)?;
    Ok(faces::document(&console, &content, asked(query).locale()))
}

/// Somebody's own draft, with its files.
pub(super) async fn own(
    console: &Console,
    officer: &Drafter,
    id: &str,
) -> Result<(DraftRow, DraftForm, Vec<FileRow>), Why> {
    let id = id_of(id, Why::NoDraft)?;
    let mut reader = console.store.read().await?;
    let row = reader.draft(id, officer.id()).await?.ok_or(Why::NoDraft)?;
    let files = reader.files(id).await?;
    let form = DraftForm::stored(&row.form);
    Ok((row, form, files))
}

pub(super) fn built(console: &Console, form: &DraftForm, files: &[FileRow]) -> Result<Built, Vec<ui::FieldError>> {
    let maker = Maker { org: &console.org, sealing_certificate: &console.sealing_certificate, now: console.now() };
    form.build(files, &maker)
}
