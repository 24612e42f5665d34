use super::*;
use crate::crl::Freshness;
use crate::issue::Authority;
use crate::issue::testing::*;
use crate::openssl::Openssl;
use crate::{NotPublished, RevocationReason};
use proptest::prelude::*;

const REVOKED: Known = Known::Revoked { reason: RevocationReason::KeyCompromise, at: Timestamp::UNIX_EPOCH };

struct World {
    ca: Authority,
    leaf: Certificate,
    responder: Responder,
}

fn world() -> World {
    let ca = authority("CA");
    let key = key();
    let certificate = ca.ocsp_responder("OCSP", key.spki_der(), validity(), &mut rng()).unwrap();
    World {
        leaf: citizen_pair(&ca).0,
        responder: Responder::new(ca.certificate().clone(), certificate, key).unwrap(),
        ca,
    }
}

impl World {
    fn ask(&self) -> OcspRequest {
        OcspRequest::new(&self.leaf, self.ca.certificate(), &mut rng()).unwrap()
    }

    fn answer(&self, request: &OcspRequest, known: Known) -> Vec<u8> {
        self.responder.respond(request.der(), |_| known, now(), days(1)).unwrap()
    }

    fn judge_at(
        &self,
        request: &OcspRequest,
        response: &[u8],
        time: Timestamp,
    ) -> Result<RevocationStatus, OcspRefusal> {
        let (issuer, freshness) = (self.ca.certificate(), Freshness::default());
        verify_response(request, &self.leaf, issuer, response, &freshness, time, &OcspAnswers::new())
    }

    fn judge(&self, request: &OcspRequest, response: &[u8]) -> Result<RevocationStatus, OcspRefusal> {
        self.judge_at(request, response, now())
    }
}

#[test]
fn an_answer_says_what_the_responder_knows() {
    let world = world();
    let request = world.ask();
    assert_eq!(world.responder.asked(request.der()), [world.leaf.serial_hex()]);
    let judged = |known| world.judge(&request, &world.answer(&request, known));
    assert_eq!(judged(Known::Good), Ok(RevocationStatus::Good));
    assert_eq!(judged(Known::Unknown), Err(OcspRefusal::Unknown));
    let reason = RevocationReason::KeyCompromise;
    assert_eq!(judged(REVOKED), Ok(RevocationStatus::Revoked { reason, at: Timestamp::UNIX_EPOCH }));
}

#[test]
fn an_old_answer_played_again_is_refused() {
    let world = world();
    let first = world.ask();
    let old = world.answer(&first, Known::Good);
    let second = OcspRequest::new(&world.leaf, world.ca.certificate(), &mut rand_chacha_of(8)).unwrap();
    assert_eq!(world.judge(&second, &old), Err(OcspRefusal::Nonce));
    assert_eq!(world.judge(&OcspRequest::unasked(), &old), Ok(RevocationStatus::Good));
}

fn rand_chacha_of(seed: u64) -> rand_chacha::ChaCha20Rng {
    use rand_core::SeedableRng as _;
    rand_chacha::ChaCha20Rng::seed_from_u64(seed)
}

#[test]
fn an_answer_is_good_from_its_first_minute_to_its_last() {
    let world = world();
    let request = world.ask();
    let answer = world.answer(&request, Known::Good);
    let second = jiff::SignedDuration::from_secs(1);
    let minute = jiff::SignedDuration::from_secs(60);
    assert_eq!(world.judge_at(&request, &answer, now() - minute), Ok(RevocationStatus::Good));
    assert_eq!(world.judge_at(&request, &answer, now() - minute - second), Err(OcspRefusal::NotYetValid));
    assert_eq!(world.judge_at(&request, &answer, days(1)), Ok(RevocationStatus::Good));
    assert_eq!(world.judge_at(&request, &answer, days(1) + second), Err(OcspRefusal::Stale));
}

#[test]
fn an_answer_about_another_certificate_is_refused() {
    let world = world();
    let other = draft("other").issued_by(&world.ca);
    let request = OcspRequest::new(&other, world.ca.certificate(), &mut rng()).unwrap();
    let answer = world.answer(&request, Known::Good);
    assert_ne!(other.serial_hex(), world.leaf.serial_hex());
    assert_eq!(world.judge(&request, &answer), Err(OcspRefusal::OtherCertificate));
}

