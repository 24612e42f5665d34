//! Who may say what to whom: every route of every party, tried by everybody. The organisation is that of the channel
//! (B-MED-5); whoever is not listed here is refused before anything is looked up.

use domain::OrgCode;
use serde_json::{Value, json};
use wire::{access_records, correction_report, issuance, jpki as jpki_wire, mediation, self_view};

use super::bare::{Bare, org};
use crate::{core, jpki, numbers, register};

const EVERYBODY: [&str; 11] =
    ["CORE", "JLIS", "JPKI", "REGISTER", "NUMBERS", "ISSUER", "PORTAL", "NTA", "JASSO", "141003", "011002"];

struct Route {
    to: &'static str,
    path: &'static str,
    message: Value,
    may: &'static [&'static str],
}

const ENTITLED: &[&str] = &["NTA", "141003", "011002"];

fn routes() -> Vec<Route> {
    let code = || "A".repeat(43);
    let short = || "A".repeat(22);
    let person = || json!({ "name": "山田　花子", "address": "那覇市1", "birth_date": "1980-04-01", "sex": "female" });
    let route = |to, path, message, may| Route { to, path, message, may };
    let record = super::bare::record_code(1);
    let record = serde_json::to_value(&record).unwrap();
    let now = "2026-11-03T03:00:00Z";
    let inquiry = json!({
        "id": "0".repeat(32), "bp": "resident-tax", "requester": "141003", "link_code": code(),
        "info_kind": "income", "sealing_certificate": "",
    });
    vec![
        route("REGISTER", register::IDENTIFY_PATH, person(), &["JLIS"]),
        route(
            "REGISTER",
            register::IDENTIFICATION_INFO_PATH,
            json!({ "resident_record_code": record }),
            &["JPKI", "141003", "011002"],
        ),
        route(
            "REGISTER",
            register::CHANGES_PATH,
            json!({ "resident_record_code": record, "change": { "kind": "died" } }),
            &["141003", "011002"],
        ),
        route("REGISTER", register::NUMBER_MATCHES_PATH, person(), ENTITLED),
        route("REGISTER", register::NUMBER_RESOLVE_PATH, json!({ "number_match": code(), "org": "NTA" }), &["NUMBERS"]),
        route("NUMBERS", numbers::MY_NUMBERS_PATH, json!({ "number_match": code() }), ENTITLED),
        route(
            "JLIS",
            issuance::REQUEST_PATH,
            json!({ "four_info": person() }),
            &["PORTAL", "NTA", "JASSO", "141003", "011002"],
        ),
        route(
            "JPKI",
            jpki_wire::PAIR_PATH,
            json!({ "signature_serial": "01", "authentication_serial": "02" }),
            &["PORTAL", "JASSO"],
        ),
        route(
            "JPKI",
            jpki_wire::CERTIFICATES_PATH,
            json!({
                "card_id": "x", "ticket": code(), "authentication_spki": "AA==", "authentication_proof": "",
                "signature_spki": "AQ==", "signature_proof": "",
            }),
            &["ISSUER"],
        ),
        route(
            "JPKI",
            jpki::CARD_ORDERS_PATH,
            json!({ "card_id": "x", "ticket": code(), "resident_record_code": record }),
            &["ISSUER"],
        ),
        route("JPKI", jpki::CARD_EVENTS_PATH, json!({ "card_id": "nobody's", "event": "loss" }), &["ISSUER"]),
        route(
            "JPKI",
            jpki::CHANGE_NOTICES_PATH,
            json!({ "resident_record_code": record, "change": "died", "happened_at": now }),
            &["REGISTER"],
        ),
        route(
            "CORE",
            issuance::ORDER_PATH,
            json!({ "resident_record_code": "12345678901", "org": "NTA", "match_number": short() }),
            &["JLIS"],
        ),
        route("JPKI", jpki_wire::HISTORY_PATH, json!({ "authentication_serial": "01" }), &["PORTAL", "JASSO"]),
        route("JPKI", jpki::CARDS_PATH, json!({ "card_ids": [] }), &["ISSUER"]),
        route("CORE", core::ELIGIBILITY_ENDED_PATH, json!({ "resident_record_code": record }), &["REGISTER"]),
        route(
            "CORE",
            access_records::LIST_PATH,
            json!({
                "link_code": code(), "viewing": "0".repeat(32), "own_views": "hidden", "offset": 0, "limit": 10,
            }),
            &["PORTAL"],
        ),
        route(
            "CORE",
            access_records::ONE_PATH,
            json!({ "link_code": code(), "viewing": "0".repeat(32), "id": "0".repeat(32) }),
            &["PORTAL"],
        ),
        route("CORE", self_view::SOURCES_PATH, json!({ "link_code": code() }), &["PORTAL"]),
        route("NTA", mediation::INQUIRY_PATH, inquiry, &["CORE"]),
        route(
            "NTA",
            issuance::DELIVERY_PATH,
            json!({ "match_number": short(), "link_code": code(), "key_index": 1 }),
            &["CORE"],
        ),
        route("NTA", issuance::REPLACEMENT_PATH, json!({ "key_index": 2, "pairs": [] }), &["CORE"]),
    ]
}

