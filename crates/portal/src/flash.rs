//! One message for the next page (Post/Redirect/Get).

use std::collections::BTreeMap;

/// What kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlashKind {
    /// Something was done.
    Success,
    /// Something needs attention.
    Warning,
    /// Something was refused or failed.
    Error,
}

/// A message by name; its words are in the locales (`error-<message>-…`, `flash-<message>`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Flash {
    /// Kind
    pub kind: FlashKind,
    /// Name, e.g. `certificate-expired`.
    pub message: String,
    /// What stands in its variables. An institution stands as its code and is shown by its name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
}

impl Flash {
    /// Something was refused or failed.
    pub fn error(message: &str) -> Self {
        Self { kind: FlashKind::Error, message: message.to_owned(), values: BTreeMap::new() }
    }

    /// Something was done.
    pub fn success(message: &str) -> Self {
        Self { kind: FlashKind::Success, message: message.to_owned(), values: BTreeMap::new() }
    }

    /// With the value of one of its variables. It rests in the session until it is shown: nothing that a person wrote.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.insert(name.to_owned(), value.into());
        self
    }
}
