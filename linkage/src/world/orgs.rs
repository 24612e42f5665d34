//! Who takes part in the demo, and where everybody listens.

use std::{
    collections::BTreeMap,
    net::{Ipv4Addr, SocketAddr},
};

use domain::OrgCode;

use crate::{
    numbers,
    party::{CORE, Directory, ISSUER, JLIS, JPKI, JpkiHttp, NUMBERS, PORTAL, REGISTER, SiteAddress, Sites},
};

/// Institutions of the demo: 国税庁, 日本年金機構, 全国健康保険協会, ハローワーク, 日本学生支援機構, 横浜市, 酒田市, 京都市,
/// 那覇市, 札幌市.
const INSTITUTIONS: [&str; 10] =
    ["NTA", "JPS", "KYOKAI", "HELLOWORK", "JASSO", "141003", "062049", "261009", "472018", "011002"];
/// Cities that take part where more institutions are asked for: 仙台市, さいたま市, 千葉市, 川崎市, 新潟市, 静岡市, 名古屋市,
/// 大阪市, 神戸市, 福岡市.
const FURTHER_CITIES: [&str; 10] =
    ["041009", "111007", "121002", "141305", "151009", "221007", "231002", "271004", "281000", "401307"];
const FIRST_INSTITUTION_PORT: u16 = 9110;
const JPKI_HTTP_PORT: u16 = 9190;
const FIRST_SITE_PORT: u16 = 9195;
/// 横浜市 has a counter with pages.
const COUNTER: &str = "141003";
const READER: &str = "http://127.0.0.1:8790";

/// The institutions.
pub fn institutions() -> Vec<OrgCode> {
    institutions_of(None)
}

/// So many institutions; without a number, the demo's own.
pub fn institutions_of(count: Option<u32>) -> Vec<OrgCode> {
    let count = count.map_or(INSTITUTIONS.len(), |count| usize::try_from(count).unwrap_or(usize::MAX));
    INSTITUTIONS.into_iter().chain(FURTHER_CITIES).filter_map(|code| code.parse().ok()).take(count).collect()
}

/// Everybody who has certificates, with so many institutions.
pub(super) fn all_of(count: Option<u32>) -> Vec<OrgCode> {
    let mut orgs: Vec<OrgCode> =
        [&CORE, &JLIS, &JPKI, &REGISTER, &NUMBERS, &ISSUER, &PORTAL].into_iter().map(|org| (**org).clone()).collect();
    orgs.extend(institutions_of(count));
    orgs
}

/// The ports that the demo uses unless somebody edits `parties.toml`.
pub fn default_directory() -> Directory {
    directory_of(None)
}

/// The same with so many institutions.
pub(super) fn directory_of(count: Option<u32>) -> Directory {
    let local = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let fixed = [(&PORTAL, 9100), (&CORE, 9101), (&JLIS, 9102), (&JPKI, 9103), (&REGISTER, 9104), (&NUMBERS, 9105)];
    let mut parties: BTreeMap<OrgCode, SocketAddr> =
        fixed.into_iter().map(|(org, port)| ((**org).clone(), local(port))).collect();
    parties
        .extend(institutions_of(count).into_iter().zip(FIRST_INSTITUTION_PORT..).map(|(org, port)| (org, local(port))));
    Directory { parties, jpki: JpkiHttp { http: format!("http://{}", local(JPKI_HTTP_PORT)) } }
}

/// Sites of the institutions whose people bind codes by card (B-ID-6), and the counter of one municipality (B-CRD-3), at
/// the ports of the demo.
pub fn default_sites() -> Sites {
    let with_site = institutions().into_iter().filter(|org| !numbers::is_entitled(org) || org.as_str() == COUNTER);
    let site = |(org, port): (OrgCode, u16)| {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let origin = site_origin(&org, port);
        (org, SiteAddress { listen, origin, reader: READER.to_owned(), tls: None })
    };
    Sites(with_site.zip(FIRST_SITE_PORT..).map(site).collect())
}

/// Another host name than anybody else's: cookies ignore ports.
pub(crate) fn site_origin(org: &OrgCode, port: u16) -> String {
    let name = if org.as_str() == COUNTER { "counter.yokohama".to_owned() } else { org.as_str().to_ascii_lowercase() };
    format!("http://{name}.localhost:{port}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_party_but_the_card_desk_listens_somewhere_of_its_own() {
        let directory = default_directory();
        let ports: std::collections::HashSet<_> = directory.parties.values().collect();
        assert_eq!(ports.len(), directory.parties.len());
        assert_eq!(directory.parties.len(), all_of(None).len() - 1);
        assert!(directory.address(&ISSUER).is_none());
        assert_eq!(institutions().len(), INSTITUTIONS.len());
    }

    #[test]
    fn more_institutions_are_further_real_cities_after_the_demos_own() {
        let twenty = institutions_of(Some(20));
        assert_eq!(twenty.len(), 20);
        assert_eq!(twenty.first_chunk::<10>().unwrap().as_slice(), institutions());
        assert!(twenty.iter().skip(10).all(OrgCode::is_municipality));
        assert_eq!(directory_of(Some(20)).parties.len(), default_directory().parties.len() + 10);
    }

    #[test]
    fn only_the_institution_without_numbers_and_the_counter_have_sites_and_at_ports_of_their_own() {
        let (sites, directory) = (default_sites(), default_directory());
        let origins: Vec<_> = sites.0.iter().map(|(org, site)| (org.as_str(), site.origin.as_str())).collect();
        let expected = [("141003", "http://counter.yokohama.localhost:9196"), ("JASSO", "http://jasso.localhost:9195")];
        assert_eq!(origins, expected);
        for site in sites.0.values() {
            assert!(directory.parties.values().all(|address| *address != site.listen));
        }
    }
}
