//! Every statement, written once; `super::Db` is the driver it is compiled for.

pub(crate) mod alert;
pub(crate) mod alert_outbox;
pub(crate) mod alert_reminder;
pub(crate) mod challenge;
pub(crate) mod column;
pub(crate) mod folder;
pub(crate) mod folder_key;
pub(crate) mod folder_life;
pub(crate) mod held;
pub(crate) mod instance;
pub(crate) mod kept;
pub(crate) mod log;
pub(crate) mod login;
pub(crate) mod notice_counts;
pub(crate) mod notice_end;
pub(crate) mod notice_gone;
pub(crate) mod notice_inbox;
pub(crate) mod notice_intake;
pub(crate) mod notice_life;
pub(crate) mod notice_replaced;
pub(crate) mod notice_return;
pub(crate) mod receipt;
pub(crate) mod recipient;
pub(crate) mod registration;
pub(crate) mod session;
pub(crate) mod session_end;
pub(crate) mod state_consent;
pub(crate) mod sweep;

pub(crate) type Connection = <super::Db as sqlx::Database>::Connection;
pub(crate) type Row = <super::Db as sqlx::Database>::Row;
