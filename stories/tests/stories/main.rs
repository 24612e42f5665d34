//! Whole stories, one file a theme.

#![expect(clippy::panic, reason = "tests, helpers included")]

mod access;
mod cards;
mod first_day;
mod kills;
mod limits;
mod outages;
mod privacy;
mod registration;
mod sessions;
