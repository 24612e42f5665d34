//! The running portal: settings, router, sessions, middleware, intake from the core. All that people see is in `app`,
//! all that happens in `portal`.

pub mod cli;
mod error_page;
mod intake;
mod middleware;
mod pages;
mod routes;
mod serve;
mod session;
mod settings;
mod state;
mod typesetter;

pub use routes::{Access, ManifestError, RouteAccess, RouteLimits};
pub use serve::{Running, ServeError, start};
pub use settings::{
    FileFault, JpkiSettings, LimitSettings, LogKeyFault, LogSettings, NoContact, NotOneLine, OwnInformationSettings,
    PartySettings, PdfSettings, PeoplesContact, RetentionSettings, Revocation, SecurityContact, Settings,
    SettingsFault, TlsSettings,
};
