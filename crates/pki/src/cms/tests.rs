use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use der::{Any, Decode as _, Encode as _};

use super::*;
use crate::issue::OrganisationUse;
use crate::issue::testing::*;
use crate::key::{KeyKind, SigningKey};
use crate::openssl::Openssl;
use crate::tlv::{Reader, SEQUENCE};
use proptest::prelude::*;

const DOCUMENT: &[u8] = "利用者フォルダ利用申請".as_bytes();

fn signer() -> (crate::issue::Authority, Certificate, SigningKey) {
    let ca = authority("CA");
    let (certificate, key) = organisation(&ca, "NTA", OrganisationUse::Signing);
    (ca, certificate, key)
}

/// A citizen's certificate with a card's kind of key.
fn card_signer() -> (crate::issue::Authority, Certificate, SigningKey) {
    let (ca, key) = (authority("CA"), SigningKey::generate(KeyKind::Rsa2048).unwrap());
    let certificate = ca.jpki_signature(&hanako(), key.spki_der(), &endpoints(), validity(), &mut rng()).unwrap();
    (ca, certificate, key)
}

fn signed(form: Form) -> Vec<u8> {
    let (_, certificate, key) = signer();
    prepare(DOCUMENT, &certificate, now()).unwrap().sign(&key, form).unwrap()
}

#[test]
fn what_was_signed_comes_back() {
    let (_, certificate, key) = card_signer();
    let prepared = prepare(DOCUMENT, &certificate, now()).unwrap();
    let signature = key.sign(prepared.to_be_signed()).unwrap();
    let verified = verify(&assemble(prepared, &signature, Form::Attached).unwrap(), None).unwrap();
    assert_eq!(verified.content, DOCUMENT);
    assert_eq!((verified.signer, verified.signing_time), (certificate, now()));
}

#[test]
fn openssl_accepts_what_is_made_here() {
    for (ca, certificate, key) in [signer(), card_signer()] {
        let openssl = Openssl::new();
        let (anchor, content) =
            (openssl.write("ca.pem", ca.certificate().to_pem()), openssl.write("content", DOCUMENT));
        let at = now().as_second().to_string();
        for form in [Form::Attached, Form::Detached] {
            let der = prepare(DOCUMENT, &certificate, now()).unwrap().sign(&key, form).unwrap();
            let file = openssl.write("message.p7s", der);
            let mut arguments = vec!["cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", &file];
            arguments.extend(["-CAfile", &anchor, "-purpose", "any", "-attime", &at, "-out", "out"]);
            if form == Form::Detached {
                arguments.extend(["-content", &content]);
            }
            let (accepted, _, text) = openssl.run(&arguments);
            assert!(accepted, "{text}");
            assert_eq!(std::fs::read(openssl.path("out")).unwrap(), DOCUMENT);
        }
    }
}

#[test]
fn what_openssl_signs_is_accepted_here() {
    for (_, certificate, key) in [signer(), card_signer()] {
        let openssl = Openssl::new();
        let signer = openssl.write("signer.pem", certificate.to_pem());
        let key = openssl.write("key.pem", key.to_pkcs8_pem().unwrap().as_bytes());
        let content = openssl.write("content", DOCUMENT);
        let arguments = [
            "cms",
            "-sign",
            "-cades",
            "-binary",
            "-nodetach",
            "-outform",
            "DER",
            "-md",
            "sha256",
            "-in",
            &content,
            "-signer",
            &signer,
            "-inkey",
            &key,
            "-out",
            "message.p7s",
        ];
        let (made, _, text) = openssl.run(&arguments);
        assert!(made, "{text}");
        let verified = verify(&std::fs::read(openssl.path("message.p7s")).unwrap(), None);
        assert_eq!(verified.map(|v| (v.content, v.signer)), Ok((DOCUMENT.to_vec(), certificate)));
    }
}

#[test]
fn a_message_without_the_signing_certificate_attribute_is_refused() {
    let (_, certificate, key) = signer();
    let openssl = Openssl::new();
    let signer = openssl.write("signer.pem", certificate.to_pem());
    let key = openssl.write("key.pem", key.to_pkcs8_pem().unwrap().as_bytes());
    let content = openssl.write("content", DOCUMENT);
    let sign = |extra: &[&str]| {
        let mut arguments = vec!["cms", "-sign", "-binary", "-nodetach", "-outform", "DER", "-md", "sha256"];
        arguments.extend(["-in", &content, "-signer", &signer, "-inkey", &key, "-out", "message.p7s"]);
        arguments.extend(extra);
        assert!(openssl.run(&arguments).0);
        verify(&std::fs::read(openssl.path("message.p7s")).unwrap(), None)
    };
    assert_eq!(sign(&[]), Err(CmsRefusal::SignedAttributes));
    assert_eq!(sign(&["-noattr"]), Err(CmsRefusal::SignedAttributes));
    assert_eq!(sign(&["-cades", "-keyid"]), Err(CmsRefusal::Profile));
    assert_eq!(sign(&["-cades", "-nocerts"]), Err(CmsRefusal::NoCertificate));
    assert_eq!(sign(&["-cades", "-md", "sha512"]), Err(CmsRefusal::Algorithm));
    assert_eq!(sign(&["-cades", "-stream"]), Err(CmsRefusal::Malformed));
}

