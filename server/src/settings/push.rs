//! How browsers are told that there is something new, and how often anybody is.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use portal::{PushHost, PushHostError, PushKey, PushKeyError, PushMeans};
use runtime::Clock;
use runtime::settings::Secret;
use runtime::tls::{self, PemError};
use serde::Deserialize;

/// Longer than a push service takes.
const TIME_MAX: Duration = Duration::from_secs(10);

/// Web Push. Without a key it is not offered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PushSettings {
    /// Who the portal is to push services, as `my-portal push-key --new FILE` makes it, best as `key_file`.
    pub key: Option<Secret>,
    /// The key before this one: browsers that subscribed to it hear from it until they subscribe anew.
    pub former_key: Option<Secret>,
    /// Where a push service can reach whoever runs the portal: `mailto:…` or `https://…`; the portal's own address where
    /// nothing is said.
    pub contact: Option<String>,
    /// Push services that may be asked: `push.example`, `*.push.example`. Those of the common browsers where none is named.
    pub hosts: Vec<String>,
    /// Whom to believe about a push service's name, PEM; the machine's own authorities where nothing is said.
    pub anchor: Option<PathBuf>,
}

/// How often anybody is told.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AlertSettings {
    /// Nobody is told more often, at one address, but of emergencies.
    pub interval_minutes: NonZeroU32,
}

/// What is wrong with how browsers are told. Never the key.
#[derive(Debug, thiserror::Error)]
pub enum PushFault {
    /// Not a key.
    #[error("{key} is no key such as `my-portal push-key --new FILE` makes")]
    Key {
        /// Which key
        key: &'static str,
        /// Why
        #[source]
        source: PushKeyError,
    },
    /// Not a host.
    #[error("push.hosts has {host:?}")]
    Host {
        /// As it stands there
        host: String,
        /// Why not
        #[source]
        source: PushHostError,
    },
    /// Nobody can be reached there.
    #[error("push.contact is not mailto:… or https://…")]
    Contact,
    /// The file of `push.anchor`.
    #[error("push.anchor cannot be used")]
    Anchor(#[source] PemError),
    /// TLS or HTTP cannot be used.
    #[error("push services cannot be reached as configured")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self { interval_minutes: NonZeroU32::new(60).unwrap_or(NonZeroU32::MIN) }
    }
}

impl AlertSettings {
    pub(crate) fn interval(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.interval_minutes.get()))
    }
}

impl PushFault {
    pub(crate) fn key(&self) -> &'static str {
        match self {
            Self::Key { key, .. } => key,
            Self::Host { .. } => "push.hosts",
            Self::Contact => "push.contact",
            Self::Anchor(_) | Self::Client(_) => "push.anchor",
        }
    }
}

impl PushSettings {
    /// How browsers are told; none: it is not offered.
    pub(crate) fn means(&self, origin: &str, clock: &Arc<dyn Clock>) -> Result<Option<PushMeans>, PushFault> {
        let read = |key: &'static str, secret: &Option<Secret>| {
            let read = |secret: &Secret| PushKey::from_pkcs8_pem(secret.expose());
            secret.as_ref().map(read).transpose().map_err(|source| PushFault::Key { key, source })
        };
        let former_key = read("push.former_key", &self.former_key)?;
        let hosts =
            self.hosts.iter().map(|host| host.parse().map_err(|source| PushFault::Host { host: host.clone(), source }));
        let hosts: Vec<PushHost> = hosts.collect::<Result<_, _>>()?;
        let reachable = |contact: &&String| {
            ["mailto:", "https://"].iter().any(|begin| contact.starts_with(begin))
                && !contact.contains(char::is_whitespace)
        };
        let contact = match &self.contact {
            Some(contact) => Some(contact).filter(reachable).ok_or(PushFault::Contact)?.clone(),
            // The portal's own address was judged as such.
            None => origin.to_owned(),
        };
        let Some(key) = read("push.key", &self.key)? else { return Ok(None) };
        let hosts = if hosts.is_empty() { PushHost::known() } else { hosts };
        Ok(Some(PushMeans { client: self.client(clock)?, hosts, key, former_key, contact }))
    }

    /// Speaks HTTPS only, follows nobody elsewhere, and gives up in time.
    fn client(&self, clock: &Arc<dyn Clock>) -> Result<reqwest::Client, PushFault> {
        let builder = reqwest::Client::builder()
            .https_only(true)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(TIME_MAX / 2)
            .timeout(TIME_MAX);
        let builder = match &self.anchor {
            None => builder,
            Some(anchor) => {
                let anchors = tls::anchors_from_pem_file(anchor).map_err(PushFault::Anchor)?;
                let config = tls::client_config(None, &anchors, clock.clone());
                builder.tls_backend_preconfigured(config.map_err(|error| PushFault::Client(error.into()))?)
            }
        };
        builder.build().map_err(|error| PushFault::Client(error.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(settings: &PushSettings) -> Result<bool, PushFault> {
        means_at("https://portal.example", settings)
    }

    fn means_at(origin: &str, settings: &PushSettings) -> Result<bool, PushFault> {
        tls::install_provider();
        let clock: Arc<dyn Clock> = Arc::new(runtime::SystemClock);
        settings.means(origin, &clock).map(|means| means.is_some())
    }

    fn key() -> Secret {
        let key = pki::SigningKey::generate(pki::KeyKind::P256).unwrap();
        key.to_pkcs8_pem().unwrap().into()
    }

    #[test]
    fn without_a_key_browsers_are_not_told() {
        assert!(!means(&PushSettings::default()).unwrap());
        assert!(means(&PushSettings { key: Some(key()), ..PushSettings::default() }).unwrap());
    }

    #[test]
    fn a_portal_on_this_machine_alone_needs_no_contact() {
        for origin in ["http://localhost:8080", "http://127.0.0.1:28081", "http://[::1]:8080"] {
            assert!(!means_at(origin, &PushSettings::default()).unwrap(), "{origin}");
            assert!(
                means_at(origin, &PushSettings { key: Some(key()), ..PushSettings::default() }).unwrap(),
                "{origin}"
            );
        }
    }

    #[test]
    fn what_cannot_be_is_said_with_its_key() {
        let wrong = |settings: PushSettings| means(&settings).unwrap_err().key();
        assert_eq!(
            wrong(PushSettings {
                key: Some(zeroize::Zeroizing::new("x".to_owned()).into()),
                ..PushSettings::default()
            }),
            "push.key"
        );
        let former_key = Some(zeroize::Zeroizing::new("x".to_owned()).into());
        assert_eq!(wrong(PushSettings { key: Some(key()), former_key, ..PushSettings::default() }), "push.former_key");
        for host in ["*", "10.0.0.1", "https://push.example"] {
            let hosts = vec![host.to_owned()];
            assert_eq!(
                wrong(PushSettings { key: Some(key()), hosts, ..PushSettings::default() }),
                "push.hosts",
                "{host}"
            );
        }
        let contact = Some("portal".to_owned());
        assert_eq!(wrong(PushSettings { key: Some(key()), contact, ..PushSettings::default() }), "push.contact");
        let anchor = Some("/nowhere.pem".into());
        assert_eq!(wrong(PushSettings { key: Some(key()), anchor, ..PushSettings::default() }), "push.anchor");
    }

    #[test]
    fn nobody_is_told_more_than_once_an_hour_unless_told_otherwise() {
        assert_eq!(AlertSettings::default().interval(), SignedDuration::from_hours(1));
    }
}
