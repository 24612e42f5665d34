//! The reader over a real socket, used by people, portals and attackers. Each sentence of reader protocol v1 is
//! attacked here.

#![expect(clippy::unwrap_used, reason = "tests, helpers included")]

mod asks;
mod cards;
mod guard;
mod issue;
mod languages;
mod pins;
mod process;
mod removal;
mod world;