#[test]
fn a_responder_that_nobody_appointed_is_refused() {
    let world = world();
    let request = world.ask();
    let by = |certificate: Certificate, key| {
        let responder = Responder::new(world.ca.certificate().clone(), certificate, key).unwrap();
        world.judge(&request, &responder.respond(request.der(), |_| Known::Good, now(), days(1)).unwrap())
    };
    let own = key();
    let (org, org_key) = organisation(&world.ca, "NTA", crate::issue::OrganisationUse::Signing);
    assert_eq!(by(org, org_key), Err(OcspRefusal::Responder));
    let stranger = authority("CA").ocsp_responder("OCSP", own.spki_der(), validity(), &mut rng()).unwrap();
    assert_eq!(by(stranger, own), Err(OcspRefusal::Responder));
    let own = key();
    let past = crate::issue::Validity { not_before: days(-9), not_after: days(-8) };
    let expired = world.ca.ocsp_responder("OCSP", own.spki_der(), past, &mut rng()).unwrap();
    assert_eq!(by(expired, own), Err(OcspRefusal::Responder));
    let ca_key = crate::SigningKey::from_pkcs8_pem(&world.ca.key().to_pkcs8_pem().unwrap()).unwrap();
    assert_eq!(by(world.ca.certificate().clone(), ca_key), Ok(RevocationStatus::Good));
}

#[test]
fn a_responder_without_nocheck_must_not_be_revoked_itself() {
    use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};
    let world = world();
    let key = key();
    let mut draft = draft("OCSP");
    draft.0.spki = key.spki_der().to_vec();
    draft.0.extensions.clear();
    let draft = draft
        .extension(&KeyUsage(KeyUsages::DigitalSignature.into()))
        .extension(&ExtendedKeyUsage(vec![const_oid::db::rfc5912::ID_KP_OCSP_SIGNING]));
    let certificate = draft.issued_by(&world.ca);
    let responder = Responder::new(world.ca.certificate().clone(), certificate.clone(), key).unwrap();
    let request = world.ask();
    let answer = responder.respond(request.der(), |_| Known::Good, now(), days(1)).unwrap();
    let judged = |who: &dyn RevocationProvider| {
        verify_response(&request, &world.leaf, world.ca.certificate(), &answer, &Freshness::default(), now(), who)
    };
    let mut revoked = OcspAnswers::new();
    let reason = RevocationReason::KeyCompromise;
    revoked.keep(&certificate, Ok(RevocationStatus::Revoked { reason, at: now() }));
    assert_eq!(judged(&revoked), Err(OcspRefusal::ResponderRevoked));
    assert_eq!(judged(&OcspAnswers::new()), Err(OcspRefusal::ResponderRevoked));
    assert_eq!(judged(&NotPublished), Ok(RevocationStatus::Good));
}

#[test]
fn what_is_no_question_gets_an_answer_that_says_so() {
    let world = world();
    let answer = world.responder.respond(b"nothing", |_| Known::Good, now(), days(1)).unwrap();
    assert_eq!(answer, [0x30, 0x03, 0x0a, 0x01, 0x01]);
    assert_eq!(world.judge(&world.ask(), &answer), Err(OcspRefusal::Unsuccessful));
    assert_eq!(world.judge(&world.ask(), b"nothing"), Err(OcspRefusal::Malformed));
    assert_eq!(world.judge(&world.ask(), &vec![0; RESPONSE_BYTES_MAX + 1]), Err(OcspRefusal::TooLarge));
}

#[test]
fn a_certificate_of_another_issuer_is_unknown_to_the_responder() {
    let world = world();
    let other = authority("Other");
    let (leaf, _) = citizen_pair(&other);
    let request = OcspRequest::new(&leaf, other.certificate(), &mut rng()).unwrap();
    assert!(world.responder.asked(request.der()).is_empty());
    let response = world.answer(&request, Known::Good);
    let judged =
        verify_response(&request, &leaf, other.certificate(), &response, &Freshness::default(), now(), &NotPublished);
    assert_eq!(judged, Err(OcspRefusal::Responder));
}

