//! The number that is sent to an address and typed in on the page: whoever types it can read what arrives there. A number
//! and not a link: a mail that asks to press something looks like what people must never press, and the number works
//! where the mail is read on another device.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use domain::{AlertAddressId, FolderId, SecretHash};
use jiff::SignedDuration;
use rand_core::CryptoRng;

use super::mail_address::MailAddress;
use crate::information::{HoldingSecret, Unopened};

/// Digits of a code.
pub const CODE_DIGITS: usize = 6;
/// How often a code may be tried.
pub const CODE_TRIES: u32 = 5;
/// How long a code counts.
pub(super) const CODE_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// Codes that one person can have sent in a day.
pub(super) const CODES_A_DAY: u64 = 10;
/// Codes that can be sent to one address in a day, by whomever.
pub(super) const CODES_TO_ONE_A_DAY: u64 = 3;

/// As it is sent.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct AlertCode(String);

impl AlertCode {
    pub(super) fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        const ALL: u32 = 10_u32.pow(6);
        // Every number is as likely as every other.
        const FAIR: u32 = u32::MAX - u32::MAX % ALL;
        let mut drawn = [0; 4];
        loop {
            rng.fill_bytes(&mut drawn);
            let number = u32::from_be_bytes(drawn);
            if number < FAIR {
                return Self(format!("{:06}", number % ALL));
            }
        }
    }

    /// What was typed: wide digits count as narrow ones, spaces and strokes as nothing.
    pub(super) fn typed(text: &str) -> Self {
        let digit = |letter: char| match letter {
            '\u{ff10}'..='\u{ff19}' => char::from_u32(u32::from(letter) - 0xfee0),
            ' ' | '\u{3000}' | '-' | '\u{2212}' | '\u{ff0d}' => None,
            other => Some(other),
        };
        Self(text.trim().chars().filter_map(digit).collect())
    }

    pub(super) fn digits(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for AlertCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AlertCode")
    }
}

/// Hashes that tell nothing to whoever has the tables and not the portal's secret: a code and an address can be guessed.
pub(super) struct AlertHashes(Key);

impl AlertHashes {
    pub(super) fn derive(secret: &HoldingSecret) -> Result<Self, Unopened> {
        Ok(Self(Key::new(HMAC_SHA256, secret.key_for(b"my-portal-alert-hashes/1")?.as_slice())))
    }

    pub(super) fn code(&self, id: &AlertAddressId, code: &AlertCode) -> SecretHash {
        self.hash(b"code", &[id.as_bytes(), code.0.as_bytes()].concat())
    }

    pub(super) fn folder(&self, folder: &FolderId) -> SecretHash {
        self.hash(b"folder", folder.as_bytes())
    }

    pub(super) fn mailbox(&self, address: &MailAddress) -> SecretHash {
        self.hash(b"mailbox", address.mailbox().as_bytes())
    }

    /// Names a letter: the same one when it is sent again.
    pub(super) fn message_id(&self, id: &AlertAddressId, told_at: i64) -> String {
        let hash = self.hash(b"message", &[id.as_bytes().as_slice(), &told_at.to_be_bytes()].concat());
        hash.as_bytes().iter().take(16).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }

    fn hash(&self, of: &'static [u8], what: &[u8]) -> SecretHash {
        let tag = sign(&self.0, &[of, b"\0", what].concat());
        let mut hash = [0; 32];
        hash.copy_from_slice(tag.as_ref());
        SecretHash::from(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    fn hashes(byte: u8) -> AlertHashes {
        AlertHashes::derive(&HoldingSecret::new(vec![byte; 32].into()).unwrap()).unwrap()
    }

    #[test]
    fn a_code_has_six_digits() {
        let mut rng = rng();
        for _ in 0..1000 {
            let code = AlertCode::generate(&mut rng);
            assert!(code.0.len() == CODE_DIGITS && code.0.bytes().all(|byte| byte.is_ascii_digit()), "{}", code.0);
        }
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        for typed in ["012345", " 012345\n", "012 345", "０１２３４５", "012-345", "０１２　３４５"] {
            assert_eq!(AlertCode::typed(typed).0, "012345", "{typed}");
        }
        assert_ne!(AlertCode::typed("0x2345").0, "012345");
    }

    #[test]
    fn a_hash_is_of_one_code_one_address_and_one_portal() {
        let (one, other) = (AlertCode::typed("123456"), AlertCode::typed("123457"));
        let (mine, theirs) = ([1; 16].into(), [2; 16].into());
        let hash = hashes(1).code(&mine, &one);
        assert_eq!(hashes(1).code(&mine, &one), hash);
        assert_ne!(hashes(1).code(&mine, &other), hash);
        assert_ne!(hashes(1).code(&theirs, &one), hash);
        assert_ne!(hashes(2).code(&mine, &one), hash);
    }

    #[test]
    fn a_letter_sent_again_has_the_same_name() {
        let id = [1; 16].into();
        assert_eq!(hashes(1).message_id(&id, 7), hashes(1).message_id(&id, 7));
        assert_ne!(hashes(1).message_id(&id, 7), hashes(1).message_id(&id, 8));
        assert_eq!(hashes(1).message_id(&id, 7).len(), 32);
    }
}
