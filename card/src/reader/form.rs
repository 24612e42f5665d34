//! Forms that arrive: from a listed portal, or from a page of the reader's own.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};
use domain::Locale;
use http::StatusCode;
use http::header::{self, HeaderMap};
use serde::de::DeserializeOwned;
use wire::reader::Ask;

use super::asks::{AskRefused, PendingAsk};
use super::guard::only;
use super::pages::{Refused, Why};
use super::{Portal, Reader};
use crate::text::negotiate;

/// What a listed portal's page asked. The asker comes from the `Origin` header, never from a field.
pub(super) struct FromPortal(pub(super) PendingAsk);

impl FromRequest<Arc<Reader>> for FromPortal {
    type Rejection = Refused;

    async fn from_request(request: Request, reader: &Arc<Reader>) -> Result<Self, Refused> {
        let headers = request.headers().clone();
        let portal = asking_portal(reader, &headers).ok_or_else(|| Refused::to(&headers, Why::AskerUnknown))?;
        let ask: Ask = parse(request, &headers).await?;
        let locale = negotiate(Some(&ask.lang), accept_language(&headers));
        let ask = PendingAsk::new(portal, ask, locale).map_err(|refused| {
            Refused::in_language(
                locale,
                match refused {
                    AskRefused::Document => Why::Malformed,
                    AskRefused::TooLarge => Why::TooLarge,
                    AskRefused::Unshowable => Why::Unshowable,
                },
            )
        })?;
        Ok(Self(ask))
    }
}

fn asking_portal(reader: &Reader, headers: &HeaderMap) -> Option<Portal> {
    reader.allow.find(only(headers, header::ORIGIN)?).cloned()
}

/// A form of the reader's own page; whether it is fresh is its token's to say.
pub(super) struct Own<T> {
    pub(super) form: T,
    pub(super) headers: HeaderMap,
}

impl<T: DeserializeOwned> FromRequest<Arc<Reader>> for Own<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, reader: &Arc<Reader>) -> Result<Self, Refused> {
        let headers = request.headers().clone();
        if only(&headers, header::ORIGIN) != Some(&reader.origin) {
            return Err(Refused::to(&headers, Why::ForeignForm));
        }
        let form = parse(request, &headers).await?;
        Ok(Self { form, headers })
    }
}

async fn parse<T: DeserializeOwned>(request: Request, headers: &HeaderMap) -> Result<T, Refused> {
    match Form::<T>::from_request(request, &()).await {
        Ok(Form(form)) => Ok(form),
        Err(FormRejection::BytesRejection(e)) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Err(Refused::to(headers, Why::TooLarge))
        }
        Err(_) => Err(Refused::to(headers, Why::Malformed)),
    }
}

pub(super) fn accept_language(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}

/// As the browser prefers.
pub(super) fn browser_locale(headers: &HeaderMap) -> Locale {
    negotiate(None, accept_language(headers))
}
