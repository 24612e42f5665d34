//! The browser that started, known by a cookie that goes along only when this site is opened as a page.

use domain::{SecretHash, TicketCode};
use http::{HeaderMap, HeaderValue, header};
use rand_core::CryptoRng;

/// Bound to this host, never to its neighbours; other ports of the host would see it, so the host is the site's own.
const NAME: &str = "__Host-binding";

/// A new cookie and what may be kept of it.
pub(super) fn new(rng: &mut (impl CryptoRng + ?Sized)) -> (Option<HeaderValue>, SecretHash) {
    let secret = TicketCode::generate(rng);
    let line = format!("{NAME}={}; Path=/; Secure; HttpOnly; SameSite=Lax", secret.expose());
    (HeaderValue::from_str(&line).ok(), secret.hash())
}

/// Which browser this is. None: no cookie of ours, or several.
pub(super) fn of(headers: &HeaderMap) -> Option<SecretHash> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut ours = pairs.filter(|(name, _)| *name == NAME).map(|(_, value)| value);
    match (ours.next(), ours.next()) {
        (Some(value), None) => Some(value.parse::<TicketCode>().ok()?.hash()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::seeded;

    fn headers(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn a_browser_is_known_by_the_cookie_that_it_was_given() {
        let (line, hash) = new(&mut seeded(1));
        let pair = line.unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
        assert_eq!(of(&headers(&format!("a=b; {pair}; c=d"))), Some(hash));
    }

    #[test]
    fn a_missing_damaged_or_doubled_cookie_is_nobody_s() {
        let (line, _) = new(&mut seeded(1));
        let pair = line.unwrap().to_str().unwrap().split(';').next().unwrap().to_owned();
        for cookie in
            ["", "__Host-binding=", "__Host-binding=AAAA", &pair.replace("__Host-", ""), &format!("{pair}; {pair}")]
        {
            assert_eq!(of(&headers(cookie)), None, "{cookie}");
        }
    }
}
