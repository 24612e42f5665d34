//! Opaque secrets and codes: compared in constant time, never printed.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// The text was not the base64url form of the right number of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the base64url form of the expected number of bytes")]
pub struct OpaqueError;

macro_rules! opaque {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialOrd, Ord, zeroize::Zeroize)]
        pub struct $name([u8; $len]);

        impl $name {
            /// Bytes in it.
            pub const LEN: usize = $len;

            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// Base64url without padding, as it travels.
            pub fn expose(&self) -> String {
                Base64UrlUnpadded::encode_string(&self.0)
            }
        }

        impl From<[u8; $len]> for $name {
            fn from(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = OpaqueError;
            fn try_from(bytes: &[u8]) -> Result<Self, OpaqueError> {
                bytes.try_into().map(Self).map_err(|_| OpaqueError)
            }
        }

        impl std::str::FromStr for $name {
            type Err = OpaqueError;
            fn from_str(text: &str) -> Result<Self, OpaqueError> {
                let mut bytes = [0; $len];
                match Base64UrlUnpadded::decode(text, &mut bytes) {
                    Ok(read) if read.len() == $len => Ok(Self(bytes)),
                    _ => Err(OpaqueError),
                }
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.ct_eq(&other.0).into()
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(&self.expose())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

macro_rules! drawn {
    ($name:ident) => {
        impl $name {
            /// Draws a new one.
            pub fn generate(rng: &mut (impl rand_core::CryptoRng + ?Sized)) -> Self {
                let mut bytes = [0; Self::LEN];
                rng.fill_bytes(&mut bytes);
                Self(bytes)
            }

            /// What may be stored in place of it.
            pub fn hash(&self) -> SecretHash {
                SecretHash(Sha256::digest(self.0).into())
            }
        }
    };
}

opaque!(
    /// A person's code at one institution (リンクコード): AES-SIV of the core's ID code under that institution's key
    /// (B-ID-7): 16 bytes of tag and 16 of ciphertext. Means nothing to any other institution (N-7).
    LinkCode, 32
);
opaque!(
    /// One-time handle of an issuance (突合番号): unguessable, single use (B-ISS-4).
    MatchNumber, 16
);
opaque!(
    /// The random number of a challenge (P-AUT-2): 32 bytes, single use.
    ChallengeNonce, 32
);
opaque!(
    /// Lets the reader say once that the card was removed.
    RemovalToken, 32
);
opaque!(
    /// The single-use code that leads the browser back from the reader's answer; worth nothing without the cookie of
    /// the browser that started.
    TicketCode, 32
);
opaque!(
    /// What tells the browser that started a step with the card from every other one.
    BrowserMark, 32
);
opaque!(
    /// SHA-256 of a secret: what may be stored.
    SecretHash, 32
);

drawn!(MatchNumber);
drawn!(ChallengeNonce);
drawn!(RemovalToken);
drawn!(TicketCode);
drawn!(BrowserMark);

impl SecretHash {
    /// Hashes any secret, such as a cookie id.
    pub fn of(secret: &[u8]) -> Self {
        Self(Sha256::digest(secret).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_never_prints_itself() {
        assert_eq!(format!("{:?}", LinkCode::from([1; 32])), "LinkCode");
    }

    #[test]
    fn a_code_travels_as_base64url_and_comes_back() {
        let code = LinkCode::from([0xfe; 32]);
        assert_eq!(code.expose().parse::<LinkCode>(), Ok(code));
    }

    #[test]
    fn a_code_of_another_length_is_refused() {
        assert_eq!("AAAA".parse::<LinkCode>(), Err(OpaqueError));
        assert_eq!(format!("{}A", LinkCode::from([0; 32]).expose()).parse::<LinkCode>(), Err(OpaqueError));
        assert_eq!(LinkCode::try_from(&[0u8; 31][..]), Err(OpaqueError));
    }
}
