//! Which push services may be asked. A browser names its own; without a list it could name any machine.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;

/// A push service: `fcm.googleapis.com`, or `*.push.example` for everything beneath; at port 443 where none is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushHost {
    name: String,
    beneath: bool,
    port: u16,
}

/// No name of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a push service is named like push.example, *.push.example or push.example:8443")]
pub struct PushHostError;

impl PushHost {
    /// Services of the browsers that people have.
    pub fn known() -> Vec<Self> {
        ["fcm.googleapis.com", "*.push.services.mozilla.com", "*.notify.windows.com", "*.push.apple.com"]
            .into_iter()
            .filter_map(|host| host.parse().ok())
            .collect()
    }

    pub(super) fn is(&self, endpoint: &Url) -> bool {
        let Some(host) = endpoint.domain() else { return false };
        let named = if self.beneath {
            host.strip_suffix(&self.name).is_some_and(|before| before.len() > 1 && before.ends_with('.'))
        } else {
            host == self.name
        };
        named && endpoint.port_or_known_default() == Some(self.port)
    }
}

impl FromStr for PushHost {
    type Err = PushHostError;

    fn from_str(text: &str) -> Result<Self, PushHostError> {
        let (name, port) = match text.split_once(':') {
            Some((name, port)) => (name, port.parse().map_err(|_| PushHostError)?),
            None => (text, 443),
        };
        let (beneath, name) = name.strip_prefix("*.").map_or((false, name), |name| (true, name));
        let letters = |label: &str| {
            !label.is_empty() && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        };
        let last_is_number = name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        if !name.split('.').all(letters) || last_is_number || (beneath && !name.contains('.')) {
            return Err(PushHostError);
        }
        Ok(Self { name: name.to_owned(), beneath, port })
    }
}

impl fmt::Display for PushHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beneath = if self.beneath { "*." } else { "" };
        write!(f, "{beneath}{}:{}", self.name, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(host: &str, endpoint: &str) -> bool {
        host.parse::<PushHost>().unwrap().is(&Url::parse(endpoint).unwrap())
    }

    #[test]
    fn the_services_of_the_browsers_that_people_have_are_known() {
        let known = PushHost::known();
        for endpoint in [
            "https://fcm.googleapis.com/fcm/send/a",
            "https://updates.push.services.mozilla.com/wpush/v2/a",
            "https://wns2-by3p.notify.windows.com/w/?token=a",
            "https://web.push.apple.com/a",
        ] {
            assert!(known.iter().any(|host| host.is(&Url::parse(endpoint).unwrap())), "{endpoint}");
        }
    }

    #[test]
    fn nothing_else_is_asked() {
        for (host, endpoint) in [
            ("fcm.googleapis.com", "https://fcm.googleapis.com.evil.example/a"),
            ("fcm.googleapis.com", "https://evil.example/fcm.googleapis.com"),
            ("fcm.googleapis.com", "https://afcm.googleapis.com/a"),
            ("fcm.googleapis.com", "https://fcm.googleapis.com:8443/a"),
            ("fcm.googleapis.com", "https://fcm.googleapis.com./a"),
            ("*.push.apple.com", "https://push.apple.com/a"),
            ("*.push.apple.com", "https://evilpush.apple.com/a"),
            ("*.push.apple.com", "https://web.push.apple.com.evil.example/a"),
            ("localhost:8443", "https://127.0.0.1:8443/a"),
            ("localhost:8443", "https://[::1]:8443/a"),
            ("localhost:8443", "https://localhost/a"),
        ] {
            assert!(!is(host, endpoint), "{host}: {endpoint}");
        }
        assert!(is("localhost:8443", "https://localhost:8443/a"));
    }

    #[test]
    fn a_list_names_hosts_and_nothing_else() {
        for bad in ["", "*", "*.", "*.com", "10.0.0.1", "https://push.example", "push.example/a", "Push.example", "a:b"]
        {
            assert_eq!(bad.parse::<PushHost>(), Err(PushHostError), "{bad}");
        }
    }
}
