//! Organisation codes (組織コード).

use std::fmt;

/// Identifies an organisation to the core: 3–16 capital letters, digits or hyphens. A municipality's is its
/// six-digit 全国地方公共団体コード, check digit included.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrgCode(String);

/// The text is no organisation code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrgCodeError {
    /// Wrong length or characters.
    #[error("an organisation code is 3 to 16 capital letters, digits or hyphens")]
    Form,
    /// Six digits whose last one is not the published check digit.
    #[error("the check digit of the municipality code does not match")]
    CheckDigit,
}

impl OrgCode {
    /// The portal as a party of the core (P-GEN-6: organisation code P).
    pub const PORTAL: &'static str = "PORTAL";

    /// See [`OrgCode::PORTAL`].
    pub fn portal() -> Self {
        Self(Self::PORTAL.to_owned())
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True for a municipality's six-digit code.
    pub fn is_municipality(&self) -> bool {
        self.0.len() == 6 && self.0.bytes().all(|b| b.is_ascii_digit())
    }
}

impl TryFrom<String> for OrgCode {
    type Error = OrgCodeError;

    fn try_from(text: String) -> Result<Self, OrgCodeError> {
        let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
        if !(3..=16).contains(&text.len()) || !text.bytes().all(allowed) {
            return Err(OrgCodeError::Form);
        }
        let code = Self(text);
        if code.is_municipality() && !check_digit_matches(code.0.as_bytes()) {
            return Err(OrgCodeError::CheckDigit);
        }
        Ok(code)
    }
}

/// 全国地方公共団体コード: the first five digits weighted 6,5,4,3,2; the last digit of 11 − (sum mod 11) is the sixth.
fn check_digit_matches(digits: &[u8]) -> bool {
    let value = |b: &u8| u32::from(b - b'0');
    let Some((last, first)) = digits.split_last() else {
        return false;
    };
    let sum: u32 = first.iter().zip([6, 5, 4, 3, 2]).map(|(d, weight)| value(d) * weight).sum();
    (11 - sum % 11) % 10 == value(last)
}

impl std::str::FromStr for OrgCode {
    type Err = OrgCodeError;
    fn from_str(text: &str) -> Result<Self, OrgCodeError> {
        text.to_owned().try_into()
    }
}

impl From<OrgCode> for String {
    fn from(code: OrgCode) -> Self {
        code.0
    }
}

impl fmt::Display for OrgCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrgCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrgCode({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_municipality_codes_pass_their_check_digit() {
        for code in ["141003", "011002", "202011", "472018", "062049", "261009", "131016"] {
            assert!(code.parse::<OrgCode>().is_ok_and(|c| c.is_municipality()), "{code}");
        }
    }

    #[test]
    fn a_mistyped_municipality_code_is_refused() {
        assert_eq!("141004".parse::<OrgCode>(), Err(OrgCodeError::CheckDigit));
    }

    #[test]
    fn an_organisation_code_has_no_small_letters() {
        assert_eq!("nta".parse::<OrgCode>(), Err(OrgCodeError::Form));
        assert_eq!("X".parse::<OrgCode>(), Err(OrgCodeError::Form));
        assert_eq!("A".repeat(17).parse::<OrgCode>(), Err(OrgCodeError::Form));
    }
}
