//! Every statement, written once; `super::Db` is the driver it is compiled for.

pub(crate) mod audit;
pub(crate) mod client;
pub(crate) mod column;
pub(crate) mod console_draft;
pub(crate) mod console_list;
pub(crate) mod decision;
pub(crate) mod list;
pub(crate) mod officer;
pub(crate) mod recipient;
pub(crate) mod request;
pub(crate) mod returned;
pub(crate) mod sealed;
pub(crate) mod sending;
pub(crate) mod template;
pub(crate) mod withdrawal;

pub(crate) type Connection = <super::Db as sqlx::Database>::Connection;
pub(crate) type Row = <super::Db as sqlx::Database>::Row;
