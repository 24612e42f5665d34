//! What a form posted. Not UTF-8, too large and malformed are three answers; `axum::Form` knows only two, and reads
//! bytes that are no text as if they were.

use axum::RequestExt as _;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse as _, Response};
use http::{Method, StatusCode, header};
use percent_encoding::percent_decode;
use serde::de::DeserializeOwned;

use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

const FORM: &[u8] = b"application/x-www-form-urlencoded";

/// Fields of a form that was posted, all of them known.
pub(crate) struct Posted<T>(pub(crate) T);

impl<T: DeserializeOwned + 'static> FromRequest<AppState> for Posted<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let refused = |case| ErrorPage::new(state, &parts, case).into_response();
        let is_form = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(FORM));
        if parts.method != Method::POST || !is_form {
            return Err(refused(Case::Malformed));
        }
        let mut limited = Request::new(body);
        limited.extensions_mut().clone_from(&parts.extensions);
        let body: Result<Bytes, _> = limited.extract().await;
        let body = body.map_err(|rejection| {
            let too_large = rejection.status() == StatusCode::PAYLOAD_TOO_LARGE;
            refused(if too_large { Case::BodyTooLarge } else { Case::Malformed })
        })?;
        parsed(&body).map(Self).map_err(refused)
    }
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, Case> {
    if percent_decode(body).decode_utf8().is_err() {
        return Err(Case::NotUtf8);
    }
    serde_urlencoded::from_bytes(body).map_err(|_| Case::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Word {
        word: String,
    }

    #[test]
    fn text_in_any_spelling_is_read() {
        for body in ["word=%E9%9B%AA", "word=\u{96ea}"] {
            assert_eq!(parsed::<Word>(body.as_bytes()), Ok(Word { word: "雪".to_owned() }), "{body}");
        }
    }

    #[test]
    fn what_is_no_text_is_told_from_what_is_no_form() {
        for body in [&b"word=%FF"[..], b"word=%E9%9B", b"word=\xff", b"%FF=word", b"word=%ED%A0%80"] {
            assert_eq!(parsed::<Word>(body), Err(Case::NotUtf8), "{body:?}");
        }
        for body in [&b""[..], b"word", b"wort=a", b"word=a&other=b", b"word=a&word=b"] {
            let read = parsed::<Word>(body);
            assert!(read == Err(Case::Malformed) || read == Ok(Word { word: String::new() }), "{body:?}: {read:?}");
        }
        assert_eq!(parsed::<Word>(b"word=%zz%"), Ok(Word { word: "%zz%".to_owned() }));
    }
}
