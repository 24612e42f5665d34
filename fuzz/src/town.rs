//! One small town of certificates that every target shares: an authority, a citizen, an organisation.

use std::sync::LazyLock;

use domain::{FourInfo, Sex};
use jiff::{SignedDuration, Timestamp};
use pki::issue::{
    Authority, AuthorityName, CrlTimes, JpkiEndpoints, OrganisationProfile, OrganisationUse, RevokedCertificate,
    Validity,
};
use pki::{Certificate, RevocationReason, SigningKey, Verifier, ocsp};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// What was issued. Keys and serial numbers are the same in every process, so that a corpus keeps its meaning.
pub(crate) struct Town {
    pub(crate) root: Authority,
    pub(crate) verifier: Verifier,
    /// Signature and authentication certificate; the first is withdrawn.
    pub(crate) withdrawn: Certificate,
    pub(crate) good: Certificate,
    pub(crate) organisation: Certificate,
    pub(crate) organisation_key: SigningKey,
    pub(crate) sealing: Certificate,
    pub(crate) sealing_key: SigningKey,
    pub(crate) responder: ocsp::Responder,
}

pub(crate) static TOWN: LazyLock<Town> = LazyLock::new(Town::new);

pub(crate) fn now() -> Timestamp {
    "2026-11-21T00:00:00Z".parse().expect("an instant")
}

pub(crate) fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(11)
}

/// PKCS#8 of a P-256 key, up to the secret number.
const P256_HEAD: [u8; 35] = [
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
];

/// The key whose secret number is this byte, 32 times.
fn key(number: u8) -> SigningKey {
    SigningKey::from_pkcs8_der(&[&P256_HEAD[..], &[number; 32]].concat()).expect("a key")
}

impl Town {
    fn new() -> Self {
        let mut rng = rng();
        let day = SignedDuration::from_hours(24);
        let validity = Validity { not_before: now() - 30 * day, not_after: now() + 300 * day };
        let name = AuthorityName { organization: "Fuzz", unit: "Authorities", common_name: "Root" };
        let root = Authority::self_signed(&name, key(1), validity, None, &mut rng).expect("an authority");
        let endpoints = JpkiEndpoints { crl: "http://127.0.0.1/crl", ocsp: "http://127.0.0.1/ocsp" };
        let hanako = FourInfo::new(
            "山田花子".to_owned(),
            "神奈川県横浜市中区本町6丁目50番地の10".to_owned(),
            "1980-04-01".parse().expect("a day"),
            Sex::Female,
        )
        .expect("four items");
        let withdrawn =
            root.jpki_signature(&hanako, key(2).spki_der(), &endpoints, validity, &mut rng).expect("a certificate");
        let good = root.jpki_authentication(key(3).spki_der(), &endpoints, validity, &mut rng).expect("a certificate");
        let org = "141003".parse().expect("a code");
        let of = |usage| OrganisationProfile { org: &org, usage, dns: &[], ips: &[] };
        let (organisation_key, sealing_key, responder_key) = (key(4), key(5), key(6));
        let organisation = root
            .organisation(&of(OrganisationUse::Signing), organisation_key.spki_der(), validity, &mut rng)
            .expect("a certificate");
        let sealing = root
            .organisation(&of(OrganisationUse::Sealing), sealing_key.spki_der(), validity, &mut rng)
            .expect("a certificate");
        let responder =
            root.ocsp_responder("OCSP", responder_key.spki_der(), validity, &mut rng).expect("a certificate");
        let responder = ocsp::Responder::new(root.certificate().clone(), responder, responder_key).expect("its key");
        let verifier = Verifier::new(vec![root.certificate().clone()], Vec::new()).expect("an anchor");
        Self { root, verifier, withdrawn, good, organisation, organisation_key, sealing, sealing_key, responder }
    }

    /// A list with `others` besides the withdrawn certificate.
    pub(crate) fn list(&self, others: u8) -> Vec<u8> {
        let times = CrlTimes { number: 7, this_update: now(), next_update: now() + SignedDuration::from_hours(24) };
        let entry = |serial| RevokedCertificate { serial, at: now(), reason: RevocationReason::KeyCompromise };
        let withdrawn = RevokedCertificate::from_serial_hex(
            &self.withdrawn.serial_hex(),
            now(),
            RevocationReason::AffiliationChanged,
        );
        let others = (1..=others).map(|number| entry(vec![number; 16]));
        self.root.crl(&times, withdrawn.into_iter().chain(others)).expect("a list")
    }

    /// What the responder says: the one certificate is withdrawn.
    pub(crate) fn answer(&self, request: &[u8]) -> Vec<u8> {
        let known = |serial: &str| {
            if serial == self.withdrawn.serial_hex() {
                ocsp::Known::Revoked { reason: RevocationReason::AffiliationChanged, at: now() }
            } else {
                ocsp::Known::Unknown
            }
        };
        self.responder.respond(request, known, now(), now() + SignedDuration::from_hours(1)).expect("an answer")
    }
}
