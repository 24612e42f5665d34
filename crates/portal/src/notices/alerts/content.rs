//! What of an address is sealed under the folder's key: all of it.

use domain::{AlertAddressId, Locale};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::mail_address::MailAddress;
use super::push::{Subscription, SubscriptionFault};
use crate::folder_key::FolderKey;
use crate::information::Unopened;

const PURPOSE: &[u8] = b"my-portal-alert-address/1";

/// An address as its person gave it.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "channel", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum AlertContent {
    Mail {
        address: String,
        locale: String,
    },
    Push {
        endpoint: String,
        p256dh: String,
        auth: String,
        /// The key of ours to which the browser subscribed.
        key: String,
        /// What the person calls it.
        device: String,
        locale: String,
    },
}

impl AlertContent {
    pub(super) fn mail(address: &MailAddress, locale: Locale) -> Self {
        Self::Mail { address: address.as_str().to_owned(), locale: locale.name().to_owned() }
    }

    pub(super) fn push(subscription: &Subscription, key: String, device: &str, locale: Locale) -> Self {
        let (endpoint, p256dh, auth) = subscription.to_parts();
        let locale = locale.name().to_owned();
        Self::Push { endpoint, p256dh, auth, key, device: device.to_owned(), locale }
    }

    /// In which language to tell.
    pub(super) fn locale(&self) -> Locale {
        let (Self::Mail { locale, .. } | Self::Push { locale, .. }) = self;
        locale.parse().unwrap_or(Locale::Ja)
    }

    /// The browser, and to which key of ours it subscribed.
    pub(super) fn subscription(&self) -> Option<Result<(Subscription, &str), SubscriptionFault>> {
        let Self::Push { endpoint, p256dh, auth, key, .. } = self else { return None };
        Some(Subscription::of_parts(endpoint, p256dh, auth).map(|subscription| (subscription, key.as_str())))
    }

    pub(super) fn seal(
        &self,
        key: &FolderKey,
        id: &AlertAddressId,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, Unopened> {
        let json = Zeroizing::new(serde_json::to_vec(self).map_err(|_| Unopened)?);
        key.seal(PURPOSE, id.as_bytes(), &json, rng)
    }

    pub(super) fn open(key: &FolderKey, id: &AlertAddressId, sealed: &[u8]) -> Result<Self, Unopened> {
        serde_json::from_slice(&key.open(PURPOSE, id.as_bytes(), sealed)?).map_err(|_| Unopened)
    }
}

impl std::fmt::Debug for AlertContent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AlertContent")
    }
}
