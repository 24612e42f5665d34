//! Which origins may ask, and the one path at which each gets its answer.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use reqwest::Url;

/// Where a portal receives [`wire::reader::Removed`].
const REMOVED_PATH: &str = "/card/removed";

/// The origins that may ask, each with its answer path. Comparison is byte by byte.
#[derive(Clone, Debug, Default)]
pub struct AllowList(BTreeMap<String, Portal>);

/// A portal that may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    origin: String,
    answer_path: String,
}

/// `ORIGIN=PATH` is not well formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortalError {
    /// No origin as browsers write it.
    #[error(
        "an origin is http://host or https://host, with the port unless it is the scheme's own, in small letters, \
         without a slash at the end"
    )]
    Origin,
    /// No absolute path.
    #[error("an answer path begins with one slash and has no query")]
    Path,
    /// No `=`.
    #[error("write ORIGIN=PATH, for example http://localhost:8080=/card/answer")]
    Form,
}

impl AllowList {
    /// The portal of exactly this origin. `null` is never one.
    pub fn find(&self, origin: &str) -> Option<&Portal> {
        self.0.get(origin)
    }

    /// Adds or replaces.
    pub fn allow(&mut self, portal: Portal) {
        self.0.insert(portal.origin.clone(), portal);
    }
}

impl FromIterator<Portal> for AllowList {
    fn from_iter<T: IntoIterator<Item = Portal>>(portals: T) -> Self {
        let mut list = Self::default();
        for portal in portals {
            list.allow(portal);
        }
        list
    }
}

impl Portal {
    /// Checks both parts.
    pub fn new(origin: &str, answer_path: &str) -> Result<Self, PortalError> {
        if !is_origin(origin) {
            return Err(PortalError::Origin);
        }
        let address = Url::parse(&format!("{origin}{answer_path}")).map_err(|_| PortalError::Path)?;
        let is_whole = address.query().is_none() && address.fragment().is_none();
        if address.path() != answer_path || answer_path.starts_with("//") || !is_whole {
            return Err(PortalError::Path);
        }
        Ok(Self { origin: origin.to_owned(), answer_path: answer_path.to_owned() })
    }

    /// As in the `Origin` header.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Where its answers go.
    pub fn answer_url(&self) -> String {
        format!("{}{}", self.origin, self.answer_path)
    }

    /// Where card removals are reported.
    pub(crate) fn removed_url(&self) -> String {
        format!("{}{REMOVED_PATH}", self.origin)
    }
}

impl FromStr for Portal {
    type Err = PortalError;
    fn from_str(text: &str) -> Result<Self, PortalError> {
        let (origin, path) = text.split_once('=').ok_or(PortalError::Form)?;
        Self::new(origin, path)
    }
}

impl fmt::Display for Portal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.origin, self.answer_path)
    }
}

/// Only what a browser itself would write: `scheme://host[:port]`, small letters, no default port.
fn is_origin(text: &str) -> bool {
    // It stands in a Content-Security-Policy, where a `;` or a space would begin something else.
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-[]:/".contains(&b);
    let written = |url: Url| matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == text;
    text.bytes().all(plain) && Url::parse(text).is_ok_and(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for good in
            ["http://localhost:8080", "https://portal.example", "https://portal.example:8443", "http://[::1]:80a"]
        {
            assert_eq!(Portal::new(good, "/card/answer").is_ok(), !good.ends_with("80a"), "{good}");
        }
        for bad in [
            "",
            "null",
            "*",
            "localhost:8080",
            "http://localhost:8080/",
            "http://localhost:80",
            "https://portal.example:443",
            "HTTP://localhost:8080",
            "http://Localhost:8080",
            "http://user@localhost:8080",
            "http://localhost:8080?x",
            "http://localhost:8080#x",
            "file://",
            "http://a b",
            "http://a;b",
            "http://a'b",
            "http://1",
            "http://localhost:08080",
        ] {
            assert_eq!(Portal::new(bad, "/card/answer"), Err(PortalError::Origin), "{bad}");
        }
    }

    #[test]
    fn an_answer_path_stays_on_its_origin() {
        for bad in ["", "card/answer", "//evil.example/", "/a?b=c", "/a#b", "https://evil.example/", "/a\"b"] {
            assert_eq!(Portal::new("http://localhost:8080", bad), Err(PortalError::Path), "{bad}");
        }
    }

    #[test]
    fn an_entry_reads_back_what_it_wrote() {
        let portal: Portal = "http://localhost:8080=/card/answer".parse().unwrap();
        assert_eq!(portal.to_string().parse(), Ok(portal.clone()));
        assert_eq!(portal.answer_url(), "http://localhost:8080/card/answer");
        assert_eq!("http://localhost:8080".parse::<Portal>(), Err(PortalError::Form));
    }

    #[test]
    fn only_the_very_same_origin_is_found() {
        let list: AllowList = ["http://localhost:8080=/card/answer".parse().unwrap()].into_iter().collect();
        assert!(list.find("http://localhost:8080").is_some());
        for other in [
            "null",
            "http://localhost:8081",
            "https://localhost:8080",
            "http://localhost:8080.evil.example",
            "http://LOCALHOST:8080",
        ] {
            assert!(list.find(other).is_none(), "{other}");
        }
    }

    proptest! {
        /// Whatever is let in: the browser that follows the answer's address arrives at this origin and this path.
        #[test]
        fn an_answer_never_leaves_its_origin_nor_its_path(
            origin in "(https?://)?[a-z0-9.@:/\\\\\\[\\]-]{1,20}(:[0-9]{1,5})?",
            path in "/[a-zA-Z0-9/.%@:?#;\\\\-]{0,20}",
        ) {
            if let Ok(portal) = Portal::new(&origin, &path) {
                let url: Url = portal.answer_url().parse().unwrap();
                prop_assert_eq!((url.origin().ascii_serialization(), url.path()), (origin, path.as_str()));
                prop_assert!(url.username().is_empty() && url.query().is_none() && url.fragment().is_none());
                prop_assert_eq!(portal.to_string().parse::<Portal>(), Ok(portal));
            }
        }
    }
}
