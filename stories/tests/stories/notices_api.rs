//! From one of a municipality's own systems to the eyes of a person: every connection on the way is the real one (P-PSH-1).

use domain::Locale;
use serde_json::json;
use stories::{Citizen, SenderAtWork, SystemAtWork, Town};

use crate::inbox::{link_of, says};

#[tokio::test(flavor = "multi_thread")]
async fn what_a_system_posts_is_read_by_its_person_in_the_portal_and_by_nobody_else() {
    let town = Town::starts().await;
    let citizen = Citizen::speaking(&town, "card-0001", Locale::Ja).await;
    citizen.opens_folder().await;
    let yokohama = SenderAtWork::starts_with_api(&town, "141003").await;
    let system = SystemAtWork::registers(&town, &yokohama, "141003", "kenko").await;
    let hers = yokohama.holder_of("card-0001").await;
    let everybody = yokohama.everybody().await;
    let without_folder = everybody.iter().find(|code| **code != hers).unwrap();

    let notice = json!({
        "draft": {
            "kind": "deadline",
            "deadline": "2026-11-20",
            "expires_at": "2027-01-31T00:00:00Z",
            "office": { "name": { "ja": "健康推進課" }, "phone": "045-000-0000" },
            "text": {
                "ja": { "title": "保険料の支払い", "body": [{ "block": "paragraph", "text": "11月20日までに払ってください。" }] },
                "en": { "title": "Pay your insurance", "body": [{ "block": "paragraph", "text": "Please pay in time." }] },
            },
        },
        "recipients": [{ "link_code": hers.expose() }],
    });
    let accepted = system.posts("/api/v1/notices", "k1", &notice).await;
    assert_eq!(accepted.status(), 202);
    let sent = accepted.headers()["location"].to_str().unwrap().to_owned();
    let mut nobody = notice.clone();
    nobody["recipients"][0]["link_code"] = json!(without_folder.expose());
    let undeliverable = system.posts("/api/v1/notices", "k2", &nobody).await;
    let unsent = undeliverable.headers()["location"].to_str().unwrap().to_owned();

    let done = async |sending: &str| loop {
        yokohama.sender.round().await.unwrap();
        let told = system.gets(sending).await;
        if told["state"] != "released" {
            return told;
        }
    };
    assert_eq!(done(&sent).await["accepted"], 1);
    let told = done(&unsent).await;
    assert_eq!((&told["accepted"], &told["undeliverable"]), (&json!(0), &json!(1)));

    let list = citizen.opens("/notices").await;
    says(&list, &["やること", "保険料の支払い", "横浜市", "2026年11月20日まで（あと17日）"]);
    let path = link_of(&list, "保険料の支払い");
    let page = citizen.browser.follows(&list, &path).await;
    says(&page, &["差出人を確認しました", "11月20日までに払ってください。", "045-000-0000"]);
    says(&citizen.opens(&format!("{path}?text=en")).await, &["Pay your insurance", "Please pay in time."]);
    let letter = citizen.browser.listens(&town.portal(&format!("{path}/letter")), None).await;
    let signed = pki::cms::verify(&letter.bytes().await.unwrap(), None).unwrap();
    assert_eq!(pki::org_code(&signed.signer).unwrap().as_str(), "141003");

    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    says(&other.opens("/notices").await, &["お知らせはありません"]);
}
