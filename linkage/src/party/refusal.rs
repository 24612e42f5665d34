//! What a party answers when it does not do what was asked (RFC 9457).

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use wire::Problem;

/// A refusal as a response: `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub Problem);

impl Refusal {
    /// Problem code of a message that cannot be read.
    pub const MALFORMED: &'static str = "malformed";
    /// Problem code of an organisation that may not ask this.
    pub const NOT_ENTITLED: &'static str = "not-entitled";
    /// Problem code of a failing dependency of this party.
    pub const UNAVAILABLE: &'static str = "unavailable";

    /// A refusal with any status and code.
    pub fn new(status: StatusCode, code: &str, title: &str) -> Self {
        Self(Problem::new(status.as_u16(), code, title))
    }

    /// 400: not the expected message.
    pub fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, Self::MALFORMED, "the message is not the expected one")
    }

    /// 403: the organisation of the channel may not ask this.
    pub fn not_entitled() -> Self {
        Self::new(StatusCode::FORBIDDEN, Self::NOT_ENTITLED, "this organisation may not ask this")
    }

    /// 503: try again later. Logs the cause once, with all its sources.
    pub fn unavailable(cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = chain(cause), "cannot answer now");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Self::UNAVAILABLE, "this party cannot answer now")
    }
}

impl From<db::DbError> for Refusal {
    fn from(error: db::DbError) -> Self {
        Self::unavailable(&error)
    }
}

impl From<sqlx::Error> for Refusal {
    fn from(error: sqlx::Error) -> Self {
        Self::unavailable(&error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, axum::Json(self.0)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(Problem::MEDIA_TYPE));
        response
    }
}

/// The whole chain of causes in one line.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_travels_as_problem_json() {
        let response = Refusal::not_entitled().into_response();
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert_eq!(response.headers()[header::CONTENT_TYPE], Problem::MEDIA_TYPE);
    }
}
