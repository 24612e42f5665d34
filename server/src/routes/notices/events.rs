//! Tells an open page that something has arrived: an event stream (HTML, "server-sent events").
//!
//! Whoever listens does nothing: it is no activity, so it puts no idle end off. The stream asks again and again whether the
//! session still stands, and ends with it; the browser then connects once more, and is refused.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use app::islands::arrival;
use axum::extract::State;
use axum::response::sse::{Event, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::SecretHash;
use futures::stream::{self, Stream};
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use portal::{KnownArrivals, SignedIn, StoreError};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::sync::CancellationToken;

use crate::session;
use crate::state::AppState;

/// Tabs of one browser that listen at once.
const EACH_AT_MOST: u32 = 4;
/// All together: fewer than the listener has connections, so that pages are always served.
const ALL_AT_MOST: u32 = 3000;
/// So often something is said, so that whoever has gone is noticed; and so often the session is looked at.
const SAID_EVERY: Duration = Duration::from_secs(25);
/// A delivery to thousands rings many times: each page looks at most so often.
const LOOKS_EVERY: Duration = Duration::from_secs(2);
/// A browser whose connection broke comes back after this long.
const BACK_AFTER: Duration = Duration::from_secs(5);
/// One for which there is no place, or nothing can be looked up, asks again after this long.
const AGAIN_AFTER: Duration = Duration::from_mins(1);
/// Browsers drop an event without data. It says nothing of the notice.
const SAID: &str = "new";
const LAST_EVENT_ID: &str = "last-event-id";

/// Who listens now.
#[derive(Clone)]
pub(crate) struct Listeners {
    places: Arc<Mutex<Places>>,
    stop: CancellationToken,
}

#[derive(Default)]
struct Places {
    all: u32,
    each: HashMap<SecretHash, u32>,
}

/// Given back when the stream ends, however it does.
struct Seat {
    places: Arc<Mutex<Places>>,
    session: SecretHash,
}

impl Listeners {
    /// All of them go when `stop` says so.
    pub(crate) fn new(stop: CancellationToken) -> Self {
        Self { places: Arc::default(), stop }
    }

    /// None: as many listen as may.
    fn seat(&self, session: &SecretHash) -> Option<Seat> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = places.each.get(session).copied().unwrap_or_default();
        if mine >= EACH_AT_MOST || places.all >= ALL_AT_MOST {
            return None;
        }
        places.all += 1;
        places.each.insert(session.clone(), mine + 1);
        Some(Seat { places: self.places.clone(), session: session.clone() })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        places.all = places.all.saturating_sub(1);
        match places.each.get_mut(&self.session) {
            Some(mine) if *mine > 1 => *mine -= 1,
            _ => {
                places.each.remove(&self.session);
            }
        }
    }
}

/// 401: nobody is logged in, and the browser stops asking for ever, as it does after any status but 200. What passes, a store
/// that fails or as many pages that listen as may, is therefore answered by [`come_later`].
pub(crate) async fn events(State(state): State<AppState>, parts: Parts) -> Response {
    let Some(holder) = session::holder(&parts.headers) else { return StatusCode::UNAUTHORIZED.into_response() };
    let session = holder.session_hash().clone();
    match judged(session::look(&state, &session).await) {
        Some(Some(_)) => {}
        Some(None) => return StatusCode::UNAUTHORIZED.into_response(),
        None => return come_later(),
    }
    let Some(seat) = state.listeners.seat(&session) else { return come_later() };
    let known = known(parts.uri.query().unwrap_or_default(), &parts.headers);
    let known = known.unwrap_or_else(|| KnownArrivals::until(state.clock.now()));
    let listener = Listener {
        bell: state.portal.notice_arrivals(),
        stop: state.listeners.stop.clone(),
        state,
        session,
        known,
        looked_at: None,
        greeted: false,
        _seat: seat,
    };
    Sse::new(listener.stream()).into_response()
}

/// A stream that ends at once: the browser comes back later.
pub(crate) fn come_later() -> Response {
    let later = Event::default().retry(AGAIN_AFTER);
    Sse::new(stream::iter([Ok::<_, Infallible>(later)])).into_response()
}

/// What need not be told: what the browser heard last, else what its page shows.
fn known(query: &str, headers: &HeaderMap) -> Option<KnownArrivals> {
    let heard = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok()?.parse().ok());
    let made = || {
        let mut fields = form_urlencoded::parse(query.as_bytes());
        fields.find_map(|(name, value)| (name == "since").then(|| value.parse().ok())).flatten()
    };
    heard.or_else(made)
}

