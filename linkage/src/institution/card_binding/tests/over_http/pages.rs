//! What a person sees.

use super::*;

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
async fn a_number_that_is_none_is_said_at_its_field() {
    let open = open(Some(Known::Good)).await;
    for wrong in ["", "12", "<script>", "123-45-6789012"] {
        let seen = open.starts(&mut Browser::default(), wrong).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(seen.html.contains("href=\"#number\"") && !seen.html.contains("<script"));
    }
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
