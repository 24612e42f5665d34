//! Rules about alternative names and name constraints.

use x509_cert::ext::pkix::constraints::name::GeneralSubtree;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{NameConstraints, SubjectAltName};

use super::{ALTERNATIVE_NAMES_MAX, NAME_CONSTRAINTS_MAX, Rule};

/// RFC 5280 §4.2.1.6: at least one, each in the form of its kind.
pub(super) fn alternative(names: &SubjectAltName) -> Result<(), Rule> {
    if names.0.is_empty() {
        return Err(Rule::AlternativeName);
    }
    if names.0.len() > ALTERNATIVE_NAMES_MAX {
        return Err(Rule::TooMany);
    }
    if names.0.iter().all(well_formed) { Ok(()) } else { Err(Rule::AlternativeName) }
}

fn well_formed(name: &GeneralName) -> bool {
    match name {
        GeneralName::DnsName(host) => is_host(host.as_str(), true),
        GeneralName::Rfc822Name(address) => is_mailbox(address.as_str()),
        GeneralName::UniformResourceIdentifier(uri) => is_uri(uri.as_str()),
        GeneralName::IpAddress(bytes) => matches!(bytes.as_bytes().len(), 4 | 16),
        GeneralName::DirectoryName(name) => !name.is_empty(),
        GeneralName::OtherName(_) | GeneralName::EdiPartyName(_) | GeneralName::RegisteredId(_) => true,
    }
}

/// Labels of letters, digits and hyphens (RFC 1034 §3.5); a first label `*` where a wildcard may stand.
fn is_host(host: &str, wildcard: bool) -> bool {
    let host = match host.strip_prefix("*.") {
        Some(rest) if wildcard => rest,
        _ => host,
    };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    host.len() <= 253 && host.split('.').all(label)
}

fn is_mailbox(address: &str) -> bool {
    let printable = address.bytes().all(|b| b.is_ascii_graphic());
    match address.rsplit_once('@') {
        Some((local, host)) => printable && !local.is_empty() && is_host(host, false),
        None => false,
    }
}

/// Absolute: a scheme and something after it (RFC 3986 §4.3).
fn is_uri(uri: &str) -> bool {
    let printable = uri.bytes().all(|b| b.is_ascii_graphic());
    match uri.split_once(':') {
        Some((scheme, rest)) => {
            printable
                && !rest.is_empty()
                && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        }
        None => false,
    }
}

fn subtrees(constraints: &NameConstraints) -> impl Iterator<Item = &GeneralSubtree> {
    let both = [&constraints.permitted_subtrees, &constraints.excluded_subtrees];
    both.into_iter().flatten().flatten()
}

pub(super) fn count(constraints: &NameConstraints) -> usize {
    subtrees(constraints).count()
}

/// RFC 5280 §4.2.1.10: not empty, no distances, and only of forms that are really compared: a constraint that nobody
/// compares would permit everything.
pub(super) fn constraints(constraints: &NameConstraints) -> Result<(), Rule> {
    let empty_list =
        [&constraints.permitted_subtrees, &constraints.excluded_subtrees].into_iter().flatten().any(Vec::is_empty);
    if empty_list || count(constraints) == 0 {
        return Err(Rule::NameConstraints);
    }
    if count(constraints) > NAME_CONSTRAINTS_MAX {
        return Err(Rule::TooMany);
    }
    let compared = |subtree: &GeneralSubtree| {
        let form = match &subtree.base {
            GeneralName::DirectoryName(_)
            | GeneralName::DnsName(_)
            | GeneralName::Rfc822Name(_)
            | GeneralName::UniformResourceIdentifier(_) => true,
            GeneralName::IpAddress(bytes) => is_network(bytes.as_bytes()),
            _ => false,
        };
        form && subtree.minimum == 0 && subtree.maximum.is_none()
    };
    if subtrees(constraints).all(compared) { Ok(()) } else { Err(Rule::NameConstraints) }
}

/// Address and mask of the same length, the mask without gaps.
fn is_network(bytes: &[u8]) -> bool {
    let (4 | 16) = bytes.len() / 2 else {
        return false;
    };
    let (_, mask) = bytes.split_at(bytes.len() / 2);
    let ones: u32 = mask.iter().map(|b| b.leading_ones()).sum();
    let total: u32 = mask.iter().map(|b| b.count_ones()).sum();
    let gapless = mask.iter().skip_while(|b| **b == 0xff).skip(1).all(|b| *b == 0);
    bytes.len().is_multiple_of(2) && ones == total && gapless
}
