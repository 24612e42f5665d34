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
