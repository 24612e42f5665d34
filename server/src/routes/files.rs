//! Files to take home: asked for, fetched, let go (P-INF-7).

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use http::request::Parts;
use http::{HeaderValue, header};
use portal::{InformationError, Now, TakeoutFormat, TakeoutWish, Visitor};
use runtime::SystemRng;
use serde::Deserialize;

use super::information::{now, refused};
use super::posted::Posted;
use super::{to_login, to_login_then};
use crate::error_page::{Case, ErrorPage};
use crate::middleware::{locale_of, years_of};
use crate::session::Current;
use crate::state::AppState;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileForm {
    format: String,
    #[serde(default)]
    records: Option<String>,
}

/// 「保存する」: begins to make a file.
pub(crate) async fn start(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    Posted(form): Posted<FileForm>,
) -> Response {
    let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) else {
        return to_login_then(&state, &parts, app::paths::INFORMATION).await;
    };
    let Some(format) = TakeoutFormat::from_name(&form.format) else {
        return ErrorPage::new(&state, &parts, Case::Malformed).into_response();
    };
    let wish = TakeoutWish {
        format,
        records: form.records.is_some(),
        locale: locale_of(parts.uri.query(), &parts.headers),
        years: years_of(parts.uri.query(), &parts.headers),
    };
    let now: Now = now(&state);
    match state.portal.start_takeout(&who, &holder, wish, &now, &mut SystemRng).await {
        Ok(place) => Redirect::to(&app::paths::file(place)).into_response(),
        Err(InformationError::NotFound) => Redirect::to(app::paths::INFORMATION).into_response(),
        Err(error) => refused(&state, &parts, current, error, app::paths::INFORMATION).await,
    }
}

/// 「やめる」, or 「このファイルを消す」.
pub(crate) async fn cancel(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    place: Result<Path<u32>, PathRejection>,
) -> Response {
    let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) else {
        return to_login_then(&state, &parts, app::paths::INFORMATION).await;
    };
    let Ok(Path(place)) = place else { return ErrorPage::new(&state, &parts, Case::NotFound).into_response() };
    match state.portal.cancel_takeout(&who, &holder, place).await {
        Ok(()) => Redirect::to(app::paths::INFORMATION).into_response(),
        Err(error) => refused(&state, &parts, current, error, app::paths::INFORMATION).await,
    }
}

/// The bytes. Nothing on the way keeps them; the person's own machine does, because they asked for it.
pub(crate) async fn download(
    State(state): State<AppState>,
    current: Current,
    parts: Parts,
    place: Result<Path<u32>, PathRejection>,
) -> Response {
    let (Visitor::SignedIn(who), Some(holder)) = (current.visitor(), current.holder()) else {
        return to_login(&state, &parts).await;
    };
    let Ok(Path(place)) = place else { return ErrorPage::new(&state, &parts, Case::NotFound).into_response() };
    let (format, bytes) = match state.portal.takeout_file(&who, &holder, place).await {
        Ok(file) => file,
        Err(error) => return refused(&state, &parts, current, error, app::paths::INFORMATION).await,
    };
    let mut response = bytes.to_vec().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    let disposition = format!("attachment; filename=\"{}\"", format.file_name());
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
