//! Codes of the law as data: what a linkage is for and what it is about (B-MED-2). Their words live in the
//! dictionaries; no code reaches the screen (P-LOG-7).

use std::fmt;

/// The text is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a code is 2 to 48 small letters, digits or hyphens and begins with a letter")]
pub struct CodeError;

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;
            fn try_from(text: String) -> Result<Self, CodeError> {
                let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
                let begins = text.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
                if begins && (2..=48).contains(&text.len()) && text.bytes().all(allowed) {
                    Ok(Self(text))
                } else {
                    Err(CodeError)
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                text.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code!(
    /// Business process id (業務種別), e.g. `nhi-premium-reduction`.
    BpId
);
code!(
    /// Kind of information (情報種別), e.g. `income`.
    InfoKind
);

impl BpId {
    /// The person looks at their own information through the portal (P-LOG-18, P-INF-4).
    pub const SELF_VIEW: &'static str = "self-view";

    /// See [`BpId::SELF_VIEW`].
    pub fn self_view() -> Self {
        Self(Self::SELF_VIEW.to_owned())
    }
}

impl InfoKind {
    /// The access records themselves, as a thing that can be looked at (P-LOG-18).
    pub const ACCESS_RECORDS: &'static str = "access-records";
    /// What an institution answered to a person's reports that something looks wrong (P-INF-12).
    pub const CORRECTION_REPORT: &'static str = "correction-report";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_small_letters_digits_and_hyphens() {
        assert!("nhi-premium-2".parse::<BpId>().is_ok());
        for bad in ["", "x", "2x", "所得", "Income", "a b", &"a".repeat(49)] {
            assert_eq!(bad.parse::<InfoKind>(), Err(CodeError), "{bad}");
        }
    }
}
