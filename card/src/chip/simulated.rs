//! The chip simulator: a card file with a chip's manners.

use domain::OrgCode;
use pki::key::SigningKey;
use wire::card_file::CardState;

use super::{CardKey, Chip, ChipError, ChipStatus, OpenError, OpenedKey, Pin};
use crate::card_file::{CardFolder, ChipRecord, HeldCard};
use crate::card_id::CardId;

/// One demo card. Holds nothing in memory: each operation reads the card file under the card's lock, so that two
/// readers, a restart or a `card-reader state` meet the same counters and states.
#[derive(Clone, Debug)]
pub struct SimulatedChip {
    folder: CardFolder,
    id: CardId,
}

impl SimulatedChip {
    /// The chip of this card; whether it exists shows at the first operation.
    pub fn new(folder: CardFolder, id: CardId) -> Self {
        Self { folder, id }
    }

    fn usable(&self) -> Result<(HeldCard, Box<ChipRecord>), ChipError> {
        let held = self.folder.hold(&self.id)?;
        let file = held.read()?;
        if file.state() != CardState::Active {
            return Err(ChipError::Unusable(file.state()));
        }
        let record = held.personalised()?.ok_or(ChipError::NotPersonalised)?;
        Ok((held, record))
    }

    /// Spends a try, durably. The PIN has not been looked at yet.
    fn spend_try(held: &HeldCard, record: &mut ChipRecord, key: CardKey) -> Result<u8, OpenError> {
        let slot = record.slot_mut(key);
        slot.tries_left = slot.tries_left.checked_sub(1).ok_or(OpenError::Locked)?;
        let left = slot.tries_left;
        held.write(record).map_err(ChipError::File)?;
        Ok(left)
    }
}

impl Chip for SimulatedChip {
    fn status(&self) -> Result<ChipStatus, ChipError> {
        Ok(self.folder.hold(&self.id)?.read()?.status())
    }

    fn authentication_certificate(&self) -> Result<Vec<u8>, ChipError> {
        let (_held, record) = self.usable()?;
        record.certificate(CardKey::Authentication).ok_or(ChipError::NotPersonalised)
    }

    fn open(&self, pin: &Pin) -> Result<Box<dyn OpenedKey>, OpenError> {
        let (held, mut record) = self.usable()?;
        let key = pin.key();
        let certificate = record.certificate(key).ok_or(ChipError::NotPersonalised)?;

        let tries_left = Self::spend_try(&held, &mut record, key)?;
        if !record.slot(key).pin.matches(pin) {
            return Err(match tries_left {
                0 => OpenError::Locked,
                tries_left => OpenError::Wrong { tries_left },
            });
        }
        record.slot_mut(key).tries_left = key.tries_max();
        held.write(&record).map_err(ChipError::File)?;

        let key = record.slot(key).signing_key().map_err(ChipError::Key)?;
        Ok(Box::new(Opened { key, certificate }))
    }

    fn authenticate_without_pin(&self, institution: &OrgCode, statement: &[u8]) -> Result<Vec<u8>, ChipError> {
        let (_held, record) = self.usable()?;
        let bytes = wire::reader::pinless_statement(institution.as_str(), statement);
        Ok(record.slot(CardKey::Authentication).signing_key()?.sign(&bytes)?)
    }
}

struct Opened {
    key: SigningKey,
    certificate: Vec<u8>,
}

impl OpenedKey for Opened {
    fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    fn sign(self: Box<Self>, message: &[u8]) -> Result<Vec<u8>, ChipError> {
        Ok(self.key.sign(message)?)
    }
}

#[cfg(test)]
mod tests;
