//! A console with officers, each with a key of software and a cookie.

use axum::body::Body;
use http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use jiff::{SignedDuration, Timestamp};
use runtime::SettableClock;
use tower::ServiceExt as _;
use webauthn_authenticator_rs::WebauthnAuthenticator as _;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;
use webauthn_rs::prelude::{CreationChallengeResponse, RequestChallengeResponse, Url};

use std::sync::Arc;

use super::super::{Console, Parts, staff};
use crate::settings::{ConsoleSettings, Segment};
use crate::store::{Role, Store, Target};

pub(in crate::console) const ORIGIN: &str = "https://notices.city.example";
pub(super) const HOST: &str = "notices.city.example";
pub(in crate::console) const DRAFT: &str = r#"{"kind":"information","expires_at":"2027-01-01T00:00:00Z",
    "office":{"name":{"ja":"健康推進課"}},
    "text":{"ja":{"title":"健康診断","body":[{"block":"paragraph","text":"健康診断です。"}]}}}"#;

pub(in crate::console) async fn store() -> (tempfile::TempDir, Store) {
    let folder = db::testing::directory().unwrap();
    let store = Store::open(&Target::Sqlite(folder.path().join("m.sqlite"))).await.unwrap();
    (folder, store)
}

pub(super) struct World {
    pub(super) store: Store,
    pub(super) clock: Arc<SettableClock>,
    router: axum::Router,
    _folder: tempfile::TempDir,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: http::HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of the form's attribute or hidden field that follows `mark`.
    fn after(&self, mark: &str) -> String {
        let at = self.body.find(mark).unwrap_or_else(|| panic!("{mark} in {}", self.body)) + mark.len();
        let value = self.body[at..].split('"').next().unwrap();
        value.replace("&quot;", "\"").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    }

    pub(super) fn ceremony(&self) -> String {
        // Leptos writes attributes in its own order: the value may come before or after the name.
        let page = scraper::Html::parse_document(&self.body);
        let field = scraper::Selector::parse("input[name=ceremony]").unwrap();
        page.select(&field).next().unwrap().attr("value").unwrap().to_owned()
    }

    pub(super) fn options(&self) -> String {
        self.after("data-options=\"")
    }
}

impl World {
    pub(super) async fn new() -> Self {
        Self::with(false).await
    }

    pub(super) async fn with(single_without_approval: bool) -> Self {
        let (folder, store) = store().await;
        let clock = Arc::new(SettableClock::new("2026-11-21T01:00:00Z".parse().unwrap()));
        let settings = ConsoleSettings {
            listen: "127.0.0.1:0".parse().unwrap(),
            origin: ORIGIN.to_owned(),
            name: "横浜市".to_owned(),
            tls: None,
            single_without_approval,
            segments: vec![Segment {
                name: "two".to_owned(),
                label: "ふたりの名簿".to_owned(),
                command: vec!["echo".to_owned(), two_people()],
                system: None,
                seconds: 10,
            }],
        };
        let parts = Parts {
            store: store.clone(),
            released: Box::new(|| {}),
            org: "141003".parse().unwrap(),
            sealing_certificate: "MII".to_owned(),
            clock: Arc::clone(&clock) as Arc<dyn runtime::Clock>,
        };
        let router = Console::new(parts, &settings).unwrap().router();
        Self { store, clock, router, _folder: folder }
    }

    pub(super) fn now(&self) -> Timestamp {
        runtime::Clock::now(&*self.clock)
    }

    pub(super) fn pass(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// Whatever was done left a line in the audit trail.
    pub(super) async fn ask(&self, request: Request<Body>) -> Answer {
        let (does, path) = (request.method() == Method::POST, request.uri().path().to_owned());
        let before = self.audited().await;
        let answer = self.answered(request).await;
        let done = does && answer.status.is_redirection();
        assert!(!done || self.audited().await > before, "{path} leaves no line");
        answer
    }

    /// The number of the last line of the audit trail.
    async fn audited(&self) -> u64 {
        let last = self.store.read().await.unwrap().audit_page(None, 1).await.unwrap();
        last.first().map_or(0, |(number, _)| *number)
    }

    async fn answered(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub(super) fn request(method: Method, path: &str, cookie: &str) -> http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, HOST);
        let request = request.header("sec-fetch-site", "same-origin").header(header::ORIGIN, ORIGIN);
        if cookie.is_empty() { request } else { request.header(header::COOKIE, cookie) }
    }

