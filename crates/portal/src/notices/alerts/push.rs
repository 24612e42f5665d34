//! Web Push (RFC 8030): to which services, by whom, and what they answer.

mod envelope;
mod hosts;
mod keys;

use std::fmt;
use std::time::Duration;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jiff::Timestamp;
use reqwest::{StatusCode, Url, header};

pub use hosts::{PushHost, PushHostError};
pub use keys::{PushKey, PushKeyError};

/// An alert that waits longer at the push service is of no use.
const TTL_S: &str = "86400";
/// Longest address of a push service.
const ENDPOINT_CHARS_MAX: usize = 1000;
/// Nobody who counts bytes learns which of our few sentences it was.
const PADDED_BYTES: usize = 512;

/// How browsers are told. Push services are on the internet; the client follows no redirect and gives up in time.
pub struct PushMeans {
    /// Speaks HTTPS only.
    pub client: reqwest::Client,
    /// Services that may be asked, and no others.
    pub hosts: Vec<PushHost>,
    /// Who we are to them.
    pub key: PushKey,
    /// Who we were: browsers that subscribed to that key hear from it until they subscribe anew.
    pub former_key: Option<PushKey>,
    /// Where a push service can reach whoever runs the portal: `mailto:…` or `https://…`.
    pub contact: String,
}

/// What a browser gave when its person agreed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Subscription {
    pub(super) endpoint: Url,
    /// An uncompressed point of P-256.
    pub(super) p256dh: [u8; 65],
    pub(super) auth: [u8; 16],
}

/// Why a browser cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionFault {
    /// Not what a browser gives.
    #[error("not what a browser gives")]
    Malformed,
    /// Its push service is none that may be asked.
    #[error("its push service is none that may be asked")]
    Host,
}

/// As `JSON.stringify` of a browser writes it.
#[derive(serde::Deserialize)]
struct Given {
    endpoint: String,
    keys: GivenKeys,
}

#[derive(serde::Deserialize)]
struct GivenKeys {
    p256dh: String,
    auth: String,
}

/// What came of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pushed {
    /// The service has it.
    Taken,
    /// The browser is gone, or its person took the permission away.
    Gone,
    /// Later; the service may say how much.
    Later(Option<Duration>),
    /// Not this way.
    Refused,
}

/// One message.
pub(super) struct Message<'m> {
    pub(super) plain: &'m [u8],
    /// Replaces one of the same topic that waits at the service.
    pub(super) topic: &'static str,
    pub(super) urgent: bool,
}

impl Subscription {
    /// Reads what a browser gave. Whose service it is says [`PushMeans::may_ask`].
    pub(super) fn parse(json: &str) -> Result<Self, SubscriptionFault> {
        let given: Given = serde_json::from_str(json).map_err(|_| SubscriptionFault::Malformed)?;
        Self::of_parts(&given.endpoint, &given.keys.p256dh, &given.keys.auth)
    }

    pub(super) fn of_parts(endpoint: &str, p256dh: &str, auth: &str) -> Result<Self, SubscriptionFault> {
        let malformed = |_| SubscriptionFault::Malformed;
        if endpoint.len() > ENDPOINT_CHARS_MAX {
            return Err(SubscriptionFault::Malformed);
        }
        let endpoint = Url::parse(endpoint).map_err(|_| SubscriptionFault::Malformed)?;
        let p256dh = Base64UrlUnpadded::decode_vec(p256dh.trim_end_matches('=')).map_err(malformed)?;
        let auth = Base64UrlUnpadded::decode_vec(auth.trim_end_matches('=')).map_err(malformed)?;
        let p256dh = p256dh.try_into().map_err(|_| SubscriptionFault::Malformed)?;
        let auth = auth.try_into().map_err(|_| SubscriptionFault::Malformed)?;
        Ok(Self { endpoint, p256dh, auth })
    }

    /// Endpoint, key and secret, as they came.
    pub(super) fn to_parts(&self) -> (String, String, String) {
        let encoded = Base64UrlUnpadded::encode_string;
        (self.endpoint.to_string(), encoded(&self.p256dh), encoded(&self.auth))
    }
}

impl PushMeans {
    /// The public key as a browser wants it: base64url of an uncompressed point.
    pub(super) fn public_key(&self) -> String {
        self.key.public()
    }

    /// Whether this service is on the list; HTTPS to a named host and to nothing else.
    pub(super) fn may_ask(&self, endpoint: &Url) -> bool {
        endpoint.scheme() == "https"
            && endpoint.username().is_empty()
            && endpoint.password().is_none()
            && self.hosts.iter().any(|host| host.is(endpoint))
    }

