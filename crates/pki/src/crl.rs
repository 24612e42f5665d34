//! Revocation lists: verified once, then looked up in a sorted index.
//!
//! A list is refused unless it is complete: no delta, no distribution-point scope, no entry that speaks for another
//! issuer, nothing critical that is not understood. What is not read could say the opposite.

mod index;
mod live;
mod scan;

use jiff::{SignedDuration, Timestamp};

pub use index::CrlIndex;
pub use live::LiveCrls;

/// Most bytes of a list: about seven million entries.
pub const CRL_BYTES_MAX: usize = 256 * 1024 * 1024;

/// How old a list or an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// Refused this long after it was made, whatever it says about its next update; `None`: until its next update.
    pub age_max: Option<SignedDuration>,
    /// How far the issuer's clock may be ahead of ours.
    pub skew_max: SignedDuration,
}

impl Default for Freshness {
    /// Until its next update, clocks apart by at most one minute.
    fn default() -> Self {
        Self { age_max: None, skew_max: SignedDuration::from_secs(60) }
    }
}

impl Freshness {
    /// Is something of `this_update`, to be renewed by `next_update`, to be used at `now`?
    pub(crate) fn judge(
        &self,
        this_update: Timestamp,
        next_update: Timestamp,
        now: Timestamp,
    ) -> Result<(), crate::RevocationUnknown> {
        let age = now.duration_since(this_update);
        if age < -self.skew_max {
            return Err(crate::RevocationUnknown::NotYetValid);
        }
        let too_old = self.age_max.is_some_and(|most| age > most);
        if too_old || now > next_update {
            return Err(crate::RevocationUnknown::Stale);
        }
        Ok(())
    }
}

/// Why a list is not taken; the one in use stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CrlRefusal {
    /// More than [`CRL_BYTES_MAX`] bytes.
    #[error("the revocation list is too long")]
    TooLarge,
    /// No version 2 list in DER, or an entry that is none.
    #[error("not a revocation list in DER")]
    Malformed,
    /// Of another issuer.
    #[error("the revocation list is of another issuer")]
    OtherIssuer,
    /// The issuer may not sign lists.
    #[error("the issuer may not sign revocation lists")]
    IssuerUsage,
    /// Not signed by the issuer, or with an algorithm that is not accepted.
    #[error("the revocation list is not signed by its issuer")]
    Signature,
    /// Covers only some certificates or reasons.
    #[error("the revocation list covers only a part")]
    Scope,
    /// A delta, or a base that needs one.
    #[error("the revocation list is or needs a delta")]
    Delta,
    /// A critical extension, of the list or of an entry, that is not understood; or an entry of another issuer.
    #[error("the revocation list holds something critical that is not understood")]
    CriticalExtension,
    /// Without a number, a next update, or the issuer's key identifier.
    #[error("the revocation list says neither its number nor its next update nor its key")]
    Incomplete,
    /// Older than the one in use.
    #[error("the revocation list is older than the one in use")]
    RollBack,
}

#[cfg(test)]
mod tests;
