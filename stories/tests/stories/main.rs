//! Whole stories, one file a theme.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests, helpers included")]

mod access;
mod cards;
mod databases;
mod first_day;
mod kills;
mod limits;
mod outages;
mod privacy;
mod registration;
mod sessions;
mod unproven;
mod words;
