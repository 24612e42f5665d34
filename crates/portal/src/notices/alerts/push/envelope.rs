//! What the push service carries and cannot read: a message sealed for one browser (RFC 8291), as one record of
//! `aes128gcm` (RFC 8188).

use web_push_native::p256::PublicKey;
use web_push_native::{Auth, encrypt};

/// The browser's key is no point, or the message is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be sealed for this browser")]
pub(super) struct NotSealed;

/// What every push service takes (RFC 8030, 7.2), without header, tag and delimiter.
const PLAIN_BYTES_MAX: usize = 4096 - 86 - 17;

/// The library draws key and salt of this one message from the system itself.
pub(super) fn seal(ua_public: &[u8; 65], auth: &[u8; 16], plain: Vec<u8>) -> Result<Vec<u8>, NotSealed> {
    if plain.len() > PLAIN_BYTES_MAX {
        return Err(NotSealed);
    }
    let theirs = PublicKey::from_sec1_bytes(ua_public).map_err(|_| NotSealed)?;
    encrypt(plain, &theirs, &Auth::from(*auth)).map_err(|_| NotSealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64UrlUnpadded, Encoding as _};
    use web_push_native::decrypt;
    use web_push_native::p256::SecretKey;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        Base64UrlUnpadded::decode_vec(text).unwrap().try_into().unwrap()
    }

    const UA_PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const UA_PRIVATE: &str = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";
    const PLAIN: &[u8] = b"When I grow up, I want to be a watermelon";

    fn opened(sealed: Vec<u8>) -> Vec<u8> {
        let private = SecretKey::from_slice(&bytes::<32>(UA_PRIVATE)).unwrap();
        decrypt(sealed, &private, &Auth::from(bytes::<16>(AUTH))).unwrap()
    }

    /// RFC 8291, appendix A.
    #[test]
    fn the_example_of_the_standard_is_opened() {
        let sealed = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8\
                      wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(opened(Base64UrlUnpadded::decode_vec(sealed).unwrap()), PLAIN);
    }

    #[test]
    fn the_browser_opens_what_was_sealed_for_it_and_each_time_it_is_sealed_otherwise() {
        let [one, other] = [0, 1].map(|_| seal(&bytes(UA_PUBLIC), &bytes(AUTH), PLAIN.to_vec()).unwrap());
        assert_ne!(one[..16], other[..16], "salt");
        assert_ne!(one[21..86], other[21..86], "key");
        assert_eq!((opened(one), opened(other)), (PLAIN.to_vec(), PLAIN.to_vec()));
    }

    #[test]
    fn a_key_that_is_no_point_is_refused() {
        assert_eq!(seal(&[4; 65], &bytes(AUTH), vec![0]).unwrap_err(), NotSealed);
        assert_eq!(seal(&[0; 65], &bytes(AUTH), vec![0]).unwrap_err(), NotSealed);
    }

    #[test]
    fn what_a_push_service_need_not_take_is_refused() {
        let longest = seal(&bytes(UA_PUBLIC), &bytes(AUTH), vec![0; PLAIN_BYTES_MAX]).unwrap();
        assert_eq!(longest.len(), 4096);
        assert_eq!(seal(&bytes(UA_PUBLIC), &bytes(AUTH), vec![0; PLAIN_BYTES_MAX + 1]).unwrap_err(), NotSealed);
    }
}
