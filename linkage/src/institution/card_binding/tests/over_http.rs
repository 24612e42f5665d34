//! The site as browsers, readers and attackers meet it.

use std::{net::SocketAddr, time::Duration};

use axum::response::IntoResponse as _;
use http::{HeaderMap, StatusCode, header};

use super::*;
use crate::institution::card_binding::BindingSite;
use crate::party::SiteAddress;

const READER: &str = "http://127.0.0.1:8790";

/// A story whose site listens.
struct Open {
    story: Story,
    listen: SocketAddr,
}

/// A browser with the one cookie that the site gives.
#[derive(Default)]
struct Browser {
    cookie: Option<String>,
}

struct Seen {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

async fn open(known: Option<Known>) -> Open {
    open_in(story(known).await).await
}

async fn open_in(story: Story) -> Open {
    let socket = runtime::serve::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let listen = socket.local_addr().unwrap();
    let address = SiteAddress { listen, origin: ORIGIN.into(), reader: READER.into(), tls: None };
    let site = BindingSite::patient(Arc::clone(&story.site), address, Duration::from_millis(300));
    tokio::spawn(runtime::serve::serve(socket, None, site.router(), tokio_util::sync::CancellationToken::new()));
    Open { story, listen }
}

impl Seen {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What a hidden field holds.
    fn field(&self, name: &str) -> String {
        let (_, rest) = self.html.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    fn ask(&self) -> CardBindingAsk {
        CardBindingAsk { challenge: self.field("challenge").parse().unwrap(), document: self.field("document") }
    }
}

impl Open {
    async fn sends(&self, request: impl FnOnce(&reqwest::Client, &str) -> reqwest::RequestBuilder) -> Seen {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let request = request(&client, &format!("http://{}", self.listen));
        let host = ORIGIN.trim_start_matches("http://");
        let (client, request) = request.build_split();
        let mut request = request.unwrap();
        request.headers_mut().entry(header::HOST).or_insert(host.parse().unwrap());
        let response = client.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Seen { status, headers, html: response.text().await.unwrap() }
    }

    async fn gets(&self, browser: &Browser, path: &str) -> Seen {
        let cookie = browser.cookie.clone().unwrap_or_default();
        self.sends(|client, site| client.get(format!("{site}{path}")).header(header::COOKIE, cookie)).await
    }

