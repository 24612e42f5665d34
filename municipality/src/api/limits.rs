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
use runtime::serve::PeerCertificate;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wire::notice::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_BYTES_MAX};

use super::ApiState;
use super::problem::Problem;
use crate::store::{ClientId, ClientRow};

/// Requests under way at a time, all clients together.
const AT_ONCE: usize = 512;
/// Of these, with one certificate: whoever takes all it can get leaves half to the others.
const AT_ONCE_EACH: usize = AT_ONCE / 2;
/// Uploaded files in memory at a time, all clients together.
const FILES_MIB: usize = 256;
/// Questions for a token with one certificate in a minute.
const TOKENS_PER_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(29);

/// See the module. Counts for this process alone.
pub(super) struct Limits {
    clients: Mutex<HashMap<ClientId, (u32, Arc<DefaultDirectRateLimiter>)>>,
    tokens: DefaultKeyedRateLimiter<[u8; 32]>,
    under_way: Semaphore,
    of_each: OfEach,
    files_mib: Arc<Semaphore>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            clients: Mutex::default(),
            tokens: RateLimiter::keyed(Quota::per_minute(TOKENS_PER_MINUTE)),
            under_way: Semaphore::new(AT_ONCE),
            of_each: OfEach::default(),
            files_mib: Arc::new(Semaphore::new(FILES_MIB)),
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

    /// Room in memory for so many uploaded files, as long as the answer is kept. Waits for it: few letters name much.
    pub(super) async fn room_for_files(&self, count: usize) -> Option<OwnedSemaphorePermit> {
        const FILE_MIB: u32 = ATTACHMENT_BYTES_MAX.div_ceil(1 << 20);
        // What is read last may be what is too much.
        const TOGETHER_MIB: u32 = ATTACHMENTS_BYTES_MAX.div_ceil(1 << 20) + FILE_MIB;
        let mib = u32::try_from(count).unwrap_or(u32::MAX).saturating_mul(FILE_MIB).min(TOGETHER_MIB);
        Arc::clone(&self.files_mib).acquire_many_owned(mib).await.ok()
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

/// Requests under way by the certificate (DER) of their connection, whether or not it is a client's.
#[derive(Default)]
struct OfEach(Mutex<HashMap<Arc<[u8]>, usize>>);

/// One of them, until it is dropped.
struct Place<'a> {
    of: &'a OfEach,
    certificate: Arc<[u8]>,
}

impl OfEach {
    /// None: as many as may be are under way.
    fn enter(&self, certificate: Arc<[u8]>) -> Option<Place<'_>> {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counted.entry(Arc::clone(&certificate)).or_default();
        if *count >= AT_ONCE_EACH {
            return None;
        }
        *count += 1;
        Some(Place { of: self, certificate })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut counted = self.of.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counted.get_mut(&self.certificate) {
            *count -= 1;
            if *count == 0 {
                counted.remove(&self.certificate);
            }
        }
    }
}

/// What cannot be begun now is said at once, before anything of it is read.
pub(super) async fn admit(State(state): State<ApiState>, request: Request, next: Next) -> Response {
    let certificate = request.extensions().get::<PeerCertificate>().map(|PeerCertificate(der)| Arc::clone(der));
    let refused = match state.limits.of_each.enter(certificate.unwrap_or_default()) {
        Some(_own) => {
            if let Ok(_place) = state.limits.under_way.try_acquire() {
                return next.run(request).await;
            }
            overloaded()
        }
        None => too_many(),
    };
    state.sender.give_way();
    tracing::debug!("a request was refused: too much is under way");
    refused.into_response()
}

fn overloaded() -> Problem {
    let title = "too much is under way; the same again may pass";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", title).retry_after(1)
}

fn too_many() -> Problem {
    let title = "more requests at a time than one certificate may have under way; the same again may pass";
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-at-once", title).retry_after(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_names_many_files_waits_until_there_is_room_for_them() {
        let limits = Limits::default();
        let mut rooms = Vec::new();
        while limits.files_mib.available_permits() >= 25 {
            rooms.push(limits.room_for_files(10).await.unwrap());
        }
        assert_eq!(rooms.len(), 10);
        assert!(futures::poll!(Box::pin(limits.room_for_files(10))).is_pending());
        assert!(limits.room_for_files(1).await.is_some());
        rooms.pop();
        assert!(futures::poll!(Box::pin(limits.room_for_files(10))).is_ready());
    }

    #[test]
    fn one_certificate_has_half_of_the_places_and_gets_them_back() {
        let of_each = OfEach::default();
        let certificate = |byte: u8| Arc::from([byte; 300]);
        let mut taken: Vec<_> = (0..AT_ONCE_EACH).map(|_| of_each.enter(certificate(1)).unwrap()).collect();
        assert!(of_each.enter(certificate(1)).is_none());
        assert!(of_each.enter(certificate(2)).is_some(), "another one's are its own");
        taken.pop();
        assert!(of_each.enter(certificate(1)).is_some());
        taken.clear();
        assert!(of_each.0.lock().unwrap().is_empty(), "nothing is remembered of who has nothing under way");
    }
}
