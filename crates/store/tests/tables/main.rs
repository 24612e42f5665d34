//! What the portal relies on, executed on SQLite files with the real pragmas and on PostgreSQL 15.

#![expect(clippy::unwrap_used, reason = "tests, helpers included")]

mod alerts;
mod alerts_late;
mod contract;
mod engines;
mod folder_life;
mod held;
mod kept;
mod log;
mod notices;
mod notices_end;
mod notices_life;
mod notices_many;
mod notices_replaced;
mod session_end;
