use super::*;
use crate::issue::OrganisationUse;
use crate::issue::testing::{authority, organisation, rng};
use proptest::prelude::*;

const INFO: &[u8] = b"my-portal-seal/1";

#[test]
fn only_the_receiver_opens_and_only_in_the_same_exchange() {
    let ca = authority("CA");
    let (certificate, key) = organisation(&ca, "141003", OrganisationUse::Sealing);
    let (_, other) = organisation(&ca, "NTA", OrganisationUse::Sealing);
    let sealed = seal(&certificate, INFO, b"exchange 1", b"income", &mut rng()).unwrap();
    assert_eq!(open(&key, INFO, b"exchange 1", &sealed).unwrap().as_slice(), b"income");
    assert_eq!(open(&key, INFO, b"exchange 2", &sealed), Err(OpenError::Refused));
    assert_eq!(open(&key, b"other", b"exchange 1", &sealed), Err(OpenError::Refused));
    assert_eq!(open(&other, INFO, b"exchange 1", &sealed), Err(OpenError::Refused));
}

#[test]
fn an_rsa_certificate_cannot_be_sealed_to() {
    let ca = authority("CA");
    let rsa = SigningKey::generate(crate::KeyKind::Rsa2048).unwrap();
    let certificate = ca
        .jpki_authentication(
            rsa.spki_der(),
            &crate::issue::testing::endpoints(),
            crate::issue::testing::validity(),
            &mut rng(),
        )
        .unwrap();
    assert_eq!(seal(&certificate, INFO, b"", b"", &mut rng()), Err(SealError::WrongKey));
    let empty = Sealed { encapsulated_key: vec![], ciphertext: vec![] };
    assert_eq!(open(&rsa, INFO, b"", &empty), Err(OpenError::WrongKey));
}

proptest! {
    #[test]
    fn a_changed_payload_is_never_opened(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let (certificate, key) = organisation(&authority("CA"), "NTA", OrganisationUse::Sealing);
        let mut sealed = seal(&certificate, INFO, b"aad", b"payload", &mut rng()).unwrap();
        let split = sealed.encapsulated_key.len();
        let at = at.index(split + sealed.ciphertext.len());
        if at < split {
            sealed.encapsulated_key[at] ^= 1 << bit;
        } else {
            sealed.ciphertext[at - split] ^= 1 << bit;
        }
        prop_assert_eq!(open(&key, INFO, b"aad", &sealed), Err(OpenError::Refused));
    }
}

/// RFC 9180 written down a second time over other primitives (aws-lc): §4.1 DHKEM, §5.1 key schedule, §5.2 AEAD.
mod second_opinion {
    use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
    use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
    use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

    fn extract(suite: &[u8], salt: &[u8], label: &[u8], secret: &[u8]) -> Vec<u8> {
        let input = [&b"HPKE-v1"[..], suite, label, secret].concat();
        sign(&Key::new(HMAC_SHA256, salt), &input).as_ref().to_vec()
    }

    /// One block is enough for every length used here.
    fn expand(suite: &[u8], key: &[u8], label: &[u8], info: &[u8], length: u8) -> Vec<u8> {
        let input = [&[0, length][..], b"HPKE-v1", suite, label, info, &[1]].concat();
        sign(&Key::new(HMAC_SHA256, key), &input).as_ref()[..usize::from(length)].to_vec()
    }

    pub(super) fn open(scalar: &[u8], sealed: &super::Sealed, info: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
        let private = PrivateKey::from_private_key(&ECDH_P256, scalar).ok()?;
        let own = private.compute_public_key().ok()?;
        let theirs = UnparsedPublicKey::new(&ECDH_P256, &sealed.encapsulated_key);
        let shared = agree(&private, theirs, (), |bytes| Ok(bytes.to_vec())).ok()?;
        let kem = [&b"KEM"[..], &[0x00, 0x10]].concat();
        let context = [&sealed.encapsulated_key, own.as_ref()].concat();
        let shared = expand(&kem, &extract(&kem, b"", b"eae_prk", &shared), b"shared_secret", &context, 32);
        let suite = [&b"HPKE"[..], &[0x00, 0x10, 0x00, 0x01, 0x00, 0x02]].concat();
        let psk_id = extract(&suite, b"", b"psk_id_hash", b"");
        let context = [&[0][..], &psk_id, &extract(&suite, b"", b"info_hash", info)].concat();
        let secret = extract(&suite, &shared, b"secret", b"");
        let key = expand(&suite, &secret, b"key", &context, 32);
        let nonce = expand(&suite, &secret, b"base_nonce", &context, 12);
        let key = LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &key).ok()?);
        let mut plaintext = sealed.ciphertext.clone();
        let nonce = Nonce::try_assume_unique_for_key(&nonce).ok()?;
        let opened = key.open_in_place(nonce, Aad::from(aad), &mut plaintext).ok()?;
        Some(opened.to_vec())
    }
}

#[test]
fn a_second_implementation_opens_what_is_sealed_here() {
    let (certificate, key) = organisation(&authority("CA"), "141003", OrganisationUse::Sealing);
    let scalar = key.p256_scalar().unwrap().unwrap();
    for payload in [&b""[..], b"income", &[7; 5000]] {
        let sealed = seal(&certificate, INFO, b"exchange", payload, &mut rng()).unwrap();
        assert_eq!(sealed.encapsulated_key.len(), 65);
        assert_eq!(sealed.ciphertext.len(), payload.len() + 16);
        let opened = second_opinion::open(&scalar, &sealed, INFO, b"exchange");
        assert_eq!(opened.as_deref(), Some(payload));
        assert_eq!(second_opinion::open(&scalar, &sealed, INFO, b"another"), None);
    }
}
