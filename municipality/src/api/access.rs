//! Every route is entered here with who may use it: the access matrix is this table, so no route can be left out of it.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use http_body_util::BodyExt as _;
use utoipa::openapi::path::PathItem;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::ApiState;
use super::problem::Problem;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever has a certificate of the municipality's.
    Certificate,
    /// A registered client with its token.
    Client,
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteAccess {
    /// `GET` …
    pub method: &'static str,
    /// Path, parameters in braces.
    pub path: String,
    /// Who may use it.
    pub access: Access,
}

/// What one request may cost.
#[derive(Clone, Copy)]
pub(super) struct RouteLimits {
    pub(super) body_bytes_max: usize,
    /// None: as long as something comes.
    pub(super) time_max: Option<Duration>,
}

impl RouteLimits {
    /// Nothing is brought.
    pub(super) const SHORT: Self = Self { body_bytes_max: 16 * 1024, time_max: Some(Duration::from_secs(15)) };
    /// A notice in three languages.
    pub(super) const DRAFT: Self = Self { body_bytes_max: 1024 * 1024, time_max: Some(Duration::from_secs(30)) };
    /// The same with small files inside; larger ones are uploaded apart.
    pub(super) const NOTICE: Self = Self { body_bytes_max: 8 * 1024 * 1024, time_max: Some(Duration::from_mins(1)) };
    /// One file.
    pub(super) const FILE: Self =
        Self { body_bytes_max: wire::notice::ATTACHMENT_BYTES_MAX as usize, time_max: Some(Duration::from_mins(2)) };
    /// A list of recipients, read as it comes.
    pub(super) const STREAM: Self = Self { body_bytes_max: usize::MAX, time_max: None };
}

/// Routes, their table and their description.
pub(super) struct Table {
    pub(super) router: OpenApiRouter<ApiState>,
    pub(super) entries: Vec<RouteAccess>,
}

impl Table {
    pub(super) fn new(document: utoipa::openapi::OpenApi) -> Self {
        Self { router: OpenApiRouter::with_openapi(document), entries: Vec::new() }
    }

    /// All methods of one path.
    pub(super) fn enter(
        mut self,
        access: Access,
        limits: RouteLimits,
        (schemas, paths, handlers): UtoipaMethodRouter<ApiState>,
    ) -> Self {
        for (path, item) in &paths.paths {
            let entry = |method| RouteAccess { method, path: path.clone(), access };
            self.entries.extend(methods(item).into_iter().map(entry));
        }
        let handlers = handlers
            .layer::<_, Infallible>(DefaultBodyLimit::max(limits.body_bytes_max))
            .layer::<_, Infallible>(from_fn(move |request, next| guarded(limits, request, next)));
        self.router = self.router.routes((schemas, paths, handlers));
        self
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let all =
        [("GET", &item.get), ("PUT", &item.put), ("POST", &item.post), ("DELETE", &item.delete), ("HEAD", &item.head)];
    all.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method).collect()
}

/// Whoever is still sending when the answer comes may find the connection broken and the answer lost: so what is only a
/// little too large is read to its end first.
const READ_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// And for no longer: nobody has said yet who asks, and whoever announces much and sends nothing holds a place meanwhile.
const READ_TIME_MAX: Duration = Duration::from_secs(5);

async fn guarded(limits: RouteLimits, request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    let announced: u64 = length.unwrap_or_default();
    if usize::try_from(announced).is_ok_and(|announced| announced <= limits.body_bytes_max) {
        let Some(time_max) = limits.time_max else { return next.run(request).await };
        return match tokio::time::timeout(time_max, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Problem::of_status(StatusCode::SERVICE_UNAVAILABLE).into_response(),
        };
    }
    if announced <= READ_BYTES_MAX.saturating_add(limits.body_bytes_max as u64) {
        // Read to its end or not, the answer is the same.
        let _ = tokio::time::timeout(READ_TIME_MAX, read_to_its_end(request.into_body())).await;
    }
    Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE).into_response()
}

async fn read_to_its_end(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}
