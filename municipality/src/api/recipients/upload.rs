//! The list comes.
//!
//! It is kept as it comes, ten thousand lines at a time, with how many bytes that was: what was kept is never asked for
//! again, whatever breaks. Memory holds those lines ([`crate::list`]) and no more.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::steady::{BrokenOff, Steady};
use super::{ListView, UPLOAD_COMPLETE, UPLOAD_OFFSET, told};
use crate::api::ApiState;
use crate::api::body::ContentType;
use crate::api::client::Client;
use crate::api::problem::{Problem, ProblemBody};
use crate::api::sendings;
use crate::list::{self, FAULTS_MAX, LineFault, ListReader, Rules, Step, Stop, Twice};
use crate::store::{FaultRow, ListForm, ListRow, SendingId, SendingRow, SendingState, Store};

/// Upload the list of recipients: one JSON object a line, or CSV whose first line names the columns.
///
/// The upload can be resumed. What has arrived is kept line by line; after a break `HEAD` tells in `Upload-Offset` how many
/// bytes are kept, and the next `PUT` says the same in `Upload-Offset` and goes on from there. `Upload-Complete: ?0` says
/// that more follows; without it the body ends the list. What is wrong is at `…/errors`, by line.
#[utoipa::path(
    put, path = "/api/v1/sendings/{id}/recipients", tag = "sendings",
    params(
        ("id" = String, Path, description = "As it was answered"),
        ("Upload-Offset" = Option<u64>, Header, description = "Where the body begins; 0 unless said"),
        ("Upload-Complete" = Option<String>, Header, description = "?0: more follows; ?1 unless said"),
    ),
    request_body(content(
        (String = "application/x-ndjson"),
        (String = "text/csv"),
    ), description = "`{\"link_code\":\"…\",\"fields\":{\"name\":\"…\"}}` a line, or `link_code,name` and a line for each; UTF-8; at most 5,000,000 lines"),
    responses(
        (status = 200, description = "Kept; the headers say how far", body = ListView),
        (status = 404, description = "Not one of this client's", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "The list is kept to another offset (see Upload-Offset), is complete, or the sending is not open", body = ProblemBody, content_type = "application/problem+json"),
        (status = 413, description = "More than 5,000,000 lines", body = ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "Another type, or not UTF-8", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(("client" = [])),
)]
pub(in crate::api) async fn upload(
    State(state): State<ApiState>,
    Client(client): Client,
    Path(id): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let row = sendings::own(&state, &client, &id).await?;
    let (parts, body) = request.into_parts();
    let form = form(&parts.headers)?;
    let list = begun(&state, &row, form, &parts.headers).await?;
    let ends = parts.headers.get(UPLOAD_COMPLETE).is_none_or(|said| said != "?0");
    let draft = sendings::draft_of(&row)?;
    let columns = list.columns.as_deref().and_then(|columns| serde_json::from_str(columns).ok());
    let now = state.clock.now();
    let rules = Rules::new(draft, state.post.org().clone(), state.post.sealing_certificate().to_owned(), now);
    let reader = ListReader::going_on(rules, Some(form), columns, list.lines, list.faults);
    let upload = Upload { store: state.store.clone(), id: row.id, reader, list };
    // A task of its own: when the connection breaks this handler is dropped, and what has come is still kept.
    let list = tokio::spawn(upload.run(body, ends.then_some(now))).await.map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "an upload failed");
        Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR)
    })??;
    let recipients = state.store.read().await?.sending(row.id).await?.map_or(0, |row| row.recipients);
    let mut response = axum::Json(ListView::of(&list, recipients)).into_response();
    told(response.headers_mut(), list.bytes, list.complete_at.is_some());
    Ok(response)
}

fn form(headers: &HeaderMap) -> Result<ListForm, Problem> {
    let refused = |detail: &str| Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE).detail(detail);
    let kind = ContentType::of(headers).ok_or_else(|| refused("say what it is: application/x-ndjson or text/csv"))?;
    if headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(refused("a list is read as it is, not compressed"));
    }
    if !kind.is_utf8() {
        let title = "a list is read in UTF-8";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "charset", title));
    }
    match kind.essence.as_str() {
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" => Ok(ListForm::Ndjson),
        "text/csv" => Ok(ListForm::Csv),
        _ => Err(refused("application/x-ndjson or text/csv is read here")),
    }
}