    pub(super) async fn see(&self, path: &str, cookie: &str) -> Answer {
        self.ask(Self::request(Method::GET, path, cookie).body(Body::empty()).unwrap()).await
    }

    pub(super) async fn send(&self, path: &str, cookie: &str, form: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(form).unwrap();
        let request =
            Self::request(Method::POST, path, cookie).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }

    pub(super) async fn upload(&self, path: &str, cookie: &str, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, b"\r\n--xyz--\r\n"].concat();
        let request =
            Self::request(Method::POST, path, cookie).header(header::CONTENT_TYPE, "multipart/form-data; boundary=xyz");
        self.ask(request.body(Body::from(body)).unwrap()).await
    }

    /// A key for whom the code was made.
    pub(super) async fn enrol(&self, code: &str) -> (SoftPasskey, Answer) {
        let mut key = SoftPasskey::new(true);
        let page = self.send("/console/enrol", "", &[("code", code)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let answer = Self::made(&mut key, &page);
        let done = self.send("/console/enrol/key", "", &[("ceremony", &page.ceremony()), ("answer", &answer)]).await;
        (key, done)
    }

    pub(super) fn made(key: &mut SoftPasskey, page: &Answer) -> String {
        let options: CreationChallengeResponse = serde_json::from_str(&page.options()).unwrap();
        serde_json::to_string(&key.do_registration(Url::parse(ORIGIN).unwrap(), options).unwrap()).unwrap()
    }

    pub(super) fn got(key: &mut SoftPasskey, page: &Answer) -> String {
        let options: RequestChallengeResponse = serde_json::from_str(&page.options()).unwrap();
        serde_json::to_string(&key.do_authentication(Url::parse(ORIGIN).unwrap(), options).unwrap()).unwrap()
    }

    /// The cookie of a session.
    pub(super) async fn log_in(&self, label: &str, key: &mut SoftPasskey) -> String {
        let page = self.send("/console/login", "", &[("label", label)]).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let answer = Self::got(key, &page);
        let done = self.send("/console/login/key", "", &[("ceremony", &page.ceremony()), ("answer", &answer)]).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/console"), "{}", done.body);
        let cookie = done.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Somebody new, logged in.
    pub(super) async fn officer(&self, label: &str, role: Role) -> String {
        let code = staff::invite(&self.store, label, Some(role), self.now(), &mut runtime::SystemRng).await.unwrap();
        let (mut key, done) = self.enrol(&code).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        self.log_in(label, &mut key).await
    }

    /// Somebody who is here already, logged in with another key.
    pub(super) async fn again(&self, label: &str) -> String {
        let code = staff::invite(&self.store, label, None, self.now(), &mut runtime::SystemRng).await.unwrap();
        let (mut key, _) = self.enrol(&code).await;
        self.log_in(label, &mut key).await
    }

    /// A draft that is ready; its address.
    pub(super) async fn draft(&self, cookie: &str, more: &[(&str, &str)]) -> String {
        let least = [
            ("kind", "information"),
            ("title", "健康診断を受けられます"),
            ("body", "40歳からの人は無料です。"),
            ("office", "健康推進課"),
            ("expires", "2026-12-31"),
        ];
        let form: Vec<_> = least.iter().copied().filter(|(name, _)| !more.iter().any(|(n, _)| n == name)).collect();
        let done = self.send("/console/drafts", cookie, &[&form[..], more].concat()).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        done.location().split('?').next().unwrap().to_owned()
    }

    /// A sending of that draft to two people; its address.
    pub(super) async fn to_two(&self, cookie: &str, draft: &str) -> String {
        let done = self.send(&format!("{draft}/segment"), cookie, &[("segment", "two")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        done.location().to_owned()
    }

    /// As it stands in the table.
    pub(super) async fn row(&self, sending: &str) -> crate::store::SendingRow {
        let id = sending.split('?').next().unwrap().rsplit('/').next().unwrap().parse().unwrap();
        self.store.read().await.unwrap().sending(id).await.unwrap().unwrap()
    }
}

pub(super) fn code(number: u8) -> String {
    domain::LinkCode::from([number; 32]).expose()
}

fn two_people() -> String {
    format!("{{\"link_code\":\"{}\"}}\n{{\"link_code\":\"{}\"}}", code(1), code(2))
}
