use wire::reader::AnswerKind;

use super::CitizenError;
use crate::institution::ObtainError;

/// Why no code was asked for.
#[derive(Debug, thiserror::Error)]
pub enum CardBindingError {
    /// The person stopped, or the card cannot be used.
    #[error("the card did not sign")]
    NotSigned(AnswerKind),
    /// The challenge is unknown, used or too old.
    #[error("nothing waits for this answer")]
    NothingWaits,
    /// Not what a reader answers.
    #[error("the answer is malformed")]
    Malformed,
    /// The signature is not by this certificate over what was shown.
    #[error("the signature is not over what was shown")]
    Signature(#[source] pki::SignatureError),
    /// The certificate is not accepted, or could not be checked.
    #[error("the certificate is not accepted")]
    Citizen(#[from] CitizenError),
    /// The card is somebody else's, or nobody has the number.
    #[error("the card is not of the person of this number")]
    OtherPerson,
    /// No code could be asked for.
    #[error("no code could be asked for")]
    Obtain(#[from] ObtainError),
    /// The institution's database failed.
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
}
