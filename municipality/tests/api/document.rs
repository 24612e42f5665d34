//! The description.

use reqwest::Method;
use serde_json::Value;

use crate::harness::City;

/// What other systems were built after. Change it on purpose: `UPDATE_OPENAPI=1` writes it anew.
#[test]
fn the_description_is_the_one_that_others_have() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let now = format!("{}\n", municipality::api::document().to_pretty_json().unwrap());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(kept == now, "openapi.json is not what the handlers say; if that is meant: UPDATE_OPENAPI=1");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_there_for_programs_and_for_people() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let document = system.asks(Method::GET, "/api/openapi.json").await.json::<Value>().await.unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let page = system.asks(Method::GET, "/api/docs").await;
    assert!(page.headers()["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert!(page.text().await.unwrap().contains("/api/v1/sendings/{id}/recipients"));
}
