//! Judges what a card answered.

use base64ct::{Base64, Encoding as _};
use domain::{CardPurpose, FolderState, RegistrationId};
use jiff::Timestamp;
use pki::Certificate;
use rand_core::CryptoRng;
use store::{NewChallenge, RegistrationState};
use tracing::{info, warn};
use wire::reader::{Answer, AnswerKind, pinless_statement, statement};

use super::CardRefusal;
use crate::Portal;
use crate::linkage::MatchFailure;
use crate::validity::{CardCertificate, Genuine};

/// What an answer came to. `serial` is that of an authentication certificate of ours whose key signed this challenge,
/// also where its validity failed: the folder's login history tells its owner.
#[derive(Debug)]
pub(super) struct Judgement {
    pub(super) refusal: Option<CardRefusal>,
    pub(super) serial: Option<String>,
    /// The end of that certificate's validity (P-RNW-5), where it is still to be noted.
    pub(super) not_after: Option<Timestamp>,
}

impl Portal {
    pub(super) async fn judge(
        &self,
        challenge: &NewChallenge,
        answer: &Answer,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Judgement {
        match answer.result {
            AnswerKind::Signed => {}
            AnswerKind::Cancelled => return Judgement::refused(CardRefusal::Cancelled),
            AnswerKind::Locked => return Judgement::refused(CardRefusal::Locked),
            AnswerKind::Unusable => return Judgement::refused(CardRefusal::Unusable),
        }
        if answer.pin != PIN_PRESENT {
            let serial = self.known_without_pin(challenge, answer, now);
            return Judgement { refusal: Some(CardRefusal::WithoutPin), serial, not_after: None };
        }
        let proven = match self.proven_certificate(challenge, answer, now) {
            Ok(proven) => proven,
            Err(refusal) => return Judgement::refused(refusal),
        };
        let serial = proven.certificate().serial_hex();
        let not_after = proven.certificate().not_after();
        let named = |refusal| {
            let own = !uses_signature(challenge);
            Judgement { refusal, serial: own.then(|| serial.clone()), not_after: own.then_some(not_after) }
        };
        if !self.card_may_answer(&serial) {
            return Judgement::refused(CardRefusal::TooManyForCard);
        }
        let accepted = match self.validity().check(proven, now, rng).await {
            Ok(accepted) => accepted,
            Err(refusal) => return named(Some(self.said_to_owner(challenge, refusal, &serial).await)),
        };
        let done = match challenge.purpose {
            CardPurpose::Login => match self.continue_folder(&serial, now).await {
                Ok(false) => return Judgement { not_after: None, ..named(None) },
                Ok(true) => Ok(()),
                Err(refusal) => Err(refusal),
            },
            CardPurpose::Register => self.identify(challenge, &accepted, &serial).await,
            CardPurpose::Bind => self.same_person(challenge, &serial).await,
            CardPurpose::Sign => Err(CardRefusal::OutOfOrder),
        };
        named(done.err())
    }

    /// Where the certificate ended together with the folder, the folder's end is what there is to say: a new certificate
    /// would not open it (P-AUT-8, P-FLD-5).
    async fn said_to_owner(&self, challenge: &NewChallenge, refusal: CardRefusal, serial: &str) -> CardRefusal {
        let ended = matches!(refusal, CardRefusal::Revoked | CardRefusal::Expired);
        if challenge.purpose != CardPurpose::Login || !ended {
            return refusal;
        }
        let folder = async { self.store().read().await?.folder_by_serial(serial).await }.await;
        match folder {
            Ok(Some(folder)) if folder.state == FolderState::Retained => CardRefusal::FolderRetained,
            // The certificate's own reason is true in any case.
            _ => refusal,
        }
    }

    /// Whose card answered without a PIN, if it proves that (P-AUT-6): its key signed this challenge, as it does for a
    /// machine of one of the parties (B-CRD-4). Opens nothing; the folder's owner is told.
    fn known_without_pin(&self, challenge: &NewChallenge, answer: &Answer, now: Timestamp) -> Option<String> {
        if uses_signature(challenge) {
            return None;
        }
        let presented = Presented::parse(answer).ok()?;
        let genuine = self.validity().genuine(&presented.certificate, CardCertificate::Authentication, now).ok()?;
        let with_pin = asked_statement(challenge);
        let without = self.peers().organisations().map(|org| pinless_statement(org.as_str(), &with_pin));
        let proven = std::iter::once(with_pin.clone()).chain(without).any(|signed| presented.signed(&signed));
        let serial = proven.then(|| genuine.certificate().serial_hex())?;
        self.card_may_answer(&serial).then_some(serial)
    }

    /// A certificate of the right kind whose key signed exactly this challenge. Says nothing yet about validity.
    fn proven_certificate(
        &self,
        challenge: &NewChallenge,
        answer: &Answer,
        now: Timestamp,
    ) -> Result<Genuine, CardRefusal> {
        let presented = Presented::parse(answer)?;
        let genuine = self.validity().genuine(&presented.certificate, kind(challenge), now)?;
        if presented.signed(&asked_statement(challenge)) { Ok(genuine) } else { Err(CardRefusal::SignatureMismatch) }
    }

    /// Steps 3–5: the 4-info leave the certificate only now that it is valid (P-REG-2), go to J-LIS, and are wiped
    /// when this function returns (P-REG-4).
    async fn identify(
        &self,
        challenge: &NewChallenge,
        accepted: &pki::Accepted,
        serial: &str,
    ) -> Result<(), CardRefusal> {
        let id = challenge.registration_id.ok_or(CardRefusal::OutOfOrder)?;
        let match_number = {
            let four_info = pki::four_info(accepted).map_err(|_| CardRefusal::Untrusted)?;
            self.peers().match_person(&four_info).await
        };
        let match_number = match_number.map_err(|failure| match failure {
            MatchFailure::NotIdentified => CardRefusal::UnknownToRegister,
            MatchFailure::Peer(failure) => {
                warn!(registration.id = %id, error = &failure as &dyn std::error::Error, "J-LIS could not be asked");
                CardRefusal::LinkageUnreachable
            }
        })?;
        let matched = self.keep_match(&id, &match_number.hash(), serial).await;
        match matched {
            Ok(true) => {
                info!(registration.id = %id, "J-LIS identified the person");
                Ok(())
            }
            Ok(false) => Err(CardRefusal::OutOfOrder),
            Err(error) => {
                warn!(registration.id = %id, error = &error as &dyn std::error::Error, "the match could not be kept");
                Err(CardRefusal::Internal)
            }
        }
    }

    async fn keep_match(
        &self,
        id: &RegistrationId,
        match_number_hash: &domain::SecretHash,
        serial: &str,
    ) -> Result<bool, store::StoreError> {
        let mut repository = self.store().begin().await?;
        let matched = repository.registration_matched(id, match_number_hash, serial).await?;
        repository.commit().await?;
        Ok(matched)
    }

    /// P-REG-5: JPKI holds the two certificates as a pair.
    async fn same_person(&self, challenge: &NewChallenge, serial: &str) -> Result<(), CardRefusal> {
        let id = challenge.registration_id.ok_or(CardRefusal::OutOfOrder)?;
        let registration = async { self.store().read().await?.registration_by_id(&id).await }.await;
        let registration = registration.map_err(|_| CardRefusal::Internal)?;
        let Some(RegistrationState::Linked { signature_serial, .. }) = registration.map(|r| r.state) else {
            return Err(CardRefusal::OutOfOrder);
        };
        match self.peers().same_person(&signature_serial, serial).await {
            Ok(true) => Ok(()),
            Ok(false) => Err(CardRefusal::OtherPerson),
            Err(failure) => {
                warn!(registration.id = %id, error = &failure as &dyn std::error::Error, "JPKI could not be asked");
                Err(CardRefusal::LinkageUnreachable)
            }
        }
    }
}

/// What an answer brings, parsed and not yet believed.
struct Presented {
    certificate: Certificate,
    signature: Vec<u8>,
}

impl Presented {
    fn parse(answer: &Answer) -> Result<Self, CardRefusal> {
        let der = Base64::decode_vec(&answer.certificate).map_err(|_| CardRefusal::Malformed)?;
        let signature = Base64::decode_vec(&answer.signature).map_err(|_| CardRefusal::Malformed)?;
        let certificate = Certificate::from_der(&der).map_err(|_| CardRefusal::Malformed)?;
        Ok(Self { certificate, signature })
    }

    fn signed(&self, statement: &[u8]) -> bool {
        pki::verify_raw(self.certificate.spki_der(), statement, &self.signature).is_ok()
    }
}

const PIN_PRESENT: &str = "present";

fn asked_statement(challenge: &NewChallenge) -> Vec<u8> {
    statement(challenge.purpose, &challenge.origin, &challenge.nonce, &challenge.document)
}

fn uses_signature(challenge: &NewChallenge) -> bool {
    challenge.purpose.uses_signature_key()
}

fn kind(challenge: &NewChallenge) -> CardCertificate {
    if uses_signature(challenge) { CardCertificate::Signature } else { CardCertificate::Authentication }
}
