//! The two certificates of a card.

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CertificateKind {
    /// 署名用電子証明書, with 4-info
    Signature,
    /// 利用者証明用電子証明書, without (N-22)
    Authentication,
}

impl CertificateKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Signature, Self::Authentication];

    /// As stored, in paths and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Authentication => "authentication",
        }
    }

    /// Path of its authority's list on the plain HTTP listener.
    pub fn crl_path(self) -> &'static str {
        match self {
            Self::Signature => "/crl/signature.crl",
            Self::Authentication => "/crl/authentication.crl",
        }
    }

    /// Path of its authority's OCSP responder on the plain HTTP listener.
    pub fn ocsp_path(self) -> &'static str {
        match self {
            Self::Signature => "/ocsp/signature",
            Self::Authentication => "/ocsp/authentication",
        }
    }
}
