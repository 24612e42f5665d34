//! Worded error pages with a reference number that is also in the log.

use std::error::Error;

use axum::response::{IntoResponse, Response};
use domain::Locale;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};

use crate::middleware::{Nonce, Reference, content_security_policy, locale_of};
use crate::state::AppState;

/// What went wrong, as people are told (`error-<name>-…` in the locales).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    NotFound,
    MethodNotAllowed,
    CrossSite,
    TooManyRequests,
    BodyTooLarge,
    Malformed,
    NotUtf8,
    SessionTampered,
    ChallengeUnknown,
    ChallengeUsed,
    ChallengeLate,
    RegistrationInterrupted,
    Internal,
    Unavailable,
    DatabaseReadOnly,
    DatabaseFull,
    TooSlow,
}

impl Case {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed | Self::NotUtf8 | Self::SessionTampered | Self::ChallengeUnknown => StatusCode::BAD_REQUEST,
            Self::ChallengeUsed | Self::RegistrationInterrupted => StatusCode::CONFLICT,
            Self::ChallengeLate => StatusCode::GONE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable | Self::DatabaseReadOnly | Self::DatabaseFull | Self::TooSlow => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::MethodNotAllowed | Self::Malformed => "malformed",
            Self::NotUtf8 => "not-utf8",
            Self::SessionTampered => "session-tampered",
            Self::CrossSite => "cross-site",
            Self::TooManyRequests => "too-many-requests",
            Self::BodyTooLarge => "body-too-large",
            Self::ChallengeUnknown => "challenge-unknown",
            Self::ChallengeUsed => "challenge-used",
            Self::ChallengeLate => "challenge-late",
            Self::RegistrationInterrupted => "registration-interrupted",
            Self::Internal => "internal",
            Self::Unavailable | Self::TooSlow => "unavailable",
            Self::DatabaseReadOnly => "database-read-only",
            Self::DatabaseFull => "database-full",
        }
    }

    /// The case of a bare status that some layer answered.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::MethodNotAllowed),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::BodyTooLarge),
            StatusCode::TOO_MANY_REQUESTS => Some(Self::TooManyRequests),
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT => Some(Self::TooSlow),
            status if status.is_client_error() => Some(Self::Malformed),
            status if status.is_server_error() => Some(Self::Internal),
            _ => None,
        }
    }

    /// What a failing store means to people.
    pub(crate) fn of_store(error: &portal::StoreError) -> Self {
        match error {
            portal::StoreError::Db(portal::DbError::ReadOnly(_)) => Self::DatabaseReadOnly,
            portal::StoreError::Db(portal::DbError::Full(_)) => Self::DatabaseFull,
            portal::StoreError::Db(portal::DbError::Unavailable(_) | portal::DbError::Undone) => Self::Unavailable,
            portal::StoreError::Db(_) | portal::StoreError::Corrupt { .. } => Self::Internal,
        }
    }
}

/// A whole HTML page in the person's language.
pub(crate) struct ErrorPage {
    case: Case,
    locale: Locale,
    nonce: Nonce,
    reference: Reference,
    assets: std::sync::Arc<app::Assets>,
    policy: String,
}

impl ErrorPage {
    pub(crate) fn new(state: &AppState, parts: &Parts, case: Case) -> Self {
        let locale = locale_of(parts.uri.query(), &parts.headers);
        Self::with(state, case, locale, Nonce::of(&parts.extensions), Reference::of(&parts.extensions))
    }

    pub(crate) fn with(state: &AppState, case: Case, locale: Locale, nonce: Nonce, reference: Reference) -> Self {
        let policy = content_security_policy(&nonce.to_string(), &state.settings.reader_origin);
        Self { case, locale, nonce, reference, assets: state.assets.clone(), policy }
    }

    /// Logs the whole chain once, under the reference number that the person sees.
    pub(crate) fn because(self, error: &(dyn Error + 'static)) -> Self {
        tracing::error!(reference = %self.reference, case = self.case.name(), error, "a request failed");
        self
    }
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        let html = app::error_page(&app::ErrorPageContext {
            locale: self.locale,
            nonce: self.nonce.to_string(),
            assets: self.assets,
            status: self.case.status().as_u16(),
            case: self.case.name().to_owned(),
            reference: self.reference.to_string(),
        });
        let mut response = (self.case.status(), html).into_response();
        let headers = response.headers_mut();
        if let Ok(policy) = HeaderValue::from_str(&self.policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if self.case == Case::TooManyRequests {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response
    }
}
