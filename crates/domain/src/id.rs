//! Identifiers: each its own type, 16 bytes, random unless said otherwise.

use std::fmt;

/// An identifier was not 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an identifier is 32 lower-case hexadecimal digits")]
pub struct IdError;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Draws a new one.
            pub fn generate(rng: &mut (impl rand_core::Rng + ?Sized)) -> Self {
                let mut bytes = [0; 16];
                rng.fill_bytes(&mut bytes);
                Self(bytes)
            }

            /// The 16 bytes, as stored.
            pub fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }
        }

        impl From<[u8; 16]> for $name {
            fn from(bytes: [u8; 16]) -> Self {
                Self(bytes)
            }
        }

        impl TryFrom<&[u8]> for $name {
            type Error = IdError;
            fn try_from(bytes: &[u8]) -> Result<Self, IdError> {
                bytes.try_into().map(Self).map_err(|_| IdError)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0; 16];
                if text.bytes().any(|b| b.is_ascii_uppercase()) {
                    return Err(IdError);
                }
                hex::decode_to_slice(text, &mut bytes).map_err(|_| IdError)?;
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
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

id!(
    /// A user folder (利用者フォルダ).
    FolderId
);
id!(
    /// One first registration (初回登録) under way.
    RegistrationId
);
id!(
    /// What was erased, as the portal's own log has it (P-INF-8): drawn, so that it tells nothing.
    ReceiptId
);
id!(
    /// One run of the portal's program: whose it is what is held for a session.
    PortalInstanceId
);
id!(
    /// A person's report that something in an answer looks wrong (P-INF-12).
    CorrectionReportId
);
id!(
    /// Where a person is told that there is something new: a mail address, or a browser.
    AlertAddressId
);
id!(
    /// A notice (お知らせ), named by its sender.
    NoticeId
);
id!(
    /// The administrative serial number (log item ①): names one mediated request at core, requester and provider,
    /// and is the reference number that the citizen sees.
    AccessRecordId
);

impl AccessRecordId {
    /// As people read it out: 8 groups of 4, e.g. `0a3f-91cc-…`.
    pub fn reference_number(&self) -> String {
        let text = self.to_string();
        let groups: Vec<&str> = (0..8).filter_map(|i| text.get(i * 4..i * 4 + 4)).collect();
        groups.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_wrote() {
        let id = FolderId::from([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(serde_json::from_str::<FolderId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn an_id_has_one_spelling() {
        assert_eq!("0A000000000000000000000000000000".parse::<FolderId>(), Err(IdError));
        assert_eq!("0a".parse::<FolderId>(), Err(IdError));
    }

    #[test]
    fn a_reference_number_has_eight_groups_of_four() {
        let reference = AccessRecordId::from([0xab; 16]).reference_number();
        assert_eq!(reference, "abab-abab-abab-abab-abab-abab-abab-abab");
    }
}
