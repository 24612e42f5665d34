//! Limits per client: one that floods is told to wait, the others are served.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::error_page::{Case, ErrorPage};
use crate::routes::come_later;
use crate::state::AppState;

/// Counts by client address; an IPv6 client is its /64.
#[derive(Clone)]
pub(crate) struct ClientLimits(Arc<DefaultKeyedRateLimiter<IpAddr>>);

impl ClientLimits {
    pub(crate) fn per_second(requests: NonZeroU32) -> Self {
        // A page brings its assets along: let a burst of four seconds through.
        let burst = requests.saturating_mul(NonZeroU32::MIN.saturating_add(3));
        Self(Arc::new(RateLimiter::keyed(Quota::per_second(requests).allow_burst(burst))))
    }

    pub(crate) fn per_minute(steps: NonZeroU32) -> Self {
        Self(Arc::new(RateLimiter::keyed(Quota::per_minute(steps))))
    }

    /// Forgets clients that have not come for a while.
    pub(crate) fn retain_recent(&self) {
        self.0.retain_recent();
    }

    pub(super) fn admits(&self, request: &Request) -> bool {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
        peer.is_none_or(|ConnectInfo(address)| self.0.check_key(&client(address.ip())).is_ok())
    }
}

fn client(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6((u128::from(v6) & !u128::from(u64::MAX)).into()),
    }
}

/// For the routes that write challenges or ask other parties.
pub(crate) async fn limit_card_steps(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if state.card_steps.admits(&request) { next.run(request).await } else { refused(&state, request) }
}

pub(super) fn refused(state: &AppState, request: Request) -> Response {
    metrics::counter!("requests_limited_total").increment(1);
    // After a 429 an open page would never listen again.
    if request.uri().path() == app::paths::NOTICES_EVENTS {
        return come_later();
    }
    let (parts, _) = request.into_parts();
    ErrorPage::new(state, &parts, Case::TooManyRequests).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_client_is_its_network_and_a_mapped_one_its_ipv4_address() {
        let one: IpAddr = "2001:db8:1:2:3:4:5:6".parse().unwrap();
        let two: IpAddr = "2001:db8:1:2:ffff::1".parse().unwrap();
        assert_eq!(client(one), client(two));
        assert_eq!(client("::ffff:192.0.2.1".parse().unwrap()), "192.0.2.1".parse::<IpAddr>().unwrap());
    }
}
