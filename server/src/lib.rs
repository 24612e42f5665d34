//! The running portal: settings, router, sessions, middleware, intake from the core. All that people see is in `app`,
//! all that happens in `portal`.

mod alerts;
pub mod cli;
mod error_page;
mod intake;
mod mail;
mod middleware;
mod pages;
mod routes;
mod serve;
mod session;
mod settings;
mod state;
mod typesetter;

pub use mail::{Relay, RelayError, RelayFault};
pub use routes::{Access, ManifestError, RouteAccess, RouteLimits};
pub use serve::{Running, ServeError, start};
pub use settings::{
    AlertSettings, FileFault, JpkiSettings, KeyDatabaseFault, LimitSettings, LogKeyFault, LogSettings, MailFault,
    MailSettings, NoContact, NotOneLine, OwnInformationSettings, PartySettings, PdfSettings, PeoplesContact, PushFault,
    PushSettings, RetentionSettings, Revocation, SecurityContact, Settings, SettingsFault, TlsSettings,
};
