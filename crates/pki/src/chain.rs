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
        self.examine(leaf, extra, usage, now)?.accept(revocation)
    }

    /// The same without revocation, for who must first fetch what it is asked with: [`Examined::links`] says about
    /// whom, [`Examined::accept`] ends the judgement.
    pub fn examine(
        &self,
        leaf: &Certificate,
        extra: &[Certificate],
        usage: Usage,
        now: Timestamp,
    ) -> Result<Examined, Refusal> {
        if self.intermediates.len() + extra.len() > INTERMEDIATES_MAX {
            return Err(Refusal::TooComplex);
        }
        lint::end_entity(leaf).map_err(|rule| Refusal::of_rule(Whose::Leaf, rule))?;
        let policies = match &self.policies {
            Some(policies) => policies.clone(),
            None => usage.policies(),
        };
        let mut refusal = None;
        let mut good = Vec::new();
        for path in paths::build(leaf, extra, &self.intermediates, &self.anchors)? {
            let judged = validate::path(&self.environment, &path, usage, &policies, now)
                .and_then(|()| usage::check(leaf, usage));
            match judged {
                Ok(()) => good.push(path),
                Err(why) => refusal = refusal.or(Some(why)),
            }
        }
        if good.is_empty() {
            return Err(refusal.unwrap_or(Refusal::UntrustedIssuer));
        }
        Ok(Examined { paths: good, usage, at: now })
    }
}

/// A certificate with everything in order but for revocation, which nobody was asked about yet.
pub struct Examined {
    /// At least one.
    paths: Vec<paths::Path>,
    usage: Usage,
    at: Timestamp,
}

impl Examined {
    /// The certificates that will be asked about, each with its issuer, from the anchor down; the last is the leaf.
    pub fn links(&self) -> Vec<(Certificate, Certificate)> {
        let links = self.paths.iter().flat_map(paths::Path::links);
        links.map(|(certificate, issuer, _)| (certificate.clone(), issuer.clone())).collect()
    }

    /// Asks about every certificate of the path but the anchor. Whoever is unknown is refused (fail closed).
    pub fn accept(self, revocation: &dyn RevocationProvider) -> Result<Accepted, Refusal> {
        let mut refusal = Refusal::UntrustedIssuer;
        for (tried, path) in self.paths.iter().enumerate() {
            match not_revoked(path, self.at, revocation) {
                Ok(()) => {
                    return Ok(Accepted {
                        certificate: path.leaf.clone(),
                        issuer: path.issuer_of_leaf().clone(),
                        usage: self.usage,
                        at: self.at,
                    });
                }
                Err(why) if tried == 0 => refusal = why,
                Err(_) => {}
            }
        }
        Err(refusal)
    }
}

impl fmt::Debug for Examined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Examined")
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
