use super::*;
use crate::key::{KeyKind, SigningKey};

#[test]
fn a_signature_over_other_bytes_is_refused() {
    for kind in [KeyKind::Rsa2048, KeyKind::P256] {
        let key = SigningKey::generate(kind).unwrap();
        let signature = key.sign(b"this").unwrap();
        assert_eq!(verify_raw(key.spki_der(), b"this", &signature), Ok(()));
        assert_eq!(verify_raw(key.spki_der(), b"that", &signature), Err(SignatureError::Mismatch));
    }
}

#[test]
fn a_signature_by_another_key_is_refused() {
    let (mine, yours) = (SigningKey::generate(KeyKind::P256).unwrap(), SigningKey::generate(KeyKind::P256).unwrap());
    let signature = yours.sign(b"this").unwrap();
    assert_eq!(verify_raw(mine.spki_der(), b"this", &signature), Err(SignatureError::Mismatch));
}

#[test]
fn what_is_no_key_is_refused() {
    assert_eq!(verify_raw(b"nothing", b"", b""), Err(SignatureError::MalformedKey));
}

#[test]
fn an_algorithm_of_another_kind_of_key_is_refused() {
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let signature = key.sign(b"this").unwrap();
    assert_eq!(
        SignatureAlgorithm::RsaSha256.verify(key.spki_der(), b"this", &signature),
        Err(SignatureError::Unsupported)
    );
}
