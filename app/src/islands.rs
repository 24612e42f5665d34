//! The few parts that compute in the browser. Each gets ready words; every page works without them.

pub mod period;
pub mod session_warning;

pub use period::{PeriodField, PeriodWords, Preset};
pub use session_warning::{Remaining, SessionWarning, SessionWords};
