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

/// RFC 6979 A.2.5 and A.2.6, message `sample`, SHA-256 and SHA-384.
#[test]
fn known_ecdsa_signatures_verify() {
    let spki = |head: &str, x: &str, y: &str| hex::decode(format!("{head}04{x}{y}")).unwrap();
    let signature = |r: &str, s: &str| {
        let integer =
            |h: &str| crate::issue::tlv(2, &[&[0][..usize::from(h.as_bytes()[0] > b'7')], &hex::decode(h).unwrap()]);
        crate::issue::tlv(0x30, &[&integer(r), &integer(s)])
    };
    let p256 = spki(
        "3059301306072a8648ce3d020106082a8648ce3d030107034200",
        "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6",
        "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299",
    );
    let by_p256 = signature(
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
        "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
    );
    assert_eq!(verify_raw(&p256, b"sample", &by_p256), Ok(()));
    assert_eq!(verify_raw(&p256, b"test", &by_p256), Err(SignatureError::Mismatch));
    let p384 = spki(
        "3076301006072a8648ce3d020106052b81040022036200",
        "ec3a4e415b4e19a4568618029f427fa5da9a8bc4ae92e02e06aae5286b300c64def8f0ea9055866064a254515480bc13",
        "8015d9b72d7d57244ea8ef9ac0c621896708a59367f9dfb9f54ca84b3f1c9db1288b231c3ae0d4fe7344fd2533264720",
    );
    let by_p384 = signature(
        "94edbb92a5ecb8aad4736e56c691916b3f88140666ce9fa73d64c4ea95ad133c81a648152e44acf96e36dd1e80fabe46",
        "99ef4aeb15f178cea1fe40db2603138f130e740a19624526203b6351d0a3a94fa329c145786e679e7b82c71a38628ac8",
    );
    assert_eq!(verify_raw(&p384, b"sample", &by_p384), Ok(()));
}

/// PKCS#1 v1.5 has no randomness: both implementations must give the same bytes.
#[test]
fn an_rsa_signature_is_the_one_that_openssl_makes() {
    let openssl = crate::openssl::Openssl::new();
    let pem = openssl.pkcs8("rsa:2048");
    let key = SigningKey::from_pkcs8_pem(&pem).unwrap();
    let (file, message) = (openssl.write("rsa.key", &pem), openssl.write("message", b"statement"));
    let (signed, theirs, text) = openssl.run(&["dgst", "-sha256", "-sign", &file, &message]);
    assert!(signed, "{text}");
    assert_eq!(key.sign(b"statement").unwrap(), theirs);
    assert_eq!(verify_raw(key.spki_der(), b"statement", &theirs), Ok(()));
}

#[test]
fn openssl_verifies_what_an_organisations_key_signs() {
    let openssl = crate::openssl::Openssl::new();
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let public = der::pem::encode_string("PUBLIC KEY", der::pem::LineEnding::LF, key.spki_der()).unwrap();
    let public = openssl.write("public.pem", public);
    let signature = openssl.write("signature", key.sign(b"statement").unwrap());
    for (message, good) in [("statement", true), ("another", false)] {
        let message = openssl.write("message", message);
        let verified = openssl.run(&["dgst", "-sha256", "-verify", &public, "-signature", &signature, &message]);
        assert_eq!(verified.0, good);
    }
}

#[test]
fn weak_rsa_keys_verify_nothing() {
    let openssl = crate::openssl::Openssl::new();
    let weak = openssl.spki("rsa:1024");
    assert_eq!(verify_raw(&weak, b"", &[0; 128]), Err(SignatureError::WeakKey));
    let foreign = openssl.spki("secp256k1");
    assert_eq!(verify_raw(&foreign, b"", &[0; 70]), Err(SignatureError::Unsupported));
}
