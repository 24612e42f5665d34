//! The portal's own log, for anybody: the files of C2SP tlog-tiles beneath `/log/`, and receipts with their proofs.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use domain::ReceiptId;
use http::request::Parts;
use http::{HeaderName, Method, header};
use portal::{Log, LogError};
use tlog::{Bundle, Tile};

use super::{Access, RouteLimits, Table, store_failed};
use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

/// File ending of tlog-proof.
const PROOF: &str = ".tlog-proof";
const BYTES: (HeaderName, &str) = (header::CONTENT_TYPE, "application/octet-stream");
const TEXT: (HeaderName, &str) = (header::CONTENT_TYPE, "text/plain; charset=utf-8");
const JSON: (HeaderName, &str) = (header::CONTENT_TYPE, "application/json");
/// A tile of a width never changes.
const FOR_EVER: (HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=31536000, immutable");
const ASKED_EACH_TIME: (HeaderName, &str) = (header::CACHE_CONTROL, "no-cache");

pub(super) fn table() -> Table {
    let file = |table: Table, path, handler| table.enter(Method::GET, path, Access::File, RouteLimits::PAGE, handler);
    let table = file(Table::default(), "/log/checkpoint", get(checkpoint));
    let table = file(table, "/log/tile/{*path}", get(tile));
    // The id, or the id with the ending of a proof.
    file(table, "/receipts/{id}", get(receipt))
}

async fn checkpoint(State(state): State<AppState>, parts: Parts) -> Response {
    let checkpoint = state.portal.log().checkpoint().await;
    answered(&state, &parts, checkpoint.map(|note| Some(([TEXT, ASKED_EACH_TIME], note).into_response())))
}

async fn tile(State(state): State<AppState>, parts: Parts, Path(path): Path<String>) -> Response {
    let found = part(state.portal.log(), &format!("tile/{path}")).await;
    answered(&state, &parts, found.map(|bytes| bytes.map(|bytes| ([BYTES, FOR_EVER], bytes).into_response())))
}

/// Hashes or entries, whichever the path names.
async fn part(log: &Log, path: &str) -> Result<Option<Vec<u8>>, LogError> {
    if let Ok(bundle) = path.parse::<Bundle>() {
        return log.entries(bundle).await;
    }
    match path.parse::<Tile>() {
        Ok(tile) => Ok(log.tile(tile).await?),
        Err(_) => Ok(None),
    }
}

async fn receipt(State(state): State<AppState>, parts: Parts, Path(name): Path<String>) -> Response {
    let found = match name.strip_suffix(PROOF) {
        Some(id) => proof_file(state.portal.log(), id).await,
        None => receipt_file(state.portal.log(), &name).await,
    };
    answered(&state, &parts, found)
}

async fn receipt_file(log: &Log, id: &str) -> Result<Option<Response>, LogError> {
    let Ok(id) = id.parse::<ReceiptId>() else { return Ok(None) };
    let logged = log.receipt(&id).await?;
    let name = format!("receipt-{id}.json");
    Ok(logged.map(|logged| download(JSON, &name, logged.receipt.to_json())))
}

async fn proof_file(log: &Log, id: &str) -> Result<Option<Response>, LogError> {
    let Ok(id) = id.parse::<ReceiptId>() else { return Ok(None) };
    let Some(logged) = log.receipt(&id).await? else { return Ok(None) };
    let name = format!("receipt-{id}{PROOF}");
    let proof = log.proof(logged.index).await?;
    Ok(proof.map(|proof| download(TEXT, &name, proof.write().into_bytes())))
}

/// A file to keep; no cache keeps it too, for it tells when somebody was here.
fn download(kind: (HeaderName, &'static str), name: &str, bytes: Vec<u8>) -> Response {
    let keep = (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\""));
    ([kind], [keep], bytes).into_response()
}

fn answered(state: &AppState, parts: &Parts, found: Result<Option<Response>, LogError>) -> Response {
    match found {
        Ok(Some(response)) => response,
        Ok(None) => ErrorPage::new(state, parts, Case::NotFound).into_response(),
        Err(LogError::Store(error)) => store_failed(state, parts, &error),
        Err(error) => ErrorPage::new(state, parts, Case::Internal).because(&error).into_response(),
    }
}
