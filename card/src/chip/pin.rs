//! PINs as typed and as stored.

use std::fmt;
use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2;
use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::CardKey;

/// Rounds of PBKDF2-HMAC-SHA256 for a stored PIN. Four digits stay guessable for whoever reads the file; the counter
/// protects against whoever has only the reader.
pub(crate) const PIN_ITERATIONS: NonZeroU32 = NonZeroU32::new(100_000).unwrap();

/// A PIN of the right form, as typed. Wiped when dropped, never printed.
pub struct Pin {
    key: CardKey,
    text: Zeroizing<String>,
}

/// The text cannot be this PIN. Costs no try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text has not the form of this PIN")]
pub struct PinFormError(pub CardKey);

impl Pin {
    /// Authentication: four digits. Signature: 6 to 16 letters and digits (P-AUT-4). Full-width characters and small
    /// letters are read as what was meant.
    pub fn parse(key: CardKey, typed: &str) -> Result<Self, PinFormError> {
        // Reserved at once, so that growing leaves no copies behind.
        let mut text = Zeroizing::new(String::with_capacity(64));
        for c in typed.trim().chars().take(17) {
            text.push(half_width(c).to_ascii_uppercase());
        }
        let well_formed = match key {
            CardKey::Authentication => text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()),
            CardKey::Signature => {
                (6..=16).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            }
        };
        if well_formed { Ok(Self { key, text }) } else { Err(PinFormError(key)) }
    }

    /// Whose PIN it is.
    pub fn key(&self) -> CardKey {
        self.key
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin")
    }
}

/// `Ａ` → `A`: the full-width forms lie 0xFEE0 above ASCII.
fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// A PIN as stored: salted, stretched.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PinHash {
    salt: String,
    iterations: NonZeroU32,
    hash: String,
}

impl PinHash {
    pub(crate) const SALT_LEN: usize = 16;
    const HASH_LEN: usize = 32;

    pub(crate) fn of(pin: &Pin, salt: &[u8; Self::SALT_LEN], iterations: NonZeroU32) -> Self {
        let mut hash = [0; Self::HASH_LEN];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA256, iterations, salt, pin.text.as_bytes(), &mut hash);
        Self { salt: Base64::encode_string(salt), iterations, hash: Base64::encode_string(&hash) }
    }

    /// Compares in constant time. A damaged hash matches nothing.
    pub(crate) fn matches(&self, pin: &Pin) -> bool {
        let (mut salt, mut hash) = ([0; Self::SALT_LEN], [0; Self::HASH_LEN]);
        let whole = Base64::decode(&self.salt, &mut salt).is_ok_and(|s| s.len() == Self::SALT_LEN)
            && Base64::decode(&self.hash, &mut hash).is_ok_and(|h| h.len() == Self::HASH_LEN);
        whole && pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA256, self.iterations, &salt, pin.text.as_bytes(), &hash).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEW: NonZeroU32 = NonZeroU32::new(1000).unwrap();

    #[test]
    fn an_authentication_pin_is_four_digits() {
        assert!(Pin::parse(CardKey::Authentication, "0000").is_ok());
        assert!(Pin::parse(CardKey::Authentication, " 1234 ").is_ok());
        for bad in ["", "123", "12345", "12a4", "１２３", "①②③④"] {
            assert!(Pin::parse(CardKey::Authentication, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_signature_pin_is_6_to_16_letters_and_digits() {
        assert!(Pin::parse(CardKey::Signature, "ABC123").is_ok());
        assert!(Pin::parse(CardKey::Signature, &"Z".repeat(16)).is_ok());
        for bad in ["ABC12", &"Z".repeat(17), "ABC-123", "あいうえおか", "ABC 123"] {
            assert!(Pin::parse(CardKey::Signature, bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn full_width_and_small_letters_are_read_as_meant() {
        let stored = PinHash::of(&Pin::parse(CardKey::Signature, "ABC123").unwrap(), &[1; 16], FEW);
        assert!(stored.matches(&Pin::parse(CardKey::Signature, "ａｂｃ１２３").unwrap()));
        assert!(stored.matches(&Pin::parse(CardKey::Signature, "abc123").unwrap()));
    }

    #[test]
    fn a_stored_pin_matches_itself_only_and_says_nothing() {
        let pin = Pin::parse(CardKey::Authentication, "1234").unwrap();
        let stored = PinHash::of(&pin, &[1; 16], FEW);
        assert!(stored.matches(&pin));
        assert!(!stored.matches(&Pin::parse(CardKey::Authentication, "1235").unwrap()));
        assert!(!serde_json::to_string(&stored).unwrap().contains("1234"));
        assert_ne!(stored.hash, PinHash::of(&pin, &[2; 16], FEW).hash);
        assert_eq!(format!("{pin:?}"), "Pin");
    }

    #[test]
    fn a_damaged_hash_matches_nothing() {
        let pin = Pin::parse(CardKey::Authentication, "1234").unwrap();
        let mut stored = PinHash::of(&pin, &[1; 16], FEW);
        stored.hash = String::new();
        assert!(!stored.matches(&pin));
    }
}
