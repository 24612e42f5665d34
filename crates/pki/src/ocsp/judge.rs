//! Judging an answer.

use certval::compare_names;
use certval::ocsp::{
    BasicOcspResponse, CertId, CertStatus, OcspResponse, OcspResponseStatus, ResponderId, SingleResponse,
};
use const_oid::db::rfc5912::ID_KP_OCSP_SIGNING;
use const_oid::db::rfc6960::{ID_PKIX_OCSP_BASIC, ID_PKIX_OCSP_NOCHECK, ID_PKIX_OCSP_NONCE};
use der::asn1::{GeneralizedTime, ObjectIdentifier, OctetStringRef};
use der::{Decode as _, Encode as _};
use jiff::Timestamp;
use subtle::ConstantTimeEq as _;
use x509_cert::ext::Extensions;
use x509_cert::ext::pkix::{CrlReason, ExtendedKeyUsage, KeyUsage};

use super::ask::{HashKind, OcspRequest};
use super::{OcspRefusal, RESPONSE_BYTES_MAX};
use crate::algorithm::SignatureAlgorithm;
use crate::chain;
use crate::crl::Freshness;
use crate::tlv::{Reader, SEQUENCE, Signed};
use crate::{Certificate, RevocationProvider, RevocationReason, RevocationStatus, RevocationUnknown};

/// Most certificates in an answer.
const CERTIFICATES_MAX: usize = 8;

/// What an answer says about `certificate`, which `issuer` issued and which `request` asked about.
///
/// The answer must be signed by the issuer itself or by a responder that the issuer appointed directly (extended key
/// usage `OCSPSigning`). A responder without `ocsp-nocheck` is asked about at `responders`, and unknown counts as
/// withdrawn.
pub fn verify_response(
    request: &OcspRequest,
    certificate: &Certificate,
    issuer: &Certificate,
    response: &[u8],
    freshness: &Freshness,
    now: Timestamp,
    responders: &dyn RevocationProvider,
) -> Result<RevocationStatus, OcspRefusal> {
    let (body, basic) = basic(response)?;
    let data = &basic.tbs_response_data;
    nothing_critical(data.response_extensions.as_ref(), &[ID_PKIX_OCSP_NONCE])?;
    let responder = responder(&basic, issuer, now, responders)?;
    signed_by(&basic, &body, &responder)?;
    nonce_is_ours(data.response_extensions.as_ref(), request)?;
    let single = about(&data.responses, certificate, issuer)?;
    nothing_critical(single.single_extensions.as_ref(), &[])?;
    fresh(single, freshness, now)?;
    match single.cert_status {
        CertStatus::Good(_) => Ok(RevocationStatus::Good),
        CertStatus::Unknown(_) => Err(OcspRefusal::Unknown),
        CertStatus::Revoked(info) => Ok(RevocationStatus::Revoked {
            reason: reason(info.revocation_reason),
            at: instant(&info.revocation_time.0),
        }),
    }
}

/// The signed body as bytes, and the parsed response, which must be DER to the letter.
fn basic(response: &[u8]) -> Result<(Vec<u8>, BasicOcspResponse), OcspRefusal> {
    if response.len() > RESPONSE_BYTES_MAX {
        return Err(OcspRefusal::TooLarge);
    }
    let outer = OcspResponse::from_der(response).map_err(|_| OcspRefusal::Malformed)?;
    if outer.response_status != OcspResponseStatus::Successful {
        return Err(OcspRefusal::Unsuccessful);
    }
    let bytes = outer.response_bytes.ok_or(OcspRefusal::Malformed)?;
    if bytes.response_type != ID_PKIX_OCSP_BASIC {
        return Err(OcspRefusal::Malformed);
    }
    let der = bytes.response.as_bytes();
    let basic = BasicOcspResponse::from_der(der).map_err(|_| OcspRefusal::Malformed)?;
    if basic.to_der().is_ok_and(|again| again != der) {
        return Err(OcspRefusal::Malformed);
    }
    let mut parts = Reader::new(Reader::only(der, SEQUENCE).map_err(|_| OcspRefusal::Malformed)?.value);
    let body = parts.expect(SEQUENCE).map_err(|_| OcspRefusal::Malformed)?;
    Ok((body.whole.to_vec(), basic))
}

fn nothing_critical(extensions: Option<&Extensions>, known: &[ObjectIdentifier]) -> Result<(), OcspRefusal> {
    let critical = extensions.into_iter().flatten().any(|e| e.critical && !known.contains(&e.extn_id));
    if critical { Err(OcspRefusal::CriticalExtension) } else { Ok(()) }
}

