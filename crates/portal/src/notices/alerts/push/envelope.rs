//! What the push service carries and cannot read: a message sealed for one browser (RFC 8291), as one record of
//! `aes128gcm` (RFC 8188). Agreement, derivation and sealing are the cryptographic module's; here they are put together.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use zeroize::Zeroizing;

/// The browser's key is no point, or the cryptographic module failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the message cannot be sealed for this browser")]
pub(super) struct NotSealed;

const RECORD_BYTES: u32 = 4096;
/// Tag and the delimiter of the last record.
const OVERHEAD: usize = 17;

/// The module draws the key of this one message itself.
pub(super) fn seal(ua_public: &[u8; 65], auth: &[u8; 16], salt: [u8; 16], plain: &[u8]) -> Result<Vec<u8>, NotSealed> {
    let key = PrivateKey::generate(&ECDH_P256).map_err(|_| NotSealed)?;
    seal_with(&key, ua_public, auth, salt, plain)
}

fn seal_with(
    key: &PrivateKey,
    ua_public: &[u8; 65],
    auth: &[u8; 16],
    salt: [u8; 16],
    plain: &[u8],
) -> Result<Vec<u8>, NotSealed> {
    if plain.len() + OVERHEAD > RECORD_BYTES as usize {
        return Err(NotSealed);
    }
    let as_public = key.compute_public_key().map_err(|_| NotSealed)?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, ua_public.as_slice());
    let shared = agree(key, theirs, NotSealed, |shared| Ok(Zeroizing::new(shared.to_vec())))?;
    let prk = Salt::new(HKDF_SHA256, auth).extract(&shared);
    let input: Zeroizing<[u8; 32]> = derived(&prk, &[b"WebPush: info\0", ua_public.as_slice(), as_public.as_ref()])?;
    let prk = Salt::new(HKDF_SHA256, &salt).extract(input.as_slice());
    let content_key: Zeroizing<[u8; 16]> = derived(&prk, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: Zeroizing<[u8; NONCE_LEN]> = derived(&prk, &[b"Content-Encoding: nonce\0"])?;
    let mut record = Zeroizing::new([plain, &[2]].concat());
    let sealing = UnboundKey::new(&AES_128_GCM, content_key.as_slice()).map(LessSafeKey::new).map_err(|_| NotSealed)?;
    let tag = sealing
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(*nonce), Aad::empty(), record.as_mut_slice())
        .map_err(|_| NotSealed)?;
    let length = u8::try_from(as_public.as_ref().len()).map_err(|_| NotSealed)?;
    Ok([&salt, RECORD_BYTES.to_be_bytes().as_slice(), &[length], as_public.as_ref(), &record, tag.as_ref()].concat())
}

fn derived<const N: usize>(prk: &Prk, info: &[&[u8]]) -> Result<Zeroizing<[u8; N]>, NotSealed> {
    let mut key = Zeroizing::new([0; N]);
    let expanded = prk.expand(info, Bytes(N)).map_err(|_| NotSealed)?;
    expanded.fill(key.as_mut_slice()).map_err(|_| NotSealed)?;
    Ok(key)
}

struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64UrlUnpadded, Encoding as _};

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        Base64UrlUnpadded::decode_vec(text).unwrap().try_into().unwrap()
    }

    const UA_PUBLIC: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    /// RFC 8291, appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out_as_it_stands_there() {
        let private: [u8; 32] = bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let key = PrivateKey::from_private_key(&ECDH_P256, &private).unwrap();
        let plain = b"When I grow up, I want to be a watermelon";
        let sealed = seal_with(&key, &bytes(UA_PUBLIC), &bytes(AUTH), bytes("DGv6ra1nlYgDCS1FRnbzlw"), plain).unwrap();
        assert_eq!(
            Base64UrlUnpadded::encode_string(&sealed),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6P\
             Bru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn a_key_that_is_no_point_is_refused() {
        assert_eq!(seal(&[4; 65], &bytes(AUTH), [0; 16], b"x").unwrap_err(), NotSealed);
        assert_eq!(seal(&[0; 65], &bytes(AUTH), [0; 16], b"x").unwrap_err(), NotSealed);
    }

    #[test]
    fn what_does_not_fit_into_one_record_is_refused() {
        assert!(seal(&bytes(UA_PUBLIC), &bytes(AUTH), [0; 16], &[0; 4079]).is_ok());
        assert_eq!(seal(&bytes(UA_PUBLIC), &bytes(AUTH), [0; 16], &[0; 4080]).unwrap_err(), NotSealed);
    }
}
