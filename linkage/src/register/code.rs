//! 住民票コード.

use std::fmt;

use rand_core::Rng;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// 住民票コード: ten random digits and a check digit. Secret; prints only its type's name.
///
/// The check digit is this mock's own (the digits weighted 1 to 10, sum modulo 11, 10 written as 0); it is not claimed
/// to be the one of the ordinance.
#[derive(Clone, PartialEq, Eq, Hash, Zeroize, ZeroizeOnDrop)]
pub struct ResidentRecordCode(String);

/// The text is no 住民票コード.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a resident record code is eleven digits with a matching check digit")]
pub struct ResidentRecordCodeError;

impl ResidentRecordCode {
    /// Draws one. Uniqueness is the table's to guard.
    pub fn generate(rng: &mut (impl Rng + ?Sized)) -> Self {
        let mut digits = String::with_capacity(11);
        while digits.len() < 10 {
            // 250 is a multiple of ten: no digit is likelier than another.
            let byte = rng.next_u32().to_le_bytes()[0];
            if byte < 250 {
                digits.push(char::from(b'0' + byte % 10));
            }
        }
        digits.push(check_digit(digits.as_bytes()));
        Self(digits)
    }

    /// The n-th of a series without repetition, for worlds too big to draw codes one by one.
    pub(crate) fn nth(start: u64, n: u64) -> Self {
        // The factor shares no divisor with 10^10, so that all n below 10^10 give different codes.
        let first = u128::from(start) + u128::from(n) * 6_180_339_887;
        let mut digits = format!("{:010}", first % 10_000_000_000);
        digits.push(check_digit(digits.as_bytes()));
        Self(digits)
    }

    /// The eleven digits.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

fn check_digit(first: &[u8]) -> char {
    let sum: u32 = first.iter().zip(1..).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from_digit(sum % 11 % 10, 10).unwrap_or('0')
}

impl std::str::FromStr for ResidentRecordCode {
    type Err = ResidentRecordCodeError;
    fn from_str(text: &str) -> Result<Self, ResidentRecordCodeError> {
        let Some((first, last)) = text.split_at_checked(10) else {
            return Err(ResidentRecordCodeError);
        };
        if text.len() == 11
            && text.bytes().all(|b| b.is_ascii_digit())
            && last.starts_with(check_digit(first.as_bytes()))
        {
            Ok(Self(text.to_owned()))
        } else {
            Err(ResidentRecordCodeError)
        }
    }
}

impl fmt::Debug for ResidentRecordCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResidentRecordCode")
    }
}

impl serde::Serialize for ResidentRecordCode {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for ResidentRecordCode {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand_core::SeedableRng as _;

    use super::*;

    proptest! {
        #[test]
        fn a_generated_code_reads_back(seed: u64) {
            let code = ResidentRecordCode::generate(&mut rand_chacha::ChaCha20Rng::seed_from_u64(seed));
            prop_assert_eq!(code.expose().parse::<ResidentRecordCode>(), Ok(code.clone()));
        }

        #[test]
        fn one_wrong_digit_is_noticed(seed: u64, at in 0usize..10, add in 1u8..10) {
            let code = ResidentRecordCode::generate(&mut rand_chacha::ChaCha20Rng::seed_from_u64(seed));
            let mut digits = code.expose().as_bytes().to_vec();
            digits[at] = b'0' + (digits[at] - b'0' + add) % 10;
            let wrong = String::from_utf8(digits).unwrap();
            // Remainders 0 and 10 share a digit, so that nearly every slip is noticed, not every one.
            let sum = |text: &str| text.bytes().take(10).zip(1u32..).map(|(d, w)| u32::from(d - b'0') * w).sum::<u32>() % 11;
            prop_assume!(!(sum(&wrong) % 10 == 0 && sum(code.expose()) % 10 == 0));
            prop_assert_eq!(wrong.parse::<ResidentRecordCode>(), Err(ResidentRecordCodeError));
        }
    }

    #[test]
    fn a_code_never_prints_itself() {
        let code = ResidentRecordCode::generate(&mut rand_chacha::ChaCha20Rng::seed_from_u64(1));
        assert_eq!(format!("{code:?}"), "ResidentRecordCode");
        assert_eq!("123".parse::<ResidentRecordCode>(), Err(ResidentRecordCodeError));
    }
}
