//! What an officer reads when nothing was done.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

use crate::store::StoreError;
use crate::texts::say;

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Why {
    /// No session, or it is over.
    LoggedOut,
    /// Another role may.
    NotYours,
    /// Nobody of that name, or somebody without a key.
    NoSuchOfficer,
    /// The code is used, over or unknown.
    NoSuchCode,
    /// The question to the key is used, over or unknown.
    KeyOver,
    /// The key's answer is not believed, or there was none.
    KeyRefused,
    /// The key did not ask for its PIN.
    KeyWithoutOwner,
    /// The key is enrolled already.
    KeyTaken,
    /// No such draft, or somebody else's.
    NoDraft,
    /// No such sending.
    NoSending,
    /// The draft cannot be sent as it is.
    DraftUnfinished,
    /// Its days do not fit when it would go out.
    Days,
    /// It is not in a state in which that can be done; somebody else may have been first.
    NotNow,
    /// One's own, so somebody else must (R14, R17).
    OwnDraft,
    /// A file that cannot be attached.
    File,
    /// A signature without what was signed, or one that does not verify.
    SignedFile,
    /// No segment of that name.
    NoSegment,
    /// Each of many got a letter of their own.
    Merged,
    /// The municipality's own system sent it.
    OfSystem,
    /// Something of the console's own failed.
    Failed,
    /// Not sent by a page of this site.
    ForeignForm,
    /// Not what a form of this site sends.
    Unreadable,
    /// Asked for under another name.
    WrongHost,
    /// No such page.
    NotFound,
    /// Not a way to use this page.
    WrongMethod,
}

/// One refusal.
pub(super) struct Words {
    pub(super) status: StatusCode,
    pub(super) title: &'static str,
    pub(super) what: &'static str,
    pub(super) next: &'static str,
    /// Where to go on, and what is said on the button.
    pub(super) way: (&'static str, &'static str),
}

impl Why {
    #[cfg(test)]
    pub(super) const ALL: [Self; 25] = [
        Self::LoggedOut,
        Self::NotYours,
        Self::NoSuchOfficer,
        Self::NoSuchCode,
        Self::KeyOver,
        Self::KeyRefused,
        Self::KeyWithoutOwner,
        Self::KeyTaken,
        Self::NoDraft,
        Self::NoSending,
        Self::DraftUnfinished,
        Self::Days,
        Self::NotNow,
        Self::OwnDraft,
        Self::File,
        Self::SignedFile,
        Self::NoSegment,
        Self::Merged,
        Self::OfSystem,
        Self::Failed,
        Self::ForeignForm,
        Self::Unreadable,
        Self::WrongHost,
        Self::NotFound,
        Self::WrongMethod,
    ];

    pub(super) fn words(self) -> Words {
        let (status, name, way) = self.named();
        let part = |part: &str| say(&format!("refused-{name}-{part}"));
        Words { status, title: part("title"), what: part("what"), next: part("next"), way }
    }

    /// Of which texts it is told.
    fn named(self) -> (StatusCode, &'static str, (&'static str, &'static str)) {
        let list = ("/console", say("to-list"));
        let login = ("/console/login", say("to-login"));
        let enrol = ("/console/enrol", say("to-enrol"));
        match self {
            Self::LoggedOut => (StatusCode::UNAUTHORIZED, "logged-out", login),
            Self::NotYours => (StatusCode::FORBIDDEN, "not-yours", list),
            Self::NoSuchOfficer => (StatusCode::FORBIDDEN, "no-such-officer", login),
            Self::NoSuchCode => (StatusCode::FORBIDDEN, "no-such-code", enrol),
            Self::KeyOver => (StatusCode::CONFLICT, "key-over", login),
            Self::KeyRefused => (StatusCode::FORBIDDEN, "key-refused", login),
            Self::KeyWithoutOwner => (StatusCode::FORBIDDEN, "key-without-owner", login),
            Self::KeyTaken => (StatusCode::CONFLICT, "key-taken", login),
            Self::NoDraft => (StatusCode::NOT_FOUND, "no-draft", list),
            Self::NoSending => (StatusCode::NOT_FOUND, "no-sending", list),
            Self::DraftUnfinished => (StatusCode::CONFLICT, "draft-unfinished", list),
            Self::Days => (StatusCode::CONFLICT, "days", list),
            Self::NotNow => (StatusCode::CONFLICT, "not-now", list),
            Self::OwnDraft => (StatusCode::FORBIDDEN, "own-draft", list),
            Self::File => (StatusCode::UNPROCESSABLE_ENTITY, "file", list),
            Self::SignedFile => (StatusCode::UNPROCESSABLE_ENTITY, "signed-file", list),
            Self::NoSegment => (StatusCode::NOT_FOUND, "no-segment", list),
            Self::Merged => (StatusCode::CONFLICT, "merged", list),
            Self::OfSystem => (StatusCode::CONFLICT, "of-system", list),
            Self::Failed => (StatusCode::SERVICE_UNAVAILABLE, "failed", list),
            Self::ForeignForm => (StatusCode::FORBIDDEN, "foreign-form", list),
            Self::Unreadable => (StatusCode::BAD_REQUEST, "unreadable", list),
            Self::WrongHost => (StatusCode::MISDIRECTED_REQUEST, "wrong-host", list),
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found", list),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, "wrong-method", list),
        }
    }
}

/// The guard makes a page of it.
impl IntoResponse for Why {
    fn into_response(self) -> Response {
        let mut response = self.words().status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Why {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "the console cannot use its tables");
        Self::Failed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_happened_and_what_to_do() {
        for why in Why::ALL {
            let words = why.words();
            assert!(!words.title.ends_with('。') && !words.title.contains("エラー"), "{}", words.title);
            assert!(words.what.ends_with('。') && words.next.ends_with('。'), "{}", words.title);
            assert!(words.status.is_client_error() || words.status.is_server_error());
        }
    }
}