/// The certificate of whoever answered: the issuer's own, or one it issued for this purpose.
fn responder(
    basic: &BasicOcspResponse,
    issuer: &Certificate,
    now: Timestamp,
    responders: &dyn RevocationProvider,
) -> Result<Certificate, OcspRefusal> {
    let id = &basic.tbs_response_data.responder_id;
    if is_named(issuer, id) {
        return Ok(issuer.clone());
    }
    let brought = basic.certs.as_deref().unwrap_or_default();
    if brought.len() > CERTIFICATES_MAX {
        return Err(OcspRefusal::TooLarge);
    }
    let named = brought
        .iter()
        .filter_map(|c| Certificate::from_der(&c.to_der().ok()?).ok())
        .find(|c| is_named(c, id))
        .ok_or(OcspRefusal::Responder)?;
    if !is_appointed(&named, issuer, now) {
        return Err(OcspRefusal::Responder);
    }
    let stands = has_nocheck(&named) || responders.status(&named, issuer, now) == Ok(RevocationStatus::Good);
    if stands { Ok(named) } else { Err(OcspRefusal::ResponderRevoked) }
}

fn is_named(certificate: &Certificate, id: &ResponderId) -> bool {
    match id {
        ResponderId::ByName(name) => compare_names(name, certificate.tbs().subject()),
        // RFC 6960 §4.2.1: always SHA-1, as a name.
        ResponderId::ByKey(hash) => HashKind::Sha1.issuer(certificate).is_some_and(|(_, key)| key == hash.as_bytes()),
    }
}

/// Issued by the issuer itself, valid now, and for this purpose.
fn is_appointed(responder: &Certificate, issuer: &Certificate, now: Timestamp) -> bool {
    let valid = responder.not_before() <= now && now <= responder.not_after();
    let named = compare_names(responder.tbs().issuer(), issuer.tbs().subject());
    let purpose = matches!(
        responder.extension::<ExtendedKeyUsage>(),
        Ok(Some((_, purposes))) if purposes.0.contains(&ID_KP_OCSP_SIGNING)
    );
    let signs = matches!(
        responder.extension::<KeyUsage>(),
        Ok(Some((_, usage))) if usage.digital_signature()
    );
    valid && named && purpose && signs && chain::is_well_formed(responder) && is_signed_by(responder, issuer)
}

fn is_signed_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let Ok(signed) = Signed::from_der(certificate.der()) else {
        return false;
    };
    SignatureAlgorithm::of(certificate.tbs().signature())
        .is_some_and(|algorithm| algorithm.verify(issuer.spki_der(), signed.body, signed.signature).is_ok())
}

fn has_nocheck(certificate: &Certificate) -> bool {
    certificate.tbs().extensions().into_iter().flatten().any(|e| e.extn_id == ID_PKIX_OCSP_NOCHECK)
}

fn signed_by(basic: &BasicOcspResponse, body: &[u8], responder: &Certificate) -> Result<(), OcspRefusal> {
    let signature = basic.signature.as_bytes().ok_or(OcspRefusal::Signature)?;
    SignatureAlgorithm::of(&basic.signature_algorithm)
        .ok_or(OcspRefusal::Signature)?
        .verify(responder.spki_der(), body, signature)
        .map_err(|_| OcspRefusal::Signature)
}

fn nonce_is_ours(extensions: Option<&Extensions>, request: &OcspRequest) -> Result<(), OcspRefusal> {
    let Some(ours) = request.nonce() else {
        return Ok(());
    };
    let mut nonces = extensions.into_iter().flatten().filter(|e| e.extn_id == ID_PKIX_OCSP_NONCE);
    let (Some(nonce), None) = (nonces.next(), nonces.next()) else {
        return Err(OcspRefusal::Nonce);
    };
    let same = <&OctetStringRef>::from_der(nonce.extn_value.as_bytes())
        .is_ok_and(|theirs| theirs.as_bytes().ct_eq(ours).into());
    if same { Ok(()) } else { Err(OcspRefusal::Nonce) }
}

/// The one answer about this certificate of this issuer.
fn about<'a>(
    responses: &'a [SingleResponse],
    certificate: &Certificate,
    issuer: &Certificate,
) -> Result<&'a SingleResponse, OcspRefusal> {
    let mut found = responses.iter().filter(|single| is_about(&single.cert_id, certificate, issuer));
    match (found.next(), found.next()) {
        (Some(single), None) => Ok(single),
        _ => Err(OcspRefusal::OtherCertificate),
    }
}

fn is_about(id: &CertId, certificate: &Certificate, issuer: &Certificate) -> bool {
    let Some((name, key)) = HashKind::of(&id.hash_algorithm).and_then(|hash| hash.issuer(issuer)) else {
        return false;
    };
    id.issuer_name_hash.as_bytes() == name
        && id.issuer_key_hash.as_bytes() == key
        && id.serial_number == *certificate.tbs().serial_number()
}

fn fresh(single: &SingleResponse, freshness: &Freshness, now: Timestamp) -> Result<(), OcspRefusal> {
    let next_update = single.next_update.as_ref().ok_or(OcspRefusal::Stale)?;
    freshness.judge(instant(&single.this_update.0), instant(&next_update.0), now).map_err(|why| match why {
        RevocationUnknown::NotYetValid => OcspRefusal::NotYetValid,
        _ => OcspRefusal::Stale,
    })
}

fn instant(time: &GeneralizedTime) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

fn reason(reason: Option<CrlReason>) -> RevocationReason {
    reason.and_then(|r| u8::try_from(r as u32).ok()).and_then(RevocationReason::from_code).unwrap_or_default()
}
