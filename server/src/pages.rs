//! Mounts what `app` shows: every page knows its visitor, its language and its one message before it renders.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use domain::ReceiptId;
use http::request::Parts;
use http::{HeaderValue, Method, header};
use jiff::{SignedDuration, Timestamp};
use portal::{KnownArrivals, LateArrivals, Visitor};

use crate::middleware::{Nonce, Reference, content_security_policy, locale_of, years_of};
use crate::routes::{Access, RouteLimits, Table};
use crate::session::Current;
use crate::state::AppState;

/// What the reader needs: who asks, in the `Origin` of the form's post.
const ASKS_THE_READER: HeaderValue = HeaderValue::from_static("origin");

pub(crate) fn table() -> Table {
    let routes = leptos_axum::generate_route_list(app::shell);
    routes.iter().fold(Table::default(), |table, route| {
        let path = route.path();
        let personal = app::paths::PERSONAL.contains(&path);
        let access = if personal { Access::SignedIn } else { Access::Anyone };
        let fills = app::paths::FILLS.contains(&path);
        let handler = page(access, app::paths::POSTS_TO_READER.contains(&path), fills);
        table.enter(Method::GET, path, access, RouteLimits::PAGE, handler)
    })
}

fn page(access: Access, asks_reader: bool, fills: bool) -> MethodRouter<AppState> {
    get(async move |State(state): State<AppState>, request: Request| {
        let (mut parts, body) = request.into_parts();
        let mut current = match Current::from_request_parts(&mut parts, &state).await {
            Ok(current) => current,
            Err(response) => return response,
        };
        if access != Access::Anyone && current.visitor().signed_in().is_none() {
            return crate::routes::to_login(&state, &parts).await;
        }
        let context = match context(&state, &parts, &mut current).await {
            Ok(context) => context,
            Err(response) => return response,
        };
        let mut response = render(&state, &current, context, fills, Request::from_parts(parts, body)).await;
        if asks_reader {
            response.headers_mut().insert(header::REFERRER_POLICY, ASKS_THE_READER);
        }
        response
    })
}

/// A page with what was typed into its form, in answer to that form.
pub(crate) async fn page_again(
    state: &AppState,
    mut current: Current,
    mut parts: Parts,
    page: &str,
    draft: impl Clone + Send + Sync + 'static,
) -> Response {
    // The page's own address, so that its links lead back to it.
    if let Ok(page) = page.parse() {
        parts.uri = page;
    }
    parts.method = Method::GET;
    let context = match context(state, &parts, &mut current).await {
        Ok(context) => context,
        Err(response) => return response,
    };
    let request = Request::from_parts(parts, Body::empty());
    let policy = content_security_policy(&context.nonce, &state.settings.reader_origin);
    let (visitor, holder, portal) = (current.visitor(), current.holder(), state.portal.clone());
    let provide = move || {
        app::provide(portal.clone(), visitor.clone(), holder.clone(), context.clone());
        leptos::context::provide_context(draft.clone());
    };
    let mut response = leptos_axum::render_app_async_with_context(provide, app::shell)(request).await;
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

async fn context(state: &AppState, parts: &Parts, current: &mut Current) -> Result<app::PageContext, Response> {
    let now = state.clock.now();
    let flash = current.take_flash().await;
    let flash = flash.map_err(|fault| crate::routes::session_failed(state, parts, &fault))?;
    let (unread, urgent, arrivals) = told_of_notices(state, current, now).await;
    Ok(app::PageContext {
        receipt: receipt(state, parts).await,
        locale: locale_of(parts.uri.query(), &parts.headers),
        years: years_of(parts.uri.query(), &parts.headers),
        now,
        path_and_query: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
        flash,
        nonce: Nonce::of(&parts.extensions).to_string(),
        reference: Reference::of(&parts.extensions).to_string(),
        assets: state.assets.clone(),
        times: app::SessionTimes::default(),
        session_left: current.visitor().signed_in().and(session_left(current, now)),
        unread,
        urgent,
        arrivals,
        contact: state.settings.contact.as_ref().map(|contact| contact.as_str().to_owned()),
        demo: state.settings.demo,
    })
}

/// Unread notices, emergencies among them, and what need not be told on the page that says so. It stands without the last.
async fn told_of_notices(state: &AppState, current: &Current, now: Timestamp) -> (Option<u32>, u32, KnownArrivals) {
    let as_read = (current.unread(), current.urgent(), KnownArrivals::until(now));
    let Visitor::SignedIn(who) = current.visitor() else { return as_read };
    match state.portal.late_arrivals(&who, now).await {
        Ok(Some(LateArrivals { known, unread, urgent })) => (current.unread().map(|_| unread), urgent, known),
        Ok(None) => as_read,
        Err(error) => {
            tracing::warn!(error = &error as &dyn std::error::Error, "what arrived lately is not known");
            as_read
        }
    }
}

/// What was erased, on the page after a session: by the receipt's id after a logout, else by the cookie of the session
/// that is over. The page stands without it.
async fn receipt(state: &AppState, parts: &Parts) -> Option<portal::LoggedReceipt> {
    if parts.uri.path() != app::paths::SIGNED_OUT {
        return None;
    }
    let mut asked = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
    let id = asked.find_map(|(name, value)| (name == "receipt").then(|| value.parse::<ReceiptId>().ok())).flatten();
    let Some(id) = id else { return crate::routes::receipt_of_ended(state, parts).await };
    state.portal.log().receipt(&id).await.unwrap_or_else(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a receipt could not be shown");
        None
    })
}

/// Until the idle or the absolute end, whichever is first, as the store has it: activity within a minute of the last is
/// not written, so it does not put the end off either.
fn session_left(current: &Current, now: Timestamp) -> Option<Duration> {
    Some(now.duration_until(current.ends_at()?).max(SignedDuration::ZERO).unsigned_abs())
}

/// `fills`: the page goes out in the order in which it is written, as what it waits for arrives.
async fn render(
    state: &AppState,
    current: &Current,
    context: app::PageContext,
    fills: bool,
    request: Request<Body>,
) -> Response {
    let (visitor, holder) = (current.visitor(), current.holder());
    let policy = content_security_policy(&context.nonce, &state.settings.reader_origin);
    let portal = state.portal.clone();
    let provide = move || app::provide(portal.clone(), visitor.clone(), holder.clone(), context.clone());
    let mut response = if fills {
        leptos_axum::render_app_to_stream_in_order_with_context(provide, app::shell)(request).await
    } else {
        leptos_axum::render_app_async_with_context(provide, app::shell)(request).await
    };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
