//! Writing: everybody their own drafts.

use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header;
use runtime::SystemRng;

use super::{Answer, Here, Query_, Sent, asked, id_of, sent, to};
use crate::console::Console;
use crate::console::access::{self, Drafter, Writer};
use crate::console::form::{Built, DraftForm};
use crate::console::pages::draft::{BUTTON, NEXT, Standing};
use crate::console::pages::face as faces;
use crate::console::refused::Why;
use crate::console::upload::Upload;
use crate::console::{files, pages};
use crate::plain_words;
use crate::store::{DraftId, DraftRow, FileRow};

type Pairs = Vec<(String, String)>;

pub(super) async fn new(State(console): Here, officer: Drafter) -> Response {
    let standing = Standing { id: None, form: DraftForm::default(), faults: Vec::new(), warnings: Vec::new() };
    pages::draft::draft(&console, &officer, standing, None)
}

pub(super) async fn create(State(console): Here, writer: Writer, form: Sent<Pairs>) -> Answer {
    let (form, next) = written(form)?;
    let officer = match writer {
        Writer::Here(officer) => officer,
        Writer::Away(officer) => return kept(&console, &officer, form, None).await,
    };
    let now = console.now();
    let id = DraftId::generate(&mut SystemRng);
    let row = DraftRow { id, officer: officer.id(), changed_at: now, form: form.json(), sending: None };
    let mut repository = console.store.begin().await?;
    repository.insert_draft(&row).await?;
    repository.insert_audit(&officer.did("draft-made", None, now)).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}{next}?done=saved")))
}

/// The fields, and whether files, look and recipients come next.
fn written(form: Sent<Pairs>) -> Result<(DraftForm, &'static str), Why> {
    let (buttons, fields): (Pairs, Pairs) = sent(form)?.into_iter().partition(|(name, _)| name == BUTTON);
    let next = if buttons.iter().any(|(_, value)| value == NEXT) { "/next" } else { "" };
    Ok((DraftForm::sent(fields).ok_or(Why::Unreadable)?, next))
}

/// What somebody wrote for so long that their session ended is kept as a draft of its own: what was saved before stays as it
/// is, because nobody knows who sits there now.
async fn kept(console: &Console, officer: &Drafter, form: DraftForm, of: Option<DraftId>) -> Answer {
    let now = console.now();
    let id = DraftId::generate(&mut SystemRng);
    let row = DraftRow { id, officer: officer.id(), changed_at: now, form: form.json(), sending: None };
    let mut repository = console.store.begin().await?;
    repository.insert_draft(&row).await?;
    if let Some(of) = of {
        repository.copy_files_to_draft(of, id).await?;
    }
    repository.end_session(officer.session()).await?;
    repository.insert_audit(&officer.did("draft-kept", None, now)).await?;
    repository.commit().await?;
    Ok(([(header::SET_COOKIE, access::end(console))], to("/console/login?done=kept")).into_response())
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
    let standing = Standing { id: Some(row.id), form, faults, warnings };
    Ok(pages::draft::draft(&console, &officer, standing, asked(query).done()))
}

pub(super) async fn save(State(console): Here, writer: Writer, Path(id): Path<String>, form: Sent<Pairs>) -> Answer {
    let (Writer::Here(officer) | Writer::Away(officer)) = &writer;
    let (row, before, _) = own(&console, officer, &id).await?;
    let (form, next) = written(form)?;
    let form = form.after(&before);
    if let Writer::Away(officer) = &writer {
        return kept(&console, officer, form, Some(row.id)).await;
    }
    let now = console.now();
    let mut repository = console.store.begin().await?;
    if !repository.save_draft(row.id, officer.id(), &form.json(), now).await? {
        return Err(Why::NoDraft);
    }
    repository.insert_audit(&officer.did("draft-saved", None, now)).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}{next}?done=saved")))
}

/// What is not in the text's own form: files, the look, and to whom.
pub(super) async fn next(State(console): Here, officer: Drafter, Path(id): Path<String>, query: Query_) -> Answer {
    let (row, form, files) = own(&console, &officer, &id).await?;
    if let Some(sending) = row.sending {
        return Ok(to(&format!("/console/sendings/{sending}")));
    }
    let faults = built(&console, &form, &files).err().unwrap_or_default();
    Ok(pages::next::next(
        &console,
        &officer,
        pages::next::Standing { id: row.id, title: form.field("title").to_owned(), files, faults },
        asked(query).done(),
    ))
}

/// A file as it will be attached.
pub(super) async fn file(State(console): Here, officer: Drafter, Path((id, place)): Path<(String, u8)>) -> Answer {
    let (row, _, files) = own(&console, &officer, &id).await?;
    let about = files.iter().find(|file| file.place == place).ok_or(Why::NoDraft)?;
    let bytes = console.store.read().await?.file_of_draft(row.id, place).await?.ok_or(Why::NoDraft)?;
    Ok(files::given(&about.name, bytes))
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
    let file = files::taken(&name, &bytes, &there)?;
    let mut repository = console.store.begin().await?;
    if !repository.insert_file(row.id, officer.id(), &file, &bytes).await? {
        return Err(Why::NoDraft);
    }
    repository.insert_audit(&officer.did("file-added", None, console.now())).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}/next?done=file")))
}

pub(super) async fn drop_file(State(console): Here, officer: Drafter, Path((id, place)): Path<(String, u8)>) -> Answer {
    let id: DraftId = id_of(&id, Why::NoDraft)?;
    let mut repository = console.store.begin().await?;
    if !repository.drop_file(id, officer.id(), place).await? {
        return Err(Why::NoDraft);
    }
    repository.insert_audit(&officer.did("file-dropped", None, console.now())).await?;
    repository.commit().await?;
    Ok(to(&format!("/console/drafts/{id}/next?done=file-dropped")))
}

pub(super) async fn preview(State(console): Here, officer: Drafter, Path(id): Path<String>, query: Query_) -> Answer {
    let (row, form, files) = own(&console, &officer, &id).await?;
    let built = built(&console, &form, &files).map_err(|_| Why::DraftUnfinished)?;
    let content = faces::content(&console, &built.draft).ok_or(Why::DraftUnfinished)?;
    let address = format!("/console/drafts/{}", row.id);
    let back = format!("{address}/next");
    Ok(faces::preview(&console, &officer, &content, &address, asked(query).locale(), back))
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
    form.build(files, &console.maker())
}
