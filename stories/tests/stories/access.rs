//! Who may use which route. The table comes from the router itself; a route without an entry cannot exist.

use reqwest::Method;
use server::Access;
use stories::{Browser, Citizen, Page, Town};

fn concrete(path: &str) -> String {
    path.replace("{id}", "0123456789abcdef0123456789abcdef")
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_a_personal_page() {
    let town = Town::starts().await;
    let mut personal = 0;
    for route in town.routes.iter().filter(|route| route.access == Access::SignedIn) {
        let page = Browser::new("ja").opens(&town.portal(&concrete(&route.path))).await;
        assert_eq!(page.path(), "/login", "{}", route.path);
        personal += 1;
    }
    assert!(personal >= 4, "the table has lost personal pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_other_site_can_post_for_a_person() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    let elsewhere = Page { url: "https://evil.example/".parse().unwrap(), ..home.clone() };
    for route in town.routes.iter().filter(|r| r.method == Method::POST && r.access != Access::CardReader) {
        let url = town.portal(&concrete(&route.path));
        let page = citizen.browser.goes(Method::POST, url, Some(&elsewhere), Vec::new(), Some("/")).await;
        assert_eq!(page.status, 403, "{}", route.path);
    }
    assert_eq!(citizen.opens("/home").await.path(), "/home");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_record_is_not_there() {
    let town = Town::starts().await;
    town.lets_days_pass_for_institutions(10, 12).await;
    let owner = Citizen::with_card(&town, "card-0001", "ja").await;
    owner.opens_folder().await;
    let list = owner.opens("/records").await;
    let href = stories::first_link(&list, "/records/").expect("a record");
    assert_eq!(owner.opens(&href).await.status, 200);
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    let hidden = other.opens(&href).await;
    let absent = other.opens(&concrete("/records/{id}")).await;
    assert_eq!((hidden.status.as_u16(), absent.status.as_u16()), (404, 404));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_brings_its_own_defences() {
    let town = Town::starts().await;
    for route in town.routes.iter().filter(|route| route.method == Method::GET) {
        let page = Browser::new("ja").opens(&town.portal(&concrete(&route.path))).await;
        let policy = page.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert_eq!(page.header("cache-control"), "no-store", "{}", route.path);
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        assert_eq!(page.header("cross-origin-opener-policy"), "same-origin");
        assert!(!page.header("referrer-policy").contains("no-referrer"), "Chromium would send Origin: null");
        assert!(!page.html.contains(" style=\"") && !page.html.contains("onclick="), "{}", route.path);
    }
}
