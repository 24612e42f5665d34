//! `POST /v1/owner-word`

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;

use super::slot::{self, SLOT};
use crate::reader::Reader;
use crate::reader::form::{Own, accept_language};
use crate::reader::owner_word::OwnerWord;
use crate::reader::pages::Notice;
use crate::text::{Text, negotiate};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordForm {
    token: String,
    lang: String,
    word: String,
}

pub(super) async fn choose(State(reader): State<Arc<Reader>>, Own { form, headers }: Own<WordForm>) -> Response {
    let locale = negotiate(Some(&form.lang), accept_language(&headers));
    if reader.tokens.redeem(&form.token, SLOT, reader.now()).is_err() {
        return slot::used(&reader, locale).await.into_response();
    }
    let Ok(word) = OwnerWord::parse(&form.word) else {
        let mut page = slot::data(&reader, StatusCode::UNPROCESSABLE_ENTITY, locale, Vec::new()).await;
        page.owner_word_error = true;
        return page.html().into_response();
    };
    let keeping = Arc::clone(&reader);
    let kept = tokio::task::spawn_blocking(move || keeping.owner_word.write(&word)).await;
    match kept.unwrap_or_else(|e| Err(std::io::Error::other(e))) {
        Ok(()) => {
            let notices = vec![Notice::good(Text::of(locale).owner_saved)];
            slot::page(&reader, StatusCode::OK, locale, notices).await.into_response()
        }
        Err(error) => Reader::failed(locale, &error).into_response(),
    }
}
