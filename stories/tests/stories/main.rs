//! Whole stories, one file a theme.

#![expect(clippy::panic, clippy::unwrap_used, reason = "tests, helpers included")]

mod access;
mod cards;
mod databases;
mod first_day;
mod folder_life;
mod kills;
mod limits;
mod log;
mod outages;
mod privacy;
mod registration;
mod renewal;
mod sessions;
mod unproven;
mod words;
