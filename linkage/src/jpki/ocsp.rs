//! OCSP: the newest word on single certificates, from the tables at the moment of asking (B-PKI-2).

use std::collections::HashMap;

use db::DbError;
use jiff::{SignedDuration, Timestamp};
use pki::{issue::IssueError, ocsp::Known};
use rand_core::CryptoRng;

use crate::jpki::{CertificateKind, Jpki};

/// An answer may be kept this long; every login asks anew anyway.
const NEXT: SignedDuration = SignedDuration::from_hours(1);

/// No answer could be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum AnswerError {
    /// The database.
    #[error("the database of JPKI failed")]
    Db(#[from] DbError),
    /// Signing.
    #[error("the answer could not be signed")]
    Issue(#[from] IssueError),
}

impl Jpki {
    /// Answers a request, DER to DER; a malformed one gets the answer that says so.
    pub(super) async fn ocsp_answer(
        &self,
        kind: CertificateKind,
        request: &[u8],
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Vec<u8>, AnswerError> {
        let responder = self.authorities.of(kind).responder(now, rng)?;
        let mut known = HashMap::new();
        for serial in responder.asked(request) {
            let standing = self.standing(kind, &serial).await?;
            known.insert(serial, standing);
        }
        let look = |serial: &str| known.get(serial).copied().unwrap_or(Known::Unknown);
        Ok(responder.respond(request, look, now, now + NEXT)?)
    }
}
