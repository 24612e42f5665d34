//! Who is here, and what they may do (R10, R11).
//!
//! A handler names the person it needs as an argument: [`Drafter`], [`Approver`], [`Handler`] or any [`Officer`]. What
//! changes something wants that argument too, so that forgetting to ask does not compile.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::SecretHash;
use http::header::{self, HeaderValue};
use http::request::Parts;
use http::{HeaderMap, Uri};
use jiff::{SignedDuration, Timestamp};
use rand_core::Rng as _;

use super::Console;
use super::refused::Why;
use crate::store::{AuditLine, OfficerId, OfficerRow, Role, SendingId};

/// Without a click for so long, a session is over.
pub(super) const IDLE: SignedDuration = SignedDuration::from_mins(15);
/// So long a session lasts at most.
pub(super) const WHOLE: SignedDuration = SignedDuration::from_hours(12);
/// A session is noted as seen at most so often.
const NOTED: SignedDuration = SignedDuration::from_secs(30);
/// A page that renews itself says so, and is no click.
pub(super) const RENEWED: &str = "live";

/// Somebody who is logged in, whatever they may do.
pub(super) struct Officer {
    row: OfficerRow,
    session: SecretHash,
}

impl Officer {
    pub(super) fn id(&self) -> OfficerId {
        self.row.id
    }

    pub(super) fn label(&self) -> &str {
        &self.row.label
    }

    pub(super) fn role(&self) -> Role {
        self.row.role
    }

    pub(super) fn session(&self) -> &SecretHash {
        &self.session
    }

    /// What is kept of something that this person did now.
    pub(super) fn did(&self, what: impl Into<String>, sending: Option<SendingId>, now: Timestamp) -> AuditLine {
        AuditLine { at: now, who: self.row.id.who(), what: what.into(), sending }
    }
}

macro_rules! witness {
    ($(#[$doc:meta])* $name:ident: $($role:ident),+) => {
        $(#[$doc])*
        pub(super) struct $name(Officer);

        impl std::ops::Deref for $name {
            type Target = Officer;
            fn deref(&self) -> &Officer {
                &self.0
            }
        }

        impl FromRequestParts<Arc<Console>> for $name {
            type Rejection = Why;
            async fn from_request_parts(parts: &mut Parts, console: &Arc<Console>) -> Result<Self, Why> {
                let officer = Officer::from_request_parts(parts, console).await?;
                if matches!(officer.role(), $(Role::$role)|+) { Ok(Self(officer)) } else { Err(Why::NotYours) }
            }
        }
    };
}

witness!(
    /// Somebody who may draft (起案).
    Drafter: Draft
);
witness!(
    /// Somebody who may release what others drafted (承認).
    Approver: Approve
);
witness!(
    /// Somebody who may stop things and read what people answered: 起案 or 承認.
    Handler: Draft, Approve
);

/// Somebody who writes; after a long time without a click only to keep what they wrote.
pub(super) enum Writer {
    /// As always.
    Here(Drafter),
    /// The session is over for want of clicks, and for nothing else: no page is for it any more.
    Away(Drafter),
}

impl FromRequestParts<Arc<Console>> for Writer {
    type Rejection = Why;
    async fn from_request_parts(parts: &mut Parts, console: &Arc<Console>) -> Result<Self, Why> {
        match Drafter::from_request_parts(parts, console).await {
            Ok(drafter) => Ok(Self::Here(drafter)),
            Err(Why::LoggedOut) => {
                let session = session_of(parts, console)?;
                let oldest = console.now() - WHOLE;
                let (row, _) =
                    console.store.read().await?.session(&session, oldest, oldest).await?.ok_or(Why::LoggedOut)?;
                if row.role != Role::Draft {
                    return Err(Why::LoggedOut);
                }
                Ok(Self::Away(Drafter(Officer { row, session })))
            }
            Err(why) => Err(why),
        }
    }
}

fn session_of(parts: &Parts, console: &Console) -> Result<SecretHash, Why> {
    cookie(&parts.headers, name(console)).map(|id| SecretHash::of(&id)).ok_or(Why::LoggedOut)
}

impl FromRequestParts<Arc<Console>> for Officer {
    type Rejection = Why;
    async fn from_request_parts(parts: &mut Parts, console: &Arc<Console>) -> Result<Self, Why> {
        let session = session_of(parts, console)?;
        let now = console.now();
        let (idle, whole) = (now - IDLE, now - WHOLE);
        let (row, seen_at) = console.store.read().await?.session(&session, idle, whole).await?.ok_or(Why::LoggedOut)?;
        if !is_renewal(&parts.uri) && now.duration_since(seen_at) >= NOTED {
            let mut repository = console.store.begin().await?;
            repository.session_seen(&session, now).await?;
            repository.commit().await?;
        }
        Ok(Self { row, session })
    }
}

fn is_renewal(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == RENEWED)
}

/// Begins a session; the cookie that carries it. A session of before ends.
pub(super) async fn begin(
    console: &Console,
    officer: OfficerId,
    headers: &HeaderMap,
) -> Result<HeaderValue, crate::store::StoreError> {
    let mut id = [0; 32];
    runtime::SystemRng.fill_bytes(&mut id);
    let now = console.now();
    let mut repository = console.store.begin().await?;
    if let Some(before) = cookie(headers, name(console)) {
        repository.end_session(&SecretHash::of(&before)).await?;
    }
    repository.insert_session(&SecretHash::of(&id), officer, now, now - WHOLE).await?;
    repository
        .insert_audit(&AuditLine { at: now, who: officer.who(), what: "login".to_owned(), sending: None })
        .await?;
    repository.commit().await?;
    Ok(set_cookie(console, &hex::encode(id), None))
}

/// The cookie that ends it in the browser.
pub(super) fn end(console: &Console) -> HeaderValue {
    set_cookie(console, "", Some(0))
}

fn set_cookie(console: &Console, value: &str, age: Option<u32>) -> HeaderValue {
    let secure = if console.speaks_tls() { "; Secure" } else { "" };
    let age = age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    let text = format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}", name(console));
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

/// Browsers take the prefix only with TLS.
fn name(console: &Console) -> &'static str {
    if console.speaks_tls() { "__Host-console" } else { "console" }
}

/// The bytes of the cookie, if it is there exactly once.
fn cookie(headers: &HeaderMap, name: &str) -> Option<[u8; 32]> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut values = pairs.flat_map(|pairs| pairs.split(';')).filter_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    });
    let (value, None) = (values.next()?, values.next()) else { return None };
    let mut id = [0; 32];
    hex::decode_to_slice(value, &mut id).ok()?;
    Some(id)
}
