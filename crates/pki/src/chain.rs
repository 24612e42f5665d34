//! Is a certificate to be believed? Path validation by RFC 5280 with everything that the library beneath leaves open:
//! anchors' constraints per path, authorities refused as end entities, a lint of every certificate, usage by purpose,
//! revocation that fails closed, and bounds on what a stranger can make us compute.

mod lint;
mod paths;
mod refusal;
mod usage;
mod validate;

use std::fmt;

use certval::PkiEnvironment;
use der::asn1::ObjectIdentifier;
use jiff::Timestamp;

pub use lint::Rule;
pub use refusal::{Refusal, UsageRule, Whose};
pub use usage::Usage;

use crate::{Certificate, RevocationProvider, RevocationStatus};

/// Most intermediate certificates that are looked at, configured and brought along together.
pub const INTERMEDIATES_MAX: usize = 32;
/// Most certificates between leaf and anchor.
pub const PATH_LENGTH_MAX: usize = 6;
/// Most paths that are validated.
pub const PATHS_MAX: usize = 8;

/// Judges certificates against trust anchors.
pub struct Verifier {
    environment: PkiEnvironment,
    anchors: Vec<Certificate>,
    intermediates: Vec<Certificate>,
    policies: Option<Vec<ObjectIdentifier>>,
}

/// Trust anchors or settings that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifierError {
    /// No trust anchor: nothing would be accepted.
    #[error("no trust anchor is configured")]
    NoAnchor,
    /// A trust anchor is no CA certificate, or is malformed.
    #[error("a trust anchor is not a well-formed CA certificate ({0})")]
    Anchor(Rule),
    /// More than [`INTERMEDIATES_MAX`].
    #[error("too many intermediate certificates")]
    TooMany,
    /// Not an object identifier.
    #[error("a required policy is not an object identifier")]
    Policy,
}

impl Verifier {
    /// With these trust anchors and known intermediate authorities. Anchors come from configuration and are believed;
    /// intermediates are only candidates.
    pub fn new(anchors: Vec<Certificate>, intermediates: Vec<Certificate>) -> Result<Self, VerifierError> {
        if anchors.is_empty() {
            return Err(VerifierError::NoAnchor);
        }
        if intermediates.len() > INTERMEDIATES_MAX {
            return Err(VerifierError::TooMany);
        }
        for anchor in &anchors {
            lint::anchor(anchor).map_err(VerifierError::Anchor)?;
        }
        Ok(Self { environment: validate::environment(), anchors, intermediates, policies: None })
    }

    /// Requires one of these certificate policies (dotted object identifiers) instead of those of the usage.
    pub fn with_policies(mut self, policies: &[&str]) -> Result<Self, VerifierError> {
        let policies: Result<Vec<_>, _> =
            policies.iter().map(|text| ObjectIdentifier::new(text).map_err(|_| VerifierError::Policy)).collect();
        self.policies = Some(policies?);
        Ok(self)
    }

    /// The trust anchors.
    pub fn anchors(&self) -> &[Certificate] {
        &self.anchors
    }

    /// Judges `leaf` for `usage` at `now`. `extra` are certificates that came along with it. Every certificate of the
    /// path but the anchor is asked about at `revocation`.
    pub fn verify(
        &self,
        leaf: &Certificate,
        extra: &[Certificate],
        usage: Usage,
        now: Timestamp,
        revocation: &dyn RevocationProvider,
    ) -> Result<Accepted, Refusal> {
        if self.intermediates.len() + extra.len() > INTERMEDIATES_MAX {
            return Err(Refusal::TooComplex);
        }
        lint::end_entity(leaf).map_err(|rule| Refusal::of_rule(Whose::Leaf, rule))?;
        let paths = paths::build(leaf, extra, &self.intermediates, &self.anchors)?;
        let policies = match &self.policies {
            Some(policies) => policies.clone(),
            None => usage.policies(),
        };
        let mut refusal = Refusal::UntrustedIssuer;
        for (tried, path) in paths.iter().enumerate() {
            let judged = validate::path(&self.environment, path, usage, &policies, now)
                .and_then(|()| usage::check(leaf, usage))
                .and_then(|()| not_revoked(path, now, revocation));
            match judged {
                Ok(()) => {
                    return Ok(Accepted {
                        certificate: leaf.clone(),
                        issuer: path.issuer_of_leaf().clone(),
                        usage,
                        at: now,
                    });
                }
                Err(why) if tried == 0 => refusal = why,
                Err(_) => {}
            }
        }
        Err(refusal)
    }
}

/// True if a certificate that an authority issued for somebody breaks no rule of the profile.
pub(crate) fn is_well_formed(certificate: &Certificate) -> bool {
    lint::end_entity(certificate).is_ok()
}

/// From the anchor down, so that an issuer's word counts only while the issuer stands.
fn not_revoked(path: &paths::Path, now: Timestamp, revocation: &dyn RevocationProvider) -> Result<(), Refusal> {
    for (certificate, issuer, whose) in path.links() {
        match revocation.status(certificate, issuer, now) {
            Ok(RevocationStatus::Good) => {}
            Ok(RevocationStatus::Revoked { reason, at }) => {
                return Err(Refusal::Revoked { whose, reason, at });
            }
            Err(why) => return Err(Refusal::RevocationUnknown { whose, why }),
        }
    }
    Ok(())
}

/// A certificate that was accepted, for what and when. Only a [`Verifier`] makes one.
#[derive(Clone)]
pub struct Accepted {
    certificate: Certificate,
    issuer: Certificate,
    usage: Usage,
    at: Timestamp,
}

impl Accepted {
    /// The certificate.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// The certificate of the authority that issued it.
    pub fn issuer(&self) -> &Certificate {
        &self.issuer
    }

    /// For what.
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// At which time.
    pub fn at(&self) -> Timestamp {
        self.at
    }
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Accepted")
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

#[cfg(test)]
mod tests;
