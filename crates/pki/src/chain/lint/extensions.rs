//! Rules about extensions.

use const_oid::AssociatedOid;
use const_oid::db::rfc5280::ID_CE_FRESHEST_CRL;
use const_oid::db::rfc5912::{
    ID_CE_AUTHORITY_KEY_IDENTIFIER, ID_CE_BASIC_CONSTRAINTS, ID_CE_CERTIFICATE_POLICIES, ID_CE_CRL_DISTRIBUTION_POINTS,
    ID_CE_EXT_KEY_USAGE, ID_CE_INHIBIT_ANY_POLICY, ID_CE_KEY_USAGE, ID_CE_NAME_CONSTRAINTS, ID_CE_POLICY_CONSTRAINTS,
    ID_CE_POLICY_MAPPINGS, ID_CE_SUBJECT_ALT_NAME, ID_CE_SUBJECT_KEY_IDENTIFIER, ID_PE_AUTHORITY_INFO_ACCESS,
    ID_PE_SUBJECT_INFO_ACCESS,
};
use der::asn1::ObjectIdentifier;
use der::{Decode, Encode};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{
    AuthorityInfoAccessSyntax, AuthorityKeyIdentifier, BasicConstraints, CertificatePolicies, CrlDistributionPoints,
    ExtendedKeyUsage, InhibitAnyPolicy, KeyUsage, NameConstraints, PolicyConstraints, PolicyMappings, SubjectAltName,
    SubjectInfoAccessSyntax, SubjectKeyIdentifier,
};

use super::{EXTENSIONS_MAX, Rule};
use crate::Certificate;

/// Most policies, mappings, purposes or points in one extension.
const LIST_MAX: usize = 32;

pub(super) fn read<'a, T: Decode<'a> + AssociatedOid>(certificate: &'a Certificate) -> Result<Option<T>, Rule> {
    certificate.extension::<T>().map(|found| found.map(|(_, value)| value)).map_err(|_| Rule::ExtensionEncoding)
}

/// Every extension: once, decodable, DER, as critical as it must be.
pub(super) fn check(certificate: &Certificate) -> Result<(), Rule> {
    let extensions = certificate.tbs().extensions().map(Vec::as_slice).unwrap_or_default();
    if extensions.is_empty() {
        return Err(Rule::ExtensionEncoding);
    }
    if extensions.len() > EXTENSIONS_MAX {
        return Err(Rule::TooMany);
    }
    for (at, extension) in extensions.iter().enumerate() {
        let twice = extensions.iter().take(at).any(|e| e.extn_id == extension.extn_id);
        if twice {
            return Err(Rule::DuplicateExtension);
        }
        one(extension, certificate.tbs().subject().is_empty())?;
    }
    Ok(())
}

fn one(extension: &Extension, no_subject: bool) -> Result<(), Rule> {
    let value = extension.extn_value.as_bytes();
    let (must, must_not) = (extension.critical, !extension.critical);
    let critical_enough = match extension.extn_id {
        ID_CE_BASIC_CONSTRAINTS => {
            let ca = canonical::<BasicConstraints>(value)?.ca;
            must || !ca
        }
        ID_CE_KEY_USAGE => {
            canonical::<KeyUsage>(value)?;
            must
        }
        ID_CE_NAME_CONSTRAINTS => {
            canonical::<NameConstraints>(value)?;
            must
        }
        ID_CE_POLICY_CONSTRAINTS => {
            let constraints = canonical::<PolicyConstraints>(value)?;
            let empty = constraints.require_explicit_policy.is_none() && constraints.inhibit_policy_mapping.is_none();
            if empty {
                return Err(Rule::ExtensionEncoding);
            }
            must
        }
        ID_CE_INHIBIT_ANY_POLICY => {
            canonical::<InhibitAnyPolicy>(value)?;
            must
        }
        ID_CE_SUBJECT_KEY_IDENTIFIER => {
            canonical::<SubjectKeyIdentifier>(value)?;
            must_not
        }
        ID_CE_AUTHORITY_KEY_IDENTIFIER => {
            canonical::<AuthorityKeyIdentifier>(value)?;
            must_not
        }
        ID_PE_AUTHORITY_INFO_ACCESS => {
            let list = canonical::<AuthorityInfoAccessSyntax>(value)?.0;
            some(list.len())?;
            must_not
        }
        ID_PE_SUBJECT_INFO_ACCESS => {
            let list = canonical::<SubjectInfoAccessSyntax>(value)?.0;
            some(list.len())?;
            must_not
        }
        ID_CE_SUBJECT_ALT_NAME => {
            canonical::<SubjectAltName>(value)?;
            // RFC 5280 §4.2.1.6: critical exactly where it is the only name; elsewhere SHOULD NOT.
            must || !no_subject
        }
        ID_CE_EXT_KEY_USAGE => {
            some(canonical::<ExtendedKeyUsage>(value)?.0.len())?;
            true
        }
        ID_CE_CRL_DISTRIBUTION_POINTS => {
            some(canonical::<CrlDistributionPoints>(value)?.0.len())?;
            true
        }
        ID_CE_POLICY_MAPPINGS => {
            some(canonical::<PolicyMappings>(value)?.0.len())?;
            true
        }
        ID_CE_CERTIFICATE_POLICIES => {
            policies(&canonical::<CertificatePolicies>(value)?)?;
            true
        }
        ID_CE_FRESHEST_CRL => return Err(Rule::Delta),
        _ if extension.critical => return Err(Rule::UnknownCriticalExtension),
        _ => true,
    };
    if critical_enough { Ok(()) } else { Err(Rule::Criticality) }
}

/// Decodes to the last byte, and encodes to the same bytes again.
fn canonical<'a, T: Decode<'a> + Encode>(value: &'a [u8]) -> Result<T, Rule> {
    let read = T::from_der(value).map_err(|_| Rule::ExtensionEncoding)?;
    match read.to_der() {
        Ok(again) if again == value => Ok(read),
        _ => Err(Rule::ExtensionEncoding),
    }
}

fn some(count: usize) -> Result<(), Rule> {
    match count {
        0 => Err(Rule::ExtensionEncoding),
        1..=LIST_MAX => Ok(()),
        _ => Err(Rule::TooMany),
    }
}

fn policies(policies: &CertificatePolicies) -> Result<(), Rule> {
    some(policies.0.len()).map_err(|rule| match rule {
        Rule::ExtensionEncoding => Rule::Policies,
        rule => rule,
    })?;
    let mut seen: Vec<ObjectIdentifier> = Vec::new();
    for policy in &policies.0 {
        if seen.contains(&policy.policy_identifier) {
            return Err(Rule::Policies);
        }
        seen.push(policy.policy_identifier);
    }
    Ok(())
}

/// A certificate below an anchor says which key signed it (RFC 5280 §4.2.1.1).
pub(super) fn names_its_issuer(certificate: &Certificate) -> Result<(), Rule> {
    match read::<AuthorityKeyIdentifier>(certificate)? {
        Some(identifier) if identifier.key_identifier.is_some() => Ok(()),
        _ => Err(Rule::KeyIdentifier),
    }
}

/// An authority says which key it has (§4.2.1.2).
pub(super) fn names_its_key(certificate: &Certificate) -> Result<(), Rule> {
    match read::<SubjectKeyIdentifier>(certificate)? {
        Some(identifier) if !identifier.0.is_empty() => Ok(()),
        _ => Err(Rule::KeyIdentifier),
    }
}
