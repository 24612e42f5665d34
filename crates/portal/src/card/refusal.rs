//! Why a card's answer led to nothing. Each has its own words (`error-<name>-…` in the locales).

use domain::FolderState;

/// A refusal that the person is told in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{}", self.name())]
pub enum CardRefusal {
    /// The person pressed 「やめる」 at the reader.
    Cancelled,
    /// The PIN is locked.
    Locked,
    /// The card is stopped, or was not handed over yet.
    Unusable,
    /// The answer has no certificate or signature that can be read.
    Malformed,
    /// The certificate has expired.
    Expired,
    /// The certificate is revoked.
    Revoked,
    /// The signature certificate ended with a change of name or address: login works, signing does not (P-AUT-7).
    Outdated,
    /// The certificate is not valid yet.
    NotYetValid,
    /// No trusted authority issued it, or its form breaks the profile.
    Untrusted,
    /// A certificate for another purpose, such as the signature certificate at login.
    WrongUsage,
    /// The signature does not fit this challenge.
    SignatureMismatch,
    /// Validity could not be checked; fail closed.
    ValidityUnreachable,
    /// The card answered without a PIN (P-AUT-6).
    WithoutPin,
    /// This card answered too often.
    TooManyForCard,
    /// J-LIS does not identify one person (B-ISS-3).
    UnknownToRegister,
    /// J-LIS, JPKI or the core could not be asked.
    LinkageUnreachable,
    /// The authentication certificate is another person's (P-REG-5), or opens another folder.
    OtherPerson,
    /// The signed application has not come so far (P-REG-1).
    OutOfOrder,
    /// No folder belongs to this card.
    NotRegistered,
    /// The folder is suspended or closed.
    FolderNotOpen,
    /// The folder's code has ended: nobody reads it any more (P-FLD-5, P-FLD-6).
    FolderRetained,
    /// The portal's own store failed.
    Internal,
}

impl CardRefusal {
    const ALL: [Self; 22] = [
        Self::Cancelled,
        Self::Locked,
        Self::Unusable,
        Self::Malformed,
        Self::Expired,
        Self::Revoked,
        Self::Outdated,
        Self::NotYetValid,
        Self::Untrusted,
        Self::WrongUsage,
        Self::SignatureMismatch,
        Self::ValidityUnreachable,
        Self::WithoutPin,
        Self::TooManyForCard,
        Self::UnknownToRegister,
        Self::LinkageUnreachable,
        Self::OtherPerson,
        Self::OutOfOrder,
        Self::NotRegistered,
        Self::FolderNotOpen,
        Self::FolderRetained,
        Self::Internal,
    ];

    /// What a folder that is not open is refused with.
    pub(crate) fn of_folder(state: FolderState) -> Self {
        if state == FolderState::Retained { Self::FolderRetained } else { Self::FolderNotOpen }
    }

    /// As stored, and the middle of its Fluent keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cancelled => "card-cancelled",
            Self::Locked => "card-locked",
            Self::Unusable => "card-unusable",
            Self::Malformed => "malformed",
            Self::Expired => "certificate-expired",
            Self::Revoked => "certificate-revoked",
            Self::Outdated => "signature-certificate-revoked",
            Self::NotYetValid => "certificate-not-yet-valid",
            Self::Untrusted => "certificate-untrusted",
            Self::WrongUsage => "certificate-wrong-usage",
            Self::SignatureMismatch => "signature-mismatch",
            Self::ValidityUnreachable => "validity-unreachable",
            Self::WithoutPin => "without-pin",
            Self::TooManyForCard => "too-many-requests",
            Self::UnknownToRegister => "unknown-to-register",
            Self::LinkageUnreachable => "linkage-unreachable",
            Self::OtherPerson => "other-person",
            Self::OutOfOrder => "challenge-unknown",
            Self::NotRegistered => "not-registered",
            Self::FolderNotOpen => "folder-suspended",
            Self::FolderRetained => "folder-retained",
            Self::Internal => "internal",
        }
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_reads_back_its_name() {
        for refusal in CardRefusal::ALL {
            assert_eq!(CardRefusal::from_name(refusal.name()), Some(refusal));
        }
    }
}
