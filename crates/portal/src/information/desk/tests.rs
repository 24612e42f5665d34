//! Every way in which an answer may not be what it says.

use super::*;
use crate::testing::rng;
use domain::{AccessRecordId, InfoKind, InformationField, OrgCode};
use jiff::SignedDuration;
use pki::issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity};
use pki::key::KeyKind;
use wire::mediation::TransferMode;

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn always() -> Validity {
    let year = SignedDuration::from_hours(24 * 365);
    Validity { not_before: now() - year, not_after: now() + year }
}

fn authority() -> Authority {
    let name = AuthorityName { organization: "Test", unit: "Organisations", common_name: "CA" };
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    Authority::self_signed(&name, key, always(), Some(0), &mut rng()).unwrap()
}

fn identity(by: &Authority, org: &str, usage: OrganisationUse, validity: Validity) -> (Certificate, SigningKey) {
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let org: OrgCode = org.parse().unwrap();
    let profile = OrganisationProfile { org: &org, usage, dns: &[], ips: &[] };
    (by.organisation(&profile, key.spki_der(), validity, &mut rng()).unwrap(), key)
}

/// The portal's desk, and an institution that answers it.
struct Scene {
    desk: Desk,
    authority: Authority,
    portal: Certificate,
    id: AccessRecordId,
    provider: OrgCode,
    kind: InfoKind,
}

impl Scene {
    fn new() -> Self {
        let authority = authority();
        let (portal, key) = identity(&authority, "PORTAL", OrganisationUse::Sealing, always());
        let (signing, signing_key) = identity(&authority, "PORTAL", OrganisationUse::Signing, always());
        let desk = Desk::new(&DeskSettings {
            sealing_certificate_pem: portal.to_pem(),
            sealing_key_pem: key.to_pkcs8_pem().unwrap().to_string().into(),
            signing_certificate_pem: signing.to_pem(),
            signing_key_pem: signing_key.to_pkcs8_pem().unwrap().to_string().into(),
            organisations_anchor_pem: authority.certificate().to_pem(),
        });
        let (provider, kind) = ("NTA".parse().unwrap(), "income".parse().unwrap());
        Self { desk: desk.unwrap(), authority, portal, id: AccessRecordId::from([1; 16]), provider, kind }
    }

    fn content(&self) -> AnswerContent {
        let field = |value: &str| InformationField {
            name: "total-income".to_owned(),
            period: None,
            value: value.to_owned(),
            unit: None,
        };
        AnswerContent {
            id: self.id,
            provider: self.provider.clone(),
            info_kind: self.kind.clone(),
            schema_version: 1,
            fields: vec![field("3400000")],
        }
    }

    fn signed(content: &[u8], signer: &(Certificate, SigningKey), at: Timestamp) -> Vec<u8> {
        cms::prepare(content, &signer.0, at).unwrap().sign(&signer.1, cms::Form::Attached).unwrap()
    }

    fn sealed(&self, id: &AccessRecordId, payload: &[u8]) -> SealedPayload {
        let portal = OrgCode::portal();
        let context = SealContext {
            id,
            requester: &portal,
            provider: &self.provider,
            info_kind: &self.kind,
            mode: TransferMode::Gateway,
        };
        let sealed = seal::seal(&self.portal, SealContext::INFO, &context.aad(), payload, &mut rng()).unwrap();
        SealedPayload {
            encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
            ciphertext: Base64::encode_string(&sealed.ciphertext),
        }
    }

    fn believed(&self, payload: &SealedPayload) -> Result<Believed, Disbelief> {
        let portal = OrgCode::portal();
        let question = SealContext {
            id: &self.id,
            requester: &portal,
            provider: &self.provider,
            info_kind: &self.kind,
            mode: TransferMode::Gateway,
        };
        self.desk.believe(payload, &question, now())
    }

    /// What comes of this content, signed by this organisation at this time.
    fn outcome(&self, content: &AnswerContent, by: &Authority, org: &str, usage: OrganisationUse) -> String {
        let signer = identity(by, org, usage, always());
        let cms = Self::signed(&serde_json::to_vec(content).unwrap(), &signer, now());
        outcome(self.believed(&self.sealed(&self.id, &cms)))
    }
}

fn outcome(judged: Result<Believed, Disbelief>) -> String {
    match judged {
        Ok(_) => "believed".to_owned(),
        Err(disbelief) => disbelief.to_string(),
    }
}

#[test]
fn what_its_institution_signed_for_this_question_is_believed() {
    let scene = Scene::new();
    let signer = identity(&scene.authority, "NTA", OrganisationUse::Signing, always());
    let cms = Scene::signed(&serde_json::to_vec(&scene.content()).unwrap(), &signer, now());
    let believed = scene.believed(&scene.sealed(&scene.id, &cms)).unwrap();
    assert!(believed.content == scene.content());
    assert_eq!(believed.signed.as_slice(), cms);
}

#[test]
fn another_organisations_signature_is_not_believed() {
    let scene = Scene::new();
    let said = scene.outcome(&scene.content(), &scene.authority, "JPS", OrganisationUse::Signing);
    assert_eq!(said, Disbelief::OtherOrganisation.to_string());
}

#[test]
fn a_signature_beneath_another_authority_or_by_a_key_for_another_use_is_not_believed() {
    let scene = Scene::new();
    let said = "the signer is not to be believed";
    assert_eq!(scene.outcome(&scene.content(), &authority(), "NTA", OrganisationUse::Signing), said);
    assert_eq!(scene.outcome(&scene.content(), &scene.authority, "NTA", OrganisationUse::Sealing), said);
}