    /// Types a number and presses the button; the page that leads to the reader.
    async fn starts(&self, browser: &mut Browser, number: &str) -> Seen {
        let number = number.to_owned();
        let seen = self
            .sends(|client, site| {
                let request = client.post(format!("{site}/card-bindings/start")).header(header::ORIGIN, ORIGIN);
                request.header("sec-fetch-site", "same-origin").form(&[("number", number)])
            })
            .await;
        if let Some(line) = seen.headers.get(header::SET_COOKIE) {
            browser.cookie = line.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        seen
    }

    /// The reader's page posts across sites: no cookie, and no origin that means anything.
    async fn answers(&self, answer: &Answer) -> Seen {
        self.sends(|client, site| {
            client.post(format!("{site}{}", super::super::ANSWER_PATH)).header(header::ORIGIN, "null").form(answer)
        })
        .await
    }

    /// Follows the answer's redirects to the last page.
    async fn ends(&self, browser: &Browser, answered: &Seen) -> Seen {
        assert_eq!(answered.status, StatusCode::SEE_OTHER);
        let back = self.gets(browser, answered.header(header::LOCATION)).await;
        if back.status != StatusCode::SEE_OTHER {
            return back;
        }
        self.gets(browser, back.header(header::LOCATION)).await
    }

    /// One whole way with an answer of the test's making.
    async fn goes(&self, answer: impl FnOnce(&Story, &CardBindingAsk) -> Answer) -> Seen {
        let mut browser = Browser::default();
        let ask = self.starts(&mut browser, self.story.person.as_str()).await.ask();
        let answered = self.answers(&answer(&self.story, &ask)).await;
        self.ends(&browser, &answered).await
    }

    fn own_answer(&self, ask: &CardBindingAsk) -> Answer {
        self.story.answer(&self.story.student.four_info, ORIGIN, ask)
    }

    async fn is_bound(&self) -> bool {
        !self.story.trial.institution("JASSO").people_with_codes().await.unwrap().is_empty()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_page_says_who_asks_and_why_and_needs_no_script() {
    let open = open(Some(Known::Good)).await;
    let page = open.gets(&Browser::default(), "/").await;
    assert_eq!(page.status, StatusCode::OK);
    for said in ["日本学生支援機構", "奨学生番号", "マイナンバー（個人番号）を知ることはありません", "保存しません"]
    {
        assert!(page.html.contains(said), "{said}");
    }
    assert!(!page.html.contains("<script") && page.headers.get(header::SET_COOKIE).is_none());
    assert_eq!(page.header(header::REFERRER_POLICY), "same-origin");
    let policy = page.header(header::CONTENT_SECURITY_POLICY);
    assert!(policy.contains("default-src 'none'") && policy.ends_with("form-action 'self'"), "{policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_bound_in_the_browser_that_started() {
    let open = open(Some(Known::Good)).await;
    let mut browser = Browser::default();
    let asked = open.starts(&mut browser, &open.story.person.as_str().replace('-', "")).await;
    assert_eq!(asked.status, StatusCode::OK);
    let cookie = asked.header(header::SET_COOKIE);
    assert!(cookie.starts_with("__Host-") && cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{cookie}");
    assert_eq!(asked.header(header::REFERRER_POLICY), "origin");
    assert!(asked.header(header::CONTENT_SECURITY_POLICY).ends_with(&format!("form-action {READER}")));
    assert!(asked.html.contains(&format!("action=\"{READER}/v1/ask\"")) && asked.field("purpose") == "register");

    let answered = open.answers(&open.own_answer(&asked.ask())).await;
    assert!(answered.headers.get(header::SET_COOKIE).is_none());
    assert!(!open.is_bound().await, "the answer alone binds nothing");
    let end = open.ends(&browser, &answered).await;
    assert_eq!(end.status, StatusCode::OK);
    assert!(end.html.contains("符号を結び付けました") && open.is_bound().await);
    assert_eq!(open.gets(&browser, "/card-bindings/result").await.status, StatusCode::OK, "may be reloaded");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_a_stranger_s_card_answer_gains_nothing() {
    let open = open(Some(Known::Good)).await;
    let (mut attacker, mut victim) = (Browser::default(), Browser::default());
    let ask = open.starts(&mut attacker, open.story.person.as_str()).await.ask();
    open.starts(&mut victim, open.story.person.as_str()).await;
    for stranger in [&victim, &Browser::default()] {
        let ask = if stranger.cookie.is_some() {
            ask.clone()
        } else {
            open.starts(&mut attacker, open.story.person.as_str()).await.ask()
        };
        let answered = open.answers(&open.own_answer(&ask)).await;
        let seen = open.ends(stranger, &answered).await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN);
        assert!(seen.html.contains("申込みを始めたブラウザーではありません"));
        let burnt = open.ends(&attacker, &answered).await;
        assert_eq!(burnt.status, StatusCode::GONE, "the code that leaked is worth nothing to who started");
    }
    assert!(!open.is_bound().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reused_answer_and_a_reused_or_late_code_end_nothing() {
    let open = open(Some(Known::Good)).await;
    let mut browser = Browser::default();
    let answer = open.own_answer(&open.starts(&mut browser, open.story.person.as_str()).await.ask());
    let answered = open.answers(&answer).await;
    let again = open.answers(&answer).await;
    assert_eq!(again.status, StatusCode::GONE);
    assert!(again.html.contains("この申込みは終わっています"));
    assert_eq!(open.ends(&browser, &answered).await.status, StatusCode::OK);
    assert_eq!(open.ends(&browser, &answered).await.status, StatusCode::GONE);

    let answer = open.own_answer(&open.starts(&mut browser, open.story.person.as_str()).await.ask());
    let answered = open.answers(&answer).await;
    open.story.trial.clock.advance(SignedDuration::from_secs(31));
    assert_eq!(open.ends(&browser, &answered).await.status, StatusCode::GONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_site_s_own_page_begins_anything() {
    let open = open(Some(Known::Good)).await;
    let number = open.story.person.as_str().to_owned();
    let cases: [&[(&str, &str)]; 7] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://jasso.localhost:9195.evil.example")],
        &[("sec-fetch-site", "cross-site")],
        &[("origin", ORIGIN), ("sec-fetch-site", "same-site")],
        &[("origin", ORIGIN), ("origin", "https://evil.example")],
    ];
    for headers in cases {
        let seen = open
            .sends(|client, site| {
                let request = client.post(format!("{site}/card-bindings/start")).form(&[("number", &number)]);
                headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
            })
            .await;
        assert_eq!(seen.status, StatusCode::FORBIDDEN, "{headers:?}");
        assert!(seen.headers.get(header::SET_COOKIE).is_none() && !seen.html.contains("challenge"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_name_for_the_site_is_refused() {
    let open = open(Some(Known::Good)).await;
    for host in ["evil.example", "localhost:9195", "jasso.localhost", "jasso.localhost:9196"] {
        let seen = open.sends(|client, site| client.get(site).header(header::HOST, host)).await;
        assert_eq!(seen.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_without_the_card_whether_a_number_is_somebody_s() {
    let open = open(Some(Known::Good)).await;
    let mut browser = Browser::default();
    let theirs = open.starts(&mut browser, open.story.person.as_str()).await;
    let nobodys = open.starts(&mut browser, "999-99-999999").await;
    let shape = |seen: &Seen| seen.html.replace(&seen.field("challenge"), "").replace(&seen.field("removal_token"), "");
    let theirs = shape(&theirs).replace(open.story.person.as_str(), "999-99-999999");
    assert_eq!(theirs, shape(&nobodys));

    let answered = open.answers(&open.own_answer(&nobodys.ask())).await;
    let end = open.ends(&browser, &answered).await;
    assert!(end.status == StatusCode::FORBIDDEN && end.html.contains("番号とカードが合いません"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_is_none_is_said_at_its_field() {
    let open = open(Some(Known::Good)).await;
    for wrong in ["", "12", "<script>", "123-45-6789012"] {
        let seen = open.starts(&mut Browser::default(), wrong).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(seen.html.contains("href=\"#number\"") && !seen.html.contains("<script"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_card_did_not_do_is_said_in_words() {
    let open = open(Some(Known::Good)).await;
    for (result, words) in [
        (AnswerKind::Cancelled, "申込みを取りやめました"),
        (AnswerKind::Locked, "パスワードがロックされています"),
        (AnswerKind::Unusable, "このカードは使えません"),
    ] {
        let seen = open.goes(|_, ask| Answer { result, ..answer_without_card(ask) }).await;
        assert!(seen.status == StatusCode::OK && seen.html.contains(words), "{words}");
    }
    assert!(!open.is_bound().await);
}

fn answer_without_card(ask: &CardBindingAsk) -> Answer {
    Answer {
        challenge: ask.challenge.clone(),
        result: AnswerKind::Cancelled,
        certificate: String::new(),
        signature: String::new(),
        pin: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_over_anything_else_than_what_was_shown_is_refused() {
    let open = open(Some(Known::Good)).await;
    let says = |purpose, origin: &'static str, change: fn(&mut CardBindingAsk)| {
        move |story: &Story, ask: &CardBindingAsk| {
            let mut signed = ask.clone();
            change(&mut signed);
            let bytes = statement(purpose, origin, &signed.challenge, &signed.document);
            story.signs(&story.student.four_info, validity(&story.trial), ask, &bytes)
        }
    };
    let same: fn(&mut CardBindingAsk) = |_| {};
    for (answer, why) in [
        (says(CardPurpose::Register, "http://localhost:8080", same), "another site"),
        (says(CardPurpose::Login, ORIGIN, same), "another purpose"),
        (says(CardPurpose::Bind, ORIGIN, same), "another purpose"),
        (says(CardPurpose::Sign, ORIGIN, same), "another purpose"),
        (says(CardPurpose::Register, ORIGIN, |ask| ask.document.push('。')), "another document"),
        (says(CardPurpose::Register, ORIGIN, |ask| ask.challenge = ChallengeNonce::from([7; 32])), "another challenge"),
    ] {
        let seen = open.goes(answer).await;
        assert_eq!(seen.status, StatusCode::BAD_REQUEST, "{why}");
        assert!(seen.html.contains("カードからの返事を確かめられませんでした"), "{why}");
    }
    let without_pin = |story: &Story, ask: &CardBindingAsk| {
        let answer = story.answer(&story.student.four_info, ORIGIN, ask);
        Answer { pin: "absent".into(), ..answer }
    };
    assert_eq!(open.goes(without_pin).await.status, StatusCode::BAD_REQUEST);
    assert!(!open.is_bound().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_does_not_hold_is_refused_with_its_reason() {
    let open = open(Some(Known::Good)).await;
    let (now, day) = (open.story.trial.now(), SignedDuration::from_hours(24));
    let held = |validity: Validity| {
        move |story: &Story, ask: &CardBindingAsk| {
            let bytes = statement(CardPurpose::Register, ORIGIN, &ask.challenge, &ask.document);
            story.signs(&story.student.four_info, validity, ask, &bytes)
        }
    };
    let expired = open.goes(held(Validity { not_before: now - day * 9, not_after: now - day })).await;
    assert!(expired.status == StatusCode::FORBIDDEN && expired.html.contains("証明書の有効期間が過ぎています"));
    let early = open.goes(held(Validity { not_before: now + day, not_after: now + day * 9 })).await;
    assert!(early.html.contains("証明書の有効期間が始まっていません"));

    let for_logins = open
        .goes(|story, ask| {
            let key = SigningKey::generate(KeyKind::P256).unwrap();
            let issued = story.authority.jpki_authentication(
                key.spki_der(),
                &ENDPOINTS,
                validity(&story.trial),
                &mut seeded(22),
            );
            let bytes = statement(CardPurpose::Register, ORIGIN, &ask.challenge, &ask.document);
            answer_with(&key, &issued.unwrap(), ask, &bytes)
        })
        .await;
    assert!(for_logins.status == StatusCode::FORBIDDEN && for_logins.html.contains("この証明書は使えません"));

    let other = open.story.trial.resident().await;
    let others = open.goes(|story, ask| story.answer(&other.four_info, ORIGIN, ask)).await;
    assert!(others.html.contains("番号とカードが合いません"));
    assert!(!open.is_bound().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_certificate_is_refused_and_a_silent_jpki_is_no_reason_to_believe() {
    let at = crate::core::trial::NOW.parse().unwrap();
    let revoked = open(Some(Known::Revoked { reason: pki::RevocationReason::KeyCompromise, at })).await;
    let seen = revoked.goes(|story, ask| story.answer(&story.student.four_info, ORIGIN, ask)).await;
    assert!(seen.status == StatusCode::FORBIDDEN && seen.html.contains("証明書は失効しています"));

    let silent = open(None).await;
    let seen = silent.goes(|story, ask| story.answer(&story.student.four_info, ORIGIN, ask)).await;
    assert!(seen.status == StatusCode::SERVICE_UNAVAILABLE && seen.html.contains("証明書を今は確かめられません"));
    assert!(!silent.is_bound().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_the_register_does_not_know_so_any_more_is_told_to_renew_the_certificate() {
    let open = open(Some(Known::Good)).await;
    let before = &open.story.student.four_info;
    let moved = FourInfo::new(before.name().into(), "京都府京都市1".into(), before.birth_date(), before.sex()).unwrap();
    let seen = open.goes(|story, ask| story.answer(&moved, ORIGIN, ask)).await;
    assert!(seen.status == StatusCode::CONFLICT && seen.html.contains("住民票と異なります"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_the_core_cannot_bring_now_is_on_its_way_and_seen_when_it_is_there() {
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
    static CORE_COMES_THROUGH: AtomicBool = AtomicBool::new(false);
    let between = |request: axum::extract::Request, next: axum::middleware::Next| async move {
        if CORE_COMES_THROUGH.load(SeqCst) {
            next.run(request).await
        } else {
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    };
    let trial = Trial::behind(&["JASSO"], "JASSO", between).await;
    let open = open_in(story_in(trial, Some(Known::Good)).await).await;
    let mut browser = Browser::default();
    let answer = open.own_answer(&open.starts(&mut browser, open.story.person.as_str()).await.ask());
    let answered = open.answers(&answer).await;
    let seen = open.ends(&browser, &answered).await;
    assert!(seen.status == StatusCode::ACCEPTED && seen.html.contains("符号が届くのを待っています"));

    CORE_COMES_THROUGH.store(true, SeqCst);
    let bound = open.story.trial.institution("JASSO").wait_for_code(&open.story.person);
    tokio::time::timeout(Duration::from_secs(30), bound).await.unwrap().unwrap();
    let seen = open.gets(&browser, "/card-bindings/result").await;
    assert!(seen.status == StatusCode::OK && seen.html.contains("符号を結び付けました"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_page_no_form_or_too_large_is_answered_in_words() {
    let open = open(Some(Known::Good)).await;
    let nobody = Browser::default();
    assert_eq!(open.gets(&nobody, "/nowhere").await.status, StatusCode::NOT_FOUND);
    assert_eq!(open.gets(&nobody, "/card-bindings/start").await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(open.gets(&nobody, "/card-bindings/result").await.status, StatusCode::GONE);
    assert_eq!(open.gets(&nobody, "/card-bindings/return?code=x").await.status, StatusCode::GONE);
    for body in ["", "challenge=x", &"x".repeat(20_000), "\u{0}%ff"] {
        let body = body.to_owned();
        let form = "application/x-www-form-urlencoded";
        let seen = open
            .sends(|client, site| {
                client.post(format!("{site}/card-bindings/answer")).header(header::CONTENT_TYPE, form).body(body)
            })
            .await;
        assert!(seen.status == StatusCode::BAD_REQUEST && seen.html.contains("確かめられませんでした"));
    }
    let removed = [("removal_token", domain::RemovalToken::from([1; 32]).expose())];
    let seen = open.sends(|client, site| client.post(format!("{site}/card/removed")).form(&removed)).await;
    assert_eq!(seen.status, StatusCode::NO_CONTENT);
    assert!(open.gets(&nobody, "/style.css").await.header(header::CONTENT_TYPE).starts_with("text/css"));
}
