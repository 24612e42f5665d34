//! Whole stories over HTTP: portal, linkage backend and card reader run in the test's process, on ports of their own, and
//! talk as they do in earnest. Tests only.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a story that cannot go on stops there"
)]

mod browser;
mod citizen;
mod false_institution;
mod forger;
mod gate;
mod memory;
mod page;
mod post_office;
mod process;
mod push_service;
mod sender;
mod sender_forged;
mod sender_process;
mod sender_system;
mod town;

pub use browser::Browser;
pub use citizen::Citizen;
pub use false_institution::{Asked, FalseInstitution};
pub use forger::forged_authentication_certificate;
pub use gate::{Door, Gate};
pub use memory::texts_in;
pub use page::{Form, Page, first_link};
pub use post_office::{Letter, Mood, PostOffice};
pub use process::{PortalProcess, program};
pub use push_service::{PushService, Pushed, PushedBrowser};
pub use sender::SenderAtWork;
pub use sender_forged::Forged;
pub use sender_process::SenderProcess;
pub use sender_system::SystemAtWork;
pub use town::{Engine, PortalBeside, Town, free_address};
