//! Files: looked at before they are kept, so that none is what it does not say.

use std::str::FromStr as _;

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request, State};
use axum::response::{IntoResponse as _, Response};
use base64ct::{Base64, Encoding as _};
use http::StatusCode;
use runtime::SystemRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tokio::sync::OwnedSemaphorePermit;
use utoipa::ToSchema;
use wire::notice::{ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX, Attachment, ContentFault, Line, MediaType};

use super::ApiState;
use super::body::{Answer, ContentType, RequestKey};
use super::client::Client;
use super::draft::text_code;
use super::problem::{Problem, ProblemBody, RowError};
use crate::attachment::{self, FileFault};
use crate::store::{ClientRow, UploadedFile, UploadedFileId, WaitingFiles};

/// Files of one client that wait at a time, and their bytes together.
const WAITING_MAX: WaitingFiles = WaitingFiles { files: 2000, bytes: 1 << 30 };

/// A file that waits for its notice.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = UploadedAttachment)]
pub(super) struct UploadedView {
    /// For `upload` in a notice's attachments; kept for 24 hours.
    upload: String,
    /// What it is.
    media_type: String,
    /// How long it is.
    bytes: u64,
    /// Of its bytes, hexadecimal.
    sha256: String,
}

/// Upload a file for a notice that comes later.
///
/// The body is the file itself; `Content-Type` says what it is, and the bytes are looked at. It can be named by any number of
/// notices for 24 hours, and then goes by itself. At most 2,000 files of a client wait at a time, 1 GiB together; what is for
/// one notice only and short comes better inside it, in `content`.
#[utoipa::path(
    post, path = "/api/v1/attachments", tag = "notices",
    params(("Idempotency-Key" = String, Header, description = "New for every new file; kept 24 hours")),
    request_body(content = Vec<u8>, content_type = "application/pdf"),
    responses(
        (status = 201, description = "Kept", body = UploadedView),
        (status = 409, description = "Too many files wait: `uploads-full`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "Longer than 5 MiB", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Of a type that is not attached", body = ProblemBody, content_type = "application/problem+json"),
        (status = 422, description = "Not what it says", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(super) async fn upload(
    State(state): State<ApiState>,
    Client(client): Client,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers().clone();
    let unsupported = || Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let kind = ContentType::of(&headers).and_then(|kind| media_type(&kind.essence)).ok_or_else(unsupported)?;
    let content = Bytes::from_request(request, &state).await;
    let content = content.map_err(|rejection| Problem::of_status(rejection.into_response().status()))?;
    let key = RequestKey::of(&headers, "POST /api/v1/attachments", &content)?;
    if let Some(answer) = key.answered(&state, &client).await? {
        return Ok(answer);
    }
    if let Err(wrong) = looked_at(kind, &content, "") {
        return Err(Problem::invalid(vec![wrong]));
    }
    let now = state.clock.now();
    let file = UploadedFile {
        id: UploadedFileId::generate(&mut SystemRng),
        client: client.id,
        made_at: now,
        media_type: kind.name().to_owned(),
        content: content.to_vec(),
    };
    let view = UploadedView {
        upload: file.id.to_string(),
        media_type: file.media_type.clone(),
        bytes: content.len() as u64,
        sha256: hex::encode(Sha256::digest(&content)),
    };
    let answer = Answer { status: StatusCode::CREATED, location: None, body: serde_json::json!(view) };
    let mut repository = state.store.begin().await?;
    if let Some(earlier) = key.claim(&mut repository, &client, &answer, now).await? {
        return Ok(earlier);
    }
    if !repository.insert_uploaded_file(&file, WAITING_MAX).await? {
        return Err(full());
    }
    repository.commit().await?;
    Ok(answer.into_response())
}

fn full() -> Problem {
    let WaitingFiles { files, bytes } = WAITING_MAX;
    let detail = format!(
        "at most {files} files wait, {bytes} bytes together; each goes 24 hours after it came: name one that waits already, \
         put a short one into its notice (`content`), or come again later"
    );
    Problem::conflict("uploads-full", "too many files of this client wait for their notices").detail(detail)
}

/// The files of a draft.
#[derive(Default)]
pub(super) struct Files {
    pub(super) attachments: Vec<Attachment>,
    pub(super) contents: Vec<Vec<u8>>,
    /// For those of them that were uploaded before.
    pub(super) room: Option<OwnedSemaphorePermit>,
}

/// The files of a draft, with everything that is wrong noted.
pub(super) async fn read(
    state: &ApiState,
    client: &ClientRow,
    forms: &[super::draft::AttachmentForm],
    base: &str,
    errors: &mut Vec<RowError>,
) -> Result<Files, Problem> {
    // Before any is read: each may be named by a few letters, and is long.
    if forms.len() > ATTACHMENTS_MAX {
        errors.push(too_much(base));
        return Ok(Files::default());
    }
    let mut files = Files::default();
    let uploads = forms.iter().filter(|form| form.upload.is_some()).count();
    if uploads > 0 {
        files.room = state.limits.room_for_files(uploads).await;
    }
    let mut together = 0;
    for (place, form) in forms.iter().enumerate() {
        let at = format!("{base}/attachments/{place}");
        let content = match (&form.content, &form.upload) {
            (Some(content), None) => Base64::decode_vec(content)
                .map_err(|_| RowError::at(format!("{at}/content"), "malformed-base64", "not base64")),
            (None, Some(upload)) => uploaded(state, client, upload, form.media_type).await?.ok_or_else(|| {
                let detail = "no file of this type was uploaded under this id in the last 24 hours";
                RowError::at(format!("{at}/upload"), "upload-unknown", detail)
            }),
            _ => Err(RowError::at(at.as_str(), "content-or-upload", "one of content and upload is needed")),
        };
        let looked_at = content.and_then(|content| looked_at(form.media_type, &content, &at).map(|()| content));
        let name = named(form, &at);
        match (looked_at, name) {
            (Ok(content), Ok(name)) => {
                together += content.len();
                if together > ATTACHMENTS_BYTES_MAX as usize {
                    errors.push(too_much(base));
                    return Ok(Files::default());
                }
                let bytes = u32::try_from(content.len()).unwrap_or(u32::MAX);
                let sha256 = hex::encode(Sha256::digest(&content));
                files.attachments.push(Attachment { name, media_type: form.media_type, bytes, sha256 });
                files.contents.push(content);
            }
            (content, name) => errors.extend(content.err().into_iter().chain(name.err())),
        }
    }
    Ok(files)
}

/// Whoever saves a file opens it by the ending of its name.
fn named(form: &super::draft::AttachmentForm, at: &str) -> Result<Line, RowError> {
    let at = format!("{at}/name");
    let name = Line::typed(&form.name);
    let name = name.map_err(|fault| RowError::at(at.as_str(), text_code(fault), fault.to_string()))?;
    if MediaType::of_name(name.as_str()) != Some(form.media_type) {
        return Err(RowError::at(at, "attachment-ending", ContentFault::AttachmentEnding.to_string()));
    }
    Ok(name)
}

fn too_much(base: &str) -> RowError {
    RowError::at(format!("{base}/attachments"), "attachments", ContentFault::Attachments.to_string())
}

async fn uploaded(state: &ApiState, client: &ClientRow, id: &str, kind: MediaType) -> Result<Option<Vec<u8>>, Problem> {
    let Ok(id) = UploadedFileId::from_str(id) else { return Ok(None) };
    let file = state.store.read().await?.uploaded_file(client.id, id).await?;
    Ok(file.filter(|file| file.media_type == kind.name()).map(|file| file.content))
}

fn media_type(essence: &str) -> Option<MediaType> {
    MediaType::ALL.into_iter().find(|kind| kind.name() == essence)
}

fn looked_at(kind: MediaType, content: &[u8], at: &str) -> Result<(), RowError> {
    attachment::look_at(kind, content).map_err(|fault| match fault {
        FileFault::Size => RowError::at(at, "attachment-size", fault.to_string()),
        FileFault::Type(_) => RowError::at(at, "attachment-type", fault.to_string()),
        FileFault::Signature(refusal) => RowError::at(at, "attachment-signature", format!("{fault}: {refusal}")),
    })
}
