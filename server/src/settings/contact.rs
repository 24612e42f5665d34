//! Where whoever finds a weakness writes to, and where a citizen asks.

use serde::Deserialize;

/// A contact as RFC 9116 wants it: `mailto:`, `tel:` or `https:`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct SecurityContact(String);

/// Nothing that one can write to or call.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no contact such as mailto:security@portal.example or https://portal.example/report")]
pub struct NoContact(String);

impl SecurityContact {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SecurityContact {
    type Error = NoContact;

    fn try_from(value: String) -> Result<Self, NoContact> {
        let rest = ["mailto:", "tel:", "https://"].into_iter().find_map(|scheme| value.strip_prefix(scheme));
        match rest {
            // One line of the file, whatever stands in the setting.
            Some(rest) if !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(Self(value)),
            _ => Err(NoContact(value)),
        }
    }
}

/// One line that tells people where to ask: 「電話 0120-000-000（平日9時から17時）」.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PeoplesContact(String);

/// Not one readable line.
#[derive(Debug, thiserror::Error)]
#[error("a contact for people is one line of 1 to 200 characters")]
pub struct NotOneLine;

impl PeoplesContact {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PeoplesContact {
    type Error = NotOneLine;

    fn try_from(value: String) -> Result<Self, NotOneLine> {
        let line = !value.trim().is_empty() && !value.chars().any(char::is_control) && value.chars().count() <= 200;
        if line { Ok(Self(value)) } else { Err(NotOneLine) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_one_line() {
        assert!(PeoplesContact::try_from("電話 0120-000-000（平日9時から17時）".to_owned()).is_ok());
        for bad in ["", " ", "two\nlines", &"長".repeat(201)] {
            assert!(PeoplesContact::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_contact_can_be_written_to_or_called() {
        for good in ["mailto:security@portal.example", "tel:+81-3-0000-0000", "https://portal.example/report"] {
            assert_eq!(SecurityContact::try_from(good.to_owned()).unwrap().as_str(), good);
        }
        for bad in ["security@portal.example", "mailto:", "http://portal.example", "mailto:a@b\nExpires: never", ""] {
            assert!(SecurityContact::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
