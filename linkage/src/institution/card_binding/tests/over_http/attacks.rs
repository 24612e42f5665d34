//! Who gains nothing.

use super::*;

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
