//! Which organisation a certificate speaks for (B-MED-5: the organisation is taken from the channel).

use domain::OrgCode;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use crate::Certificate;

/// An organisation's certificate names it as `urn:my-portal:org:<ORG>` in its subject alternative name.
pub(crate) const ORG_URN: &str = "urn:my-portal:org:";

/// The certificate names no organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrgCodeFault {
    /// No `urn:my-portal:org:` name.
    #[error("the certificate names no organisation")]
    Absent,
    /// More than one.
    #[error("the certificate names several organisations")]
    Several,
    /// The name is no organisation code, or the extension is malformed.
    #[error("the certificate's organisation name is malformed")]
    Malformed,
    /// The common name says something else.
    #[error("the certificate's common name is not its organisation")]
    Disagrees,
}

/// The organisation of a certificate that was accepted by a TLS handshake or by [`crate::Verifier`]: exactly one URN,
/// equal to the common name.
pub fn org_code(certificate: &Certificate) -> Result<OrgCode, OrgCodeFault> {
    let (_, names) =
        certificate.extension::<SubjectAltName>().map_err(|_| OrgCodeFault::Malformed)?.ok_or(OrgCodeFault::Absent)?;
    let mut urns = names.0.iter().filter_map(|name| match name {
        GeneralName::UniformResourceIdentifier(uri) => uri.as_str().strip_prefix(ORG_URN),
        _ => None,
    });
    let urn = urns.next().ok_or(OrgCodeFault::Absent)?;
    if urns.next().is_some() {
        return Err(OrgCodeFault::Several);
    }
    let code: OrgCode = urn.parse().map_err(|_| OrgCodeFault::Malformed)?;
    let common_name = certificate.tbs().subject().common_name();
    match common_name {
        Ok(Some(name)) if name.value() == code.as_str() => Ok(code),
        _ => Err(OrgCodeFault::Disagrees),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::OrganisationUse;
    use crate::issue::testing::{authority, citizen_pair, draft, organisation};
    use der::asn1::Ia5String;

    #[test]
    fn an_organisation_is_named_by_its_certificate() {
        let certificate = organisation(&authority("CA"), "141003", OrganisationUse::Tls).0;
        assert_eq!(org_code(&certificate), Ok("141003".parse().unwrap()));
    }

    #[test]
    fn a_citizens_certificate_names_no_organisation() {
        let (signature, authentication) = citizen_pair(&authority("CA"));
        assert_eq!(org_code(&signature), Err(OrgCodeFault::Absent));
        assert_eq!(org_code(&authentication), Err(OrgCodeFault::Absent));
    }

    #[test]
    fn a_certificate_of_two_organisations_speaks_for_neither() {
        let urn =
            |org: &str| GeneralName::UniformResourceIdentifier(Ia5String::new(&format!("{ORG_URN}{org}")).unwrap());
        let of = |common_name: &str, names: Vec<GeneralName>| {
            let ca = authority("CA");
            draft(common_name).extension(&SubjectAltName(names)).issued_by(&ca)
        };
        assert_eq!(org_code(&of("NTA", vec![urn("NTA"), urn("JPS")])), Err(OrgCodeFault::Several));
        assert_eq!(org_code(&of("NTA", vec![urn("JPS")])), Err(OrgCodeFault::Disagrees));
        assert_eq!(org_code(&of("141004", vec![urn("141004")])), Err(OrgCodeFault::Malformed));
        assert_eq!(org_code(&of("NTA", vec![])), Err(OrgCodeFault::Absent));
    }
}