#[test]
fn a_message_with_two_signers_is_refused() {
    let (_, certificate, key) = signer();
    let (_, other, other_key) = signer();
    let openssl = Openssl::new();
    let content = openssl.write("content", DOCUMENT);
    let one =
        (openssl.write("1.pem", certificate.to_pem()), openssl.write("1.key", key.to_pkcs8_pem().unwrap().as_bytes()));
    let two =
        (openssl.write("2.pem", other.to_pem()), openssl.write("2.key", other_key.to_pkcs8_pem().unwrap().as_bytes()));
    let arguments = [
        "cms",
        "-sign",
        "-cades",
        "-binary",
        "-nodetach",
        "-outform",
        "DER",
        "-in",
        &content,
        "-signer",
        &one.0,
        "-inkey",
        &one.1,
        "-signer",
        &two.0,
        "-inkey",
        &two.1,
        "-out",
        "message.p7s",
    ];
    assert!(openssl.run(&arguments).0);
    let message = std::fs::read(openssl.path("message.p7s")).unwrap();
    assert_eq!(verify(&in_order(&message), None), Err(CmsRefusal::SignerCount));
}

/// OpenSSL writes two signers in the order given, which is DER's only by chance.
fn in_order(message: &[u8]) -> Vec<u8> {
    let mut info = ContentInfo::from_der(message).unwrap();
    let data: SignedData = info.content.decode_as().unwrap();
    info.content = Any::encode_from(&data).unwrap();
    info.to_der().unwrap()
}

#[test]
fn content_is_inside_or_beside_but_not_both() {
    assert_eq!(verify(&signed(Form::Attached), Some(DOCUMENT)), Err(CmsRefusal::Content));
    assert_eq!(verify(&signed(Form::Detached), None), Err(CmsRefusal::Content));
    assert_eq!(verify(&signed(Form::Detached), Some(DOCUMENT)).map(|v| v.content), Ok(DOCUMENT.to_vec()));
    assert_eq!(verify(&signed(Form::Detached), Some(b"other")), Err(CmsRefusal::Digest));
}

#[test]
fn a_signature_of_another_key_makes_no_message() {
    let (_, certificate, _) = signer();
    let prepared = prepare(DOCUMENT, &certificate, now()).unwrap();
    assert_eq!(prepared.sign(&key(), Form::Attached), Err(CmsError::Signature));
}

/// The certificate set of a CMS is not signed: another certificate of the same issuer and serial number is put there.
#[test]
fn a_certificate_that_was_swapped_is_refused() {
    let (_, certificate, key) = signer();
    let twin = std::iter::repeat_with(|| signer().1).find(|twin| twin.der().len() == certificate.der().len()).unwrap();
    assert_eq!(certificate.serial_hex(), twin.serial_hex());
    let message = prepare(DOCUMENT, &certificate, now()).unwrap().sign(&key, Form::Attached).unwrap();
    let swapped = replace(&message, certificate.der(), twin.der());
    assert_eq!(verify(&swapped, None), Err(CmsRefusal::OtherCertificate));
}

#[test]
fn signed_attributes_out_of_order_are_refused() {
    let message = signed(Form::Attached);
    let reordered = swap_first_two_attributes(&message);
    assert!(reordered != message);
    assert_eq!(verify(&reordered, None), Err(CmsRefusal::NotCanonical));
}

/// Finds the signed attributes ([0] of a `SignerInfo`) and exchanges the first two: the length stays.
fn swap_first_two_attributes(message: &[u8]) -> Vec<u8> {
    let content_type = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03];
    let at = message.windows(content_type.len()).position(|w| w == content_type).unwrap() - 2;
    let mut reader = Reader::new(&message[at..]);
    let (first, second) = (reader.expect(SEQUENCE).unwrap().whole, reader.expect(SEQUENCE).unwrap().whole);
    let mut changed = message[..at].to_vec();
    changed.extend_from_slice(second);
    changed.extend_from_slice(first);
    changed.extend_from_slice(&message[at + first.len() + second.len()..]);
    changed
}

fn replace(message: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = message.windows(old.len()).position(|w| w == old).unwrap();
    [&message[..at], new, &message[at + old.len()..]].concat()
}

proptest! {
    #[test]
    fn a_changed_message_never_verifies_as_something_else(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let (_, certificate, key) = signer();
        let mut message = prepare(DOCUMENT, &certificate, now()).unwrap().sign(&key, Form::Attached).unwrap();
        let at = at.index(message.len());
        message[at] ^= 1 << bit;
        if let Ok(verified) = verify(&message, None) {
            prop_assert_eq!(verified.content, DOCUMENT);
            prop_assert_eq!(verified.signer, certificate);
        }
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(verify(&bytes, None).is_err());
    }
}
