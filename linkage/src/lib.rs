//! The mock linkage backend: every party of the platform with its own module, its own database and its own mTLS
//! listener. Parties meet only in messages (`wire`, and the `message` module of a party for what only parties of this
//! side say to each other); no party reads another's tables.

pub mod backup;
pub mod cli;
pub mod core;
pub mod counter;
pub mod entropy;
pub mod institution;
pub mod jlis;
pub mod jpki;
#[cfg(test)]
mod kept;
pub mod numbers;
pub mod party;
pub mod register;
pub mod serve;
pub mod simulate;
mod site_guard;
pub mod testing;
pub mod whitelist;
pub mod world;
