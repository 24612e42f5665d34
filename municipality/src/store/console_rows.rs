//! What the tables of the officers' console hold.

use domain::{NoticeState, SecretHash};
use jiff::Timestamp;

use super::SendingId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Draws a new one.
            pub fn generate(rng: &mut (impl rand_core::Rng + ?Sized)) -> Self {
                let mut bytes = [0; 16];
                rng.fill_bytes(&mut bytes);
                Self(bytes)
            }

            /// As stored.
            pub fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = std::array::TryFromSliceError;
            fn try_from(bytes: &[u8]) -> Result<Self, Self::Error> {
                bytes.try_into().map(Self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = hex::FromHexError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let mut bytes = [0; 16];
                hex::decode_to_slice(text, &mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }
    };
}

id!(
    /// A person who works at the console, whatever keys and roles they have in the course of time.
    OfficerId
);
id!(
    /// What an officer writes.
    DraftId
);

impl OfficerId {
    /// As the columns that also name clients and the program write it.
    pub fn who(self) -> String {
        format!("officer:{self}")
    }

    /// Whom such a column names, where it is an officer.
    pub fn of_who(who: &str) -> Option<Self> {
        who.strip_prefix("officer:")?.parse().ok()
    }
}

/// What an officer may do (R11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum Role {
    /// 起案
    Draft,
    /// 承認
    Approve,
    /// 閲覧
    View,
}

impl Role {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Approve, Self::View];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Approve => "approve",
            Self::View => "view",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or(())
    }
}

/// An officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerRow {
    /// Never changes.
    pub id: OfficerId,
    /// 田中
    pub label: String,
    /// What they may do.
    pub role: Role,
    /// They left.
    pub ended_at: Option<Timestamp>,
    /// Keys that are good.
    pub keys: u64,
}

/// A one-time code that can still be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInvite {
    /// Of the code.
    pub code: SecretHash,
    /// Whose key it enrols.
    pub officer: OfficerId,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it can be used.
    pub ends_at: Timestamp,
}

/// What was asked of a key.
#[derive(Clone, PartialEq, Eq)]
pub struct CeremonyRow {
    /// Whose key.
    pub officer: OfficerId,
    /// The code that it enrols with; none: it logs in.
    pub invite: Option<SecretHash>,
    /// JSON of the question's state.
    pub content: String,
}

/// A draft as an officer typed it.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Its id.
    pub id: DraftId,
    /// Whose.
    pub officer: OfficerId,
    /// When it was last saved.
    pub changed_at: Timestamp,
    /// JSON of the fields.
    pub form: String,
    /// What became of it.
    pub sending: Option<SendingId>,
}

/// A file of a draft, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRow {
    /// From 0.
    pub place: u8,
    /// 案内.pdf
    pub name: String,
    /// As it travels.
    pub media_type: String,
    /// Of its bytes.
    pub sha256: String,
    /// How long it is.
    pub bytes: u64,
}

/// A list of recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadList {
    /// 一覧のファイル, or the name of a segment.
    pub source: String,
    /// Lines that name somebody.
    pub lines: u64,
    /// Lines that name somebody again.
    pub twice: u64,
    /// Lines that cannot be taken.
    pub faults: u64,
    /// Why it was not read to its end.
    pub broken: Option<String>,
    /// It was read to its end.
    pub whole_at: Option<Timestamp>,
}

/// Why nobody got a sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectionRow {
    /// Who.
    pub officer: OfficerId,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
}

/// How many people a state was reached at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCount {
    /// None: a reply.
    pub state: Option<NoticeState>,
    /// Each counted once.
    pub people: u64,
}
