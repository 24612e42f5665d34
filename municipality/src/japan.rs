//! Days as people here count them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Without summer time since 1951.
pub(crate) fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(9))
}

pub(crate) fn day(at: Timestamp) -> Date {
    at.to_zoned(zone()).date()
}
