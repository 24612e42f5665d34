//! Codes, queries and headers: text of strangers.

use std::fmt::Display;
use std::str::FromStr;

use domain::{AccessRecordId, BirthDate, BpId, CardPurpose, InfoKind, Locale, OrgCode};
use portal::{KnownArrivals, MailAddress, RecordsFilter};

/// What is read as a code is written as it was read.
fn code<T: FromStr + Display + PartialEq>(text: &str) {
    if let Ok(read) = text.parse::<T>() {
        let written = read.to_string();
        assert!(written.parse::<T>().is_ok_and(|again| again == read), "{text:?} is written {written:?}");
    }
}

pub(super) fn codes(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    code::<OrgCode>(text);
    code::<BpId>(text);
    code::<InfoKind>(text);
    code::<AccessRecordId>(text);
    code::<KnownArrivals>(text);
    let _ = (text.parse::<BirthDate>(), text.parse::<CardPurpose>(), text.parse::<Locale>());
    let _ = (text.parse::<domain::ChallengeNonce>(), text.parse::<domain::LinkCode>());
}

pub(super) fn code_seeds() -> Vec<Vec<u8>> {
    [
        "141003",
        "NTA",
        "resident-tax",
        "income",
        "1980-04-01",
        "0190a5b8c7d2733f8a4e6b1c2d3e4f50",
        "1793682300000000.17.4",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}

/// What the page understands it can write into its own links.
pub(super) fn filter(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(filter) = RecordsFilter::parse(text) {
        let link = filter.to_query(filter.page);
        assert_eq!(RecordsFilter::parse(link.trim_start_matches('?')).as_ref(), Ok(&filter), "{link}");
    }
}

pub(super) fn filter_seeds() -> Vec<Vec<u8>> {
    ["", "from=2026-01-01&until=2026-11-21&institution=141003&kind=income&outcome=provided&own=1&page=3", "page=2"]
        .map(|text| text.as_bytes().to_vec())
        .into()
}

/// What is read as an address is one line of visible ASCII with one host, and is read as the same again.
pub(super) fn mail_address(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(address) = MailAddress::parse(text) {
        let written = address.as_str();
        assert!(written.len() <= 254 && written.bytes().all(|byte| byte.is_ascii_graphic()), "{written:?}");
        assert!(written.matches('@').count() == 1 && !written.contains(['<', '>', ',', ';', '"']), "{written:?}");
        assert_eq!(MailAddress::parse(written).as_ref(), Ok(&address), "{written:?}");
    }
}

pub(super) fn mail_address_seeds() -> Vec<Vec<u8>> {
    [
        "hanako@mail.example",
        "hanako.sato+gov@日本語.jp",
        "ｈａｎａｋｏ＠ｍａｉｌ．ｅｘａｍｐｌｅ",
        "a@xn--wgv71a119e.jp",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}

pub(super) fn language(bytes: &[u8]) {
    if let Ok(text) = str::from_utf8(bytes) {
        let _ = wording::negotiate(text);
    }
}

pub(super) fn language_seeds() -> Vec<Vec<u8>> {
    ["ja,en-US;q=0.9,en;q=0.8", "*", "de;q=0.1, en;q=0"].map(|text| text.as_bytes().to_vec()).into()
}
