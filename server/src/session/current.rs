//! The session of the request at hand.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use domain::{BrowserMark, SecretHash};
use http::request::Parts;
use jiff::Timestamp;
use portal::{Holder, SessionState, Visitor};
use runtime::SystemRng;
use tower_sessions::Session;
use tower_sessions::session::Id;

use super::store::{ENDS_AT_US, STATE, UNREAD, URGENT, adopt, id_hash};
use crate::error_page::{Case, ErrorPage};
use crate::state::AppState;

/// Who is at the door, read once a request.
#[derive(Clone)]
pub(crate) struct Current {
    session: Session,
    state: SessionState,
    known: bool,
    /// What this browser is known by before it has a session.
    mark: BrowserMark,
    ends_at: Option<Timestamp>,
    unread: Option<u32>,
    urgent: Option<u32>,
}

/// The session could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the session could not be read or written")]
pub(crate) struct SessionFault(#[from] tower_sessions::session::Error);

impl Current {
    pub(crate) async fn of(session: Session, shown: Option<BrowserMark>) -> Result<Self, SessionFault> {
        let state: Option<SessionState> = session.get(STATE).await?;
        let known = state.is_some();
        let ends_at_us: Option<i64> = session.get(ENDS_AT_US).await?;
        let ends_at = ends_at_us.and_then(|ends_at_us| Timestamp::from_microsecond(ends_at_us).ok());
        let (unread, urgent) = (session.get(UNREAD).await?, session.get(URGENT).await?);
        let mark = shown.unwrap_or_else(|| BrowserMark::generate(&mut SystemRng));
        let state = state.unwrap_or_else(|| SessionState::of_browser(&mark));
        Ok(Self { session, state, known, mark, ends_at, unread, urgent })
    }

    pub(crate) fn visitor(&self) -> Visitor {
        self.state.visitor()
    }

    pub(crate) fn state(&self) -> &SessionState {
        &self.state
    }

    /// The key to what is held for this session (P-INF-6). None before the session has a cookie.
    pub(crate) fn holder(&self) -> Option<Holder> {
        self.session.id().map(|id| Holder::new(id.0.to_be_bytes()))
    }

    /// How many notices whoever is logged in has not opened, as of the read of this session; none right after a login.
    pub(crate) fn unread(&self) -> Option<u32> {
        self.state.visitor().signed_in().and(self.unread)
    }

    /// How many of these are emergencies.
    pub(crate) fn urgent(&self) -> u32 {
        self.state.visitor().signed_in().and(self.urgent).unwrap_or_default()
    }

    /// When the session ends unless something is done; the page tells it, so it must not promise more than there is.
    pub(crate) fn ends_at(&self) -> Option<Timestamp> {
        self.ends_at
    }

    /// What the browser must keep so that a challenge can be tied to it; nothing when it has a session.
    pub(crate) fn mark(&self) -> Option<&BrowserMark> {
        (!self.known).then_some(&self.mark)
    }

    /// Opens a session for the browser, for steps that take longer than a login.
    pub(crate) async fn keep(&mut self) -> Result<(), SessionFault> {
        if !self.known {
            self.session.insert(STATE, &self.state).await?;
            self.known = true;
        }
        Ok(())
    }

    pub(crate) async fn set_flash(&mut self, flash: portal::Flash) -> Result<(), SessionFault> {
        self.state.set_flash(flash);
        self.known = true;
        Ok(self.session.insert(STATE, &self.state).await?)
    }

    pub(crate) async fn take_flash(&mut self) -> Result<Option<portal::Flash>, SessionFault> {
        let flash = self.state.take_flash();
        if flash.is_some() {
            self.session.insert(STATE, &self.state).await?;
        }
        Ok(flash)
    }

    /// The session that this browser has now, as the store knows it.
    pub(crate) fn stored(&self) -> Option<SecretHash> {
        self.session.id().map(|id| id_hash(&id))
    }

    /// Login: the session stands under a new id, and the one before is gone, so that an id known before is worth nothing
    /// after. The cookie follows.
    pub(crate) async fn log_in(&mut self, id: Id, state: SessionState) -> Result<(), SessionFault> {
        adopt(&self.session, id).await?;
        self.state = state;
        self.known = true;
        Ok(self.session.insert(STATE, &self.state).await?)
    }

    /// Logout: the row is gone from the server.
    pub(crate) async fn end(&self) -> Result<(), SessionFault> {
        Ok(self.session.flush().await?)
    }
}

impl FromRequestParts<AppState> for Current {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        if let Some(current) = parts.extensions.get::<Self>() {
            return Ok(current.clone());
        }
        let Some(session) = parts.extensions.get::<Session>().cloned() else {
            return Err(ErrorPage::new(state, parts, Case::Internal).into_response());
        };
        let current = Self::of(session, super::mark::shown(&parts.headers))
            .await
            .map_err(|fault| ErrorPage::new(state, parts, super::fault_case()).because(&fault).into_response())?;
        parts.extensions.insert(current.clone());
        Ok(current)
    }
}
