//! What a certificate is presented for.

use const_oid::db::rfc5912;
use der::asn1::ObjectIdentifier;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, KeyUsages};

use super::{Refusal, UsageRule};
use crate::algorithm::PublicKeyKind;
use crate::issue::{AUTHENTICATION_POLICY, SIGNATURE_POLICY};
use crate::{Certificate, org_code};

/// The purpose for which a certificate must be good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Usage {
    /// 署名用: registration and applications. `digitalSignature` and `nonRepudiation`, no extended key usage, JPKI's
    /// signature policy.
    JpkiSignature,
    /// 利用者証明用: login. `digitalSignature` without `nonRepudiation`, `clientAuth`, JPKI's authentication policy.
    JpkiAuthentication,
    /// An organisation's channel as server.
    OrgServer,
    /// An organisation's channel as client.
    OrgClient,
    /// An organisation signs its answers: `digitalSignature`, no extended key usage.
    OrgSigning,
    /// Others seal to an organisation: `keyAgreement`, P-256, no extended key usage.
    OrgSealing,
    /// An OCSP responder that an authority appointed.
    OcspSigning,
    /// No purpose: path validation by RFC 5280 alone.
    Any,
}

impl Usage {
    /// Certificate policies of which one must hold along the path; none for most usages.
    pub(super) fn policies(self) -> Vec<ObjectIdentifier> {
        match self {
            Self::JpkiSignature => vec![SIGNATURE_POLICY],
            Self::JpkiAuthentication => vec![AUTHENTICATION_POLICY],
            _ => Vec::new(),
        }
    }

    /// The extended key usage that must be there; authorities above must not exclude it either.
    pub(super) fn extended(self) -> Option<ObjectIdentifier> {
        match self {
            Self::JpkiAuthentication | Self::OrgClient => Some(rfc5912::ID_KP_CLIENT_AUTH),
            Self::OrgServer => Some(rfc5912::ID_KP_SERVER_AUTH),
            Self::OcspSigning => Some(rfc5912::ID_KP_OCSP_SIGNING),
            Self::JpkiSignature | Self::OrgSigning | Self::OrgSealing | Self::Any => None,
        }
    }

    fn key_usage_fits(self, bits: KeyUsage) -> bool {
        match self {
            Self::JpkiSignature => bits.digital_signature() && bits.non_repudiation(),
            Self::JpkiAuthentication => bits.digital_signature() && !bits.non_repudiation(),
            Self::OrgServer | Self::OrgClient | Self::OrgSigning | Self::OcspSigning => bits.digital_signature(),
            Self::OrgSealing => bits.0 == KeyUsages::KeyAgreement,
            Self::Any => true,
        }
    }

    fn is_of_an_organisation(self) -> bool {
        matches!(self, Self::OrgServer | Self::OrgClient | Self::OrgSigning | Self::OrgSealing)
    }
}

/// Checks the leaf's own words about its purpose. `anyExtendedKeyUsage` fits nothing: a card says what it is for.
pub(super) fn check(leaf: &Certificate, usage: Usage) -> Result<(), Refusal> {
    if usage == Usage::Any {
        return Ok(());
    }
    let wrong = |rule| Err(Refusal::WrongUsage { rule });
    let bits = leaf.extension::<KeyUsage>().ok().flatten();
    if !bits.is_some_and(|(_, bits)| usage.key_usage_fits(bits)) {
        return wrong(UsageRule::KeyUsage);
    }
    let extended = leaf.extension::<ExtendedKeyUsage>().ok().flatten();
    let fits = match (usage.extended(), extended) {
        (Some(wanted), Some((_, purposes))) => purposes.0.contains(&wanted),
        (None, None) => true,
        _ => false,
    };
    if !fits {
        return wrong(UsageRule::ExtendedKeyUsage);
    }
    if usage == Usage::OrgSealing && PublicKeyKind::of(leaf.spki_der()) != Ok(PublicKeyKind::P256) {
        return wrong(UsageRule::KeyKind);
    }
    if usage.is_of_an_organisation() && org_code(leaf).is_err() {
        return wrong(UsageRule::Organisation);
    }
    Ok(())
}