    /// Hands a message over, sealed for the browser alone. `subscribed_to` is the public key to which it subscribed.
    pub(super) async fn push(
        &self,
        to: &Subscription,
        subscribed_to: &str,
        message: &Message<'_>,
        now: Timestamp,
    ) -> Pushed {
        let key = std::iter::once(&self.key).chain(&self.former_key).find(|key| key.public() == subscribed_to);
        // A browser that subscribed to a key that nobody has any more hears nothing until it subscribes anew.
        let Some(key) = key else { return Pushed::Gone };
        if !self.may_ask(&to.endpoint) {
            return Pushed::Refused;
        }
        let mut plain = message.plain.to_vec();
        // Spaces after a JSON text are nothing.
        plain.resize(plain.len().max(PADDED_BYTES), b' ');
        let sealed = envelope::seal(&to.p256dh, &to.auth, plain);
        let signed = key.authorization(&to.endpoint, &self.contact, now);
        let (Ok(sealed), Ok(signed)) = (sealed, signed) else { return Pushed::Refused };
        let request = self
            .client
            .post(to.endpoint.clone())
            .header("ttl", TTL_S)
            .header("topic", message.topic)
            .header("urgency", if message.urgent { "high" } else { "normal" })
            .header(header::CONTENT_ENCODING, "aes128gcm")
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .header(header::AUTHORIZATION, signed)
            .body(sealed);
        match request.send().await {
            Ok(answer) => judged(answer.status(), answer.headers()),
            // Its address would stand in the error.
            Err(_) => Pushed::Later(None),
        }
    }
}

fn judged(status: StatusCode, headers: &header::HeaderMap) -> Pushed {
    match status {
        status if status.is_success() => Pushed::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Pushed::Gone,
        StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT => Pushed::Later(retry_after(headers)),
        status if status.is_server_error() => Pushed::Later(retry_after(headers)),
        _ => Pushed::Refused,
    }
}

/// In seconds; a date is left to our own patience.
fn retry_after(headers: &header::HeaderMap) -> Option<Duration> {
    headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subscription")
    }
}

impl fmt::Debug for PushMeans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushMeans")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_gives_is_read() {
        let p256dh = Base64UrlUnpadded::encode_string(&[4; 65]);
        let auth = Base64UrlUnpadded::encode_string(&[7; 16]);
        let json = format!(
            r#"{{"endpoint":"https://push.example/a","expirationTime":null,"keys":{{"p256dh":"{p256dh}","auth":"{auth}"}}}}"#
        );
        let read = Subscription::parse(&json).unwrap();
        assert_eq!((read.endpoint.as_str(), read.p256dh, read.auth), ("https://push.example/a", [4; 65], [7; 16]));
    }

    #[test]
    fn what_no_browser_gives_is_refused() {
        let key = Base64UrlUnpadded::encode_string(&[4; 65]);
        let long = format!("https://push.example/{}", "a".repeat(1000));
        for (endpoint, p256dh, auth) in [
            ("not an address", key.as_str(), "BTBZMqHH6r4Tts7J_aSIgg"),
            (&long, &key, "BTBZMqHH6r4Tts7J_aSIgg"),
            ("https://push.example/a", "AAAA", "BTBZMqHH6r4Tts7J_aSIgg"),
            ("https://push.example/a", &key, "AAAA"),
            ("https://push.example/a", "?", "BTBZMqHH6r4Tts7J_aSIgg"),
        ] {
            let read = Subscription::of_parts(endpoint, p256dh, auth);
            assert_eq!(read, Err(SubscriptionFault::Malformed), "{endpoint} {p256dh} {auth}");
        }
        assert_eq!(Subscription::parse("{}"), Err(SubscriptionFault::Malformed));
    }

    #[test]
    fn a_service_says_what_came_of_it() {
        let none = header::HeaderMap::new();
        let mut wait = header::HeaderMap::new();
        wait.insert(header::RETRY_AFTER, header::HeaderValue::from_static("120"));
        for (status, headers, came) in [
            (201, &none, Pushed::Taken),
            (404, &none, Pushed::Gone),
            (410, &none, Pushed::Gone),
            (429, &wait, Pushed::Later(Some(Duration::from_mins(2)))),
            (429, &none, Pushed::Later(None)),
            (503, &wait, Pushed::Later(Some(Duration::from_mins(2)))),
            (500, &none, Pushed::Later(None)),
            (301, &none, Pushed::Refused),
            (307, &none, Pushed::Refused),
            (400, &none, Pushed::Refused),
            (403, &none, Pushed::Refused),
            (413, &none, Pushed::Refused),
        ] {
            assert_eq!(judged(StatusCode::from_u16(status).unwrap(), headers), came, "{status}");
        }
    }
}