fn routes_of_reports() -> Vec<Route> {
    let route = |to, path, message, may| Route { to, path, message, may };
    let sealed = json!({ "encapsulated_key": "", "ciphertext": "" });
    let code = || "A".repeat(43);
    vec![
        route("CORE", correction_report::CERTIFICATE_PATH, json!({ "provider": "NTA" }), &["PORTAL"]),
        route(
            "CORE",
            correction_report::REPORT_PATH,
            json!({ "id": "0".repeat(32), "provider": "NTA", "link_code": code(), "info_kind": "income", "sealed": sealed }),
            &["PORTAL"],
        ),
        route("NTA", correction_report::CERTIFICATE_PATH, json!({ "provider": "NTA" }), &["CORE"]),
        route(
            "NTA",
            correction_report::REPORT_PATH,
            json!({ "id": "0".repeat(32), "link_code": code(), "info_kind": "income", "sealed": sealed }),
            &["CORE"],
        ),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_not_entitled_is_refused_at_every_route_and_whoever_is_gets_further() {
    let bare = Bare::start(&["NTA"]).await;
    for route in routes().into_iter().chain(routes_of_reports()) {
        let body = route.message.to_string().into_bytes();
        for from in EVERYBODY {
            let (from, to): (OrgCode, OrgCode) = (org(from), org(route.to));
            let (status, _, answer) = bare.raw(&from, &to, route.path, body.clone()).await;
            let answer = String::from_utf8(answer).unwrap();
            let may = route.may.contains(&from.as_str());
            assert_eq!(answer.contains("not-entitled"), !may, "{from} to {to} {}: {status} {answer}", route.path);
            assert!(may || status == 403, "{from} to {to} {}: {status} {answer}", route.path);
            assert!(
                !answer.contains("malformed") || route.path == jpki_wire::CERTIFICATES_PATH,
                "{}: {answer}",
                route.path
            );
        }
    }
}

#[tokio::test]
async fn a_certificate_of_another_authority_opens_no_channel() {
    let (bare, stranger) = (Bare::start(&[]).await, Bare::start(&[]).await);
    let address = bare.parties.directory().address(&crate::party::CORE).unwrap();
    let identity = stranger.data.tls_identity(&crate::party::JLIS).unwrap();
    let anchors = bare.data.organisation_anchors().unwrap();
    let clock: std::sync::Arc<dyn runtime::Clock> = std::sync::Arc::clone(&bare.clock) as _;
    for identity in [Some(&identity), None] {
        let tls = runtime::tls::client_config(identity, &anchors, std::sync::Arc::clone(&clock)).unwrap();
        let client = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
        let client = client.resolve("core.party", address).build().unwrap();
        let url = format!("https://core.party:{}{}", address.port(), issuance::ORDER_PATH);
        assert!(client.post(url).body("{}").send().await.is_err());
    }
}