struct Listener {
    state: AppState,
    session: SecretHash,
    bell: watch::Receiver<()>,
    stop: CancellationToken,
    /// What was told, here or before.
    known: KnownArrivals,
    looked_at: Option<Instant>,
    greeted: bool,
    _seat: Seat,
}

impl Listener {
    fn stream(self) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
        stream::unfold(self, |mut listener| async move {
            let event = listener.next().await?;
            Some((Ok(event), listener))
        })
    }

    /// None ends the stream.
    async fn next(&mut self) -> Option<Event> {
        if !std::mem::replace(&mut self.greeted, true) {
            // What arrived before the browser was here is found at once.
            self.bell.mark_changed();
            return Some(Event::default().retry(BACK_AFTER));
        }
        let stop = self.stop.clone();
        loop {
            let rang = tokio::select! {
                () = stop.cancelled() => return None,
                rang = self.rang() => rang?,
                () = sleep(SAID_EVERY) => false,
            };
            let who = judged(session::look(&self.state, &self.session).await)??;
            if !rang {
                return Some(Event::default().comment(""));
            }
            if let Some(event) = self.news(&who).await? {
                return Some(event);
            }
        }
    }

    /// Somebody received something. None: the portal is gone. What rings while this waits is heard by the next call too,
    /// should this one be given up.
    async fn rang(&mut self) -> Option<bool> {
        if let Some(looked_at) = self.looked_at {
            sleep_until(looked_at + LOOKS_EVERY).await;
        }
        self.bell.changed().await.ok()?;
        self.looked_at = Some(Instant::now());
        Some(true)
    }

    async fn news(&mut self, who: &SignedIn) -> Option<Option<Event>> {
        let arrival = self.state.portal.notice_arrival(who, &mut self.known, self.state.clock.now()).await;
        Some(judged(arrival)?.map(|arrival| {
            let name = if arrival.urgent { arrival::URGENT_EVENT } else { arrival::EVENT };
            Event::default().event(name).id(self.known.to_string()).data(SAID)
        }))
    }
}

/// A store that fails ends the stream; the browser comes back.
fn judged<T>(read: Result<T, StoreError>) -> Option<T> {
    read.inspect_err(|error| {
        tracing::warn!(error = error as &dyn std::error::Error, "an open page cannot be told of notices");
    })
    .ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn session(of: u8) -> SecretHash {
        SecretHash::of(&[of])
    }

    #[test]
    fn one_session_takes_a_few_places_and_gives_them_back() {
        let listeners = Listeners::new(CancellationToken::new());
        let seats: Vec<_> = (0..EACH_AT_MOST).map(|_| listeners.seat(&session(1)).unwrap()).collect();
        assert!(listeners.seat(&session(1)).is_none());
        assert!(listeners.seat(&session(2)).is_some(), "others are not in the way");
        drop(seats);
        assert!(listeners.seat(&session(1)).is_some());
        assert_eq!(listeners.places.lock().unwrap().all, 0);
        assert!(listeners.places.lock().unwrap().each.is_empty());
    }

    #[tokio::test]
    async fn what_passes_is_no_status_after_which_a_browser_would_stop_asking() {
        let response = come_later();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers().get("content-type").unwrap(), "text/event-stream");
        let said = axum::body::to_bytes(response.into_body(), 100).await.unwrap();
        assert_eq!(said, "retry: 60000\n\n", "and then it ends");
    }

    #[test]
    fn all_together_leave_connections_for_pages() {
        let listeners = Listeners::new(CancellationToken::new());
        listeners.places.lock().unwrap().all = ALL_AT_MOST;
        assert!(listeners.seat(&session(1)).is_none());
    }

    #[test]
    fn what_the_browser_heard_last_counts_before_when_its_page_was_made() {
        let mut headers = HeaderMap::new();
        let text = |known: Option<KnownArrivals>| known.map(|known| known.to_string());
        assert_eq!(known("", &headers), None);
        assert_eq!(text(known("since=5.3", &headers)).as_deref(), Some("5.3"));
        assert_eq!(known("since=x", &headers), None);
        headers.insert(LAST_EVENT_ID, HeaderValue::from_static("7"));
        assert_eq!(text(known("since=5", &headers)).as_deref(), Some("7"));
        headers.insert(LAST_EVENT_ID, HeaderValue::from_static("x"));
        assert_eq!(text(known("since=5", &headers)).as_deref(), Some("5"));
    }
}
