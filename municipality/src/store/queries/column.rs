//! Column ↔ type. A value that no version wrote names its table and column.

use jiff::Timestamp;

use crate::store::StoreError;

pub(crate) fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

pub(crate) fn time(micros: i64, table: &'static str, column: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|_| StoreError::Corrupt { table, column })
}

/// A count or a place. Nothing of ours is beyond what the column can hold.
pub(crate) fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn number<T: TryFrom<i64>>(value: i64, table: &'static str, column: &'static str) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Corrupt { table, column })
}

pub(crate) fn bytes<T: for<'a> TryFrom<&'a [u8]>>(
    value: &[u8],
    table: &'static str,
    column: &'static str,
) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Corrupt { table, column })
}

pub(crate) fn text<T: std::str::FromStr>(
    value: &str,
    table: &'static str,
    column: &'static str,
) -> Result<T, StoreError> {
    value.parse().map_err(|_| StoreError::Corrupt { table, column })
}
