//! What every request passes: a reference number, limits, the defence against other sites, headers.

mod cross_site;
mod forget;
mod headers;
mod large;
mod limits;
mod mark;
mod preferences;
mod words;

pub(crate) use cross_site::refuse_cross_site;
pub(crate) use forget::forget_whole;
pub(crate) use headers::{content_security_policy, security_headers};
pub(crate) use large::refuse_large;
pub(crate) use limits::{ClientLimits, limit_card_steps, limit_clients};
pub(crate) use mark::{Nonce, Reference, mark};
pub(crate) use preferences::{locale_of, remember_preferences, years_of};
pub(crate) use words::word_errors;
