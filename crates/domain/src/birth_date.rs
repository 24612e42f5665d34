//! Birth dates (生年月日), in the Gregorian calendar.

use std::fmt;

/// A full Gregorian birth date, written `YYYY-MM-DD`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BirthDate(jiff::civil::Date);

/// The text is no birth date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a birth date is a day of the calendar from 1868 on, written YYYY-MM-DD")]
pub struct BirthDateError;

impl BirthDate {
    /// The calendar day.
    pub fn date(self) -> jiff::civil::Date {
        self.0
    }
}

impl std::str::FromStr for BirthDate {
    type Err = BirthDateError;
    fn from_str(text: &str) -> Result<Self, BirthDateError> {
        let date: jiff::civil::Date = text.parse().map_err(|_| BirthDateError)?;
        if date.year() < 1868 || date.to_string() != text { Err(BirthDateError) } else { Ok(Self(date)) }
    }
}

impl TryFrom<String> for BirthDate {
    type Error = BirthDateError;
    fn try_from(text: String) -> Result<Self, BirthDateError> {
        text.parse()
    }
}

impl From<BirthDate> for String {
    fn from(date: BirthDate) -> Self {
        date.0.to_string()
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_a_real_day() {
        assert!("2000-02-29".parse::<BirthDate>().is_ok());
        for bad in ["2001-02-29", "1800-01-01", "2000-2-9", "20000229", ""] {
            assert_eq!(bad.parse::<BirthDate>(), Err(BirthDateError), "{bad}");
        }
    }
}
