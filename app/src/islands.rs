//! The few parts that compute in the browser. Each gets ready words; every page works without them.

#![expect(missing_docs, reason = "the island macro makes a public struct beside each island and documents it not")]

pub mod period;
pub mod session_warning;

pub use period::{PeriodField, PeriodWords, Preset};
pub use session_warning::{Remaining, SessionWarning, SessionWords};
