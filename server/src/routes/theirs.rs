//! What somebody who is logged in asks for by its address.

use axum::extract::{FromRequestParts, Path};
use axum::response::{IntoResponse as _, Response};
use http::request::Parts;
use portal::{SignedIn, Visitor};
use serde::de::DeserializeOwned;

use super::to_login;
use crate::error_page::{Case, ErrorPage};
use crate::session::Current;
use crate::state::AppState;

/// Who asks, and for which: the numbers in the address. Who is not logged in is led to the login and back here; an address
/// that names nothing is not found.
pub(crate) struct Theirs<T> {
    pub(crate) who: SignedIn,
    pub(crate) at: T,
}

impl<T: DeserializeOwned + Send> FromRequestParts<AppState> for Theirs<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let current = Current::from_request_parts(parts, state).await?;
        let Visitor::SignedIn(who) = current.visitor() else { return Err(to_login(state, parts).await) };
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(at)) => Ok(Self { who, at }),
            Err(_) => Err(ErrorPage::new(state, parts, Case::NotFound).into_response()),
        }
    }
}
