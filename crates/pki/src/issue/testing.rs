//! Small worlds for tests.

use domain::{FourInfo, Sex};
use jiff::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use x509_cert::ext::Criticality;

use super::*;
use crate::key::KeyKind;

pub(crate) fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(7)
}

/// The time at which tests happen.
pub(crate) fn now() -> Timestamp {
    "2026-11-21T00:00:00Z".parse().unwrap()
}

pub(crate) fn days(n: i64) -> Timestamp {
    now() + jiff::SignedDuration::from_hours(24 * n)
}

pub(crate) fn validity() -> Validity {
    Validity { not_before: days(-30), not_after: days(365) }
}

pub(crate) fn key() -> SigningKey {
    SigningKey::generate(KeyKind::P256).unwrap()
}

pub(crate) fn authority_name(common_name: &str) -> AuthorityName<'_> {
    AuthorityName { organization: "Demo", unit: "Authorities", common_name }
}

pub(crate) fn authority(common_name: &str) -> Authority {
    Authority::self_signed(&authority_name(common_name), key(), validity(), None, &mut rng()).unwrap()
}

pub(crate) fn endpoints() -> JpkiEndpoints<'static> {
    JpkiEndpoints { crl: "http://127.0.0.1:9190/crl/signature.crl", ocsp: "http://127.0.0.1:9190/ocsp" }
}

pub(crate) fn hanako() -> FourInfo {
    FourInfo::new(
        "山田花子".into(),
        "神奈川県横浜市中区本町6丁目50番地の10".into(),
        "1980-04-01".parse().unwrap(),
        Sex::Female,
    )
    .unwrap()
}

/// Signature and authentication certificate of one card (P-256 keys: these tests are not about RSA).
pub(crate) fn citizen_pair(ca: &Authority) -> (Certificate, Certificate) {
    let (a, b) = (key(), key());
    (
        ca.jpki_signature(&hanako(), a.spki_der(), &endpoints(), validity(), &mut rng()).unwrap(),
        ca.jpki_authentication(b.spki_der(), &endpoints(), validity(), &mut rng()).unwrap(),
    )
}

pub(crate) fn organisation(ca: &Authority, org: &str, usage: OrganisationUse) -> (Certificate, SigningKey) {
    let key = key();
    let profile = OrganisationProfile {
        org: &org.parse().unwrap(),
        usage,
        dns: &["nta.party"],
        ips: &["127.0.0.1".parse().unwrap()],
    };
    let certificate = ca.organisation(&profile, key.spki_der(), validity(), &mut rng()).unwrap();
    (certificate, key)
}

/// A certificate of any shape.
pub(crate) struct TestDraft(pub(crate) Draft);

pub(crate) fn draft(common_name: &str) -> TestDraft {
    let subject = draft::name(&[(const_oid::db::rfc4519::COMMON_NAME, common_name)]).unwrap();
    TestDraft(Draft::new(subject, key().spki_der(), validity(), &mut rng()).unwrap())
}

impl TestDraft {
    pub(crate) fn extension<T: der::Encode + const_oid::AssociatedOid + Criticality>(self, value: &T) -> Self {
        Self(self.0.extend(value).unwrap())
    }

    pub(crate) fn issued_by(self, ca: &Authority) -> Certificate {
        ca.issue(self.0).unwrap()
    }
}
