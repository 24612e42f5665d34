//! Who may ask: RFC 6749, RFC 8705.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::Value;

use crate::client::{Failure, Notices};
use crate::harness::{City, problem};

#[tokio::test(flavor = "multi_thread")]
async fn without_a_certificate_of_the_municipalitys_nobody_gets_past_the_handshake() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let stranger = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(&city.authority()).unwrap()])
        .no_proxy()
        .build()
        .unwrap();
    assert!(stranger.get(format!("{}/api/openapi.json", city.base())).send().await.is_err());
    let mut own = std::fs::read(city.folder.path().join("id/tls.key")).unwrap();
    own.extend(std::fs::read(city.folder.path().join("id/tls.pem")).unwrap());
    let party = Notices::new(&city.base(), &city.authority(), &own, &system.id, &system.secret).unwrap();
    assert!(matches!(party.token().await, Err(Failure::Connection(_))), "a party is no system of the municipality's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_belongs_to_one_certificate() {
    let city = City::starts().await;
    let (one, other) = (city.system("kenko"), city.system("zei"));
    let stolen = one.api.token().await.unwrap();
    let other_with_stolen = other.api.request(Method::GET, "/api/v1/sendings").await.unwrap();
    let mut request = other_with_stolen.build().unwrap();
    request.headers_mut().insert("authorization", format!("Bearer {stolen}").parse().unwrap());
    let mut identity = std::fs::read(other.folder.join("client.key")).unwrap();
    identity.extend(std::fs::read(other.folder.join("client.pem")).unwrap());
    let http = reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(&city.authority()).unwrap()])
        .identity(reqwest::Identity::from_pem(&identity).unwrap())
        .no_proxy()
        .build()
        .unwrap();
    let refused = http.execute(request).await.unwrap();
    assert_eq!(refused.headers()["www-authenticate"], "Bearer error=\"invalid_token\"");
    let (status, kind, _) = problem(refused).await;
    assert_eq!((status, kind.as_str()), (401, "invalid-token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secret_is_good_only_with_its_own_certificate() {
    let city = City::starts().await;
    let (one, other) = (city.system("kenko"), city.system("zei"));
    for (folder, id, secret) in [
        (&other.folder, one.id.as_str(), one.secret.as_str()),
        (&one.folder, one.id.as_str(), other.secret.as_str()),
        (&one.folder, "nobody", one.secret.as_str()),
        (&one.folder, one.id.as_str(), ""),
    ] {
        let Err(Failure::Connection(refused)) = city.speaks_as(folder, id, secret).token().await else { panic!() };
        assert_eq!(refused.status().unwrap(), 401);
    }
    assert!(one.api.token().await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_ends_after_ten_minutes_and_with_its_client() {
    let city = City::starts().await;
    let system = city.system("kenko");
    assert_eq!(system.asks(Method::GET, "/api/v1/sendings").await.status(), 200);
    city.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(problem(system.asks(Method::GET, "/api/v1/sendings").await).await.1, "invalid-token");

    let system = city.speaks_as(&system.folder, &system.id, &system.secret);
    let ask = async || system.request(Method::GET, "/api/v1/sendings").await.unwrap().send().await.unwrap().status();
    assert_eq!(ask().await, 200);
    let id = city.command(&["client", "list"]).split('\t').next().unwrap().to_owned();
    city.command(&["client", "revoke", &id]);
    assert_eq!(ask().await, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_client_is_refused_on_a_connection_that_was_there_before_and_on_a_new_one() {
    let city = City::starts().await;
    let system = city.system_with("kenko", &["--days", "1"]);
    let connected = city.speaks_as(&system.folder, &system.id, &system.secret);
    assert!(connected.token().await.is_ok());
    city.clock.advance(SignedDuration::from_hours(25));
    // The pool still holds the connection: the certificate was good when it was opened.
    let refused = connected.request(Method::GET, "/api/v1/sendings").await.unwrap().send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let fresh = city.speaks_as(&system.folder, &system.id, &system.secret);
    assert!(matches!(fresh.token().await, Err(Failure::Connection(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_question_for_a_token_is_told_as_rfc_6749_says() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let asked = async |form: &str, basic: bool| {
        let request = system.api.request(Method::POST, "/oauth2/token").await.unwrap().build().unwrap();
        let mut request = reqwest::RequestBuilder::from_parts(http(&city, &system.folder), request);
        if basic {
            request =
                request.headers([(reqwest::header::AUTHORIZATION, "Basic !!".parse().unwrap())].into_iter().collect());
        } else {
            request =
                request.headers([(reqwest::header::AUTHORIZATION, "Basic ".parse().unwrap())].into_iter().collect());
        }
        let request = request.header("content-type", "application/x-www-form-urlencoded").body(form.to_owned());
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json::<Value>().await.unwrap()["error"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(asked("", true).await, (400, "invalid_request".to_owned()));
    assert_eq!(asked("grant_type=password", true).await, (400, "unsupported_grant_type".to_owned()));
    assert_eq!(asked("grant_type=client_credentials", true).await, (401, "invalid_client".to_owned()));
    let both = format!("grant_type=client_credentials&client_id={}&client_secret=x", system.id);
    assert_eq!(asked(&both, false).await, (400, "invalid_request".to_owned()));
    assert_eq!(asked("grant_type=client_credentials&grant_type=x", false).await, (400, "invalid_request".to_owned()));
}

fn http(city: &City, folder: &std::path::Path) -> reqwest::Client {
    let mut identity = std::fs::read(folder.join("client.key")).unwrap();
    identity.extend(std::fs::read(folder.join("client.pem")).unwrap());
    reqwest::Client::builder()
        .tls_certs_only([reqwest::Certificate::from_pem(&city.authority()).unwrap()])
        .identity(reqwest::Identity::from_pem(&identity).unwrap())
        .no_proxy()
        .build()
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_id_and_secret_may_come_in_the_form_and_the_metadata_says_so() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let http = http(&city, &system.folder);
    let metadata = http.get(format!("{}/.well-known/oauth-authorization-server", city.base())).send().await.unwrap();
    let metadata: Value = metadata.json().await.unwrap();
    assert_eq!(metadata["tls_client_certificate_bound_access_tokens"], true);
    let form = [("grant_type", "client_credentials"), ("client_id", &system.id), ("client_secret", &system.secret)];
    let token = http.post(metadata["token_endpoint"].as_str().unwrap()).form(&form).send().await.unwrap();
    assert_eq!(token.headers()["cache-control"], "no-store");
    let token: Value = token.json().await.unwrap();
    assert_eq!((token["token_type"].as_str(), token["expires_in"].as_i64()), (Some("Bearer"), Some(600)));
}
