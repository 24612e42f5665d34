//! Whole stories, one file a theme.

mod access;
mod cards;
mod first_day;
mod limits;
mod outages;
mod privacy;
mod registration;
mod sessions;
