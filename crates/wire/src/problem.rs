//! Errors of every HTTP API (RFC 9457 `application/problem+json`).

/// What went wrong, for a machine. Says nothing personal and nothing internal.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Problem {
    /// `urn:my-portal:problem:<code>`
    #[serde(rename = "type")]
    pub kind: String,
    /// One English line.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Names this occurrence in the logs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

impl Problem {
    /// Media type of the body.
    pub const MEDIA_TYPE: &'static str = "application/problem+json";
    const PREFIX: &'static str = "urn:my-portal:problem:";

    /// A problem with the given code, such as `requester-mismatch`.
    pub fn new(status: u16, code: &str, title: &str) -> Self {
        Self { kind: format!("{}{code}", Self::PREFIX), title: title.to_owned(), status, instance: None }
    }

    /// The code, if the type is one of ours.
    pub fn code(&self) -> Option<&str> {
        self.kind.strip_prefix(Self::PREFIX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_type_as_a_urn() {
        let problem = Problem::new(409, "match-number-unknown", "no request waits for this match number");
        assert_eq!(serde_json::to_value(&problem).unwrap()["type"], "urn:my-portal:problem:match-number-unknown");
        assert_eq!(problem.code(), Some("match-number-unknown"));
    }
}
