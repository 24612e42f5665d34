//! New cards from the order to the hand-over, with every party at work, and the counter's page over HTTP.

mod cards;
mod pages;
