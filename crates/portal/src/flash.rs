//! One message for the next page (Post/Redirect/Get).

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
}

impl Flash {
    /// Something was refused or failed.
    pub fn error(message: &str) -> Self {
        Self { kind: FlashKind::Error, message: message.to_owned() }
    }

    /// Something was done.
    pub fn success(message: &str) -> Self {
        Self { kind: FlashKind::Success, message: message.to_owned() }
    }
}
