//! One-time tokens in the reader's own forms: a form that did not come from a page of this run of the program, for
//! this ask, is refused, and each works once. Drawing a page stores nothing, so GET has no side effect.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::hmac;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use jiff::{SignedDuration, Timestamp};

const NONCE_LEN: usize = 16;
const SIGNED_LEN: usize = NONCE_LEN + 8;
const TOKEN_LEN: usize = SIGNED_LEN + 32;
const TTL: SignedDuration = SignedDuration::from_hours(1);

/// Makes and redeems tokens. The key lives as long as the process.
pub(crate) struct FormTokens {
    key: hmac::Key,
    used: Mutex<HashMap<[u8; NONCE_LEN], Timestamp>>,
}

/// The token is foreign, too old, or was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the form token is foreign, too old or used")]
pub(crate) struct TokenRefused;

impl FormTokens {
    pub(crate) fn new(rng: &mut (impl rand_core::CryptoRng + ?Sized)) -> Self {
        let mut key = zeroize::Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *key);
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, &*key), used: Mutex::default() }
    }

    /// A token for one form. `about` is what the form acts on.
    pub(crate) fn issue(&self, about: &str, now: Timestamp, rng: &mut (impl rand_core::CryptoRng + ?Sized)) -> String {
        let mut token = [0; NONCE_LEN];
        rng.fill_bytes(&mut token);
        let mut token = token.to_vec();
        token.extend_from_slice(&now.checked_add(TTL).unwrap_or(Timestamp::MAX).as_second().to_be_bytes());
        let tag = hmac::sign(&self.key, &wire::reader::length_prefixed(&[about.as_bytes(), &token]));
        token.extend_from_slice(tag.as_ref());
        Base64UrlUnpadded::encode_string(&token)
    }

    /// Uses the token up.
    pub(crate) fn redeem(&self, token: &str, about: &str, now: Timestamp) -> Result<(), TokenRefused> {
        let mut bytes = [0; TOKEN_LEN];
        let bytes = Base64UrlUnpadded::decode(token, &mut bytes).map_err(|_| TokenRefused)?;
        let (signed, tag) = bytes.split_at_checked(SIGNED_LEN).ok_or(TokenRefused)?;
        hmac::verify(&self.key, &wire::reader::length_prefixed(&[about.as_bytes(), signed]), tag)
            .map_err(|_| TokenRefused)?;
        let (nonce, until) = signed.split_at_checked(NONCE_LEN).ok_or(TokenRefused)?;
        let nonce: [u8; NONCE_LEN] = nonce.try_into().map_err(|_| TokenRefused)?;
        let until: [u8; 8] = until.try_into().map_err(|_| TokenRefused)?;
        let until = Timestamp::from_second(i64::from_be_bytes(until)).map_err(|_| TokenRefused)?;
        if now >= until {
            return Err(TokenRefused);
        }
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, until| now < *until);
        match used.insert(nonce, until) {
            None => Ok(()),
            Some(_) => Err(TokenRefused),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use runtime::SystemRng;

    fn noon() -> Timestamp {
        "2026-11-03T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_token_works_once() {
        let tokens = FormTokens::new(&mut SystemRng);
        let token = tokens.issue("slot", noon(), &mut SystemRng);
        assert_eq!(tokens.redeem(&token, "slot", noon()), Ok(()));
        assert_eq!(tokens.redeem(&token, "slot", noon()), Err(TokenRefused));
    }

    #[test]
    fn a_token_works_for_its_own_form_only() {
        let tokens = FormTokens::new(&mut SystemRng);
        let token = tokens.issue("ask-1", noon(), &mut SystemRng);
        assert_eq!(tokens.redeem(&token, "ask-2", noon()), Err(TokenRefused));
        assert_eq!(tokens.redeem(&token, "ask-1", noon()), Ok(()));
    }

    #[test]
    fn a_token_of_another_run_or_too_old_is_refused() {
        let (tokens, others) = (FormTokens::new(&mut SystemRng), FormTokens::new(&mut SystemRng));
        let foreign = others.issue("slot", noon(), &mut SystemRng);
        assert_eq!(tokens.redeem(&foreign, "slot", noon()), Err(TokenRefused));
        let old = tokens.issue("slot", noon(), &mut SystemRng);
        assert_eq!(tokens.redeem(&old, "slot", noon() + TTL), Err(TokenRefused));
    }

    #[test]
    fn a_changed_token_is_refused() {
        let tokens = FormTokens::new(&mut SystemRng);
        let token = tokens.issue("slot", noon(), &mut SystemRng);
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(tokens.redeem(&changed, "slot", noon()), Err(TokenRefused), "byte {at}");
        }
        assert_eq!(tokens.redeem("", "slot", noon()), Err(TokenRefused));
        assert_eq!(tokens.redeem(&"A".repeat(200), "slot", noon()), Err(TokenRefused));
    }

    proptest! {
        /// Whatever is tried in whatever order: once, in time, on its own form.
        #[test]
        fn a_token_is_good_once_in_time_and_on_its_own_form(
            tries in prop::collection::vec((0..3usize, 0..3usize, 0..400i64), 1..20),
        ) {
            let tokens = FormTokens::new(&mut SystemRng);
            let forms = ["slot", "ask-1", "ask-2"];
            let issued: Vec<String> = forms.iter().map(|form| tokens.issue(form, noon(), &mut SystemRng)).collect();
            let (mut now, mut used) = (noon(), [false; 3]);
            for (token, form, later_s) in tries {
                now += jiff::SignedDuration::from_secs(later_s);
                let good = token == form && !used[token] && now < noon() + TTL;
                prop_assert_eq!(tokens.redeem(&issued[token], forms[form], now).is_ok(), good);
                used[token] |= good;
            }
        }
    }
}