#[test]
fn openssl_asks_us_and_believes_the_answer() {
    let (world, openssl) = (world(), Openssl::new());
    let issuer = openssl.write("ca.pem", world.ca.certificate().to_pem());
    let leaf = openssl.write("leaf.pem", world.leaf.to_pem());
    // OpenSSL judges an answer's times by the machine's clock: this one holds for decades.
    let (made, until) = ("2020-01-01T00:00:00Z".parse().unwrap(), "2049-01-01T00:00:00Z".parse().unwrap());
    let at = now().as_second().to_string();
    for hash in ["-sha1", "-sha256"] {
        let ask = ["ocsp", hash, "-issuer", &issuer, "-cert", &leaf, "-reqout", "request.der"];
        assert!(openssl.run(&ask).0);
        let request = std::fs::read(openssl.path("request.der")).unwrap();
        for (known, word) in [(Known::Good, "good"), (REVOKED, "keyCompromise"), (Known::Unknown, "unknown")] {
            let response = world.responder.respond(&request, |_| known, made, until).unwrap();
            let file = openssl.write("response.der", response);
            let judge = |more: &[&str]| {
                let arguments = ["ocsp", "-respin", &file, "-CAfile", &issuer, "-attime", &at];
                openssl.run(&[&arguments[..], more].concat()).2
            };
            let text = judge(&[hash, "-issuer", &issuer, "-cert", &leaf, "-no_nonce"]);
            assert!(text.contains("Response verify OK") && text.contains(word), "{text}");
            let text = judge(&["-reqin", "request.der"]);
            assert!(text.contains("Response verify OK") && !text.contains("Nonce"), "{text}");
        }
    }
}

#[test]
fn we_ask_openssl_and_believe_its_answer() {
    let (world, openssl) = (world(), Openssl::new());
    let request = world.ask();
    let file = openssl.write("request.der", request.der());
    let issuer = openssl.write("ca.pem", world.ca.certificate().to_pem());
    let signer = openssl.write("ocsp.pem", world.responder.certificate.to_pem());
    let key = openssl.write("ocsp.key", world.responder.key.to_pkcs8_pem().unwrap().as_bytes());
    let serial = world.leaf.serial_hex().to_uppercase();
    for (line, expected) in [
        (format!("V\t491231235959Z\t\t{serial}\tunknown\t/CN=x\n"), Ok(RevocationStatus::Good)),
        (
            format!("R\t491231235959Z\t250101000000Z,keyCompromise\t{serial}\tunknown\t/CN=x\n"),
            Ok(RevocationStatus::Revoked {
                reason: RevocationReason::KeyCompromise,
                at: "2025-01-01T00:00:00Z".parse().unwrap(),
            }),
        ),
        (String::new(), Err(OcspRefusal::Unknown)),
    ] {
        let index = openssl.write("index.txt", line);
        let arguments = ["ocsp", "-index", &index, "-CA", &issuer, "-rsigner", &signer, "-rkey", &key];
        let arguments = [&arguments[..], &["-reqin", &file, "-respout", "response.der", "-ndays", "9000"]].concat();
        let (made, _, text) = openssl.run(&arguments);
        assert!(made, "{text}");
        let response = std::fs::read(openssl.path("response.der")).unwrap();
        // The machine's clock made the answer: it is judged while the demo's certificates hold, by age alone.
        let lenient = Freshness { age_max: None, skew_max: jiff::SignedDuration::from_hours(24 * 9000) };
        let issuer = world.ca.certificate();
        let judged = verify_response(&request, &world.leaf, issuer, &response, &lenient, now(), &NotPublished);
        assert_eq!(judged, expected);
    }
}

#[test]
fn answers_are_kept_for_the_certificate_they_are_about() {
    let world = world();
    let mut answers = OcspAnswers::new();
    let issuer = world.ca.certificate();
    assert_eq!(answers.status(&world.leaf, issuer, now()), Err(RevocationUnknown::NoSource));
    answers.keep(&world.leaf, Err(OcspRefusal::Nonce));
    assert_eq!(answers.status(&world.leaf, issuer, now()), Err(RevocationUnknown::Refused));
    answers.keep(&world.leaf, Ok(RevocationStatus::Good));
    assert_eq!(answers.status(&world.leaf, issuer, now()), Ok(RevocationStatus::Good));
}

proptest! {
    #[test]
    fn a_changed_answer_never_says_good(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let world = world();
        let request = world.ask();
        let mut answer = world.answer(&request, REVOKED);
        let at = at.index(answer.len());
        answer[at] ^= 1 << bit;
        prop_assert_ne!(world.judge(&request, &answer), Ok(RevocationStatus::Good));
    }

    #[test]
    fn any_bytes_are_asked_and_answered_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let world = world();
        prop_assert!(world.judge(&OcspRequest::unasked(), &bytes).is_err());
        prop_assert!(world.responder.respond(&bytes, |_| Known::Good, now(), days(1)).is_ok());
    }
}
