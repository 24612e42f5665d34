//! What the sender relies on, executed on SQLite files with the real pragmas and on PostgreSQL 15.

#![expect(clippy::unwrap_used, reason = "tests, helpers included")]

mod clients;
mod engines;
mod lists;
mod long_list;
mod requests;
mod returns;
mod schema;
mod sendings;
mod withdrawals;
