//! The key of one organisation: turns an ID code into that organisation's link code and back (B-ID-7).
//!
//! AES-256-SIV (RFC 5297) with the organisation code as associated data: deterministic, so the same person has the
//! same code under the same key, and authenticated, so a code of another organisation does not decrypt (B-TBL-3).
//! Decrypting proves nothing about being issued: the table has the last word (B-TBL-1).

use aes_siv::{KeyInit as _, siv::Aes256Siv};
use domain::{LinkCode, OrgCode};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::id_code::IdCode;

/// Wiped when dropped; prints nothing.
#[derive(Clone)]
pub(super) struct LinkKey(Zeroizing<[u8; 64]>);

impl LinkKey {
    pub(super) fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut bytes = Zeroizing::new([0; 64]);
        rng.fill_bytes(&mut *bytes);
        Self(bytes)
    }

    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(|key| Self(Zeroizing::new(key)))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &*self.0
    }

    /// The person's code at this organisation.
    pub(super) fn link_code(&self, org: &OrgCode, id_code: &IdCode) -> Option<LinkCode> {
        let sealed = self.cipher().encrypt([org.as_str()], id_code.as_bytes()).ok()?;
        LinkCode::try_from(sealed.as_slice()).ok()
    }

    /// None: this organisation's key did not make the code.
    pub(super) fn id_code(&self, org: &OrgCode, link_code: &LinkCode) -> Option<IdCode> {
        let opened = Zeroizing::new(self.cipher().decrypt([org.as_str()], link_code.as_bytes()).ok()?);
        IdCode::try_from(opened.as_slice()).ok()
    }

    fn cipher(&self) -> Aes256Siv {
        Aes256Siv::new((&*self.0).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn org(code: &str) -> OrgCode {
        code.parse().unwrap()
    }

    /// RFC 5297 gives vectors for AES-128 only; this is the published AES-256 one of the Miscreant suite.
    #[test]
    fn the_cipher_is_the_published_one() {
        let key = hex::decode(concat!(
            "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f06f6e6d6c6b6a69686766656463626160",
            "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff000102030405060708090a0b0c0d0e0f"
        ))
        .unwrap();
        let header = hex::decode("101112131415161718191a1b1c1d1e1f2021222324252627").unwrap();
        let plaintext = hex::decode("112233445566778899aabbccddee").unwrap();
        let key = LinkKey::from_bytes(&key).unwrap();
        assert_eq!(
            hex::encode(key.cipher().encrypt([header], &plaintext).unwrap()),
            "f125274c598065cfc26b0e71575029088b035217e380cac8919ee800c126"
        );
    }

    #[test]
    fn a_code_of_one_organisation_means_nothing_to_another() {
        let mut rng = crate::entropy::seeded(1);
        let (a, b) = (LinkKey::generate(&mut rng), LinkKey::generate(&mut rng));
        let person = IdCode::generate(&mut rng);
        let code = a.link_code(&org("NTA"), &person).unwrap();
        assert_eq!(b.id_code(&org("JPS"), &code), None);
        assert_eq!(a.id_code(&org("JPS"), &code), None);
        assert_eq!(a.id_code(&org("NTA"), &code), Some(person));
    }

    proptest! {
        #[test]
        fn a_code_comes_back_as_the_person_it_was_made_for(key: [u8; 32], more: [u8; 32], person: [u8; 16]) {
            let key = LinkKey::from_bytes(&[key, more].concat()).unwrap();
            let person = IdCode::from(person);
            let code = key.link_code(&org("JPS"), &person).unwrap();
            prop_assert_eq!(key.id_code(&org("JPS"), &code), Some(person));
        }

        #[test]
        fn a_changed_code_is_nobodys(person: [u8; 16], at in 0usize..32, flip in 1u8..) {
            let key = LinkKey::generate(&mut crate::entropy::seeded(2));
            let code = key.link_code(&org("JPS"), &IdCode::from(person)).unwrap();
            let mut bytes = *code.as_bytes();
            bytes[at] ^= flip;
            prop_assert_eq!(key.id_code(&org("JPS"), &bytes.into()), None);
        }
    }
}
