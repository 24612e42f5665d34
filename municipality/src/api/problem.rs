//! What went wrong, for a machine: RFC 9457, with what is wrong where.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::store::StoreError;

/// Media type.
const MEDIA_TYPE: &str = wire::Problem::MEDIA_TYPE;

/// RFC 9457 `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Problem)]
pub(super) struct ProblemBody {
    /// `urn:my-portal:problem:<code>`
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// One English line, always the same for a type.
    pub(super) title: String,
    /// HTTP status.
    pub(super) status: u16,
    /// What is so in this case.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) detail: Option<String>,
    /// What is wrong where.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub(super) errors: Vec<RowError>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(super) struct RowError {
    /// JSON pointer (RFC 6901) into the body that was sent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) pointer: Option<String>,
    /// Line of the list or of the Markdown text, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) line: Option<u64>,
    /// A word that never changes.
    pub(super) code: String,
    /// One English line.
    pub(super) detail: String,
}

impl RowError {
    pub(super) fn at(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self { pointer: Some(pointer.into()), line: None, code: code.to_owned(), detail: detail.into() }
    }
}

/// An answer that is none.
#[derive(Debug)]
pub(super) struct Problem {
    body: Box<ProblemBody>,
    headers: HeaderMap,
}

impl Problem {
    pub(super) fn new(status: StatusCode, code: &str, title: &str) -> Self {
        let body = ProblemBody {
            kind: wire::Problem::new(status.as_u16(), code, title).kind,
            title: title.to_owned(),
            status: status.as_u16(),
            detail: None,
            errors: Vec::new(),
        };
        Self { body: Box::new(body), headers: HeaderMap::new() }
    }

    /// What needs no more words than its status.
    pub(super) fn of_status(status: StatusCode) -> Self {
        let (code, title) = match status {
            StatusCode::NOT_FOUND => ("not-found", "there is nothing here, or it is another client's"),
            StatusCode::METHOD_NOT_ALLOWED => ("method-not-allowed", "this cannot be done here"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "the body is longer than this may be"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "the body is not of a type that is read here"),
            StatusCode::UNPROCESSABLE_ENTITY => ("invalid", "what was sent cannot be taken"),
            StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "not now; the same again may pass"),
            StatusCode::INTERNAL_SERVER_ERROR => ("internal", "the program failed"),
            _ => ("bad-request", "the request cannot be understood"),
        };
        let problem = Self::new(status, code, title);
        if status == StatusCode::SERVICE_UNAVAILABLE { problem.retry_after(1) } else { problem }
    }

    pub(super) fn not_found() -> Self {
        Self::of_status(StatusCode::NOT_FOUND)
    }

    pub(super) fn conflict(code: &str, title: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, title)
    }

    /// 422 with what is wrong where.
    pub(super) fn invalid(errors: Vec<RowError>) -> Self {
        Self::of_status(StatusCode::UNPROCESSABLE_ENTITY).errors(errors)
    }

    pub(super) fn errors(mut self, errors: Vec<RowError>) -> Self {
        self.body.errors = errors;
        self
    }

    pub(super) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.body.detail = Some(detail.into());
        self
    }

    pub(super) fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    pub(super) fn retry_after(self, seconds: u64) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the store could not answer the API");
        Self::of_status(StatusCode::SERVICE_UNAVAILABLE)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.body.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, self.headers, axum::Json(self.body)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        response
    }
}

/// What the libraries beneath refuse is worded like everything else, and nothing of an answer is kept on its way.
pub(super) async fn word_errors(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let status = response.status();
    let worded = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().ends_with(b"json"));
    if (status.is_client_error() || status.is_server_error()) && !worded {
        let allow = response.headers().get(header::ALLOW).cloned();
        response = Problem::of_status(status).into_response();
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
    }
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
