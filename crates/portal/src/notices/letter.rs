//! A letter as it rests, read again: opened, and looked at whether it is still what its sender signed (P-PSH-2).

use domain::{NoticeId, OrgCode};
use jiff::Timestamp;
use store::WholeNotice;
use wire::notice::NoticeContent;
use zeroize::Zeroizing;

use super::seal::{NoticeKey, Part, Place};
use crate::Portal;
use crate::information::{Disbelief, Unopened};

/// Who signed a notice, and when: what somebody is told who wants to know why it is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeSignature {
    /// Subject of the signer's certificate.
    pub subject: String,
    /// Who gave out that certificate.
    pub issuer: String,
    /// Its serial number, hexadecimal.
    pub serial: String,
    /// From when on it holds.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
    /// When the sender says that it signed.
    pub signed_at: Timestamp,
    /// SHA-256 of the words that were signed, hexadecimal.
    pub content_sha256: String,
}

/// A letter that is what its sender signed.
pub(super) struct LetterAtRest {
    pub(super) content: NoticeContent,
    /// DER of the CMS.
    pub(super) signed: Zeroizing<Vec<u8>>,
    pub(super) signature: NoticeSignature,
}

/// What is known of a letter besides itself.
#[derive(Clone, Copy)]
pub(super) struct Whose<'a> {
    pub(super) sender: &'a OrgCode,
    pub(super) notice: &'a NoticeId,
    /// When its signature was judged first.
    pub(super) taken_at: Timestamp,
}

/// Why nothing of a letter is shown.
pub(super) enum LetterFault {
    /// It does not open under the portal's key, or is cut off.
    Damaged(Unopened),
    /// It opens, and is not what its sender signed.
    Unverified(SignatureFault),
}

/// For the log.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct SignatureFault(#[from] Disbelief);

impl From<Unopened> for LetterFault {
    fn from(error: Unopened) -> Self {
        Self::Damaged(error)
    }
}

impl From<Disbelief> for LetterFault {
    fn from(error: Disbelief) -> Self {
        Self::Unverified(error.into())
    }
}

impl Portal {
    /// The signature was judged when the letter came; it is judged again, as of then: certificates may have ended since.
    pub(super) fn letter_at_rest(
        &self,
        key: &NoticeKey,
        whole: &WholeNotice,
        now: Timestamp,
    ) -> Result<LetterAtRest, LetterFault> {
        let row = &whole.row;
        let signed = key.open(Place { sender: &row.sender, notice: &row.notice, part: Part::Letter }, &whole.body)?;
        let of = Whose { sender: &row.sender, notice: &row.notice, taken_at: whole.taken_at };
        let at_rest = self.letter_judged(of, signed, now)?;
        if at_rest.signature.content_sha256 != hex::encode(whole.digest) {
            return Err(Disbelief::OtherQuestion.into());
        }
        Ok(at_rest)
    }

    /// The same of a letter that rests elsewhere.
    pub(super) fn letter_judged(
        &self,
        whose: Whose<'_>,
        signed: Zeroizing<Vec<u8>>,
        now: Timestamp,
    ) -> Result<LetterAtRest, LetterFault> {
        let verified = self.desk().still_signed_by(whose.sender, &signed, whose.taken_at, now)?;
        let json = Zeroizing::new(verified.content);
        let digest = pki::sha256(&[&json]);
        let content: NoticeContent = serde_json::from_slice(&json).map_err(|_| Disbelief::Malformed)?;
        if content.id != *whose.notice || content.sender != *whose.sender {
            return Err(Disbelief::OtherQuestion.into());
        }
        let signature = NoticeSignature {
            subject: verified.signer.subject(),
            issuer: verified.signer.issuer(),
            serial: verified.signer.serial_hex(),
            not_before: verified.signer.not_before(),
            not_after: verified.signer.not_after(),
            signed_at: verified.signing_time,
            content_sha256: hex::encode(digest),
        };
        Ok(LetterAtRest { content, signed, signature })
    }
}
