//! The chip's memory as a file: `DATA/cards/card-NNNN.json`, 0600, replaced atomically and durably.
//!
//! A file is blank ([`BlankCard`], written by the world builder) or personalised ([`ChipRecord`], written here).
//! Whoever can change the file owns the card: it stands for the inside of the chip.

mod folder;

pub use folder::{CardFileError, CardFolder};
pub(crate) use folder::{HeldCard, replace_durably};

use std::num::NonZeroU32;

use base64ct::{Base64, Encoding as _};
use pki::key::{KeyError, KeyKind, SigningKey};
use wire::card_file::{BlankCard, CardState, MyNumber};
use zeroize::Zeroizing;

use crate::chip::{CardKey, ChipStatus, Pin, PinFormError, PinHash};
use crate::secret::SecretText;

/// First field of a personalised card.
pub(crate) const CHIP_FORMAT: &str = "my-portal-card-chip/1";

/// What a card file holds.
#[derive(Debug)]
pub(crate) enum CardFile {
    /// Never inserted.
    Blank(BlankCard),
    /// Has its keys.
    Personalised(Box<ChipRecord>),
}

impl CardFile {
    pub(crate) fn state(&self) -> CardState {
        match self {
            Self::Blank(blank) => blank.state,
            Self::Personalised(record) => record.state,
        }
    }

    pub(crate) fn who(&self) -> &str {
        match self {
            Self::Blank(blank) => &blank.who,
            Self::Personalised(record) => &record.who,
        }
    }

    pub(crate) fn status(&self) -> ChipStatus {
        let tries = |key: CardKey| match self {
            Self::Blank(_) => key.tries_max(),
            Self::Personalised(record) => record.slot(key).tries_left,
        };
        ChipStatus {
            state: self.state(),
            authentication_tries_left: tries(CardKey::Authentication),
            signature_tries_left: tries(CardKey::Signature),
        }
    }
}

/// A card with keys. PINs are hashes; 番号 has no accessor.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChipRecord {
    pub(crate) format: String,
    pub(crate) card_id: String,
    pub(crate) who: String,
    pub(crate) state: CardState,
    pub(crate) my_number: MyNumber,
    pub(crate) authentication: KeySlot,
    pub(crate) signature: KeySlot,
    pub(crate) certificates: Certificates,
}

/// A private key behind its PIN.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeySlot {
    pub(crate) pin: PinHash,
    pub(crate) tries_left: u8,
    /// PKCS#8, base64.
    key: SecretText,
}

/// The pair comes from JPKI after the keys were made; a crash between the two repeats the same order.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Certificates {
    /// Keys are made; the order is under way.
    Ordered {
        /// Of the blank card.
        ticket: SecretText,
    },
    /// base64 DER of both.
    Issued {
        /// 利用者証明用電子証明書
        authentication: String,
        /// 署名用電子証明書
        signature: String,
    },
}

/// A blank card cannot be personalised.
#[derive(Debug, thiserror::Error)]
pub enum BlankCardError {
    /// The factory wrote a PIN of a wrong form.
    #[error("a PIN on the blank card is malformed")]
    Pin(#[from] PinFormError),
    /// The keys could not be made.
    #[error("the keys could not be made")]
    Key(#[from] KeyError),
}

impl ChipRecord {
    /// Makes both keys and forgets the PINs' plain text.
    pub(crate) fn personalise(
        blank: &BlankCard,
        salts: &[[u8; PinHash::SALT_LEN]; 2],
        iterations: NonZeroU32,
    ) -> Result<Self, BlankCardError> {
        let [authentication_salt, signature_salt] = salts;
        let authentication = Pin::parse(CardKey::Authentication, &blank.authentication_pin)?;
        let signature = Pin::parse(CardKey::Signature, &blank.signature_pin)?;
        Ok(Self {
            format: CHIP_FORMAT.to_owned(),
            card_id: blank.card_id.clone(),
            who: blank.who.clone(),
            state: blank.state,
            my_number: blank.my_number.clone(),
            authentication: KeySlot::make(&authentication, authentication_salt, iterations)?,
            signature: KeySlot::make(&signature, signature_salt, iterations)?,
            certificates: Certificates::Ordered { ticket: SecretText::new(blank.ticket.clone()) },
        })
    }

    pub(crate) fn slot(&self, key: CardKey) -> &KeySlot {
        match key {
            CardKey::Authentication => &self.authentication,
            CardKey::Signature => &self.signature,
        }
    }

    pub(crate) fn slot_mut(&mut self, key: CardKey) -> &mut KeySlot {
        match key {
            CardKey::Authentication => &mut self.authentication,
            CardKey::Signature => &mut self.signature,
        }
    }

    /// DER; `None` before JPKI answered, or if the file is damaged there.
    pub(crate) fn certificate(&self, key: CardKey) -> Option<Vec<u8>> {
        match (&self.certificates, key) {
            (Certificates::Ordered { .. }, _) => None,
            (Certificates::Issued { authentication, .. }, CardKey::Authentication) => {
                Base64::decode_vec(authentication).ok()
            }
            (Certificates::Issued { signature, .. }, CardKey::Signature) => Base64::decode_vec(signature).ok(),
        }
    }
}

impl KeySlot {
    fn make(pin: &Pin, salt: &[u8; PinHash::SALT_LEN], iterations: NonZeroU32) -> Result<Self, KeyError> {
        let key = SigningKey::generate(KeyKind::Rsa2048)?;
        Ok(Self {
            pin: PinHash::of(pin, salt, iterations),
            tries_left: pin.key().tries_max(),
            key: SecretText::new(Base64::encode_string(&key.to_pkcs8_der()?)),
        })
    }

    /// For use inside the chip only.
    pub(crate) fn signing_key(&self) -> Result<SigningKey, KeyError> {
        let der = Base64::decode_vec(self.key.expose()).map_err(|_| KeyError::Malformed)?;
        SigningKey::from_pkcs8_der(&Zeroizing::new(der))
    }
}

impl std::fmt::Debug for ChipRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ChipRecord")
    }
}
