//! Limits: one client that floods is told to wait, the others are served; and what is too much for all is said at once.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::StatusCode;
use tokio::sync::Semaphore;

use super::ApiState;
use super::problem::Problem;
use crate::store::{ClientId, ClientRow};

/// Requests under way at a time, all clients together.
const AT_ONCE: usize = 512;
/// Questions for a token with one certificate in a minute.
const TOKENS_PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(29);

/// See the module. Counts for this process alone.
pub(super) struct Limits {
    clients: Mutex<HashMap<ClientId, (u32, Arc<DefaultDirectRateLimiter>)>>,
    tokens: DefaultKeyedRateLimiter<[u8; 32]>,
    under_way: Semaphore,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            clients: Mutex::default(),
            tokens: RateLimiter::keyed(Quota::per_minute(TOKENS_PER_MINUTE)),
            under_way: Semaphore::new(AT_ONCE),
        }
    }
}

impl Limits {
    /// 429 with `Retry-After` when the client has asked too often.
    pub(super) fn take(&self, client: &ClientRow) -> Result<(), Problem> {
        match self.limiter(client).check() {
            Ok(()) => Ok(()),
            Err(wait) => Err(too_often(wait.wait_time_from(DefaultClock::default().now()).as_secs())),
        }
    }

    /// The same for whoever asks for tokens.
    pub(super) fn take_token(&self, thumbprint: &[u8; 32]) -> Result<(), Problem> {
        self.tokens.retain_recent();
        match self.tokens.check_key(thumbprint) {
            Ok(()) => Ok(()),
            Err(wait) => Err(too_often(wait.wait_time_from(DefaultClock::default().now()).as_secs())),
        }
    }

    fn limiter(&self, client: &ClientRow) -> Arc<DefaultDirectRateLimiter> {
        let per_minute = client.requests_per_minute;
        let fresh = || {
            let quota = NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN);
            (per_minute, Arc::new(RateLimiter::direct(Quota::per_minute(quota))))
        };
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = clients.entry(client.id).or_insert_with(fresh);
        if entry.0 != per_minute {
            *entry = fresh();
        }
        Arc::clone(&entry.1)
    }
}

fn too_often(wait_s: u64) -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-requests", "more requests than this client may send")
        .retry_after(wait_s + 1)
}

/// What cannot be begun now is said at once, before anything of it is read.
pub(super) async fn admit(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    if let Ok(_place) = state.limits.under_way.try_acquire() {
        return next.run(request).await;
    }
    state.sender.give_way();
    tracing::debug!("a request was refused: too much is under way");
    let title = "too much is under way; the same again may pass";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", title).retry_after(1).into_response()
}
