//! Which demo card: also the name of its file, hence nothing but `card-` and digits.

use std::fmt;

/// `card-` and four to eight digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CardId(String);

/// The text names no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a card is named card- and four to eight digits")]
pub struct CardIdError;

impl CardId {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CardId {
    type Error = CardIdError;
    fn try_from(text: String) -> Result<Self, CardIdError> {
        match text.strip_prefix("card-") {
            Some(digits) if (4..=8).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) => {
                Ok(Self(text))
            }
            _ => Err(CardIdError),
        }
    }
}

impl std::str::FromStr for CardId {
    type Err = CardIdError;
    fn from_str(text: &str) -> Result<Self, CardIdError> {
        text.to_owned().try_into()
    }
}

impl From<CardId> for String {
    fn from(id: CardId) -> Self {
        id.0
    }
}

impl fmt::Display for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for CardId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CardId({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_name_cannot_leave_the_folder() {
        assert!("card-0001".parse::<CardId>().is_ok());
        for bad in ["", "card-1", "card-123456789", "../card-0001", "card-00/1", "card-００01", "CARD-0001"] {
            assert_eq!(bad.parse::<CardId>(), Err(CardIdError), "{bad}");
        }
    }
}
