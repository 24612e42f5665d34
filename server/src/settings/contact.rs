//! Where whoever finds a weakness writes to.

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

#[cfg(test)]
mod tests {
    use super::*;

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
