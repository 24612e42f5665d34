//! How it ended, for the person who began.

use pki::Refusal;
use wire::reader::AnswerKind;

use crate::institution::{
    InternalId, ObtainError,
    card_binding::{CardBindingError, CitizenError},
};

/// The end of one person's attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// J-LIS was asked; the code comes, or is there already.
    Asked(InternalId),
    /// Nothing was bound.
    Refused(Why),
}

/// Why nothing was bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// 「やめる」
    Cancelled,
    /// The PIN is locked.
    PinLocked,
    /// The card is stopped or was not handed over.
    CardUnusable,
    /// Used before, or after five minutes.
    Ended,
    /// Not what a reader answers, or not over what was shown.
    Unreadable,
    /// The certificate has expired.
    Expired,
    /// The certificate holds only later.
    NotYetValid,
    /// The certificate is revoked.
    Revoked,
    /// Another authority's, for another purpose, or malformed.
    WrongCertificate,
    /// Somebody else's card, or nobody's number.
    OtherPerson,
    /// The certificate's 4-info are not those of the register any more.
    Outdated,
    /// JPKI cannot be asked whether the certificate holds.
    JpkiSilent,
    /// J-LIS or the core cannot be asked for a code.
    CoreSilent,
    /// Something of the institution's own failed.
    Failed,
    /// Not the browser that started.
    OtherBrowser,
    /// Not sent by a page of this site.
    ForeignForm,
    /// Asked for under another name.
    WrongHost,
    /// No such page.
    NotFound,
    /// Not a way to use this page.
    WrongMethod,
}

impl Why {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Self; 19] = [
        Self::Cancelled,
        Self::PinLocked,
        Self::CardUnusable,
        Self::Ended,
        Self::Unreadable,
        Self::Expired,
        Self::NotYetValid,
        Self::Revoked,
        Self::WrongCertificate,
        Self::OtherPerson,
        Self::Outdated,
        Self::JpkiSilent,
        Self::CoreSilent,
        Self::Failed,
        Self::OtherBrowser,
        Self::ForeignForm,
        Self::WrongHost,
        Self::NotFound,
        Self::WrongMethod,
    ];
}

impl From<&CardBindingError> for Why {
    fn from(error: &CardBindingError) -> Self {
        match error {
            CardBindingError::NotSigned(AnswerKind::Locked) => Self::PinLocked,
            CardBindingError::NotSigned(AnswerKind::Unusable) => Self::CardUnusable,
            CardBindingError::NotSigned(AnswerKind::Cancelled | AnswerKind::Signed) => Self::Cancelled,
            CardBindingError::NothingWaits => Self::Ended,
            CardBindingError::Malformed | CardBindingError::Signature(_) => Self::Unreadable,
            CardBindingError::Citizen(CitizenError::Unreachable(_)) => Self::JpkiSilent,
            CardBindingError::Citizen(CitizenError::Refused(refusal)) => Self::from(*refusal),
            CardBindingError::Citizen(CitizenError::FourInfo(_)) => Self::WrongCertificate,
            CardBindingError::OtherPerson | CardBindingError::Obtain(ObtainError::NoSuchPerson) => Self::OtherPerson,
            CardBindingError::Obtain(ObtainError::NotIdentified) => Self::Outdated,
            CardBindingError::Obtain(ObtainError::Jlis(_)) => Self::CoreSilent,
            CardBindingError::Obtain(ObtainError::Db(_)) | CardBindingError::Db(_) => Self::Failed,
        }
    }
}

impl From<Refusal> for Why {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Expired { .. } => Self::Expired,
            Refusal::NotYetValid { .. } => Self::NotYetValid,
            Refusal::Revoked { .. } => Self::Revoked,
            Refusal::RevocationUnknown { .. } => Self::JpkiSilent,
            _ => Self::WrongCertificate,
        }
    }
}
