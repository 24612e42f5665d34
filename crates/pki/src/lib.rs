//! Certificates, chains, revocation, CMS and sealing: the only room that touches them. No network and no clock here:
//! bytes, time and randomness are handed in.
//!
//! Nothing of the crates beneath leaks out: what they do not check by themselves is checked here, and a refusal names
//! the rule.

mod algorithm;
mod certificate;
pub mod chain;
pub mod cli;
pub mod cms;
pub mod crl;
mod four_info;
pub mod issue;
pub mod key;
pub mod ocsp;
#[cfg(test)]
mod openssl;
mod org_code;
mod revocation;
pub mod seal;
mod sha256;
mod tlv;

pub use algorithm::{SignatureError, verify_raw};
pub use certificate::{CERTIFICATE_BYTES_MAX, Certificate, CertificateError};
pub use chain::{Accepted, Examined, Refusal, Usage, Verifier, VerifierError};
pub use four_info::{FourInfoFault, four_info};
pub use key::{KeyKind, SigningKey};
pub use org_code::{OrgCodeFault, org_code};
pub use revocation::{
    FirstWhoKnows, NotPublished, RevocationProvider, RevocationReason, RevocationStatus, RevocationUnknown,
    WhoeverKnowsWorse,
};
pub use sha256::sha256;
