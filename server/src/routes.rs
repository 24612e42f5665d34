//! What forms post to, and where the card reader's answers come in. Each handler reads the request, calls one use case
//! and redirects.

mod alerts;
mod answer;
mod card_return;
mod files;
mod folder;
mod information;
mod log;
mod login;
mod logout;
mod notices;
mod posted;
mod public;
mod register;
mod report;
mod security_txt;
mod table;
mod theirs;

use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing;
use http::Method;
use http::request::Parts;
use portal::Flash;
use runtime::SystemRng;

use crate::error_page::{Case, ErrorPage};
use crate::middleware::limit_card_steps;
use crate::session::{Current, Shown};
use crate::state::AppState;

pub(crate) use notices::{Listeners, come_later, expire as expire_notices};
pub use public::ManifestError;
pub(crate) use public::{Manifest, table as public_table};
pub(crate) use table::Table;
pub use table::{Access, RouteAccess, RouteLimits};

/// The reader's answer; in the reader's allow-list.
pub(crate) const CARD_ANSWER: &str = "/card/answer";
/// Where an answer that belongs to no open challenge leads to.
pub(crate) const CARD_REFUSED: &str = "/card/refused";
/// The reader's word that the card was removed.
pub(crate) const CARD_REMOVED: &str = "/card/removed";

pub(crate) fn table(state: &AppState) -> Table {
    use Access::{CardReader, OwnSession};
    const ANSWER: RouteLimits = RouteLimits::CARD_ANSWER;
    const FORM: RouteLimits = RouteLimits::FORM;
    const GATHER: RouteLimits = RouteLimits::GATHER;
    let card_steps = Table::default()
        .enter(Method::POST, "/register/start", OwnSession, FORM, routing::post(register::start))
        .enter(Method::POST, "/register/bind/start", OwnSession, FORM, routing::post(register::start_binding))
        .enter(Method::POST, "/login/start", OwnSession, FORM, routing::post(login::start))
        .enter(Method::POST, CARD_ANSWER, CardReader, ANSWER, routing::post(answer::answer))
        .enter(Method::GET, "/card/return", OwnSession, RouteLimits::PAGE, routing::get(card_return::card_return))
        .layered(|router| router.layer(from_fn_with_state(state.clone(), limit_card_steps)));
    let others = Table::default()
        .enter(Method::GET, CARD_REFUSED, Access::Anyone, RouteLimits::PAGE, routing::get(answer::refused))
        .enter(Method::POST, CARD_REMOVED, CardReader, FORM, routing::post(answer::removed))
        .enter(Method::POST, app::paths::INFORMATION_GATHER, OwnSession, GATHER, routing::post(information::gather))
        .enter(Method::POST, app::paths::INFORMATION_AGAIN, OwnSession, GATHER, routing::post(information::ask_again))
        .enter(Method::POST, app::paths::REPORT_SEND, OwnSession, RouteLimits::REPORT, routing::post(report::send))
        .enter(Method::POST, app::paths::FILES, OwnSession, GATHER, routing::post(files::start))
        .enter(Method::POST, app::paths::FILE_CANCEL, OwnSession, FORM, routing::post(files::cancel))
        .enter(
            Method::GET,
            app::paths::FILE_DOWNLOAD,
            Access::SignedIn,
            RouteLimits::PAGE,
            routing::get(files::download),
        )
        .merge(notices())
        .merge(alerts())
        .enter(Method::POST, app::paths::FOLDER_SUSPEND, OwnSession, FORM, routing::post(folder::suspend))
        .enter(Method::POST, app::paths::FOLDER_CLOSE, OwnSession, FORM, routing::post(folder::close))
        .enter(Method::POST, "/logout", OwnSession, FORM, routing::post(logout::logout))
        .enter(Method::POST, "/session/extend", OwnSession, FORM, routing::post(logout::extend));
    card_steps.merge(others)
}

fn notices() -> Table {
    use Access::{OwnSession, SignedIn};
    const PAGE: RouteLimits = RouteLimits::PAGE;
    Table::default()
        .enter(Method::POST, app::paths::NOTICES_ACT, OwnSession, RouteLimits::FORM, routing::post(notices::act))
        .enter(Method::POST, app::paths::NOTICE_STATES, OwnSession, RouteLimits::FORM, routing::post(notices::states))
        .enter(Method::POST, app::paths::REPLY_CHECK, OwnSession, RouteLimits::REPORT, routing::post(notices::check))
        .enter(Method::POST, app::paths::REPLY_SEND, OwnSession, RouteLimits::REPORT, routing::post(notices::send))
        .enter(Method::GET, app::paths::NOTICE_FILE, SignedIn, PAGE, routing::get(notices::file))
        .enter(Method::GET, app::paths::NOTICE_LETTER, SignedIn, PAGE, routing::get(notices::letter))
        .enter(Method::GET, app::paths::NOTICE_PDF, SignedIn, RouteLimits::PAPER, routing::get(notices::pdf))
        .enter(Method::GET, app::paths::NOTICE_CALENDAR, SignedIn, PAGE, routing::get(notices::calendar))
        .enter(Method::POST, app::paths::KEPT_ACT, OwnSession, RouteLimits::FORM, routing::post(notices::kept::discard))
        .enter(Method::GET, app::paths::KEPT_FILE, SignedIn, PAGE, routing::get(notices::kept::file))
        .enter(Method::GET, app::paths::KEPT_LETTER, SignedIn, PAGE, routing::get(notices::kept::letter))
        .enter(Method::GET, app::paths::KEPT_PDF, SignedIn, RouteLimits::PAPER, routing::get(notices::kept::pdf))
        .enter(Method::GET, app::paths::KEPT_CALENDAR, SignedIn, PAGE, routing::get(notices::kept::deadline))
        .enter(Method::GET, app::paths::NOTICES_AUTHORITY, SignedIn, PAGE, routing::get(notices::authority))
        .enter(Method::GET, app::paths::NOTICES_EVENTS, OwnSession, PAGE, routing::get(notices::events))
}

