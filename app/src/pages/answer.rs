//! How a page answers: who may see it, status, and what fails.

use std::error::Error;
use std::future::Future;

use http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use portal::{Browser, DbError, Holder, InformationError, Portal, RecordsError, SignedIn, StoreError, Visitor};

use crate::components::Problem;
use crate::context::Here;
use crate::paths;

/// A page for anybody that asks nothing.
pub(super) fn open<V: IntoView + 'static>(page: impl FnOnce(Here) -> V) -> impl IntoView {
    Here::of_request().map(|here| page(here).into_any())
}

/// A page for anybody that asks a use case.
pub(super) fn asking<F>(page: impl FnOnce(Here, Browser, Portal) -> F) -> impl IntoView
where
    F: Future<Output = AnyView> + Send + 'static,
{
    let asked = (Here::of_request(), use_context::<Visitor>(), use_context::<Portal>());
    let (Some(here), Some(visitor), Some(portal)) = asked else { return None };
    Some(Suspend::new(page(here, visitor.browser().clone(), portal)))
}

/// A page for whoever is logged in; others are led to the login and back.
pub(super) fn personal<F>(page: impl FnOnce(Here, SignedIn, Portal) -> F) -> impl IntoView
where
    F: Future<Output = AnyView> + Send + 'static,
{
    let asked = (Here::of_request(), use_context::<Visitor>(), use_context::<Portal>());
    let (Some(here), Some(visitor), Some(portal)) = asked else { return None };
    if let Visitor::SignedIn(who) = visitor {
        return Some(Suspend::new(page(here, who, portal)));
    }
    set_status(StatusCode::SEE_OTHER);
    set_header(header::LOCATION, paths::LOGIN);
    None
}

/// A page about what is held for the session, for whoever is logged in.
pub(super) fn holding<F>(page: impl FnOnce(Here, SignedIn, Holder, Portal) -> F) -> impl IntoView
where
    F: Future<Output = AnyView> + Send + 'static,
{
    let holder = use_context::<Option<Holder>>().flatten();
    personal(move |here, who, portal| {
        let shown = holder.map(|holder| page(here.clone(), who, holder, portal));
        async move {
            match shown {
                Some(shown) => shown.await,
                // Whoever is logged in came with a cookie.
                None => problem(here, StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            }
        }
    })
}

/// What is not there and what is somebody else's are answered alike.
pub(super) fn not_found(here: Here) -> AnyView {
    problem(here, StatusCode::NOT_FOUND, "not-found")
}

/// A page in place of one whose information cannot be shown.
pub(super) fn information_failed(here: Here, error: &InformationError) -> AnyView {
    match error {
        InformationError::Records(RecordsError::Store(error)) => store_failed(here, error),
        InformationError::NotFound => not_found(here),
        InformationError::Records(_) | InformationError::Unopened(_) => {
            note(&here, error);
            problem(here, StatusCode::INTERNAL_SERVER_ERROR, "internal")
        }
    }
}

pub(super) fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

pub(super) fn set_header(name: HeaderName, value: &str) {
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(value)) {
        response.insert_header(name, value);
    }
}

/// Logs the whole chain once, under the reference number that the person sees.
pub(super) fn note(here: &Here, error: &(dyn Error + 'static)) {
    tracing::error!(reference = here.context.reference, error, "a page could not be shown whole");
}

/// A page in place of one whose folder cannot be read.
pub(super) fn store_failed(here: Here, error: &StoreError) -> AnyView {
    note(&here, error);
    let (status, case) = match error {
        StoreError::Db(DbError::ReadOnly(_)) => (StatusCode::SERVICE_UNAVAILABLE, "database-read-only"),
        StoreError::Db(DbError::Full(_)) => (StatusCode::SERVICE_UNAVAILABLE, "database-full"),
        StoreError::Db(DbError::Unavailable(_)) => (StatusCode::SERVICE_UNAVAILABLE, "unavailable"),
        StoreError::Db(_) | StoreError::Corrupt { .. } => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    };
    problem(here, status, case)
}

/// A page that says what did not work, with its status.
pub(super) fn problem(here: Here, status: StatusCode, case: &str) -> AnyView {
    set_status(status);
    view! { <Problem here status case/> }.into_any()
}
