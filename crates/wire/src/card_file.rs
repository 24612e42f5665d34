//! Demo cards as the world builder hands them over: `DATA/cards/card-NNNN.json` (one [`BlankCard`] each, mode 0600)
//! and `DATA/cards/cards.toml` (one [`CardTable`]).
//!
//! A blank card has no keys yet. At its first insertion the chip makes them, asks JPKI for both certificates
//! ([`crate::jpki::CertificateOrder`]), and replaces the file by its own format, in which the PINs are only hashes.
//! Whoever writes the world again must leave a card file alone that is not blank any more.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// First field of a blank card file; a personalised card says otherwise.
pub const BLANK_FORMAT: &str = "my-portal-card-blank/1";
/// Name of the table beside the card files.
pub const TABLE_FILE: &str = "cards.toml";

/// File name of a card: `card-0001` → `card-0001.json`.
pub fn file_name(card_id: &str) -> String {
    format!("{card_id}.json")
}

/// What the factory left on the card (B-CRD-1, B-CRD-3). Wiped when dropped; prints only its type's name.
#[derive(Clone, serde::Serialize, serde::Deserialize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct BlankCard {
    /// [`BLANK_FORMAT`].
    #[zeroize(skip)]
    pub format: String,
    /// `card-` and four to eight digits; also the file's name.
    #[zeroize(skip)]
    pub card_id: String,
    /// Whose card this is, in one phrase for the demo table, e.g. `横浜市の30代の母`. No name, no number.
    #[zeroize(skip)]
    pub who: String,
    /// The one-time order ticket that JPKI knows, base64url.
    pub ticket: String,
    /// Four digits.
    pub authentication_pin: String,
    /// 6 to 16 capital letters and digits.
    pub signature_pin: String,
    /// Handed over, or not.
    #[zeroize(skip)]
    pub state: CardState,
    /// 番号: on the chip, never readable through the reader.
    pub my_number: MyNumber,
}

/// 番号 as the chip keeps it. Never printed, wiped when dropped.
#[derive(Clone, serde::Serialize, serde::Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub struct MyNumber(String);

impl MyNumber {
    /// Puts a number on a card; its check digit is the register's business.
    pub fn new(digits: String) -> Self {
        Self(digits)
    }
}

impl fmt::Debug for MyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MyNumber")
    }
}

impl fmt::Debug for BlankCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BlankCard")
    }
}

/// Whether the card may be used (B-CRD-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardState {
    /// Not handed over yet: unusable.
    Locked,
    /// Handed over.
    Active,
    /// Stopped after loss or theft: unusable.
    Stopped,
}

impl CardState {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Locked, Self::Active, Self::Stopped];

    /// As written in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Active => "active",
            Self::Stopped => "stopped",
        }
    }
}

/// Not one of the three states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the states of a card are active, stopped and locked")]
pub struct UnknownCardState;

impl std::str::FromStr for CardState {
    type Err = UnknownCardState;
    fn from_str(text: &str) -> Result<Self, UnknownCardState> {
        Self::ALL.into_iter().find(|s| s.name() == text).ok_or(UnknownCardState)
    }
}

/// The demo table: what a person who tries the demo has to know. A real card has no such table.
#[derive(Clone, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardTable {
    /// `[[cards]]`
    #[serde(default)]
    pub cards: Vec<CardTableRow>,
}

/// One demo card.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardTableRow {
    /// As in [`BlankCard::card_id`].
    pub id: String,
    /// As in [`BlankCard::who`].
    pub who: String,
    /// Four digits.
    pub authentication_pin: String,
    /// 6 to 16 capital letters and digits.
    pub signature_pin: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_card_prints_nothing_of_itself() {
        let card = r#"{"format":"my-portal-card-blank/1","card_id":"card-0001","who":"x","ticket":"t",
            "authentication_pin":"1234","signature_pin":"ABC123","state":"active","my_number":"123456789018"}"#;
        let card: BlankCard = serde_json::from_str(card).unwrap();
        assert_eq!(format!("{card:?} {:?}", card.my_number), "BlankCard MyNumber");
    }

    #[test]
    fn every_state_reads_back_its_name() {
        for state in CardState::ALL {
            assert_eq!(state.name().parse(), Ok(state));
        }
        assert_eq!("lost".parse::<CardState>(), Err(UnknownCardState));
    }
}
