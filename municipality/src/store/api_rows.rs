//! What the tables of the API hold.

use domain::NoticeId;
use jiff::Timestamp;

use super::rows::{ReturnedRow, SendingId};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(NoticeId);

        impl $name {
            /// Draws a new one.
            pub fn generate(rng: &mut (impl rand_core::Rng + ?Sized)) -> Self {
                Self(NoticeId::generate(rng))
            }

            /// As stored.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = domain::IdError;
            fn try_from(bytes: &[u8]) -> Result<Self, domain::IdError> {
                NoticeId::try_from(bytes).map(Self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = domain::IdError;
            fn from_str(text: &str) -> Result<Self, domain::IdError> {
                text.parse().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A system that may use the API.
    ClientId
);
id!(
    /// A file that waits for its notice.
    UploadedFileId
);

/// A system that may use the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientRow {
    /// Its id.
    pub id: ClientId,
    /// What people call it.
    pub label: String,
    /// SHA-256
    pub secret_hash: [u8; 32],
    /// SHA-256 of the DER.
    pub certificate_hash: [u8; 32],
    /// Requests.
    pub requests_per_minute: u32,
    /// Recipients for whom it may release in a day.
    pub recipients_per_day: u64,
    /// When it was registered.
    pub made_at: Timestamp,
    /// As its certificate does.
    pub expires_at: Timestamp,
    /// Since when it may no longer.
    pub revoked_at: Option<Timestamp>,
}

impl ClientRow {
    /// Whether it may still.
    pub fn may(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// Who, in `made_by` and in the audit.
    pub fn maker(&self) -> String {
        format!("client:{}", self.id)
    }

    /// The same where nothing reaches the core.
    pub fn sandbox_maker(&self) -> String {
        format!("sandbox:{}", self.id)
    }
}

/// A token, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRow {
    /// SHA-256
    pub hash: [u8; 32],
    /// Whose.
    pub client: ClientId,
    /// SHA-256 of the certificate with which it was asked for.
    pub certificate_hash: [u8; 32],
    /// Until when.
    pub expires_at: Timestamp,
}

/// What was answered to a request that may come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// SHA-256 of method, path and body.
    pub digest: [u8; 32],
    /// HTTP status.
    pub status: u16,
    /// `Location`
    pub location: Option<String>,
    /// JSON
    pub body: String,
}

/// A key, and the answer to keep under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyClaim {
    /// Whose key.
    pub client: ClientId,
    /// The key.
    pub name: String,
    /// The answer.
    pub answer: KeptAnswer,
}

/// A file that waits for its notice.
#[derive(Clone, PartialEq, Eq)]
pub struct UploadedFile {
    /// Its id.
    pub id: UploadedFileId,
    /// Whose.
    pub client: ClientId,
    /// When.
    pub made_at: Timestamp,
    /// `application/pdf` …
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// How much of files that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingFiles {
    /// How many.
    pub files: u64,
    /// How long, together.
    pub bytes: u64,
}

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateRow {
    /// Its name.
    pub name: String,
    /// JSON
    pub content: String,
    /// When it was last written.
    pub changed_at: Timestamp,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListForm {
    /// One JSON object a line.
    Ndjson,
    /// RFC 4180 with a header, one recipient a line.
    Csv,
}

impl ListForm {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }
}

impl std::str::FromStr for ListForm {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Ndjson, Self::Csv].into_iter().find(|form| form.name() == text).ok_or(())
    }
}

/// How far a list of recipients is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListRow {
    /// How it is written.
    pub form: ListForm,
    /// JSON of the header's columns.
    pub columns: Option<String>,
    /// So many bytes, to the end of a line.
    pub bytes: u64,
    /// So many lines, whatever was in them.
    pub lines: u64,
    /// Of these, with something wrong.
    pub faults: u64,
    /// Its end was read.
    pub complete_at: Option<Timestamp>,
}

/// Something wrong in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultRow {
    /// From 1.
    pub line: u64,
    /// A word of ours.
    pub code: String,
    /// One English line; quotes nothing that stands in the list but names of columns.
    pub detail: String,
}

/// Something that came back, found again.
#[derive(Clone, PartialEq, Eq)]
pub struct FoundReturn {
    /// What.
    pub returned: ReturnedRow,
    /// About which sending.
    pub sending: SendingId,
    /// From whom in it.
    pub place: u32,
}
