//! To whom a report is sealed, and whose receipt is believed. The whole way is a story (`stories`).

use base64ct::{Base64, Encoding as _};
use pki::issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity};
use pki::key::KeyKind;
use pki::{SigningKey, cms, seal};
use wire::correction_report::{PaddedReport, ReportReceipt};

use super::super::desk::{Desk, DeskSettings};
use super::*;
use crate::testing::rng;

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn org(code: &str) -> OrgCode {
    code.parse().unwrap()
}

/// The organisations' authority, and the portal's desk that trusts it.
struct Platform {
    authority: Authority,
    desk: Desk,
}

/// A certificate and its key.
struct Identity(pki::Certificate, SigningKey);

fn authority() -> Authority {
    let name = AuthorityName { organization: "Test", unit: "Organisations", common_name: "organisation CA" };
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    Authority::self_signed(&name, key, validity(), Some(0), &mut rng()).unwrap()
}

fn validity() -> Validity {
    let year = jiff::SignedDuration::from_hours(24 * 365);
    Validity { not_before: now() - year, not_after: now() + year }
}

fn identity(authority: &Authority, org: &OrgCode, usage: OrganisationUse) -> Identity {
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let profile = OrganisationProfile { org, usage, dns: &[], ips: &[] };
    let certificate = authority.organisation(&profile, key.spki_der(), validity(), &mut rng()).unwrap();
    Identity(certificate, key)
}

impl Platform {
    fn new() -> Self {
        let authority = authority();
        let Identity(certificate, key) = identity(&authority, &OrgCode::portal(), OrganisationUse::Sealing);
        let Identity(signing, signing_key) = identity(&authority, &OrgCode::portal(), OrganisationUse::Signing);
        let settings = DeskSettings {
            sealing_certificate_pem: certificate.to_pem(),
            sealing_key_pem: key.to_pkcs8_pem().unwrap(),
            signing_certificate_pem: signing.to_pem(),
            signing_key_pem: signing_key.to_pkcs8_pem().unwrap(),
            organisations_anchor_pem: authority.certificate().to_pem(),
        };
        Self { desk: Desk::new(&settings).unwrap(), authority }
    }

    fn of(&self, org_code: &str, usage: OrganisationUse) -> Identity {
        identity(&self.authority, &org(org_code), usage)
    }
}

impl Identity {
    fn base64(&self) -> String {
        Base64::encode_string(self.0.der())
    }

    fn signs(&self, receipt: &ReportReceipt) -> String {
        let json = serde_json::to_vec(receipt).unwrap();
        let cms = cms::prepare(&json, &self.0, now()).unwrap().sign(&self.1, cms::Form::Attached).unwrap();
        Base64::encode_string(&cms)
    }
}

fn content() -> ReportContent {
    ReportContent {
        id: [1; 16].into(),
        answer: [2; 16].into(),
        provider: org("NTA"),
        info_kind: "income".parse().unwrap(),
        field: None,
        words: ReportWords::typed("多すぎます。").unwrap(),
        reported_at: now(),
    }
}

fn receipt() -> ReportReceipt {
    let number = ReceiptNumber::of([7; 5]);
    ReportReceipt { id: [1; 16].into(), provider: org("NTA"), number, received_at: now() }
}

/// Does something on the way of [`content`] to 国税庁.
fn on_its_way<T>(act: impl FnOnce(&ReportContext<'_>) -> T) -> T {
    let (content, reporter, provider) = (content(), OrgCode::portal(), org("NTA"));
    act(&ReportContext { id: &content.id, reporter: &reporter, provider: &provider, info_kind: &content.info_kind })
}

#[test]
fn the_institution_opens_what_was_sealed_to_it_and_reads_who_signed() {
    let platform = Platform::new();
    let nta = platform.of("NTA", OrganisationUse::Sealing);
    on_its_way(|way| {
        let sealed = platform.desk.seal_report(&content(), way, &nta.base64(), now(), &mut rng()).unwrap();
        let sealed = seal::Sealed {
            encapsulated_key: Base64::decode_vec(&sealed.encapsulated_key).unwrap(),
            ciphertext: Base64::decode_vec(&sealed.ciphertext).unwrap(),
        };
        let padded = seal::open(&nta.1, ReportContext::INFO, &way.aad(), &sealed).unwrap();
        assert_eq!(padded.len(), PaddedReport::BYTES);
        let signed = cms::verify(PaddedReport::cms(&padded).unwrap(), None).unwrap();
        assert!(serde_json::from_slice::<ReportContent>(&signed.content).unwrap() == content());
        assert_eq!(pki::org_code(&signed.signer).unwrap(), OrgCode::portal(), "who wrote it is proven");
    });
}

/// N-5: the core brings the certificate, and can bring no other.
#[test]
fn nothing_is_sealed_to_anybody_but_the_institution() {
    let platform = Platform::new();
    let forged = identity(&authority(), &org("NTA"), OrganisationUse::Sealing);
    let anchor = Base64::encode_string(platform.authority.certificate().der());
    for certificate in [
        platform.of("CORE", OrganisationUse::Sealing).base64(),
        platform.of("JPS", OrganisationUse::Sealing).base64(),
        platform.of("NTA", OrganisationUse::Signing).base64(),
        platform.of("NTA", OrganisationUse::Tls).base64(),
        forged.base64(),
        anchor,
        String::new(),
        "?".to_owned(),
    ] {
        on_its_way(|way| {
            assert!(platform.desk.seal_report(&content(), way, &certificate, now(), &mut rng()).is_err());
        });
    }
    let nta = platform.of("NTA", OrganisationUse::Sealing).base64();
    let later = now() + jiff::SignedDuration::from_hours(24 * 400);
    on_its_way(|way| assert!(platform.desk.seal_report(&content(), way, &nta, later, &mut rng()).is_err()));
}

#[test]
fn only_the_institution_itself_says_that_it_has_the_report() {
    let platform = Platform::new();
    let nta = platform.of("NTA", OrganisationUse::Signing);
    let believe = |signed: &str| on_its_way(|way| platform.desk.believe_receipt(signed, way, now()));
    assert_eq!(believe(&nta.signs(&receipt())).unwrap(), receipt());
    let of_another = ReportReceipt { id: [9; 16].into(), ..receipt() };
    let elsewhere = ReportReceipt { provider: org("JPS"), ..receipt() };
    for signed in [
        nta.signs(&of_another),
        nta.signs(&elsewhere),
        platform.of("CORE", OrganisationUse::Signing).signs(&receipt()),
        platform.of("NTA", OrganisationUse::Sealing).signs(&receipt()),
        identity(&authority(), &org("NTA"), OrganisationUse::Signing).signs(&receipt()),
        Base64::encode_string(b"not signed"),
        String::new(),
    ] {
        assert!(believe(&signed).is_err());
    }
}

#[test]
fn a_field_is_named_by_its_number_in_the_answer() {
    let field = |name: &str| InformationField { name: name.into(), period: None, value: "1".into(), unit: None };
    let answer = OwnAnswer {
        at: now(),
        id: [2; 16].into(),
        schema_version: 1,
        fields: vec![field("first"), field("second")],
        content: Zeroizing::default(),
        signed: Zeroizing::default(),
    };
    assert!(concerned(&answer, "").unwrap().is_none());
    assert_eq!(concerned(&answer, "1").unwrap().unwrap().name, "second");
    for wrong in ["2", "-1", "x", " 1", "99999999999999999999999"] {
        assert!(matches!(concerned(&answer, wrong), Err(ReportError::NoSuchField)), "{wrong}");
    }
}