fn alerts() -> Table {
    use Access::OwnSession;
    // Mail or a push service may be waited for.
    const SEND: RouteLimits = RouteLimits::GATHER;
    const FORM: RouteLimits = RouteLimits::FORM;
    Table::default()
        .enter(Method::POST, app::paths::ALERTS_MAIL, OwnSession, SEND, routing::post(alerts::enter_mail))
        .enter(
            Method::POST,
            app::paths::ALERTS_DEVICE,
            OwnSession,
            RouteLimits::REPORT,
            routing::post(alerts::enter_device),
        )
        .enter(Method::POST, app::paths::ALERTS_AGAIN, OwnSession, SEND, routing::post(alerts::again))
        .enter(Method::POST, app::paths::ALERTS_CONFIRM, OwnSession, FORM, routing::post(alerts::confirm))
        .enter(Method::POST, app::paths::ALERTS_REMOVE, OwnSession, FORM, routing::post(alerts::remove))
        .enter(Method::POST, app::paths::STATES_WITHHOLD, OwnSession, FORM, routing::post(alerts::withhold_states))
}

/// On to this page, which says once what was done or why not.
pub(crate) async fn led_to(
    state: &AppState,
    parts: &Parts,
    current: &mut Current,
    flash: impl Into<Option<Flash>>,
    page: &str,
) -> Response {
    if let Some(flash) = flash.into()
        && let Err(fault) = current.set_flash(flash).await
    {
        return session_failed(state, parts, &fault);
    }
    Redirect::to(page).into_response()
}

/// Nobody is logged in: to the login, and back to this page afterwards. Whoever still shows a cookie is told that the
/// session has ended; one that is none of ours, that it could not be read.
pub(crate) async fn to_login(state: &AppState, parts: &Parts) -> Response {
    let wanted = parts.uri.path_and_query().map_or("/home", |path| path.as_str());
    to_login_then(state, parts, wanted).await
}

/// The same for a form, which cannot be sent again: afterwards comes the page on which it stands.
pub(crate) async fn to_login_then(state: &AppState, parts: &Parts, wanted: &str) -> Response {
    let page = match crate::session::shown(&parts.headers) {
        Shown::Nothing => "/login?".to_owned(),
        // The browser gives this cookie up with the answer: the receipt goes by its id.
        Shown::Readable => match receipt_of_ended(state, parts).await {
            Some(logged) => format!("/signed-out?why=ended&receipt={}&", logged.receipt.id()),
            None => "/signed-out?why=ended&".to_owned(),
        },
        Shown::Unreadable => return ErrorPage::new(state, parts, Case::SessionTampered).into_response(),
    };
    let query = encoded(wanted);
    Redirect::to(&format!("{page}return_to={query}")).into_response()
}

/// Of the session whose cookie this is, which is over. The way on does not depend on it.
pub(crate) async fn receipt_of_ended(state: &AppState, parts: &Parts) -> Option<portal::LoggedReceipt> {
    let holder = crate::session::holder(&parts.headers)?;
    let found = state.portal.receipt_of_ended(&holder, state.clock.now(), &mut SystemRng).await;
    found.unwrap_or_else(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "a receipt could not be found");
        None
    })
}

fn encoded(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

pub(crate) fn store_failed(state: &AppState, parts: &Parts, error: &portal::StoreError) -> Response {
    ErrorPage::new(state, parts, Case::of_store(error)).because(error).into_response()
}

/// Nothing that was to be erased is shown any more, and the next try erases the rest.
pub(crate) fn purge_failed(state: &AppState, parts: &Parts, error: &portal::PurgeError) -> Response {
    match error {
        portal::PurgeError::Store(error) | portal::PurgeError::Key(portal::FolderKeyError::Store(error)) => {
            store_failed(state, parts, error)
        }
        portal::PurgeError::Log(_) | portal::PurgeError::Key(_) => {
            ErrorPage::new(state, parts, Case::Internal).because(error).into_response()
        }
        portal::PurgeError::Busy => ErrorPage::new(state, parts, Case::Unavailable).because(error).into_response(),
    }
}

pub(crate) fn session_failed(state: &AppState, parts: &Parts, fault: &crate::session::SessionFault) -> Response {
    ErrorPage::new(state, parts, crate::session::fault_case()).because(fault).into_response()
}
