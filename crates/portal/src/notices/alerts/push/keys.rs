//! Who the portal is to push services (VAPID, RFC 8292). A browser subscribes to this key, and its push service takes
//! messages from nobody else.

use std::fmt;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Url;

/// At most a day is allowed.
const LIFE: SignedDuration = SignedDuration::from_hours(12);

/// The portal's key for push services; prints only its type's name.
pub struct PushKey {
    signing: EncodingKey,
    public: String,
}

/// No key, or it could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PushKeyError {
    /// Not a PKCS#8 P-256 key.
    #[error("not an unencrypted PKCS#8 private key on P-256")]
    Malformed,
    /// The cryptographic module failed.
    #[error("the cryptographic module failed")]
    Module,
}

impl PushKey {
    /// Reads a `-----BEGIN PRIVATE KEY-----` text.
    pub fn from_pkcs8_pem(pem: &str) -> Result<Self, PushKeyError> {
        let key = pki::SigningKey::from_pkcs8_pem(pem).map_err(|_| PushKeyError::Malformed)?;
        let der = key.to_pkcs8_der().map_err(|_| PushKeyError::Malformed)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &der);
        let pair = pair.map_err(|_| PushKeyError::Malformed)?;
        let public = Base64UrlUnpadded::encode_string(pair.public_key().as_ref());
        Ok(Self { signing: EncodingKey::from_ec_der(&der), public })
    }

    /// base64url of the uncompressed point, as browsers subscribe to it.
    pub fn public(&self) -> String {
        self.public.clone()
    }

    /// The header with which the portal says who it is: to this service, for the next hours.
    pub(super) fn authorization(&self, endpoint: &Url, contact: &str, now: Timestamp) -> Result<String, PushKeyError> {
        let claims = Claims {
            aud: endpoint.origin().ascii_serialization(),
            exp: now.saturating_add(LIFE).map_err(|_| PushKeyError::Module)?.as_second(),
            sub: contact,
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::ES256), &claims, &self.signing);
        Ok(format!("vapid t={}, k={}", token.map_err(|_| PushKeyError::Module)?, self.public))
    }
}

#[derive(serde::Serialize)]
struct Claims<'c> {
    aud: String,
    exp: i64,
    sub: &'c str,
}

impl fmt::Debug for PushKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use pki::{KeyKind, SigningKey};

    #[test]
    fn a_service_can_check_who_we_are_with_the_key_that_browsers_subscribed_to() {
        let pem = SigningKey::generate(KeyKind::P256).unwrap().to_pkcs8_pem().unwrap();
        let key = PushKey::from_pkcs8_pem(&pem).unwrap();
        let endpoint = Url::parse("https://push.example/a?b").unwrap();
        let now = "2026-11-03T05:05:00Z".parse().unwrap();
        let header = key.authorization(&endpoint, "mailto:portal@portal.example", now).unwrap();
        let (token, public) = header.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        assert_eq!(public, key.public());
        let decoded = |text: &str| Base64UrlUnpadded::decode_vec(text).unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let checks = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decoded(public));
        checks.verify(signed.as_bytes(), &decoded(signature)).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&decoded(signed.split_once('.').unwrap().1)).unwrap();
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!(claims["sub"], "mailto:portal@portal.example");
        assert_eq!(claims["exp"].as_i64().unwrap() - now.as_second(), 12 * 3600);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let rsa = SigningKey::generate(KeyKind::Rsa2048).unwrap().to_pkcs8_pem().unwrap();
        for pem in ["", "x", rsa.as_str()] {
            assert_eq!(PushKey::from_pkcs8_pem(pem).unwrap_err(), PushKeyError::Malformed);
        }
    }
}
