//! Is a card's certificate to be believed today? Chain, profile and usage by `pki`; revocation by OCSP or CRL, fetched
//! here; unreachable means refused (P-AUT-3).

mod revocation;

use jiff::Timestamp;
use pki::chain::Examined;
use pki::{Accepted, Certificate, Refusal, RevocationReason, Usage, Verifier};
use rand_core::CryptoRng;
use revocation::Source;

use crate::card::CardRefusal;

/// What the portal is told about cards.
#[derive(Clone, Debug)]
pub struct ValiditySettings {
    /// CAs of signature certificates.
    pub signature_anchors_pem: String,
    /// CAs of authentication certificates.
    pub authentication_anchors_pem: String,
    /// Where revocation is asked.
    pub revocation: RevocationSettings,
}

/// Where revocation is asked: one address for each kind of certificate.
#[derive(Clone, Debug)]
pub enum RevocationSettings {
    /// Asked for each certificate.
    Ocsp {
        /// For signature certificates
        signature: String,
        /// For authentication certificates
        authentication: String,
    },
    /// Fetched from time to time and indexed.
    Crl {
        /// For signature certificates
        signature: String,
        /// For authentication certificates
        authentication: String,
    },
}

/// The cards' authorities cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ValidityError {
    /// A PEM file holds no certificate.
    #[error("an authority's file holds no certificate")]
    Certificate(#[from] pki::CertificateError),
    /// An authority is none.
    #[error("an authority's certificate cannot be a trust anchor")]
    Anchor(#[from] pki::VerifierError),
}

/// Which of a card's two certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CardCertificate {
    Signature,
    Authentication,
}

impl CardCertificate {
    fn usage(self) -> Usage {
        match self {
            Self::Signature => Usage::JpkiSignature,
            Self::Authentication => Usage::JpkiAuthentication,
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Signature => Self::Authentication,
            Self::Authentication => Self::Signature,
        }
    }
}

/// A certificate that an authority of ours issued for this use. Whether it holds today is for [`Validity::check`], and
/// only what that accepts may be read for the four items (P-REG-2).
pub(crate) struct Genuine {
    certificate: Certificate,
    examined: Examined,
    kind: CardCertificate,
    out_of_time: Option<CardRefusal>,
}

impl Genuine {
    pub(crate) fn certificate(&self) -> &Certificate {
        &self.certificate
    }
}

/// Checks certificates of cards.
pub struct Validity {
    signature: Authority,
    authentication: Authority,
}

struct Authority {
    verifier: Verifier,
    source: Source,
}

impl Validity {
    /// `client` has short time limits, no redirects and no proxy.
    pub fn new(settings: &ValiditySettings, client: &reqwest::Client) -> Result<Self, ValidityError> {
        let (signature, authentication) = match &settings.revocation {
            RevocationSettings::Ocsp { signature, authentication } => {
                (Source::ocsp(client, signature), Source::ocsp(client, authentication))
            }
            RevocationSettings::Crl { signature, authentication } => {
                (Source::crl(client, signature), Source::crl(client, authentication))
            }
        };
        let verifier = |pem: &str| -> Result<Verifier, ValidityError> {
            Ok(Verifier::new(Certificate::many_from_pem(pem)?, Vec::new())?)
        };
        Ok(Self {
            signature: Authority { verifier: verifier(&settings.signature_anchors_pem)?, source: signature },
            authentication: Authority {
                verifier: verifier(&settings.authentication_anchors_pem)?,
                source: authentication,
            },
        })
    }

    fn authority(&self, kind: CardCertificate) -> &Authority {
        match kind {
            CardCertificate::Signature => &self.signature,
            CardCertificate::Authentication => &self.authentication,
        }
    }

    /// Chain, profile and usage. A certificate out of its time is judged as of its time, so that its owner can be told.
    pub(crate) fn genuine(
        &self,
        certificate: &Certificate,
        kind: CardCertificate,
        now: Timestamp,
    ) -> Result<Genuine, CardRefusal> {
        let (at, out_of_time) = if now > certificate.not_after() {
            (certificate.not_after(), Some(CardRefusal::Expired))
        } else if now < certificate.not_before() {
            (certificate.not_before(), Some(CardRefusal::NotYetValid))
        } else {
            (now, None)
        };
        let examined =
            |kind: CardCertificate| self.authority(kind).verifier.examine(certificate, &[], kind.usage(), at);
        match examined(kind) {
            Ok(examined) => Ok(Genuine { certificate: certificate.clone(), examined, kind, out_of_time }),
            Err(Refusal::WrongUsage { .. }) => Err(CardRefusal::WrongUsage),
            Err(Refusal::UntrustedIssuer) if examined(kind.other()).is_ok() => Err(CardRefusal::WrongUsage),
            Err(refusal) => {
                tracing::info!(error = &refusal as &dyn std::error::Error, "a card's certificate was not accepted");
                Err(CardRefusal::Untrusted)
            }
        }
    }

    /// Fetches revocation lists beforehand, where they are used; called by the server from time to time.
    pub async fn refresh(&self) {
        for authority in [&self.signature, &self.authentication] {
            authority.source.refresh(authority.verifier.anchors()).await;
        }
    }

    /// In its time, and not revoked. Fails closed.
    pub(crate) async fn check(
        &self,
        genuine: Genuine,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<Accepted, CardRefusal> {
        if let Some(refusal) = genuine.out_of_time {
            return Err(refusal);
        }
        let source = &self.authority(genuine.kind).source;
        let answers = source.ask(&genuine.examined.links(), now, rng).await;
        genuine.examined.accept(&answers).map_err(|refusal| match refusal {
            // Name and address stand in the signature certificate alone: JPKI ends no other for this reason.
            Refusal::Revoked { reason: RevocationReason::AffiliationChanged, .. } => CardRefusal::Outdated,
            Refusal::Revoked { .. } => CardRefusal::Revoked,
            Refusal::RevocationUnknown { .. } => {
                tracing::warn!(error = &refusal as &dyn std::error::Error, "revocation could not be checked");
                CardRefusal::ValidityUnreachable
            }
            _ => CardRefusal::Untrusted,
        })
    }
}

impl std::fmt::Debug for Validity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Validity")
    }
}
