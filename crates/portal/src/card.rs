//! Everything that needs the citizen's card: start, ask, answer, return (reader protocol v1).

mod answer;
mod ask;
mod continuity;
mod judge;
mod refusal;
mod start;
mod ticket;

pub use answer::AnswerError;
pub use ask::{AskError, CardAsk};
pub use refusal::CardRefusal;
pub use start::{StartBindingError, StartError, StartLogin};
pub use ticket::{NewSeat, RedeemError, Redeemed};
