//! 突合番号: made from the issuance's id under J-LIS' key, so that its database holds none, not even of an order that
//! still waits.

use domain::{MatchNumber, OrgCode};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::party::SecretKey;

/// The match number of one issuance for one organisation (B-ISS-4: unguessable, bound to the organisation).
#[expect(clippy::expect_used, reason = "HMAC takes a key of any length, and 16 of its 32 bytes are there")]
pub(super) fn match_number(key: &SecretKey, issuance_id: &[u8; 16], org: &OrgCode) -> MatchNumber {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key of any length");
    mac.update(b"match-number/1");
    mac.update(issuance_id);
    mac.update(org.as_str().as_bytes());
    let bytes: [u8; 32] = mac.finalize().into_bytes().into();
    MatchNumber::from(*bytes.first_chunk().expect("16 of 32 bytes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_match_number_depends_on_key_issuance_and_organisation() {
        let (one, two) = (SecretKey::from_bytes([1; 32]), SecretKey::from_bytes([2; 32]));
        let (nta, jps) = ("NTA".parse().unwrap(), "JPS".parse().unwrap());
        let base = match_number(&one, &[1; 16], &nta);
        assert_eq!(base, match_number(&one, &[1; 16], &nta));
        assert_ne!(base, match_number(&two, &[1; 16], &nta));
        assert_ne!(base, match_number(&one, &[2; 16], &nta));
        assert_ne!(base, match_number(&one, &[1; 16], &jps));
    }
}
