//! Certificates of organisations and of OCSP responders.

use std::net::IpAddr;

use const_oid::db::{rfc5912, rfc6960};
use der::Encode as _;
use der::asn1::{Ia5String, Null};
use domain::OrgCode;
use rand_core::CryptoRng;
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, KeyUsages, SubjectAltName};

use super::draft::{Draft, name};
use super::{Authority, IssueError, Validity};
use crate::Certificate;
use crate::org_code::ORG_URN;

/// What an organisation's key is for; one certificate each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganisationUse {
    /// Channel to other parties: server and client.
    Tls,
    /// Signs answers (B-GW-2).
    Signing,
    /// Others seal payloads to it (N-5).
    Sealing,
}

/// What an organisation's certificate says.
#[derive(Clone, Copy, Debug)]
pub struct OrganisationProfile<'a> {
    /// Common name, and `urn:my-portal:org:<ORG>` among the alternative names.
    pub org: &'a OrgCode,
    /// One use.
    pub usage: OrganisationUse,
    /// Host names; for TLS.
    pub dns: &'a [&'a str],
    /// Addresses; for TLS.
    pub ips: &'a [IpAddr],
}

impl Authority {
    /// Issues a certificate of an organisation for the key in `spki_der`.
    pub fn organisation(
        &self,
        profile: &OrganisationProfile<'_>,
        spki_der: &[u8],
        validity: Validity,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Certificate, IssueError> {
        let subject = name(&[
            (const_oid::db::rfc4519::COUNTRY_NAME, "JP"),
            (const_oid::db::rfc4519::COMMON_NAME, profile.org.as_str()),
        ])?;
        let urn = Ia5String::new(&format!("{ORG_URN}{}", profile.org))?;
        let mut names = vec![GeneralName::UniformResourceIdentifier(urn)];
        for host in profile.dns {
            names.push(GeneralName::DnsName(Ia5String::new(host)?));
        }
        names.extend(profile.ips.iter().map(|ip| GeneralName::from(*ip)));
        let draft = Draft::new(subject, spki_der, validity, rng)?
            .extend(&end_entity())?
            .extend(&profile.usage.key_usage())?
            .extend(&SubjectAltName(names))?;
        self.issue(match profile.usage {
            OrganisationUse::Tls => {
                draft.extend(&ExtendedKeyUsage(vec![rfc5912::ID_KP_SERVER_AUTH, rfc5912::ID_KP_CLIENT_AUTH]))?
            }
            OrganisationUse::Signing | OrganisationUse::Sealing => draft,
        })
    }

    /// Issues a certificate that may sign OCSP answers in this authority's name (RFC 6960 §4.2.2.2). It carries
    /// `ocsp-nocheck`: give it weeks, not years.
    pub fn ocsp_responder(
        &self,
        common_name: &str,
        spki_der: &[u8],
        validity: Validity,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Certificate, IssueError> {
        let subject =
            name(&[(const_oid::db::rfc4519::COUNTRY_NAME, "JP"), (const_oid::db::rfc4519::COMMON_NAME, common_name)])?;
        let draft = Draft::new(subject, spki_der, validity, rng)?
            .extend(&end_entity())?
            .extend(&KeyUsage(KeyUsages::DigitalSignature.into()))?
            .extend(&ExtendedKeyUsage(vec![rfc5912::ID_KP_OCSP_SIGNING]))?
            .extend_raw(rfc6960::ID_PKIX_OCSP_NOCHECK, false, &Null.to_der()?)?;
        self.issue(draft)
    }
}

impl OrganisationUse {
    fn key_usage(self) -> KeyUsage {
        KeyUsage(match self {
            Self::Tls | Self::Signing => KeyUsages::DigitalSignature.into(),
            Self::Sealing => KeyUsages::KeyAgreement.into(),
        })
    }
}

pub(super) fn end_entity() -> BasicConstraints {
    BasicConstraints { ca: false, path_len_constraint: None }
}
