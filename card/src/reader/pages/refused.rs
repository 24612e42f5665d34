//! Pages that end here: nothing was done, and why.

use axum::response::{IntoResponse, Response};
use domain::Locale;
use http::{HeaderMap, StatusCode};
use leptos::prelude::*;

use super::{Html, document};
use crate::reader::form::browser_locale;
use crate::text::{Refusal, Text};

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Why {
    /// `Origin` is missing, null or not listed.
    AskerUnknown,
    /// A form of the reader that did not come from its own page.
    ForeignForm,
    Malformed,
    Unshowable,
    TooLarge,
    Expired,
    NotFound,
    WrongMethod,
    WrongHost,
    Failed,
}

/// A refusal as a page, in the browser's language unless a better one is known. Never with a PIN field.
#[derive(Debug)]
pub(in crate::reader) struct Refused {
    locale: Locale,
    why: Why,
    reference: Option<String>,
}

impl Refused {
    pub(in crate::reader) fn to(headers: &HeaderMap, why: Why) -> Self {
        Self::in_language(browser_locale(headers), why)
    }

    pub(in crate::reader) fn in_language(locale: Locale, why: Why) -> Self {
        Self { locale, why, reference: None }
    }

    /// Something broke; the person can name the number that the log has.
    pub(in crate::reader) fn failed(locale: Locale, reference: String) -> Self {
        Self { locale, why: Why::Failed, reference: Some(reference) }
    }

    fn status(&self) -> StatusCode {
        match self.why {
            Why::AskerUnknown | Why::ForeignForm => StatusCode::FORBIDDEN,
            Why::Malformed => StatusCode::BAD_REQUEST,
            Why::Unshowable => StatusCode::UNPROCESSABLE_ENTITY,
            Why::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Why::Expired => StatusCode::GONE,
            Why::NotFound => StatusCode::NOT_FOUND,
            Why::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Why::WrongHost => StatusCode::MISDIRECTED_REQUEST,
            Why::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self) -> &'static Refusal {
        let text = Text::of(self.locale);
        match self.why {
            Why::AskerUnknown => &text.asker_unknown,
            Why::ForeignForm => &text.foreign_form,
            Why::Malformed => &text.malformed,
            Why::Unshowable => &text.unshowable,
            Why::TooLarge => &text.too_large,
            Why::Expired => &text.expired,
            Why::NotFound => &text.not_found,
            Why::WrongMethod => &text.wrong_method,
            Why::WrongHost => &text.wrong_host,
            Why::Failed => &text.failed,
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let words = self.words();
        let status = self.status();
        let reference = self.reference;
        let body = document(self.locale, words.title, false, None, |text| {
            view! {
                <h1>{words.title}</h1>
                <p>{words.line}</p>
                {reference.map(|number| view! { <p>{text.reference} " " <code>{number}</code></p> })}
            }
            .into_any()
        });
        Html::new(status, body).into_response()
    }
}
