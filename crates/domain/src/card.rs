//! What a card is asked for.

/// Why the portal asks the card (reader protocol v1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardPurpose {
    /// Login: authentication key, empty document (P-AUT-1).
    Login,
    /// Bind the authentication certificate to a folder: authentication key, empty document (B.2 step 9).
    Bind,
    /// Application to use a folder: signature key over the document shown (B.2 step 1).
    Register,
    /// Signature over a document: signature key, CMS (P-APP-1).
    Sign,
}

/// Not one of the four purposes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the purposes are login, bind, register and sign")]
pub struct UnknownPurpose;

impl CardPurpose {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Login, Self::Bind, Self::Register, Self::Sign];

    /// As it travels and is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Bind => "bind",
            Self::Register => "register",
            Self::Sign => "sign",
        }
    }

    /// Login and bind use only the authentication key, register and sign only the signature key.
    pub fn uses_signature_key(self) -> bool {
        matches!(self, Self::Register | Self::Sign)
    }
}

impl std::str::FromStr for CardPurpose {
    type Err = UnknownPurpose;
    fn from_str(text: &str) -> Result<Self, UnknownPurpose> {
        Self::ALL.into_iter().find(|p| p.name() == text).ok_or(UnknownPurpose)
    }
}

/// Whether the card was opened by a PIN (P-AUT-6: presence or absence is distinguishable).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PinPresence {
    /// The PIN was entered.
    Present,
    /// PIN-less: recorded as such; never opens a folder.
    Absent,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_purpose_reads_back_its_name() {
        for purpose in CardPurpose::ALL {
            assert_eq!(purpose.name().parse(), Ok(purpose));
        }
        assert_eq!("LOGIN".parse::<CardPurpose>(), Err(UnknownPurpose));
    }
}
