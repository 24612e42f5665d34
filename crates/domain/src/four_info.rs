//! The four basic items (基本4情報). Passing through only: never stored, logged or shown by the portal (P-REG-4, C-31).

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::BirthDate;

/// Name, address, birth date and sex, as the resident register and the signature certificate hold them (N-22).
/// Wiped when dropped; prints only its type's name. Strings are kept to the letter: 異体字 are never normalised.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct FourInfo {
    name: String,
    address: String,
    #[zeroize(skip)]
    birth_date: BirthDate,
    #[zeroize(skip)]
    sex: Sex,
}

/// Sex as the register records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
    /// 不明（the JPKI profile knows it）
    Unknown,
}

/// The four items are not usable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FourInfoError {
    /// Empty, too long (more than 200 characters) or with control characters.
    #[error("the name or address is empty, too long or has control characters")]
    Text,
}

impl FourInfo {
    /// Checks lengths and characters only; whether such a person exists is the register's to say.
    pub fn new(name: String, address: String, birth_date: BirthDate, sex: Sex) -> Result<Self, FourInfoError> {
        let usable = |s: &str| !s.trim().is_empty() && s.chars().count() <= 200 && !s.chars().any(char::is_control);
        if usable(&name) && usable(&address) {
            Ok(Self { name, address, birth_date, sex })
        } else {
            Err(FourInfoError::Text)
        }
    }

    /// 氏名
    pub fn name(&self) -> &str {
        &self.name
    }

    /// 住所
    pub fn address(&self) -> &str {
        &self.address
    }

    /// 生年月日
    pub fn birth_date(&self) -> BirthDate {
        self.birth_date
    }

    /// 性別
    pub fn sex(&self) -> Sex {
        self.sex
    }
}

impl fmt::Debug for FourInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FourInfo")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_items_never_print_themselves() {
        let birth = "1980-04-01".parse().unwrap();
        let info = FourInfo::new("山田花子".into(), "神奈川県横浜市".into(), birth, Sex::Female).unwrap();
        assert_eq!(format!("{info:?}"), "FourInfo");
    }

    #[test]
    fn an_empty_name_is_refused() {
        let birth: BirthDate = "1980-04-01".parse().unwrap();
        assert_eq!(FourInfo::new(" ".into(), "x".into(), birth, Sex::Male), Err(FourInfoError::Text));
        assert_eq!(FourInfo::new("a\nb".into(), "x".into(), birth, Sex::Male), Err(FourInfoError::Text));
    }
}
