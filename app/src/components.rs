//! What only the portal shows, on the components of `ui`.

mod arrival;
mod flash;
mod island_loader;
mod portal_page;
mod problem;
mod session;
mod take_home;
mod urgent;

pub(crate) use arrival::Arrival;
pub(crate) use flash::FlashBanner;
pub(crate) use island_loader::IslandLoader;
pub(crate) use portal_page::{PortalPage, Trail};
pub(crate) use problem::{Problem, ProblemBanner, error_words};
pub(crate) use session::{LogoutForm, Warning};
pub(crate) use take_home::{TakeHome, label as file_label, state as file_state};
pub(crate) use urgent::UrgentNotices;
