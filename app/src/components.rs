//! What only the portal shows, on the components of `ui`.

mod flash;
mod island_loader;
mod portal_page;
mod problem;
mod session;

pub(crate) use flash::FlashBanner;
pub(crate) use island_loader::IslandLoader;
pub(crate) use portal_page::{PortalPage, Trail};
pub(crate) use problem::{Problem, ProblemBanner, error_words};
pub(crate) use session::{LogoutForm, Warning};