#[test]
fn an_answer_to_another_question_is_not_believed() {
    let scene = Scene::new();
    let said = Disbelief::OtherQuestion.to_string();
    let others = [
        AnswerContent { id: AccessRecordId::from([2; 16]), ..scene.content() },
        AnswerContent { provider: "JPS".parse().unwrap(), ..scene.content() },
        AnswerContent { info_kind: "local-tax".parse().unwrap(), ..scene.content() },
    ];
    for other in others {
        assert_eq!(scene.outcome(&other, &scene.authority, "NTA", OrganisationUse::Signing), said);
    }
}

#[test]
fn what_was_sealed_for_another_exchange_stays_closed() {
    let scene = Scene::new();
    let signer = identity(&scene.authority, "NTA", OrganisationUse::Signing, always());
    let cms = Scene::signed(&serde_json::to_vec(&scene.content()).unwrap(), &signer, now());
    let moved = scene.sealed(&AccessRecordId::from([2; 16]), &cms);
    assert!(matches!(scene.believed(&moved), Err(Disbelief::Unopened(_))));
    let mut changed = scene.sealed(&scene.id, &cms);
    changed.ciphertext = Base64::encode_string(&[0; 64]);
    assert!(matches!(scene.believed(&changed), Err(Disbelief::Unopened(_))));
    changed.ciphertext = "no base64".to_owned();
    assert!(matches!(scene.believed(&changed), Err(Disbelief::Malformed)));
}

#[test]
fn a_changed_or_unsigned_content_is_not_believed() {
    let scene = Scene::new();
    let signer = identity(&scene.authority, "NTA", OrganisationUse::Signing, always());
    let json = serde_json::to_vec(&scene.content()).unwrap();
    let mut cms = Scene::signed(&json, &signer, now());
    let at = cms.windows(7).position(|window| window == b"3400000").unwrap();
    cms[at] = b'9';
    assert!(matches!(scene.believed(&scene.sealed(&scene.id, &cms)), Err(Disbelief::Signature(_))));
    assert!(matches!(scene.believed(&scene.sealed(&scene.id, &json)), Err(Disbelief::Signature(_))));
}

#[test]
fn a_signer_whose_certificate_has_ended_or_who_signs_in_the_future_is_not_believed() {
    let scene = Scene::new();
    let json = serde_json::to_vec(&scene.content()).unwrap();
    let ended = Validity { not_before: always().not_before, not_after: now() - SignedDuration::from_hours(1) };
    let old = identity(&scene.authority, "NTA", OrganisationUse::Signing, ended);
    let cms = Scene::signed(&json, &old, now());
    assert!(matches!(scene.believed(&scene.sealed(&scene.id, &cms)), Err(Disbelief::Signer(_))));
    let signer = identity(&scene.authority, "NTA", OrganisationUse::Signing, always());
    let cms = Scene::signed(&json, &signer, now() + SignedDuration::from_hours(1));
    assert!(matches!(scene.believed(&scene.sealed(&scene.id, &cms)), Err(Disbelief::Signer(_))));
}

#[test]
fn what_is_signed_and_is_no_answer_is_not_believed() {
    let scene = Scene::new();
    let signer = identity(&scene.authority, "NTA", OrganisationUse::Signing, always());
    for json in [&b"[]"[..], b"{}", b"\xff"] {
        let cms = Scene::signed(json, &signer, now());
        assert!(matches!(scene.believed(&scene.sealed(&scene.id, &cms)), Err(Disbelief::Malformed)));
    }
}

/// What rests is looked at again, as of the day when it was taken.
#[test]
fn what_was_believed_once_is_believed_as_of_then_and_never_when_it_was_altered() {
    let scene = Scene::new();
    let (hour, nta) = (SignedDuration::from_hours(1), scene.provider.clone());
    let short = Validity { not_before: now() - hour, not_after: now() + hour };
    let signer = identity(&scene.authority, "NTA", OrganisationUse::Signing, short);
    let letter = Scene::signed(b"words", &signer, now());
    let later = now() + SignedDuration::from_hours(24 * 90);
    let judged = |desk: &Desk, org: &OrgCode, signed: &[u8], taken_at| {
        desk.still_signed_by(org, signed, taken_at, later)
            .map(|verified| verified.content)
            .map_err(|why| why.to_string())
    };
    assert!(scene.desk.signed_by(&nta, &letter, later).is_err(), "the certificate has ended since");
    assert_eq!(judged(&scene.desk, &nta, &letter, now()).unwrap(), b"words");
    assert!(judged(&scene.desk, &nta, &letter, later).is_err(), "taken after the certificate's end");
    // Words that had gone were signed and taken again after the letter first came.
    assert!(judged(&scene.desk, &nta, &letter, now() - hour * 20).is_ok());

    let signer_said = "the signer is not to be believed";
    let other: OrgCode = "JPS".parse().unwrap();
    assert_eq!(judged(&scene.desk, &other, &letter, now()), Err(Disbelief::OtherOrganisation.to_string()));
    assert_eq!(judged(&Scene::new().desk, &nta, &letter, now()), Err(signer_said.to_owned()), "another authority");
    let places = letter.windows(5).position(|window| window == b"words").unwrap();
    for place in [places, letter.len() - 1] {
        let mut altered = letter.clone();
        altered[place] ^= 1;
        assert!(judged(&scene.desk, &nta, &altered, now()).is_err(), "byte {place}");
    }
}
