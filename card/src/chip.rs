//! What the reader may ask of a chip. The simulator stands behind it now; a PKCS#11 token can stand there later.
//!
//! Private keys have no way out: there is no operation that returns one (A-112, B-CRD-5). The signature certificate
//! exists only inside [`OpenedKey`], that is, after its PIN. 番号 has no operation at all (B-CRD-1).

mod pin;
mod simulated;

pub(crate) use pin::{PIN_ITERATIONS, PinHash};
pub use pin::{Pin, PinFormError};
pub use simulated::SimulatedChip;

use domain::{CardPurpose, OrgCode};
use wire::card_file::CardState;

use crate::card_file::CardFileError;

/// One of the two key pairs, each with a PIN of its own (P-AUT-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardKey {
    /// 利用者証明用
    Authentication,
    /// 署名用
    Signature,
}

impl CardKey {
    /// Login and bind use only the authentication key, register and sign only the signature key.
    pub fn of(purpose: CardPurpose) -> Self {
        if purpose.uses_signature_key() { Self::Signature } else { Self::Authentication }
    }

    /// Wrong entries in a row after which the PIN is locked.
    pub fn tries_max(self) -> u8 {
        match self {
            Self::Authentication => 3,
            Self::Signature => 5,
        }
    }
}

/// What a chip tells without a PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChipStatus {
    /// Handed over, stopped, or not handed over yet.
    pub state: CardState,
    /// Entries left of the authentication PIN; 0 is locked.
    pub authentication_tries_left: u8,
    /// Entries left of the signature PIN; 0 is locked.
    pub signature_tries_left: u8,
}

impl ChipStatus {
    /// Entries left of the key's PIN.
    pub fn tries_left(&self, key: CardKey) -> u8 {
        match key {
            CardKey::Authentication => self.authentication_tries_left,
            CardKey::Signature => self.signature_tries_left,
        }
    }
}

/// A chip in the reader. Calls may block: they write to disk and compute.
pub trait Chip: Send + Sync {
    /// Card state and tries left; asked before each entry.
    fn status(&self) -> Result<ChipStatus, ChipError>;

    /// Certificate of the authentication key, DER; readable without a PIN, as on real cards.
    fn authentication_certificate(&self) -> Result<Vec<u8>, ChipError>;

    /// Opens the key that the PIN belongs to, for one signature. A try is spent **before** the PIN is compared, so
    /// that cutting the power never gives a free one; success gives all tries back.
    fn open(&self, pin: &Pin) -> Result<Box<dyn OpenedKey>, OpenError>;

    /// Internal authentication without PIN (B-CRD-4): the reader's institution stands for the PIN, and the signed bytes
    /// ([`wire::reader::pinless_statement`]) say so; they can never pass as those of an entered PIN (P-AUT-6).
    fn authenticate_without_pin(&self, institution: &OrgCode, statement: &[u8]) -> Result<Vec<u8>, ChipError>;
}

/// A key whose PIN was entered just now. Worth one signature.
pub trait OpenedKey: Send {
    /// Its certificate, DER.
    fn certificate(&self) -> &[u8];

    /// Signs, PKCS#1 v1.5 with SHA-256, and closes the key.
    fn sign(self: Box<Self>, message: &[u8]) -> Result<Vec<u8>, ChipError>;
}

/// The chip cannot do it.
#[derive(Debug, thiserror::Error)]
pub enum ChipError {
    /// No certificates yet: the card was never inserted, or JPKI did not answer then.
    #[error("the card has no certificates yet")]
    NotPersonalised,
    /// The card is stopped, or was not handed over yet.
    #[error("the card may not be used")]
    Unusable(CardState),
    /// The card file could not be read or written.
    #[error("the card file failed")]
    File(#[from] CardFileError),
    /// A key on the card is damaged, or the cryptographic module failed.
    #[error("a key on the card failed")]
    Key(#[from] pki::key::KeyError),
}

/// The PIN did not open its key.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Wrong; so many tries are left, at least one.
    #[error("the PIN is wrong")]
    Wrong {
        /// 1 or more.
        tries_left: u8,
    },
    /// No try is left: by this entry or before.
    #[error("the PIN is locked")]
    Locked,
    /// Not about the PIN.
    #[error(transparent)]
    Chip(#[from] ChipError),
}
