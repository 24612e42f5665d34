//! Certificates for this crate's tests.

use jiff::{SignedDuration, Timestamp};
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose as Purpose, IsCa, Issuer, KeyPair, SanType,
};
use rustls_pki_types::CertificateDer;
use tempfile::TempDir;

use super::{Identity, anchors_from_pem_file};

/// When the tests take place.
pub(crate) fn world_time() -> Timestamp {
    "2031-04-01T00:00:00Z".parse().unwrap()
}

/// Somebody who issues certificates, valid from the tests' time on.
pub(crate) struct Authority {
    issuer: Issuer<'static, KeyPair>,
    files: TempDir,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = valid_for(SignedDuration::from_hours(24 * 365));
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        let certificate = params.self_signed(&key).unwrap();
        let files = tempfile::tempdir().unwrap();
        std::fs::write(files.path().join("ca.pem"), certificate.pem()).unwrap();
        Self { issuer: Issuer::new(params, key), files }
    }

    pub(crate) fn anchor(&self) -> CertificateDer<'static> {
        anchors_from_pem_file(self.files.path().join("ca.pem")).unwrap().remove(0)
    }

    pub(crate) fn issues(&self, name: &str) -> Identity {
        self.issues_for(name, SignedDuration::from_hours(24 * 90))
    }

    /// A certificate for `name` at 127.0.0.1, as server and client, by way of its files.
    pub(crate) fn issues_for(&self, name: &str, validity: SignedDuration) -> Identity {
        let key = KeyPair::generate().unwrap();
        let mut params = valid_for(validity);
        params.distinguished_name.push(DnType::CommonName, name);
        params.subject_alt_names =
            vec![SanType::DnsName(name.try_into().unwrap()), SanType::IpAddress("127.0.0.1".parse().unwrap())];
        params.extended_key_usages = vec![Purpose::ServerAuth, Purpose::ClientAuth];
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        let (cert, private) = (self.files.path().join("x.pem"), self.files.path().join("x.key"));
        std::fs::write(&cert, certificate.pem()).unwrap();
        std::fs::write(&private, key.serialize_pem()).unwrap();
        Identity::from_pem_files(cert, private).unwrap()
    }
}

impl Identity {
    pub(crate) fn leaf_bytes(&self) -> usize {
        self.chain()[0].as_ref().len()
    }
}

fn valid_for(validity: SignedDuration) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.not_before = offset(world_time());
    params.not_after = offset(world_time() + validity);
    params
}

fn offset(at: Timestamp) -> time::OffsetDateTime {
    time::OffsetDateTime::from_unix_timestamp(at.as_second()).unwrap()
}
