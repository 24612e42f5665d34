//! What verifiers and card issuers ask JPKI over mTLS. CRL and OCSP are plain HTTP and not here.

/// `POST {jpki}/v1/pairs/check`, for authorised verifiers (B-PKI-3).
pub const PAIR_PATH: &str = "/v1/pairs/check";
/// `POST {jpki}/v1/certificate-histories`, for authorised verifiers (B-PKI-3): [`HistoryRequest`] → [`HistoryAnswer`].
pub const HISTORY_PATH: &str = "/v1/certificate-histories";
/// `POST {jpki}/v1/certificates`, from card issuers only.
pub const CERTIFICATES_PATH: &str = "/v1/certificates";

/// Do these two certificates belong to the same person (P-REG-5)? Serials as lower-case hexadecimal.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairRequest {
    /// Serial of the signature certificate.
    pub signature_serial: String,
    /// Serial of the authentication certificate.
    pub authentication_serial: String,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PairAnswer {
    /// True if JPKI holds them as a logical pair.
    pub same_person: bool,
}

/// Which certificates did the owner of this one have before (P-RNW-3)?
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryRequest {
    /// Serial of an authentication certificate, lower-case hexadecimal.
    pub authentication_serial: String,
}

/// The answer; empty also for a serial that nobody was given.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HistoryAnswer {
    /// Serials of earlier authentication certificates of the same person, the newest first, whatever became of them.
    pub earlier: Vec<String>,
}

/// A card asks for its two certificates once, at first insertion. `ticket` was made for this card when it was
/// ordered and works once. Proofs: PKCS#1 v1.5 SHA-256 signatures by each key over
/// `length_prefixed(["my-portal-card-issue/1", ticket, spki_der])`.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateOrder {
    /// Which card, e.g. `card-0001`.
    pub card_id: String,
    /// The one-time order ticket, base64url.
    pub ticket: String,
    /// SubjectPublicKeyInfo of the authentication key, base64 DER, RSA-2048.
    pub authentication_spki: String,
    /// Proof of its possession, base64.
    pub authentication_proof: String,
    /// SubjectPublicKeyInfo of the signature key, base64 DER, RSA-2048.
    pub signature_spki: String,
    /// Proof of its possession, base64.
    pub signature_proof: String,
}

/// Tag of the bytes that each proof signs.
pub const ORDER_TAG: &[u8] = b"my-portal-card-issue/1";

/// The bytes that each proof of a [`CertificateOrder`] signs; the ticket as the text that travels.
pub fn order_statement(ticket: &str, spki_der: &[u8]) -> Vec<u8> {
    crate::reader::length_prefixed(&[ORDER_TAG, ticket.as_bytes(), spki_der])
}

/// Both certificates, base64 DER. Repeating the same order with the same keys gives the same certificates.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificatePair {
    /// 利用者証明用電子証明書
    pub authentication: String,
    /// 署名用電子証明書
    pub signature: String,
}

/// Problem code: ticket unknown, used with other keys, or for another card.
pub const TICKET_REFUSED: &str = "ticket-refused";
