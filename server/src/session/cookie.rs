//! What a browser shows as its session, judged by its form alone.

use http::{HeaderMap, header};
use portal::Holder;
use tower_sessions::session::Id;

use super::COOKIE;

/// A session cookie by its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// None.
    Nothing,
    /// It may be one of ours; whether the session lives is for the store.
    Readable,
    /// Nothing that this portal ever gave.
    Unreadable,
}

/// The key to what is held for the session of this cookie, whether or not it lives.
pub(crate) fn holder(headers: &HeaderMap) -> Option<Holder> {
    value(headers).and_then(id).map(|id| Holder::new(id.0.to_be_bytes()))
}

pub(crate) fn shown(headers: &HeaderMap) -> Shown {
    match value(headers).map(id) {
        None => Shown::Nothing,
        Some(Some(_)) => Shown::Readable,
        Some(None) => Shown::Unreadable,
    }
}

fn value(headers: &HeaderMap) -> Option<&[u8]> {
    value_of(headers, COOKIE)
}

pub(super) fn value_of<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a [u8]> {
    let lines = headers.get_all(header::COOKIE).iter();
    let mut pairs = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';')).map(<[u8]>::trim_ascii);
    pairs.find_map(|pair| pair.strip_prefix(name.as_bytes())?.strip_prefix(b"="))
}

/// None for one that is none of ours.
fn id(value: &[u8]) -> Option<Id> {
    str::from_utf8(value).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cookie: &[u8]) -> Shown {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.try_into().unwrap());
        shown(&headers)
    }

    #[test]
    fn only_a_cookie_of_our_form_is_readable() {
        let ours = format!("lang=en; {COOKIE}={}", Id(7));
        assert_eq!(of(ours.as_bytes()), Shown::Readable);
        assert_eq!(of(b"lang=en; other=__Host-session"), Shown::Nothing);
        for value in ["", "x", "' OR 1=1 --", &"A".repeat(4000)] {
            assert_eq!(of(format!("{COOKIE}={value}").as_bytes()), Shown::Unreadable, "{value}");
        }
        assert_eq!(of("__Host-session=é".as_bytes()), Shown::Unreadable);
        assert_eq!(shown(&HeaderMap::new()), Shown::Nothing);
    }
}
