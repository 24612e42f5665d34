//! One path through the library, with settings that leave nothing to its defaults.

use certval::{
    CertificationPath, CertificationPathResults, CertificationPathSettings, Error, PDVCertificate,
    PDVTrustAnchorChoice, PathValidationStatus, PkiEnvironment, TimeOfInterest, enforce_trust_anchor_constraints,
    validate_path_rfc5280,
};
use der::Encode as _;
use der::asn1::{BitString, ObjectIdentifier};
use jiff::Timestamp;
use spki::{AlgorithmIdentifierOwned, SubjectPublicKeyInfoOwned};

use super::paths::Path;
use super::{PATH_LENGTH_MAX, Refusal, Usage, Whose, lint};
use crate::Certificate;
use crate::algorithm::SignatureAlgorithm;

/// Path validation by RFC 5280, signatures by aws-lc and only the algorithms that are accepted here.
pub(super) fn environment() -> PkiEnvironment {
    let mut environment = PkiEnvironment::default();
    environment.add_validate_path_callback(validate_path_rfc5280);
    environment.add_verify_signature_message_callback(verify_signature);
    environment
}

fn verify_signature(
    _: &PkiEnvironment,
    message: &[u8],
    signature: &BitString,
    algorithm: &AlgorithmIdentifierOwned,
    spki: &SubjectPublicKeyInfoOwned,
) -> certval::Result<()> {
    let failure = Error::PathValidation(PathValidationStatus::SignatureVerificationFailure);
    let signature = signature.as_bytes().ok_or(failure)?;
    let spki = spki.to_der()?;
    SignatureAlgorithm::of(algorithm).ok_or(failure)?.verify(&spki, message, signature).map_err(|_| failure)
}

/// Validates one path for one purpose at one time; revocation apart.
pub(super) fn path(
    environment: &PkiEnvironment,
    path: &Path,
    usage: Usage,
    policies: &[ObjectIdentifier],
    now: Timestamp,
) -> Result<(), Refusal> {
    holds_at(&path.leaf, Whose::Leaf, now)?;
    for authority in &path.intermediates {
        holds_at(authority, Whose::Intermediate, now)?;
    }
    holds_at(&path.anchor, Whose::Anchor, now)?;
    for authority in &path.intermediates {
        lint::authority(authority).map_err(|rule| Refusal::of_rule(Whose::Intermediate, rule))?;
    }
    lint::work_is_bounded(path)?;
    rfc5280(environment, path, usage, policies, now).map_err(worded)
}

fn holds_at(certificate: &Certificate, whose: Whose, now: Timestamp) -> Result<(), Refusal> {
    let (not_before, not_after) = (certificate.not_before(), certificate.not_after());
    if now < not_before {
        return Err(Refusal::NotYetValid { whose, not_before });
    }
    // The last second counts to its end.
    if now.as_second() > not_after.as_second() {
        return Err(Refusal::Expired { whose, not_after });
    }
    Ok(())
}

fn rfc5280(
    environment: &PkiEnvironment,
    path: &Path,
    usage: Usage,
    policies: &[ObjectIdentifier],
    now: Timestamp,
) -> certval::Result<()> {
    let anchor = PDVTrustAnchorChoice::try_from(path.anchor.der())?;
    let intermediates =
        path.intermediates.iter().map(|c| PDVCertificate::try_from(c.der())).collect::<Result<Vec<_>, _>>()?;
    let leaf = PDVCertificate::try_from(path.leaf.der())?;
    let settings = settings(usage, policies, now)?;
    // Without this call an anchor's own name constraints, path length and policies count for nothing.
    let settings = enforce_trust_anchor_constraints(&settings, &anchor)?;
    let path = CertificationPath::new(anchor, intermediates, leaf);
    let mut results = CertificationPathResults::new();
    environment.validate_path(environment, &settings, &path, &mut results)
}

fn settings(usage: Usage, policies: &[ObjectIdentifier], now: Timestamp) -> certval::Result<CertificationPathSettings> {
    let mut settings = CertificationPathSettings::new();
    // Zero means "no time" to the library; the first second of 1970 is nobody's time.
    let second = u64::try_from(now.as_second()).unwrap_or(1).max(1);
    settings.set_time_of_interest(TimeOfInterest::from_unix_secs(second)?);
    settings.set_enforce_trust_anchor_constraints(true);
    settings.set_enforce_trust_anchor_validity(true);
    // The anchor was chosen from ours when the path was built. A store would also accept an anchor as leaf.
    settings.set_require_ta_store(false);
    settings.set_forbid_self_signed_ee(true);
    settings.set_min_rsa_modulus_bits(2048);
    settings.set_initial_path_length_constraint(u8::try_from(PATH_LENGTH_MAX).unwrap_or(u8::MAX));
    if let Some(purpose) = usage.extended() {
        settings.set_extended_key_usage_from_oid_set([purpose].into());
        settings.set_extended_key_usage_path(true);
    }
    if !policies.is_empty() {
        settings.set_initial_policy_set_from_oid_set(policies.iter().copied().collect());
        settings.set_initial_explicit_policy_indicator(true);
    }
    Ok(settings)
}

fn worded(error: Error) -> Refusal {
    use PathValidationStatus as Status;
    let Error::PathValidation(status) = error else {
        return Refusal::CriticalExtension;
    };
    match status {
        Status::NameChainingFailure
        | Status::MissingTrustAnchor
        | Status::NoPathsFound
        | Status::SelfSignedEndIdentity => Refusal::UntrustedIssuer,
        Status::SignatureVerificationFailure => Refusal::BadSignature,
        Status::MissingBasicConstraints | Status::InvalidBasicConstraints => Refusal::NotAnAuthority,
        Status::InvalidPathLength => Refusal::PathLength,
        Status::InvalidKeyUsage => Refusal::WrongUsage { rule: super::UsageRule::ExtendedKeyUsage },
        Status::NullPolicySet | Status::InvalidPolicyMapping => Refusal::Policy,
        Status::NameConstraintsViolation => Refusal::NameConstraint,
        Status::UnprocessedCriticalExtension => Refusal::CriticalExtension,
        Status::ProcessingLimitExceeded => Refusal::TooComplex,
        Status::InsufficientKeySize => Refusal::WeakKey { whose: Whose::Intermediate },
        // Times were checked before; what is left is an encoding that the lint let through.
        _ => Refusal::Malformed { whose: Whose::Leaf, rule: super::Rule::ExtensionEncoding },
    }
}
