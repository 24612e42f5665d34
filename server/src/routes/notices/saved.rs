//! What a person takes along of a notice. Nothing of it is shown as a page of ours, whatever it is.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::Locale;
use http::request::Parts;
use http::{HeaderName, HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use portal::{LetterId, NoticePdf, NoticePdfError, Visitor};
use wording::Years;

use super::super::theirs::Theirs;
use super::super::to_login;
use super::failed;
use crate::error_page::{Case, ErrorPage};
use crate::middleware::{locale_of, years_of};
use crate::session::Current;
use crate::state::AppState;

/// A file that came with it.
pub(crate) async fn file(
    State(state): State<AppState>,
    Theirs { who, at: (number, place) }: Theirs<(i64, u8)>,
    parts: Parts,
) -> Response {
    let letter = LetterId::of_number(number);
    match state.portal.notice_file(&who, letter, place, state.clock.now()).await {
        Ok(file) => attachment(file.bytes.to_vec(), file.media_type.name(), &file.name),
        Err(error) => failed(&state, &parts, &error),
    }
}

/// The letter as its sender signed it. Whoever saves it has opened it.
pub(crate) async fn letter(
    State(state): State<AppState>,
    Theirs { who, at: number }: Theirs<i64>,
    parts: Parts,
) -> Response {
    match state.portal.open_notice(&who, LetterId::of_number(number), state.clock.now()).await {
        Ok(opened) => attachment(opened.signed.to_vec(), "application/pkcs7-mime", "notice.p7m"),
        Err(error) => failed(&state, &parts, &error),
    }
}

/// The notice as a PDF, in the language of its text that the page showed (`text`), else in the reader's.
pub(crate) async fn pdf(
    State(state): State<AppState>,
    Theirs { who, at: number }: Theirs<i64>,
    parts: Parts,
) -> Response {
    let pdf = state.portal.notice_pdf(&who, LetterId::of_number(number), told_in(&parts), state.clock.now()).await;
    paper(&state, &parts, pdf, failed)
}

/// The language of the words, and how years are counted.
pub(super) fn told_in(parts: &Parts) -> (Locale, Years) {
    let query = parts.uri.query();
    let mut fields = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    let asked = fields.find_map(|(name, value)| (name == "text").then(|| value.parse().ok())).flatten();
    (asked.unwrap_or_else(|| locale_of(query, &parts.headers)), years_of(query, &parts.headers))
}

pub(super) fn paper<E: std::error::Error + 'static>(
    state: &AppState,
    parts: &Parts,
    pdf: Result<NoticePdf, NoticePdfError<E>>,
    failed: impl Fn(&AppState, &Parts, &E) -> Response,
) -> Response {
    match pdf {
        Ok(NoticePdf { name, bytes }) => attachment(bytes.to_vec(), "application/pdf", &name),
        Err(NoticePdfError::Notice(error)) => failed(state, parts, &error),
        Err(error @ NoticePdfError::Typesetter(_)) => {
            ErrorPage::new(state, parts, Case::Unavailable).because(&error).into_response()
        }
    }
}

/// Whom somebody must trust who verifies a letter.
pub(crate) async fn authority(State(state): State<AppState>, current: Current, parts: Parts) -> Response {
    match current.visitor() {
        Visitor::SignedIn(_) => {
            let pem = state.portal.organisations_authority().as_bytes().to_vec();
            attachment(pem, "application/x-pem-file", "org-ca.pem")
        }
        Visitor::Anonymous(_) => to_login(&state, &parts).await,
    }
}

/// RFC 8187's `attr-char`.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// To be saved, never opened here: named by its sender, with the sandbox around it should a browser show it all the same.
pub(super) fn attachment(bytes: Vec<u8>, media_type: &'static str, name: &str) -> Response {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._ ".contains(c) { c } else { '_' }).collect();
    let disposition =
        format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let set = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("x-download-options"), HeaderValue::from_static("noopen")),
    ];
    for (name, value) in set {
        headers.insert(name, value);
    }
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

const SANDBOX: &str = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_saved_under_its_name_whatever_that_is() {
        let header = |name: &str| {
            let response = attachment(vec![1], "application/pdf", name);
            response.headers().get(header::CONTENT_DISPOSITION).unwrap().to_str().unwrap().to_owned()
        };
        assert_eq!(header("案内.pdf"), "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E6%A1%88%E5%86%85.pdf");
        let bad = header("a\"; x=\r\n.pdf");
        assert!(!bad.contains(['\r', '\n']) && bad.matches('"').count() == 2, "{bad}");
    }

    #[test]
    fn no_file_runs_as_a_page_of_ours() {
        let response = attachment(b"<script>".to_vec(), "text/plain", "a.txt");
        let types: Vec<_> = response.headers().get_all(header::CONTENT_TYPE).iter().collect();
        assert_eq!(types, ["text/plain"]);
        let policy = response.headers().get(header::CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
        assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
        assert_eq!(response.headers().get(header::X_CONTENT_TYPE_OPTIONS).unwrap(), "nosniff");
        assert_eq!(response.headers().get(header::CACHE_CONTROL).unwrap(), "no-store");
    }
}
