//! What the card and its certificate must be.

use super::*;

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
