//! One question to one institution, from asked to answered; how it is held, and how the person sees it.

use std::fmt;

use base64ct::{Base64, Encoding as _};
use domain::{AccessRecordId, InfoKind, InformationField, OrgCode};
use jiff::Timestamp;
use pki::cms;
use rand_core::CryptoRng;
use store::{HeldClass, HeldRow};
use wire::mediation::AnswerContent;
use zeroize::{Zeroize as _, Zeroizing};

use super::seal::{HoldingKey, Unopened};

/// Inside the seal. Wiped when dropped.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeldSource {
    pub(super) provider: OrgCode,
    pub(super) info_kind: InfoKind,
    pub(super) state: HeldState,
}

#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "state", deny_unknown_fields)]
pub(super) enum HeldState {
    /// An answer is waited for.
    Asked { at: Timestamp },
    /// The answer as its institution signed it: DER of the CMS in base64.
    Answered { at: Timestamp, signed: String, salt: String },
    /// The institution holds nothing of this kind.
    NothingHeld { at: Timestamp, id: AccessRecordId },
    /// No answer that can be shown.
    Failed { at: Timestamp, why: SourceFailure },
}

impl Drop for HeldState {
    fn drop(&mut self) {
        if let Self::Answered { signed, salt, .. } = self {
            signed.zeroize();
            salt.zeroize();
        }
    }
}

/// Why there is no answer to show. Each has its own words, and each may be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceFailure {
    /// No answer in time.
    Late,
    /// The institution or the linkage platform could not be reached.
    Unreachable,
    /// The linkage platform refused the question.
    Refused,
    /// The signature is not the institution's, or the answer is not to this question.
    Unbelievable,
    /// More than anybody reads.
    TooMuch,
    /// It arrived and could not be held.
    NotKept,
    /// The portal stopped while it waited.
    Interrupted,
}

/// One question as the person sees it.
#[derive(Clone)]
pub struct OwnSource {
    /// Which, within the gathering.
    pub place: u32,
    /// Who was asked.
    pub provider: OrgCode,
    /// For what.
    pub info_kind: InfoKind,
    /// What came.
    pub state: OwnState,
}

/// What came of a question.
#[derive(Clone)]
pub enum OwnState {
    /// Nothing yet.
    Asked {
        /// When it was put.
        at: Timestamp,
    },
    /// An answer that its institution signed.
    Answered(Box<OwnAnswer>),
    /// The institution holds nothing of this kind.
    NothingHeld {
        /// When it said so.
        at: Timestamp,
        /// ①
        id: AccessRecordId,
    },
    /// No answer that can be shown.
    Failed {
        /// When that was clear.
        at: Timestamp,
        /// Why.
        why: SourceFailure,
    },
}

/// An answer that its institution signed.
#[derive(Clone)]
pub struct OwnAnswer {
    /// When it arrived.
    pub at: Timestamp,
    /// ①
    pub id: AccessRecordId,
    /// Version of the fields.
    pub schema_version: u32,
    /// In the institution's order.
    pub fields: Vec<InformationField>,
    /// The JSON that was signed.
    pub content: Zeroizing<Vec<u8>>,
    /// DER of the CMS, the content inside.
    pub signed: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for OwnSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnSource")
    }
}

impl HeldSource {
    pub(super) fn answered(self, at: Timestamp, signed: &[u8], rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut salt = Zeroizing::new([0; 32]);
        rng.fill_bytes(salt.as_mut_slice());
        let state = HeldState::Answered {
            at,
            signed: Base64::encode_string(signed),
            salt: Base64::encode_string(salt.as_slice()),
        };
        Self { state, ..self }
    }

    /// The row in which it is held.
    pub(super) fn row(
        &self,
        key: &HoldingKey,
        place: u32,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<HeldRow, Unopened> {
        let json = Zeroizing::new(serde_json::to_vec(self).map_err(|_| Unopened)?);
        let class =
            if matches!(self.state, HeldState::Answered { .. }) { HeldClass::Answer } else { HeldClass::Question };
        Ok(HeldRow {
            place,
            class,
            sealed: key.seal(place, &json, rng)?,
            commitment: self.commitment(),
            written_at: now,
        })
    }

    pub(super) fn of_row(key: &HoldingKey, row: &HeldRow) -> Result<Self, Unopened> {
        serde_json::from_slice(&key.open(row.place, &row.sealed)?).map_err(|_| Unopened)
    }

    /// SHA-256 over 32 random bytes, which are sealed with the content and go with it, and the content. What a purge
    /// receipt shows tells nothing to anybody; who took the answer home can show that it was among what was erased.
    fn commitment(&self) -> Option<[u8; 32]> {
        let HeldState::Answered { signed, salt, .. } = &self.state else { return None };
        let salt = Zeroizing::new(Base64::decode_vec(salt).ok()?);
        let signed = Zeroizing::new(Base64::decode_vec(signed).ok()?);
        Some(pki::sha256(&[&salt, &signed]))
    }

    /// As the person sees it. The answer's signature was verified when it came; its content is read from it again.
    pub(super) fn own(&self, place: u32) -> Result<OwnSource, Unopened> {
        let state = match &self.state {
            HeldState::Asked { at } => OwnState::Asked { at: *at },
            HeldState::NothingHeld { at, id } => OwnState::NothingHeld { at: *at, id: *id },
            HeldState::Failed { at, why } => OwnState::Failed { at: *at, why: *why },
            HeldState::Answered { at, signed, .. } => {
                let signed = Zeroizing::new(Base64::decode_vec(signed).map_err(|_| Unopened)?);
                let verified = cms::verify(&signed, None).map_err(|_| Unopened)?;
                let content = Zeroizing::new(verified.content);
                let told: AnswerContent = serde_json::from_slice(&content).map_err(|_| Unopened)?;
                let AnswerContent { id, schema_version, fields, .. } = told;
                OwnState::Answered(Box::new(OwnAnswer { at: *at, id, schema_version, fields, content, signed }))
            }
        };
        Ok(OwnSource { place, provider: self.provider.clone(), info_kind: self.info_kind.clone(), state })
    }
}

#[cfg(test)]
mod tests;
