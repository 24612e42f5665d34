//! Every route is entered here with who may use it; the access matrix is this table, so no route can be left out of it.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::routing::MethodRouter;
use http::{Method, StatusCode};
use tower_http::timeout::TimeoutLayer;

use crate::middleware::refuse_large;
use crate::state::AppState;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Anyone,
    /// A person who is logged in; anybody else is led to the login.
    SignedIn,
    /// Anybody's own session: acts on the cookie that comes with it, and on nothing else.
    OwnSession,
    /// The card reader: no cookie is read.
    CardReader,
    /// Anybody: the same bytes for everybody, no cookie is read.
    File,
    /// The core, by its certificate, on the listener for parties.
    Core,
}

/// What one request to a route may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteLimits {
    /// Longest body; a longer one is answered 413.
    pub body_bytes_max: usize,
    /// Longest time until the answer; then it is 503.
    pub time_max: Duration,
}

impl RouteLimits {
    /// A page: no body; may ask the core, which may take as long as a party may.
    pub(crate) const PAGE: Self = Self { body_bytes_max: 1024, time_max: Duration::from_secs(20) };
    /// A form of a few short fields that is dealt with here.
    pub(crate) const FORM: Self = Self { body_bytes_max: 4 * 1024, time_max: Duration::from_secs(10) };
    /// A form of a few short fields; the core is asked about it.
    pub(crate) const GATHER: Self = Self { body_bytes_max: 1024, time_max: Duration::from_secs(20) };
    /// A form with a text that a person wrote, much longer than may be sent, so that this is said on the page; the core and
    /// an institution are asked about it.
    pub(crate) const REPORT: Self = Self { body_bytes_max: 64 * 1024, time_max: Duration::from_secs(20) };
    /// A document that is typeset while its reader waits, after others that wait too.
    pub(crate) const PAPER: Self = Self { body_bytes_max: 1024, time_max: Duration::from_mins(1) };
    /// The card's answer: a certificate, a signature and their base64; other parties are asked about it.
    pub(crate) const CARD_ANSWER: Self = Self { body_bytes_max: 64 * 1024, time_max: Duration::from_secs(20) };
}

/// One route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteAccess {
    /// Method.
    pub method: Method,
    /// Path, parameters in braces.
    pub path: String,
    /// Who may use it.
    pub access: Access,
    /// What a request may cost.
    pub limits: RouteLimits,
}

/// Routes and their table.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) router: Router<AppState>,
    pub(crate) entries: Vec<RouteAccess>,
}

impl Table {
    pub(crate) fn enter(
        mut self,
        method: Method,
        path: &str,
        access: Access,
        limits: RouteLimits,
        handler: MethodRouter<AppState>,
    ) -> Self {
        let handler: MethodRouter<AppState> = handler
            // The first says so beforehand where the length is announced, the second while the body is read.
            .layer::<_, Infallible>(from_fn(move |request, next| refuse_large(limits.body_bytes_max, request, next)))
            .layer::<_, Infallible>(DefaultBodyLimit::max(limits.body_bytes_max))
            .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.time_max));
        self.router = self.router.route(path, handler);
        self.entries.push(RouteAccess { method, path: path.to_owned(), access, limits });
        self
    }

    pub(crate) fn layered(mut self, layer: impl FnOnce(Router<AppState>) -> Router<AppState>) -> Self {
        self.router = layer(self.router);
        self
    }

    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.entries.extend(other.entries);
        self
    }
}
