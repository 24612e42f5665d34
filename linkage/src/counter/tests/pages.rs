use domain::OrgCode;
use http::{HeaderMap, Method, StatusCode, header};

use crate::testing::{Demo, DemoOptions};

/// A counter whose world runs.
struct Open {
    _folder: tempfile::TempDir,
    demo: Demo,
}

struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

async fn open() -> Open {
    runtime::tls::install_provider();
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let demo = Demo::start(folder.path(), &DemoOptions::at("2026-11-03T05:05:00Z".parse().unwrap())).await.unwrap();
    Open { _folder: folder, demo }
}

impl Open {
    fn origin(&self) -> &str {
        &self.demo.sites().0[&"141003".parse::<OrgCode>().unwrap()].origin
    }

    async fn sends(&self, method: Method, path: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Seen {
        let site = &self.demo.sites().0[&"141003".parse::<OrgCode>().unwrap()];
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let mut request = client.request(method, format!("http://{}{path}", site.listen)).form(form);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (client, request) = request.build_split();
        let mut request = request.unwrap();
        request.headers_mut().entry(header::HOST).or_insert(site.host().parse().unwrap());
        let response = client.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Seen { status, headers, html: response.text().await.unwrap() }
    }

    async fn gets(&self, path: &str) -> Seen {
        self.sends(Method::GET, path, &[], &[]).await
    }

    /// Presses a button of the site's own page, and follows to the page after it.
    async fn does(&self, path: &str, form: &[(&str, &str)]) -> Seen {
        let origin = self.origin().to_owned();
        let own = [("origin", origin.as_str()), ("sec-fetch-site", "same-origin")];
        let seen = self.sends(Method::POST, path, &own, form).await;
        if seen.status != StatusCode::SEE_OTHER {
            return seen;
        }
        self.gets(seen.headers[header::LOCATION].to_str().unwrap()).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_card_is_listed_and_each_form_says_what_it_does() {
    let open = open().await;
    let list = open.gets("/").await;
    assert_eq!(list.status, StatusCode::OK);
    for said in ["/cards/card-0001", "交付されています", "日本語だけ", "カードを持っていない人のカード"]
    {
        assert!(list.html.contains(said), "{said}");
    }
    let card = open.gets("/cards/card-0001").await;
    for said in ["署名用の証明書だけが失効します", "取り消せません", "value=\"renewal\"", "value=\"chip-change\""]
    {
        assert!(card.html.contains(said), "{said}");
    }
    assert!(!card.html.contains("<script"), "no script");
    assert!(!card.html.contains("value=\"hand-over\""), "it was handed over");
    let policy = card.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'") && policy.contains("form-action 'self'"), "{policy}");
    assert_eq!(card.headers[header::CACHE_CONTROL], "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_and_its_hand_over_are_done_by_pressing_buttons() {
    let open = open().await;
    let made = open.does("/cards/card-0001/acts", &[("act", "renewal")]).await;
    assert_eq!(made.status, StatusCode::OK);
    assert!(made.html.contains("ロックされています（交付前）") && made.html.contains("新しいカードができました"));
    let cards = open.demo.counter().cards().await.unwrap();
    let new = &cards.last().unwrap().id;
    let handed = open.does(&format!("/cards/{new}/acts"), &[("act", "hand-over")]).await;
    assert!(handed.html.contains("カードを交付しました") && handed.html.contains("交付されています"));
    let again = open.does(&format!("/cards/{new}/acts"), &[("act", "hand-over")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.html.contains("このカードは交付できません"));
    let old = open.gets("/cards/card-0001").await;
    assert!(old.html.contains("使えなくしました") && old.html.contains("新しいカードと引き換え"));
}

#[tokio::test(flavor = "multi_thread")]
async fn events_of_card_and_owner_are_taken_and_what_cannot_be_is_said() {
    let open = open().await;
    for (form, said) in [
        (vec![("act", "loss")], "証明書は、2つとも使えなくなりました"),
        (vec![("act", "face-change")], "証明書は変わっていません"),
        (vec![("act", "move"), ("address", "山形県酒田市本町二丁目"), ("municipality", "062049")], "住所を変えました"),
        (vec![("act", "rename"), ("name", "鈴木　花子")], "氏名を変えました"),
        (vec![("act", "death")], "亡くなったことを記録しました"),
    ] {
        let seen = open.does("/cards/card-0001/acts", &form).await;
        assert!(seen.status == StatusCode::OK && seen.html.contains(said), "{form:?}: {}", seen.html);
    }
    for (path, form, status) in [
        ("/cards/card-0001/acts", vec![("act", "leave")], StatusCode::CONFLICT),
        ("/cards/card-0001/acts", vec![("act", "renewal")], StatusCode::CONFLICT),
        ("/cards/card-0002/acts", vec![("act", "rename"), ("name", " ")], StatusCode::UNPROCESSABLE_ENTITY),
        (
            "/cards/card-0002/acts",
            vec![("act", "move"), ("address", "x"), ("municipality", "NTA")],
            StatusCode::BAD_REQUEST,
        ),
        ("/cards/card-0002/acts", vec![("act", "steal")], StatusCode::BAD_REQUEST),
        ("/cards/card-0002/acts", vec![("act", "first-issue")], StatusCode::BAD_REQUEST),
        ("/cards/card-9999/acts", vec![("act", "loss")], StatusCode::NOT_FOUND),
        ("/cards/..%2Fcards/acts", vec![("act", "renewal")], StatusCode::NOT_FOUND),
        ("/first-issues", vec![("person", "nobody")], StatusCode::CONFLICT),
    ] {
        let seen = open.does(path, &form).await;
        assert_eq!(seen.status, status, "{path} {form:?}");
        assert!(seen.html.contains("<h1>"), "in words");
    }
    for path in ["/cards/card-9999", "/nowhere"] {
        assert_eq!(open.gets(path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_card_is_made_from_the_list() {
    let open = open().await;
    let people = open.demo.counter().people_without_card().unwrap();
    let made = open.does("/first-issues", &[("person", &people[0].0)]).await;
    assert!(made.html.contains("カードができました") && made.html.contains("新規の発行"), "{}", made.html);
}

/// Whoever lures an officer to another site makes nothing happen here.
#[tokio::test(flavor = "multi_thread")]
async fn only_the_counter_s_own_page_does_anything() {
    let open = open().await;
    let origin = open.origin().to_owned();
    let cases: [&[(&str, &str)]; 6] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("sec-fetch-site", "cross-site")],
        &[("origin", &origin), ("sec-fetch-site", "same-site")],
        &[("origin", &origin), ("origin", "https://evil.example")],
    ];
    for headers in cases {
        for (path, form) in [("/cards/card-0001/acts", [("act", "loss")]), ("/first-issues", [("person", "x")])] {
            let seen = open.sends(Method::POST, path, headers, &form).await;
            assert_eq!(seen.status, StatusCode::FORBIDDEN, "{headers:?}");
        }
    }
    let elsewhere = open.sends(Method::GET, "/", &[("host", "127.0.0.1:9196")], &[]).await;
    assert_eq!(elsewhere.status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(open.sends(Method::DELETE, "/", &[], &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
    let view = open.demo.counter().cards().await.unwrap().swap_remove(0);
    assert!(view.standing.unwrap().events.is_empty(), "nothing happened");
}
