//! The guard of this site: see [`crate::site_guard`].

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use http::HeaderMap;

use super::{BindingSite, ending::Why, pages};
use crate::site_guard;

pub(super) async fn guard(State(site): State<Arc<BindingSite>>, request: Request, next: Next) -> Response {
    site_guard::guard(&site.address, request, next, || pages::refused(&site, Why::WrongHost).into_response()).await
}

/// Whether the site's own page sent this form.
pub(super) fn is_own(site: &BindingSite, headers: &HeaderMap) -> bool {
    site_guard::is_own(&site.address, headers)
}
