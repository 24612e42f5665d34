//! One line of a receipt.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const NAME_BYTES_MAX: usize = 32;

/// How much of one class was erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClassCount {
    /// Of what, e.g. `answer`.
    pub class: ClassName,
    /// How many.
    pub count: u32,
    /// For those that had one: with the salt, which only their owner was given, it shows which content it was.
    pub commitments: Vec<Commitment>,
}

/// What a class is called: small letters, digits and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClassName(String);

/// Not a class's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a class is named with 1 to 32 small letters, digits and hyphens")]
pub struct ClassNameError;

/// SHA-256 over a salt and the content. Written in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Commitment(pub [u8; 32]);

impl ClassCount {
    pub(super) fn fits(&self) -> bool {
        u32::try_from(self.commitments.len()).is_ok_and(|commitments| commitments <= self.count)
    }
}

impl FromStr for ClassName {
    type Err = ClassNameError;

    fn from_str(text: &str) -> Result<Self, ClassNameError> {
        text.to_owned().try_into()
    }
}

impl TryFrom<String> for ClassName {
    type Error = ClassNameError;

    fn try_from(text: String) -> Result<Self, ClassNameError> {
        let known = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (1..=NAME_BYTES_MAX).contains(&text.len()) && text.bytes().all(known);
        if fits { Ok(Self(text)) } else { Err(ClassNameError) }
    }
}

impl From<ClassName> for String {
    fn from(name: ClassName) -> Self {
        name.0
    }
}

impl fmt::Display for ClassName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Commitment> for String {
    fn from(commitment: Commitment) -> Self {
        hex::encode(commitment.0)
    }
}

impl TryFrom<String> for Commitment {
    type Error = hex::FromHexError;

    fn try_from(text: String) -> Result<Self, hex::FromHexError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes)?;
        Ok(Self(bytes))
    }
}
