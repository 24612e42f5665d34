//! The two database engines behind one shape: a pool, a transaction that is durable when its
//! `commit` returns and undone when it is dropped, a reader, and forward-only migrations.
//! No tables of its own: each room that stores things brings its statements and its migrator.
//!
//! [`sqlite`] and [`postgres`] have the same names and methods, so that one body of statements can
//! be compiled once per engine.

mod error;
pub mod postgres;
pub mod sqlite;
#[cfg(feature = "test-support")]
pub mod testing;

pub use error::DbError;

/// What a pool has done since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Use cases whose commit is durable.
    pub use_cases: u64,
    /// Durable commits of the engine that carried them; one may carry many use cases.
    pub commits: u64,
}
