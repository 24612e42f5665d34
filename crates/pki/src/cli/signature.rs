//! `verify-signature`

use super::chain::{ChainInput, Sources};
use super::{Input, Verdict, certificates, der_of};
use crate::{cms, verify_raw};

/// A signature and what it is over.
#[derive(Clone, Debug)]
pub enum SignatureInput {
    /// RSA PKCS#1 v1.5 with SHA-256, ECDSA P-256 with SHA-256 or P-384 with SHA-384 (ASN.1 form).
    Raw {
        /// A certificate or a public key, PEM or DER.
        key: Vec<u8>,
        /// What was signed.
        message: Vec<u8>,
        /// The signature's bytes.
        signature: Vec<u8>,
    },
    /// CMS `SignedData`.
    Cms {
        /// DER, or PEM.
        cms: Vec<u8>,
        /// What was signed, if it is not inside.
        content: Option<Vec<u8>>,
        /// Whom to believe (its `leaf` is not looked at); `None` verifies the signature alone.
        chain: Option<ChainInput>,
    },
}

/// Verifies a signature and, for a CMS with anchors, judges its signer.
pub fn verify_signature(input: &SignatureInput) -> Verdict {
    let judged = match input {
        SignatureInput::Raw { key, message, signature } => raw(key, message, signature),
        SignatureInput::Cms { cms, content, chain } => of_cms(cms, content.as_deref(), chain.as_ref()),
    };
    judged.unwrap_or_else(|verdict| verdict)
}

fn raw(key: &[u8], message: &[u8], signature: &[u8]) -> Result<Verdict, Verdict> {
    let (spki, serial) = match certificates(key) {
        Ok(found) => match found.first() {
            Some(one) => (one.spki_der().to_vec(), Some(one.serial_hex())),
            None => return Err(Verdict::unreadable(Input::Key, "no key")),
        },
        Err(why) => {
            let spki = der_of(key, "PUBLIC KEY").ok_or(Verdict::unreadable(Input::Key, why))?;
            (spki, None)
        }
    };
    verify_raw(&spki, message, signature)?;
    Ok(Verdict::Accepted { usage: None, at: None, serial, signing_time: None })
}

fn of_cms(bytes: &[u8], content: Option<&[u8]>, chain: Option<&ChainInput>) -> Result<Verdict, Verdict> {
    let der = der_of(bytes, "CMS").or_else(|| der_of(bytes, "PKCS7")).ok_or(cms::CmsRefusal::Malformed)?;
    let verified = cms::verify(&der, content)?;
    let (mut usage, mut at) = (None, None);
    if let Some(input) = chain {
        let sources = Sources::read(input)?;
        let accepted = verified.accept(&sources.verifier, input.usage, input.at, &sources.revocation())?;
        (usage, at) = (Some(accepted.usage()), Some(accepted.at()));
    }
    Ok(Verdict::Accepted {
        usage,
        at,
        serial: Some(verified.signer.serial_hex()),
        signing_time: Some(verified.signing_time),
    })
}
