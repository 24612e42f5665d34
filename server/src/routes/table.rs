//! Every route is entered here with who may use it; the access matrix is this table, so no route can be left out of it.

use axum::Router;
use axum::routing::MethodRouter;
use http::Method;

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
}

/// Routes and their table.
#[derive(Default)]
pub(crate) struct Table {
    pub(crate) router: Router<AppState>,
    pub(crate) entries: Vec<RouteAccess>,
}

impl Table {
    pub(crate) fn enter(mut self, method: Method, path: &str, access: Access, handler: MethodRouter<AppState>) -> Self {
        self.router = self.router.route(path, handler);
        self.entries.push(RouteAccess { method, path: path.to_owned(), access });
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
