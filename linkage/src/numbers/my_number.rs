//! 番号.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// 番号 (個人番号): eleven digits and the check digit of the ordinance. Never a linkage key (B-ID-1); prints only its
/// type's name.
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
pub struct MyNumber(String);

/// The text is no 番号.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a 番号 is twelve digits with a matching check digit")]
pub struct MyNumberError;

impl MyNumber {
    /// The number below 10^11 with its check digit.
    pub(super) fn with_check_digit(eleven: u64) -> Self {
        let digits = format!("{:011}", eleven % 100_000_000_000);
        let check = check_digit(digits.as_bytes());
        Self(format!("{digits}{check}"))
    }

    /// The twelve digits.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

/// 番号法施行規則第5条 (formerly 総務省令第85号第5条): with Pn the n-th digit from the lowest of the eleven and Qn = n+1
/// (n ≤ 6) or n−5 (n ≥ 7), 11 − (Σ Pn·Qn mod 11); a remainder of 0 or 1 gives 0.
fn check_digit(eleven: &[u8]) -> u32 {
    let sum: u32 = eleven
        .iter()
        .rev()
        .zip(1..)
        .map(|(digit, n)| u32::from(digit - b'0') * if n <= 6 { n + 1 } else { n - 5 })
        .sum();
    match sum % 11 {
        0 | 1 => 0,
        remainder => 11 - remainder,
    }
}

impl std::str::FromStr for MyNumber {
    type Err = MyNumberError;
    fn from_str(text: &str) -> Result<Self, MyNumberError> {
        let Some((first, last)) = text.split_at_checked(11) else {
            return Err(MyNumberError);
        };
        let digits = text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        if digits && last.parse() == Ok(check_digit(first.as_bytes())) {
            Ok(Self(text.to_owned()))
        } else {
            Err(MyNumberError)
        }
    }
}

impl fmt::Debug for MyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MyNumber")
    }
}

impl serde::Serialize for MyNumber {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for MyNumber {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_digit_is_the_published_one() {
        // Worked by hand: 1·6+2·5+3·4+4·3+5·2+6·7+7·6+8·5+9·4+0·3+1·2 = 212, 212 mod 11 = 3, 11 − 3 = 8.
        assert_eq!(MyNumber::with_check_digit(12_345_678_901).expose(), "123456789018");
        // Remainders 0 and 1 both give 0.
        assert_eq!(MyNumber::with_check_digit(0).expose(), "000000000000");
        assert_eq!(MyNumber::with_check_digit(6).expose(), "000000000060");
    }

    #[test]
    fn a_number_never_prints_itself() {
        assert_eq!(format!("{:?}", MyNumber::with_check_digit(1)), "MyNumber");
    }

    proptest! {
        #[test]
        fn a_number_reads_back_and_a_wrong_check_digit_does_not(eleven in 0u64..100_000_000_000, add in 1u32..10) {
            let number = MyNumber::with_check_digit(eleven);
            prop_assert_eq!(number.expose().parse::<MyNumber>(), Ok(number.clone()));
            let (first, last) = number.expose().split_at(11);
            let wrong = format!("{first}{}", (last.parse::<u32>().unwrap() + add) % 10);
            prop_assert_eq!(wrong.parse::<MyNumber>(), Err(MyNumberError));
        }
    }
}
