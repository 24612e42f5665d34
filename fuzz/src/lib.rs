//! Every parser that meets the outside, as a target: whatever the bytes, it answers, and what it accepts is what was
//! issued.
//!
//! `make fuzz TARGET=crl SECONDS=60` looks for bytes that break this, guided by coverage; the tests of this crate meet
//! every target with its seeds, with some hundred mutants of each, and with whatever once broke it
//! (`fuzz/regressions/<target>/`).

mod targets;
mod town;

pub use targets::{TARGETS, Target};
