//! What the card signs: built here from what the reader saw, never handed in.

use base64ct::{Base64, Encoding as _};
use domain::{CardPurpose, OrgCode, PinPresence};
use jiff::Timestamp;
use pki::cms::{self, CmsError};
use wire::reader::{Answer, AnswerKind, signed_document, statement};

use super::asks::PendingAsk;
use crate::chip::{Chip, ChipError, OpenError, OpenedKey, Pin};

/// The card did not answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AnswerError {
    /// About the PIN or the chip.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The signature certificate is damaged, or the key does not belong to it.
    #[error("the signed document could not be built")]
    Cms(#[from] CmsError),
    /// The same.
    #[error("the certificate on the card is damaged")]
    Certificate(#[from] pki::CertificateError),
    /// The PIN belongs to the other key.
    #[error("this purpose does not use this key")]
    OtherKey,
    /// The card was removed meanwhile.
    #[error("the card was removed meanwhile")]
    Taken,
    /// The work was cut off.
    #[error("the work was cut off")]
    CutOff,
}

impl From<ChipError> for AnswerError {
    fn from(error: ChipError) -> Self {
        Self::Open(error.into())
    }
}

/// Opens the key that the purpose uses and signs once. Blocks.
pub(crate) fn signed(chip: &dyn Chip, ask: &PendingAsk, pin: &Pin, now: Timestamp) -> Result<Answer, AnswerError> {
    if pin.key() != crate::chip::CardKey::of(ask.purpose) {
        return Err(AnswerError::OtherKey);
    }
    let opened = chip.open(pin)?;
    let certificate = opened.certificate().to_vec();
    let signature = match ask.purpose {
        CardPurpose::Login | CardPurpose::Bind | CardPurpose::Register => opened.sign(&statement_of(ask))?,
        CardPurpose::Sign => signed_cms(opened, ask, now)?,
    };
    Ok(answer(ask, &certificate, &signature, PinPresence::Present))
}

/// Internal authentication without PIN, for a login only (B-CRD-4, P-AUT-6). Blocks.
pub(crate) fn signed_without_pin(
    chip: &dyn Chip,
    ask: &PendingAsk,
    institution: &OrgCode,
) -> Result<Answer, AnswerError> {
    if ask.purpose != CardPurpose::Login {
        return Err(AnswerError::OtherKey);
    }
    let certificate = chip.authentication_certificate()?;
    let signature = chip.authenticate_without_pin(institution, &statement_of(ask))?;
    Ok(answer(ask, &certificate, &signature, PinPresence::Absent))
}

/// The card signed nothing.
pub(crate) fn unsigned(ask: &PendingAsk, result: AnswerKind) -> Answer {
    Answer {
        challenge: ask.challenge.clone(),
        result,
        certificate: String::new(),
        signature: String::new(),
        pin: String::new(),
    }
}

fn statement_of(ask: &PendingAsk) -> Vec<u8> {
    statement(ask.purpose, ask.portal.origin(), &ask.challenge, &ask.document)
}

fn signed_cms(opened: Box<dyn OpenedKey>, ask: &PendingAsk, now: Timestamp) -> Result<Vec<u8>, AnswerError> {
    let certificate = pki::Certificate::from_der(opened.certificate())?;
    let content = signed_document(ask.portal.origin(), &ask.challenge, &ask.document);
    let prepared = cms::prepare(&content, &certificate, now)?;
    let signature = opened.sign(prepared.to_be_signed())?;
    Ok(cms::assemble(prepared, &signature, cms::Form::Attached)?)
}

fn answer(ask: &PendingAsk, certificate: &[u8], signature: &[u8], pin: PinPresence) -> Answer {
    Answer {
        challenge: ask.challenge.clone(),
        result: AnswerKind::Signed,
        certificate: Base64::encode_string(certificate),
        signature: Base64::encode_string(signature),
        pin: match pin {
            PinPresence::Present => "present".to_owned(),
            PinPresence::Absent => "absent".to_owned(),
        },
    }
}
