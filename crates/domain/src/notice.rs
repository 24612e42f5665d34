//! Notices (お知らせ; requirements B.9): what kinds there are, and what a sender may hear about one.

/// What a notice is for. Decides how it is shown and what a person can do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeKind {
    /// お知らせ: to be read.
    Information,
    /// 期限のあるお知らせ: something to be done elsewhere, by a day.
    Deadline,
    /// 回答のおねがい: questions to be answered here.
    Request,
    /// 申込み: something that one may sign up for here (P-PSH-6, A-24).
    SignUp,
    /// 文書: a document of the institution, to be kept and shown to others (電子私書箱; A-160).
    Document,
    /// 緊急: danger to life or health.
    Emergency,
}

/// What a sender may hear about a notice at a person's, where both want that (P-PSH-4, P-PSH-5). Never guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeState {
    /// 届いた: it is in the inbox.
    Arrived,
    /// 開いた（本人）
    OpenedByPerson,
    /// 開いた（代理人）
    OpenedByRepresentative,
    /// 受け取れませんでした: nobody opened it before it expired.
    NotReceived,
}

/// A kind or state that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such kind or state of a notice")]
pub struct UnknownNoticeWord;

macro_rules! words {
    ($name:ident: $($variant:ident = $word:literal),+ $(,)?) => {
        impl $name {
            /// Every one, in the order of their definition.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As it is stored and as it travels.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = UnknownNoticeWord;
            fn from_str(text: &str) -> Result<Self, UnknownNoticeWord> {
                Self::ALL.iter().copied().find(|one| one.name() == text).ok_or(UnknownNoticeWord)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str(self.name())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

words!(NoticeKind:
    Information = "information",
    Deadline = "deadline",
    Request = "request",
    SignUp = "sign-up",
    Document = "document",
    Emergency = "emergency",
);

words!(NoticeState:
    Arrived = "arrived",
    OpenedByPerson = "opened-by-person",
    OpenedByRepresentative = "opened-by-representative",
    NotReceived = "not-received",
);

impl NoticeKind {
    /// Whether a person answers such a notice here.
    pub fn is_answered(self) -> bool {
        matches!(self, Self::Request | Self::SignUp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_state_reads_back_what_it_wrote() {
        for kind in NoticeKind::ALL {
            assert_eq!(kind.name().parse(), Ok(*kind));
        }
        for state in NoticeState::ALL {
            assert_eq!(serde_json::from_str::<NoticeState>(&serde_json::to_string(state).unwrap()).unwrap(), *state);
        }
        assert_eq!("spam".parse::<NoticeKind>(), Err(UnknownNoticeWord));
    }
}
