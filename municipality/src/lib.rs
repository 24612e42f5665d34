//! The sender's side: what a municipality, or any other institution that sends notices, runs (requirements B.9).
//!
//! Its own systems and officers say what is to be sent and to whom, by the institution's own link codes. [`sending`] signs
//! each notice, seals it for the portal ([`post`]) and brings it to the core, durably and as often as need be; what comes
//! back is fetched the same way.

pub mod api;
mod attachment;
pub mod cli;
pub mod console;
pub mod draft;
mod forgetting;
mod japan;
mod list;
mod markdown;
pub mod plain_words;
pub mod post;
pub mod sending;
pub mod serve;
pub mod settings;
pub mod store;
mod texts;
