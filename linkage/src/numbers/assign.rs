//! 付番: one 住民票コード, one 番号, one way.

use db::DbError;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::{
    numbers::{MyNumber, NumberAuthority},
    party::SecretKey,
    register::ResidentRecordCode,
};

/// Candidates tried before giving up; with a hundred thousand million numbers the second is already rare.
const CANDIDATES_MAX: u32 = 64;

/// No number was assigned.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// The database.
    #[error("the database of the number generation body failed")]
    Db(#[from] DbError),
    /// Every candidate was taken.
    #[error("no free number was found")]
    Exhausted,
}

impl From<sqlx::Error> for AssignError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

impl NumberAuthority {
    /// The person's number, assigned now if they have none. The table guards that no two people share one and that
    /// nobody has two.
    pub(super) async fn number_of(&self, code: &ResidentRecordCode, now: Timestamp) -> Result<MyNumber, AssignError> {
        let tag = resident_tag(&self.key, code);
        let mut tx = self.pool.begin().await?;
        let known: Option<String> = sqlx::query_scalar("SELECT my_number FROM numbers WHERE resident_tag = $1")
            .bind(&tag[..])
            .fetch_optional(&mut *tx)
            .await?;
        if let Some(number) = known {
            return number
                .parse()
                .map_err(|_| AssignError::Db(DbError::Corrupt { table: "numbers", column: "my_number" }));
        }
        for attempt in 0..CANDIDATES_MAX {
            let number = candidate(&self.key, code, attempt);
            let inserted = sqlx::query(
                "INSERT INTO numbers (resident_tag, my_number, assigned_at)
                 VALUES ($1, $2, $3)
                 ON CONFLICT (my_number) DO NOTHING",
            )
            .bind(&tag[..])
            .bind(number.expose())
            .bind(now.as_microsecond())
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if inserted == 1 {
                tx.commit().await?;
                return Ok(number);
            }
        }
        Err(AssignError::Exhausted)
    }
}

/// What the table knows a person by.
fn resident_tag(key: &SecretKey, code: &ResidentRecordCode) -> [u8; 32] {
    keyed(key, b"resident-tag/1", code, 0)
}

/// The n-th number tried for a person: HMAC-SHA-256 under the body's key, cut to eleven digits.
fn candidate(key: &SecretKey, code: &ResidentRecordCode, attempt: u32) -> MyNumber {
    let bytes = keyed(key, b"my-number/1", code, attempt);
    // 64 bits over eleven digits: the bias is below one in a hundred million.
    let wide = bytes.first_chunk::<8>().map_or(0, |b| u64::from_be_bytes(*b));
    MyNumber::with_check_digit(wide % 100_000_000_000)
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn keyed(key: &SecretKey, label: &[u8], code: &ResidentRecordCode, attempt: u32) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key of any length");
    for part in [label, &attempt.to_be_bytes(), code.expose().as_bytes()] {
        mac.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;
    use rand_core::SeedableRng as _;

    use super::*;

    fn code(seed: u64) -> ResidentRecordCode {
        ResidentRecordCode::generate(&mut rand_chacha::ChaCha20Rng::seed_from_u64(seed))
    }

    proptest! {
        /// N-3: whoever has the 番号 and even the 住民票コード, but not the key, can confirm nothing.
        #[test]
        fn under_another_key_the_same_person_has_unrelated_numbers(seed: u64, one: [u8; 32], other: [u8; 32]) {
            prop_assume!(one != other);
            let code = code(seed);
            let (one, other) = (SecretKey::from_bytes(one), SecretKey::from_bytes(other));
            prop_assert_ne!(resident_tag(&one, &code), resident_tag(&other, &code));
            prop_assert_ne!(candidate(&one, &code, 0), candidate(&other, &code, 0));
        }

        #[test]
        fn the_digits_of_the_code_do_not_show_in_the_number(seed: u64) {
            let key = SecretKey::from_bytes([7; 32]);
            let code = code(seed);
            let number = candidate(&key, &code, 0);
            prop_assert!(!number.expose().contains(&code.expose()[..6]));
        }
    }

    #[test]
    fn numbers_of_many_people_spread_over_all_digits() {
        let key = SecretKey::from_bytes([7; 32]);
        let numbers: Vec<_> = (0..2000).map(|seed| candidate(&key, &code(seed), 0)).collect();
        let distinct: HashSet<_> = numbers.iter().map(MyNumber::expose).collect();
        assert_eq!(distinct.len(), numbers.len());
        for digit in 0..11 {
            let seen: HashSet<_> = numbers.iter().map(|n| n.expose().as_bytes()[digit]).collect();
            assert_eq!(seen.len(), 10, "place {digit}");
        }
    }

    #[test]
    fn a_taken_number_leads_to_another_candidate() {
        let key = SecretKey::from_bytes([7; 32]);
        assert_ne!(candidate(&key, &code(1), 0), candidate(&key, &code(1), 1));
    }
}
