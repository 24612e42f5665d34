//! What every program of the house needs to run: a clock and randomness that are handed on as
//! arguments, settings, TLS between parties, a server loop that stops gracefully, logs, and the
//! admin port. For binaries only; no room of the house below them may use it.

pub mod admin;
pub mod args;
pub mod clock;
pub mod logs;
pub mod rng;
pub mod serve;
pub mod settings;
pub mod stop;
pub mod tls;

pub use clock::{Clock, ClockArg, SettableClock, SystemClock};
pub use logs::LogFormat;
pub use rng::SystemRng;
