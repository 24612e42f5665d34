//! What comes with a request: JSON, said where it is wrong; and the key by which it may come twice.

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use sha2::{Digest as _, Sha256};

use super::ApiState;
use super::problem::{Problem, RowError};
use crate::store::{ClientRow, KeptAnswer, KeyClaim, Repository};

/// How long a key is remembered.
pub(super) const KEY_LIFE: SignedDuration = SignedDuration::from_hours(24);
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// JSON.
pub(super) struct JsonBody<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let (headers, body) = read(request, state).await?;
        json_type(&headers)?;
        parsed(&body).map(Self)
    }
}

/// What a POST brings, under a key: the same again gets the same answer.
pub(super) struct Posted<T> {
    pub(super) value: T,
    pub(super) key: RequestKey,
}

/// The key and what was sent under it.
pub(super) struct RequestKey {
    name: String,
    digest: [u8; 32],
}

/// A POST that brings nothing.
pub(super) struct PostedNothing(pub(super) RequestKey);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Posted<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let way = format!("{} {}", request.method(), request.uri().path());
        let (headers, body) = read(request, state).await?;
        json_type(&headers)?;
        let key = RequestKey::of(&headers, &way, &body)?;
        Ok(Self { value: parsed(&body)?, key })
    }
}

impl<S: Send + Sync> FromRequest<S> for PostedNothing {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let way = format!("{} {}", request.method(), request.uri().path());
        let (headers, body) = read(request, state).await?;
        RequestKey::of(&headers, &way, &body).map(Self)
    }
}

impl RequestKey {
    pub(super) fn of(headers: &HeaderMap, way: &str, body: &[u8]) -> Result<Self, Problem> {
        let name = headers.get(KEY).and_then(|key| key.to_str().ok()).map(|key| key.trim().trim_matches('"'));
        let Some(name) = name.filter(|name| (1..=255).contains(&name.len())) else {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "idempotency-key-wanted",
                "a POST needs the header Idempotency-Key, of 1 to 255 letters, new for everything that is new",
            ));
        };
        let digest = Sha256::new().chain_update(way).chain_update([0]).chain_update(body).finalize().into();
        Ok(Self { name: name.to_owned(), digest })
    }

    /// The answer that the same request got before.
    pub(super) async fn answered(&self, state: &ApiState, client: &ClientRow) -> Result<Option<Response>, Problem> {
        let kept = state.store.read().await?.kept_answer(client.id, &self.name, over(state.clock.now())).await?;
        kept.map(|kept| self.again(kept)).transpose()
    }

    /// Keeps the answer together with what it tells of. Some: the same request was answered meanwhile.
    pub(super) async fn claim(
        &self,
        repository: &mut Repository,
        client: &ClientRow,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<Option<Response>, Problem> {
        let claim = self.claim_with(client, answer);
        if repository.claim_keys(&[&claim], now, over(now)).await?.contains(&true) {
            return Ok(None);
        }
        let earlier = self.answered_meanwhile(repository, client, now).await?;
        earlier.ok_or_else(|| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE)).map(Some)
    }

    /// The answer that the same request got before, or just now.
    pub(super) async fn answered_meanwhile(
        &self,
        repository: &mut Repository,
        client: &ClientRow,
        now: Timestamp,
    ) -> Result<Option<Response>, Problem> {
        let kept = repository.kept_answer(client.id, &self.name, over(now)).await?;
        kept.map(|kept| self.again(kept)).transpose()
    }

    /// The claim to this key with an answer.
    pub(super) fn claim_with(&self, client: &ClientRow, answer: &Answer) -> KeyClaim {
        let answer = KeptAnswer {
            digest: self.digest,
            status: answer.status.as_u16(),
            location: answer.location.clone(),
            body: answer.body.to_string(),
        };
        KeyClaim { client: client.id, name: self.name.clone(), answer }
    }

    pub(super) fn again(&self, kept: KeptAnswer) -> Result<Response, Problem> {
        if kept.digest != self.digest {
            let title = "another request was sent under this Idempotency-Key";
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-key-reused", title));
        }
        let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
        let body = serde_json::from_str(&kept.body).unwrap_or_default();
        let mut response = Answer { status, location: kept.location, body }.into_response();
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
        Ok(response)
    }
}

/// From then on a key counts as never used.
pub(crate) fn over(now: Timestamp) -> Timestamp {
    now.checked_sub(KEY_LIFE).unwrap_or(Timestamp::MIN)
}

/// What is answered, and answered again.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) location: Option<String>,
    pub(super) body: serde_json::Value,
}

impl Answer {
    pub(super) fn into_response(self) -> Response {
        let mut response = (self.status, axum::Json(self.body)).into_response();
        if let Some(location) = self.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}

async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<(HeaderMap, Bytes), Problem> {
    let headers = request.headers().clone();
    let body = Bytes::from_request(request, state).await;
    let body = body.map_err(|rejection| Problem::of_status(rejection.into_response().status()))?;
    Ok((headers, body))
}

fn json_type(headers: &HeaderMap) -> Result<(), Problem> {
    match ContentType::of(headers) {
        Some(kind) if kind.essence == "application/json" && kind.is_utf8() => Ok(()),
        _ => {
            Err(Problem::of_status(StatusCode::UNSUPPORTED_MEDIA_TYPE).detail("application/json in UTF-8 is read here"))
        }
    }
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let inner = error.inner();
        if inner.is_data() {
            return Problem::invalid(vec![RowError::at(pointer("", error.path()), "invalid", inner.to_string())]);
        }
        let line = u64::try_from(inner.line()).ok();
        let wrong = RowError { pointer: None, line, code: "malformed-json".to_owned(), detail: inner.to_string() };
        Problem::new(StatusCode::BAD_REQUEST, "malformed-json", "the body is not JSON").errors(vec![wrong])
    })?;
    match reader.end() {
        Ok(()) => Ok(value),
        Err(_) => Err(Problem::new(StatusCode::BAD_REQUEST, "malformed-json", "something stands after the JSON")),
    }
}

/// RFC 6901, beneath `base`.
pub(super) fn pointer(base: &str, path: &serde_path_to_error::Path) -> String {
    let mut pointer = base.to_owned();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
            Segment::Map { key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// `Content-Type`
pub(super) struct ContentType {
    /// Type and subtype, small letters.
    pub(super) essence: String,
    charset: Option<String>,
}

impl ContentType {
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let text = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
        let mut parts = text.split(';').map(str::trim);
        let essence = parts.next()?.to_ascii_lowercase();
        let charset =
            parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case("charset"));
        Some(Self { essence, charset: charset.map(|(_, charset)| charset.trim_matches('"').to_ascii_lowercase()) })
    }

    /// UTF-8, or nothing is said.
    pub(super) fn is_utf8(&self) -> bool {
        self.charset.as_deref().is_none_or(|charset| matches!(charset, "utf-8" | "utf8"))
    }
}
