//! A party, ready to be served.

use std::time::Duration;

use axum::{Router, extract::DefaultBodyLimit};
use futures::future::BoxFuture;
use http::StatusCode;

use crate::party::Refusal;

/// Most bytes of any message.
const MESSAGE_BYTES_MAX: usize = 2 << 20;
const ANSWER_TIMEOUT: Duration = Duration::from_secs(30);

/// Routes and background work of one party. Work ends by itself when the party's token is cancelled.
pub struct Service {
    router: Router,
    work: Vec<BoxFuture<'static, ()>>,
}

impl Service {
    /// With routes only.
    pub fn new(router: Router) -> Self {
        Self { router, work: Vec::new() }
    }

    /// Adds background work.
    #[must_use]
    pub fn with_work(mut self, work: impl Future<Output = ()> + Send + 'static) -> Self {
        self.work.push(Box::pin(work));
        self
    }

    /// Routes with the limits that every party has (body size, time to answer, unknown paths), and the work.
    pub fn into_parts(self) -> (Router, Vec<BoxFuture<'static, ()>>) {
        let router = self
            .router
            .fallback(async || Refusal::new(StatusCode::NOT_FOUND, "no-such-path", "no such path here"))
            .layer(DefaultBodyLimit::max(MESSAGE_BYTES_MAX))
            .layer(axum::middleware::from_fn(answer_in_time));
        (router, self.work)
    }
}

async fn answer_in_time(request: axum::extract::Request, next: axum::middleware::Next) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    match tokio::time::timeout(ANSWER_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refusal::new(StatusCode::GATEWAY_TIMEOUT, "too-slow", "no answer in time").into_response(),
    }
}
