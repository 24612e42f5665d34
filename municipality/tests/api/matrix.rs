//! Every route as nobody, as somebody else, and with somebody else's sending.

use municipality::api::{Access, RouteAccess, routes};
use reqwest::Method;
use serde_json::json;

use crate::harness::{City, System, draft, problem};

fn path(route: &RouteAccess, id: &str) -> String {
    route.path.replace("{id}", id).replace("{place}", "0").replace("{name}", "none")
}

fn method(route: &RouteAccess) -> Method {
    route.method.parse().unwrap()
}

/// With the certificate of a system, and without a token.
pub(crate) fn http(city: &City, system: &System) -> reqwest::Client {
    let mut identity = std::fs::read(system.folder.join("client.key")).unwrap();
    identity.extend(std::fs::read(system.folder.join("client.pem")).unwrap());
    reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(&city.authority()).unwrap()])
        .identity(reqwest::Identity::from_pem(&identity).unwrap())
        .no_proxy()
        .build()
        .unwrap()
}

#[test]
fn the_table_has_every_operation_of_the_description() {
    let described: usize = municipality::api::document()
        .paths
        .paths
        .values()
        .map(|item| {
            [&item.get, &item.put, &item.post, &item.delete, &item.head].iter().filter(|one| one.is_some()).count()
        })
        .sum();
    assert_eq!(routes().len(), described);
    assert!(routes().len() > 20);
    let open: Vec<String> =
        routes().into_iter().filter(|route| route.access == Access::Certificate).map(|route| route.path).collect();
    assert_eq!(open, ["/oauth2/token", "/.well-known/oauth-authorization-server", "/api/openapi.json"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_with_a_wrong_one_and_with_anothers_no_route_answers() {
    let city = City::starts().await;
    let (one, other) = (city.system("kenko"), city.system("zei"));
    let anothers = other.api.token().await.unwrap();
    let id = one.begins("k", &json!({ "draft": draft("健康診断のお知らせ") })).await;
    let http = http(&city, &one);
    for route in routes().into_iter().filter(|route| route.access == Access::Client) {
        let url = format!("{}{}", city.base(), path(&route, &id));
        for token in [None, Some("made-up"), Some(anothers.as_str())] {
            let mut request = http.request(method(&route), &url).header("idempotency-key", "x");
            if let Some(token) = token {
                request = request.bearer_auth(token);
            }
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 401, "{} {}", route.method, route.path);
            if route.method != "HEAD" {
                assert_eq!(problem(answer).await.1, "invalid-token");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_sending_is_not_there() {
    let city = City::starts().await;
    let (one, other) = (city.system("kenko"), city.system("zei"));
    let id = one.begins("k", &json!({ "draft": draft("健康診断のお知らせ") })).await;
    for id in [id.as_str(), "00000000000000000000000000000000", "..%2f..", "x"] {
        for route in routes().into_iter().filter(|route| route.path.contains("{id}")) {
            let request = other.api.request(method(&route), &path(&route, id)).await.unwrap();
            let request = request.header("idempotency-key", "x").header("content-type", "application/x-ndjson");
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 404, "{} {}", route.method, route.path);
        }
    }
    let seen = other.asks(Method::GET, "/api/v1/sendings").await.json::<serde_json::Value>().await.unwrap();
    assert_eq!(seen["items"], json!([]));
    assert_eq!(one.asks(Method::GET, &format!("/api/v1/sendings/{id}")).await.status(), 200);
}
