//! Somebody who makes certificates of their own.

use base64ct::{Base64, Encoding as _};
use jiff::{SignedDuration, Timestamp};
use pki::SigningKey;
use pki::issue::{Authority, AuthorityName, JpkiEndpoints, Validity};
use pki::key::KeyKind;
use runtime::SystemRng;

/// An authentication certificate in JPKI's shape and under JPKI's name, of an authority that nobody trusts; base64 DER.
pub fn forged_authentication_certificate(now: Timestamp) -> String {
    let key = || SigningKey::generate(KeyKind::Rsa2048).expect("a key");
    let validity =
        Validity { not_before: now - SignedDuration::from_hours(24), not_after: now + SignedDuration::from_hours(24) };
    let name = AuthorityName { organization: "JPKI", unit: "JPKI for user authentication", common_name: "CA" };
    let authority = Authority::self_signed(&name, key(), validity, Some(0), &mut SystemRng).expect("an authority");
    let endpoints = JpkiEndpoints { crl: "http://127.0.0.1/crl", ocsp: "http://127.0.0.1/ocsp" };
    let forged = authority.jpki_authentication(key().spki_der(), &endpoints, validity, &mut SystemRng);
    Base64::encode_string(forged.expect("a certificate").der())
}