/// The list where this upload goes on.
async fn begun(state: &ApiState, row: &SendingRow, form: ListForm, headers: &HeaderMap) -> Result<ListRow, Problem> {
    if row.state != SendingState::Open || row.made_by.starts_with("sandbox:") {
        return Err(Problem::conflict("sending-not-open", "the sending is not open"));
    }
    let offset = match headers.get(UPLOAD_OFFSET) {
        None => 0,
        Some(said) => said.to_str().ok().and_then(|said| said.parse().ok()).ok_or_else(|| {
            Problem::new(StatusCode::BAD_REQUEST, "upload-offset", "Upload-Offset is a number of bytes")
        })?,
    };
    let mut repository = state.store.begin().await?;
    repository.begin_list(row.id, form).await?;
    let list = repository.list(row.id).await?.ok_or_else(Problem::not_found)?;
    repository.commit().await?;
    if list.complete_at.is_some() {
        return Err(Problem::conflict("list-complete", "the list is complete"));
    }
    if list.form != form {
        return Err(Problem::conflict("list-other-type", "the list began as another type"));
    }
    if list.bytes != offset {
        return Err(elsewhere(list.bytes));
    }
    Ok(list)
}

fn elsewhere(bytes: u64) -> Problem {
    Problem::conflict("upload-offset", "the list is kept to another offset: go on from there")
        .header(UPLOAD_OFFSET, HeaderValue::from(bytes))
}

struct Upload {
    store: Store,
    id: SendingId,
    /// Holds what was read and is not kept yet.
    reader: ListReader,
    /// As it is kept.
    list: ListRow,
}

impl Upload {
    async fn run(mut self, body: Body, complete_at: Option<jiff::Timestamp>) -> Result<ListRow, Problem> {
        self.read(body).await?;
        // A part that is not the last keeps whole lines only.
        if complete_at.is_some()
            && let Err(stop) = self.reader.finish()
        {
            return Err(self.stopped(stop).await?);
        }
        self.keep(complete_at).await?;
        Ok(self.list)
    }

    async fn read(&mut self, body: Body) -> Result<(), Problem> {
        let mut body = Steady::new(body);
        loop {
            let data = match body.next().await {
                Ok(None) => return Ok(()),
                Ok(Some(data)) => data,
                // Whole lines that have come are kept; whoever comes again hears how far that is.
                Err(BrokenOff) => {
                    self.keep(None).await?;
                    let title = "the upload broke off; HEAD tells where it goes on";
                    return Err(Problem::new(StatusCode::BAD_REQUEST, "upload-broken", title));
                }
            };
            self.reader.push(data);
            loop {
                match self.reader.read() {
                    Ok(Step::Hungry) => break,
                    Ok(Step::Full) => self.keep(None).await?,
                    Err(stop) => return Err(self.stopped(stop).await?),
                }
            }
        }
    }

    /// What came before is kept, and told.
    async fn stopped(&mut self, stop: Stop) -> Result<Problem, Problem> {
        self.keep(None).await?;
        Ok(match stop {
            Stop::Endless(line) => {
                let title = "a line has no end; nothing after it is read";
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "line-too-long", title).detail(format!("line {line}"))
            }
            Stop::TooMany => {
                let title = "a list has at most 5,000,000 lines";
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-many-lines", title)
            }
        })
    }

    /// Lines, what is wrong in them, and how far that is, together.
    async fn keep(&mut self, complete_at: Option<jiff::Timestamp>) -> Result<(), Problem> {
        let batch = self.reader.take();
        if batch.lines == 0 && complete_at.is_none() {
            return Ok(());
        }
        let (bytes, lines) = (self.list.bytes + batch.bytes, self.list.lines + batch.lines);
        let mut repository = self.store.begin().await?;
        let faults = list::keep(&mut repository, self.id, batch, Twice::IsAFault).await?.faults;
        let kept = usize::try_from(FAULTS_MAX.saturating_sub(self.list.faults)).unwrap_or(0);
        let told: Vec<FaultRow> = faults.iter().take(kept).map(row).collect();
        repository.insert_faults(self.id, &told).await?;
        let list = ListRow {
            columns: self.reader.columns().and_then(|columns| serde_json::to_string(columns).ok()),
            bytes,
            lines,
            faults: self.list.faults + faults.len() as u64,
            complete_at,
            ..self.list.clone()
        };
        if !repository.advance_list(self.id, self.list.bytes, &list).await? {
            return Err(Problem::conflict(
                "upload-overtaken",
                "another upload goes on here, or the sending is no longer open",
            ));
        }
        repository.commit().await?;
        self.list = list;
        Ok(())
    }
}

fn row((line, fault): &(u64, LineFault)) -> FaultRow {
    FaultRow { line: *line, code: fault.code().to_owned(), detail: fault.to_string() }
}
