//! `--clock`: which time a program lives in.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};
use serde::Deserialize;

use super::{Clock, OffsetClock, SettableClock, SystemClock};

/// Which time a program lives in: `system`; an RFC 3339 instant (time stands still there); or a
/// shift against the machine's clock such as `+2h`, `-3d`, `+1d12h` (a day is 24 hours).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum ClockArg {
    /// The machine's clock.
    #[default]
    System,
    /// Time stands still at this instant.
    Fixed(Timestamp),
    /// The machine's clock, this much ahead (behind when negative).
    Offset(SignedDuration),
}

/// The text says neither `system`, nor an instant, nor a shift.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a clock: write `system`, an instant such as `2026-11-03T14:05:00+09:00`, \
     or a shift such as `+2h` or `-3d`"
)]
pub struct ClockArgError {
    text: String,
}

impl ClockArg {
    /// Starts the clock. Call it once a program and share the result.
    pub fn clock(self) -> Arc<dyn Clock> {
        match self {
            Self::System => Arc::new(SystemClock),
            Self::Fixed(now) => Arc::new(SettableClock::new(now)),
            Self::Offset(by) => Arc::new(OffsetClock::new(by)),
        }
    }
}

impl FromStr for ClockArg {
    type Err = ClockArgError;

    fn from_str(text: &str) -> Result<Self, ClockArgError> {
        let refused = || ClockArgError { text: text.to_owned() };
        match text.as_bytes().first() {
            _ if text == "system" => Ok(Self::System),
            Some(b'+' | b'-') => offset(text).map(Self::Offset).ok_or_else(refused),
            _ => text.parse().map(Self::Fixed).map_err(|_| refused()),
        }
    }
}

fn offset(text: &str) -> Option<SignedDuration> {
    let span: Span = text.parse().ok()?;
    let relative = SpanRelativeTo::days_are_24_hours();
    span.to_duration(relative).ok()
}

impl TryFrom<String> for ClockArg {
    type Error = ClockArgError;

    fn try_from(text: String) -> Result<Self, ClockArgError> {
        text.parse()
    }
}

impl fmt::Display for ClockArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::Fixed(now) => write!(f, "{now}"),
            Self::Offset(by) if by.is_negative() => write!(f, "-{:#}", by.abs()),
            Self::Offset(by) => write!(f, "+{by:#}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> ClockArg {
        text.parse().unwrap()
    }

    #[test]
    fn system_is_the_default() {
        assert_eq!(parsed("system"), ClockArg::System);
        assert_eq!(ClockArg::default(), ClockArg::System);
    }

    #[test]
    fn an_instant_stands_still() {
        let clock = parsed("2026-11-03T14:05:00+09:00").clock();
        assert_eq!(clock.now().to_string(), "2026-11-03T05:05:00Z");
        assert_eq!(clock.now(), clock.now());
    }

    #[test]
    fn a_shift_is_signed_and_a_day_has_24_hours() {
        let hours = |h| ClockArg::Offset(SignedDuration::from_hours(h));
        assert_eq!(parsed("+2h"), hours(2));
        assert_eq!(parsed("-3d"), hours(-72));
        assert_eq!(parsed("+1d12h"), hours(36));
    }

    #[test]
    fn what_is_no_clock_is_refused_with_an_example() {
        for text in ["", "now", "2h", "+", "+soon", "2026-11-03", "+1mo", "-"] {
            let refused = text.parse::<ClockArg>().unwrap_err().to_string();
            assert!(refused.contains(&format!("`{text}`")), "{refused}");
            assert!(refused.contains("+2h"), "{refused}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_can_be_read_back(seconds in -400_000_000_i64..400_000_000) {
            let offset = ClockArg::Offset(SignedDuration::from_secs(seconds));
            prop_assert_eq!(parsed(&offset.to_string()), offset);
            let fixed = ClockArg::Fixed(Timestamp::from_second(seconds).unwrap());
            prop_assert_eq!(parsed(&fixed.to_string()), fixed);
        }

        #[test]
        fn any_text_is_answered(text in ".*") {
            let _ = text.parse::<ClockArg>();
        }
    }
}
