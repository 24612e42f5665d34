//! Reader protocol v1: portal page ↔ card reader, by top-level form posts (`application/x-www-form-urlencoded`).

use domain::{CardPurpose, ChallengeNonce, RemovalToken};
use sha2::{Digest as _, Sha256};

/// Where the portal's page posts its [`Ask`].
pub const ASK_PATH: &str = "/v1/ask";
/// First part of every signed statement.
pub const STATEMENT_TAG: &[u8] = b"my-portal-card/1";
/// Most bytes of a document.
pub const DOCUMENT_BYTES_MAX: usize = 64 * 1024;

/// What the page posts. Who asks is taken from the `Origin` header, never from a field.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Why.
    pub purpose: CardPurpose,
    /// The random number of the portal's challenge row.
    pub challenge: ChallengeNonce,
    /// Shown to the citizen and signed; empty for login and bind. Lines end with `\n`: browsers make `\r\n` of it in a
    /// form post, the reader turns that back before it shows and signs. Other control characters and those that
    /// change the direction of writing are refused: what is signed is what is seen.
    pub document: String,
    /// Lets the reader report the card's removal.
    pub removal_token: RemovalToken,
    /// Language of the reader's page: `ja`, `ja-easy` or `en`.
    #[serde(default)]
    pub lang: String,
}

/// What the reader's page posts back to the path that its allow-list holds for the asking origin.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// Of the ask.
    pub challenge: ChallengeNonce,
    /// What the card gave, or why not.
    pub result: AnswerKind,
    /// base64 DER of the certificate used; empty unless `result` is `Signed`.
    #[serde(default)]
    pub certificate: String,
    /// base64: the raw PKCS#1 v1.5 SHA-256 signature over [`statement`]; for [`CardPurpose::Sign`] the CMS SignedData
    /// over [`signed_document`]. Empty unless `result` is `Signed`.
    #[serde(default)]
    pub signature: String,
    /// `present` or `absent` (P-AUT-6).
    #[serde(default)]
    pub pin: String,
}

/// How the reader's part ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// The card signed.
    Signed,
    /// The citizen pressed 「やめる」.
    Cancelled,
    /// The PIN is locked after too many wrong tries.
    Locked,
    /// The card is stopped, or was not handed over yet.
    Unusable,
}

/// `POST {portal}/card/removed`, form-encoded, by the reader itself: the card was removed.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// Of the ask.
    pub removal_token: RemovalToken,
}

/// The bytes that the card signs for login, bind and register: tag, purpose, origin, challenge, SHA-256(document),
/// length-prefixed. Built by the reader from what it saw, and by the portal from its challenge row.
pub fn statement(purpose: CardPurpose, origin: &str, challenge: &ChallengeNonce, document: &str) -> Vec<u8> {
    let digest: [u8; 32] = Sha256::digest(document.as_bytes()).into();
    length_prefixed(&[STATEMENT_TAG, purpose.name().as_bytes(), origin.as_bytes(), challenge.as_bytes(), &digest])
}

/// First part of what a card signs without a PIN.
pub const PINLESS_TAG: &[u8] = b"my-portal-card-pinless/1";

/// The bytes that the authentication key signs without a PIN (B-CRD-4): the organisation code of the reader's owner
/// is added to a login's [`statement`]. Never equal to any statement, so that presence or absence of the PIN cannot be
/// disguised (P-AUT-6).
pub fn pinless_statement(institution: &str, statement: &[u8]) -> Vec<u8> {
    length_prefixed(&[PINLESS_TAG, institution.as_bytes(), statement])
}

/// The content of the CMS for [`CardPurpose::Sign`]: the document shown, then origin and challenge, so that a
/// signature cannot be moved to another site or session.
pub fn signed_document(origin: &str, challenge: &ChallengeNonce, document: &str) -> Vec<u8> {
    length_prefixed(&[STATEMENT_TAG, b"sign", origin.as_bytes(), challenge.as_bytes(), document.as_bytes()])
}

/// Each part as its byte length (u32, big-endian) followed by its bytes: no two lists of parts give the same bytes.
pub fn length_prefixed(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|p| p.len() + 4).sum());
    for part in parts {
        let length = u32::try_from(part.len()).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_statement_differs_by_every_part() {
        let (one, two) = (ChallengeNonce::from([1; 32]), ChallengeNonce::from([2; 32]));
        let base = statement(CardPurpose::Login, "http://localhost:8080", &one, "");
        assert_ne!(base, statement(CardPurpose::Bind, "http://localhost:8080", &one, ""));
        assert_ne!(base, statement(CardPurpose::Login, "http://localhost:8081", &one, ""));
        assert_ne!(base, statement(CardPurpose::Login, "http://localhost:8080", &two, ""));
        assert_ne!(base, statement(CardPurpose::Login, "http://localhost:8080", &one, "x"));
    }

    proptest! {
        #[test]
        fn two_lists_of_parts_never_give_the_same_bytes(
            a in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..4),
            b in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..4),
        ) {
            let slices = |v: &'_ [Vec<u8>]| length_prefixed(&v.iter().map(Vec::as_slice).collect::<Vec<_>>());
            prop_assert_eq!(a == b, slices(&a) == slices(&b));
        }
    }
}
