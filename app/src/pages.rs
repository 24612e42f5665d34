//! One file a page. A page asks its use case and hands what it got to a view that waits for nothing.

mod accessibility;
mod answer;
mod card_step;
mod error;
mod file;
mod folder;
#[cfg(test)]
mod gallery;
mod help;
mod history;
mod home;
mod information;
mod leaving;
mod login;
mod notice;
mod notices;
mod record;
mod records;
mod register;
mod reply;
mod report;
mod signed_out;
mod top;

pub(crate) use accessibility::accessibility;
pub(crate) use error::not_found;
pub use error::{ErrorPageContext, error_page};
pub(crate) use file::file;
pub(crate) use folder::folder;
pub(crate) use help::help;
pub(crate) use history::history;
pub(crate) use home::home;
pub(crate) use information::information;
pub(crate) use leaving::leaving;
pub(crate) use login::{login, login_card};
pub(crate) use notice::notice;
pub(crate) use notices::notices;
pub(crate) use record::record;
pub(crate) use records::records;
pub(crate) use register::{register, register_bind, register_card, register_opening};
pub(crate) use reply::reply;
pub use reply::{ReplyDraft, ReplyFault};
pub(crate) use report::report;
pub use report::{ReportDraft, ReportFault};
pub(crate) use signed_out::signed_out;
pub(crate) use top::top;
