//! The console over HTTP, with keys of software.

pub(super) mod world;

mod care;
mod login;
mod matrix;
mod story;
mod two_people;
