use http::{Method, StatusCode, header};
use jiff::SignedDuration;
use webauthn_authenticator_rs::WebauthnAuthenticator as _;
use webauthn_authenticator_rs::softpasskey::SoftPasskey;

use super::world::World;
use crate::console::staff;
use crate::store::{OfficerRow, Role};

#[tokio::test]
async fn a_code_enrols_a_key_and_the_key_logs_in() {
    let world = World::new().await;
    let cookie = world.officer("田中", Role::Draft).await;
    assert!(cookie.starts_with("__Host-console="), "{cookie}");
    let page = world.see("/console", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("田中（起案）"), "{}", page.body);
}

#[tokio::test]
async fn a_code_is_good_once_and_for_a_day() {
    let world = World::new().await;
    let code =
        staff::invite(&world.store, "田中", Some(Role::Draft), world.now(), &mut runtime::SystemRng).await.unwrap();
    assert_eq!(world.enrol(&code).await.1.status, StatusCode::SEE_OTHER);
    assert_eq!(world.send("/console/enrol", "", &[("code", &code)]).await.status, StatusCode::FORBIDDEN);
    let late = staff::invite(&world.store, "田中", None, world.now(), &mut runtime::SystemRng).await.unwrap();
    world.pass(SignedDuration::from_hours(24));
    assert_eq!(world.send("/console/enrol", "", &[("code", &late)]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_answer_of_a_key_is_taken_once_and_within_five_minutes() {
    let world = World::new().await;
    let code =
        staff::invite(&world.store, "田中", Some(Role::Draft), world.now(), &mut runtime::SystemRng).await.unwrap();
    let (mut key, _) = world.enrol(&code).await;
    let page = world.send("/console/login", "", &[("label", "田中")]).await;
    let answer = World::got(&mut key, &page);
    let form = [("ceremony", page.ceremony()), ("answer", answer)];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(world.send("/console/login/key", "", &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.send("/console/login/key", "", &form).await.status, StatusCode::CONFLICT);

    let page = world.send("/console/login", "", &[("label", "田中")]).await;
    let answer = World::got(&mut key, &page);
    world.pass(SignedDuration::from_mins(5));
    let late = [("ceremony", &*page.ceremony()), ("answer", &*answer)].map(|(n, v)| (n, v.to_owned()));
    let late: Vec<(&str, &str)> = late.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(world.send("/console/login/key", "", &late).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn another_key_and_no_key_log_nobody_in() {
    let world = World::new().await;
    world.officer("田中", Role::Draft).await;
    let code =
        staff::invite(&world.store, "鈴木", Some(Role::Draft), world.now(), &mut runtime::SystemRng).await.unwrap();
    let (mut other, _) = world.enrol(&code).await;
    // 鈴木's own question, answered, and handed in for 田中's.
    let own = world.send("/console/login", "", &[("label", "鈴木")]).await;
    let answer = World::got(&mut other, &own);
    let asked = world.send("/console/login", "", &[("label", "田中")]).await;
    let form = [("ceremony", asked.ceremony()), ("answer", answer)];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(world.send("/console/login/key", "", &form).await.status, StatusCode::FORBIDDEN);
    let asked = world.send("/console/login", "", &[("label", "田中")]).await;
    let none = world.send("/console/login/key", "", &[("ceremony", &asked.ceremony()), ("answer", "")]).await;
    assert_eq!(none.status, StatusCode::FORBIDDEN);
    assert!(none.body.contains("スクリプト"), "{}", none.body);
}

#[tokio::test]
async fn many_questions_to_one_officers_key_keep_nobody_out() {
    let world = World::new().await;
    let mut keys = Vec::new();
    for label in ["田中", "鈴木"] {
        let code =
            staff::invite(&world.store, label, Some(Role::View), world.now(), &mut runtime::SystemRng).await.unwrap();
        keys.push((label, world.enrol(&code).await.0));
    }
    let waiting = world.send("/console/login", "", &[("label", "鈴木")]).await;
    let typing = world.send("/console/login", "", &[("label", "田中")]).await;
    for _ in 0..50 {
        world.pass(SignedDuration::from_millis(100));
        assert_eq!(world.send("/console/login", "", &[("label", "田中")]).await.status, StatusCode::OK);
        assert_eq!(world.send("/console/login", "", &[("label", "山田")]).await.status, StatusCode::FORBIDDEN);
    }
    assert_eq!(answered(&world, &waiting, &mut keys[1].1).await.status, StatusCode::SEE_OTHER);
    assert_eq!(answered(&world, &typing, &mut keys[0].1).await.status, StatusCode::SEE_OTHER);
    for (label, key) in &mut keys {
        world.log_in(label, key).await;
    }
}

/// R14: whoever holds one key is one officer.
#[tokio::test]
async fn a_key_that_somebody_has_is_not_asked_to_become_somebody_elses() {
    let world = World::new().await;
    world.officer("田中", Role::Draft).await;
    let code =
        staff::invite(&world.store, "鈴木", Some(Role::Approve), world.now(), &mut runtime::SystemRng).await.unwrap();
    let kept = world.store.read().await.unwrap().keys_of(here(&world, "田中").await.id).await.unwrap();
    let key: webauthn_rs::prelude::SecurityKey = serde_json::from_str(&kept[0]).unwrap();
    assert_eq!(excluded(&world, &code).await, std::slice::from_ref(key.cred_id()));
    // What is good for nothing any more may be enrolled again.
    staff::revoke(&world.store, "田中", world.now()).await.unwrap();
    assert!(excluded(&world, &code).await.is_empty());
}

/// Which keys the question to enrol leaves out.
async fn excluded(world: &World, code: &str) -> Vec<webauthn_rs::prelude::CredentialID> {
    let page = world.send("/console/enrol", "", &[("code", code)]).await;
    let options: webauthn_rs::prelude::CreationChallengeResponse = serde_json::from_str(&page.options()).unwrap();
    options.public_key.exclude_credentials.unwrap_or_default().into_iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn a_refused_login_is_in_the_trail_and_a_name_that_is_nobodys_is_not() {
    let world = World::new().await;
    let reader = world.officer("鈴木", Role::View).await;
    world.officer("田中", Role::Draft).await;
    let before = trail(&world).await.len();
    assert_eq!(world.send("/console/login", "", &[("label", "山田")]).await.status, StatusCode::FORBIDDEN);
    let unknown = [("ceremony", "00".repeat(32)), ("answer", "{}".to_owned())];
    let unknown: Vec<(&str, &str)> = unknown.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(world.send("/console/login/key", "", &unknown).await.status, StatusCode::CONFLICT);
    assert_eq!(trail(&world).await.len(), before);
    // However often within a minute: nobody can push the other lines out of sight.
    for (passed, lines) in [(0, 1), (0, 1), (59, 1), (1, 2), (1, 2)] {
        world.pass(SignedDuration::from_secs(passed));
        let asked = world.send("/console/login", "", &[("label", "田中")]).await;
        let form = [("ceremony", &*asked.ceremony()), ("answer", "{}")].map(|(name, value)| (name, value.to_owned()));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(world.send("/console/login/key", "", &form).await.status, StatusCode::FORBIDDEN);
        assert_eq!(trail(&world).await.len(), before + lines);
    }
    let lines = trail(&world).await;
    assert_eq!(lines[0], (here(&world, "田中").await.id.who(), "login-refused".to_owned()));
    let page = world.see("/console/audit", &reader).await.body;
    assert!(page.contains("キーを確かめられず、ログインできませんでした"), "{page}");
}

#[tokio::test]
async fn a_key_that_counts_back_is_taken_for_a_copy() {
    let world = World::new().await;
    let reader = world.officer("鈴木", Role::View).await;
    let code =
        staff::invite(&world.store, "田中", Some(Role::Draft), world.now(), &mut runtime::SystemRng).await.unwrap();
    let (mut key, _) = world.enrol(&code).await;
    world.log_in("田中", &mut key).await;
    // One question knows how the key counts now; the other one was asked before.
    let before = world.send("/console/login", "", &[("label", "田中")]).await;
    counts(&world, "田中", 1000).await;
    let after = world.send("/console/login", "", &[("label", "田中")]).await;
    for question in [before, after] {
        world.pass(SignedDuration::from_mins(1));
        let lines = trail(&world).await.len();
        let refused = answered(&world, &question, &mut key).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.headers.get(header::SET_COOKIE).is_none());
        let now = trail(&world).await;
        assert_eq!(now.len(), lines + 1);
        assert_eq!(now[0], (here(&world, "田中").await.id.who(), "login-key-copied".to_owned()));
    }
    let page = world.see("/console/audit", &reader).await.body;
    assert!(page.contains("キーが複製されたおそれがあるため、ログインできませんでした"), "{page}");
}

/// Hands a key's answer in.
async fn answered(world: &World, question: &super::world::Answer, key: &mut SoftPasskey) -> super::world::Answer {
    let (ceremony, answer) = (question.ceremony(), World::got(key, question));
    world.send("/console/login/key", "", &[("ceremony", &ceremony), ("answer", &answer)]).await
}

async fn here(world: &World, label: &str) -> OfficerRow {
    world.store.read().await.unwrap().officer_by_label(label).await.unwrap().unwrap()
}

/// Who did what, newest first.
async fn trail(world: &World) -> Vec<(String, String)> {
    let lines = world.store.read().await.unwrap().audit(None, 1000).await.unwrap();
    lines.into_iter().map(|line| (line.who, line.what)).collect()
}

/// The officer's one key has been used so many times.
async fn counts(world: &World, label: &str, times: u32) {
    let officer = here(world, label).await.id;
    let kept = world.store.read().await.unwrap().keys_of(officer).await.unwrap().remove(0);
    let key: webauthn_rs::prelude::SecurityKey = serde_json::from_str(&kept).unwrap();
    let mut content: serde_json::Value = serde_json::from_str(&kept).unwrap();
    *content.pointer_mut("/cred/counter").unwrap() = times.into();
    let mut repository = world.store.begin().await.unwrap();
    assert!(repository.key_used(officer, key.cred_id(), Some(&content.to_string()), world.now()).await.unwrap());
    repository.commit().await.unwrap();
}

#[tokio::test]
async fn a_key_that_does_not_know_its_owner_logs_nobody_in() {
    let world = World::new().await;
    let code =
        staff::invite(&world.store, "田中", Some(Role::Draft), world.now(), &mut runtime::SystemRng).await.unwrap();
    let mut key = SoftPasskey::new(false);
    let page = world.send("/console/enrol", "", &[("code", &code)]).await;
    // A browser would not even ask such a key; whoever hands in its answer all the same gets no further.
    let options = page.options().replace("\"userVerification\":\"required\"", "\"userVerification\":\"preferred\"");
    let options: webauthn_rs::prelude::CreationChallengeResponse = serde_json::from_str(&options).unwrap();
    let origin = webauthn_rs::prelude::Url::parse(super::world::ORIGIN).unwrap();
    let answer = serde_json::to_string(&key.do_registration(origin.clone(), options).unwrap()).unwrap();
    let form = [("ceremony", page.ceremony()), ("answer", answer)];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let enrolled = world.send("/console/enrol/key", "", &form).await;
    if enrolled.status == StatusCode::SEE_OTHER {
        let page = world.send("/console/login", "", &[("label", "田中")]).await;
        let options = page.options().replace("\"userVerification\":\"required\"", "\"userVerification\":\"preferred\"");
        let options: webauthn_rs::prelude::RequestChallengeResponse = serde_json::from_str(&options).unwrap();
        let answer = serde_json::to_string(&key.do_authentication(origin, options).unwrap()).unwrap();
        let form = [("ceremony", page.ceremony()), ("answer", answer)];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = world.send("/console/login/key", "", &form).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert!(refused.headers.get(header::SET_COOKIE).is_none());
    } else {
        assert_eq!(enrolled.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_session_ends_when_nobody_clicks_and_a_page_that_renews_itself_is_no_click() {
    let world = World::new().await;
    let cookie = world.officer("田中", Role::View).await;
    for _ in 0..2 {
        world.pass(SignedDuration::from_mins(14));
        assert_eq!(world.see("/console", &cookie).await.status, StatusCode::OK);
    }
    world.pass(SignedDuration::from_mins(10));
    assert_eq!(world.see("/console?live=1", &cookie).await.status, StatusCode::OK);
    world.pass(SignedDuration::from_mins(5));
    assert_eq!(world.see("/console?live=1", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_session_lasts_twelve_hours_however_busy() {
    let world = World::new().await;
    let cookie = world.officer("田中", Role::View).await;
    for _ in 0..(12 * 6 - 1) {
        world.pass(SignedDuration::from_mins(10));
        assert_eq!(world.see("/console", &cookie).await.status, StatusCode::OK);
    }
    world.pass(SignedDuration::from_mins(10));
    assert_eq!(world.see("/console", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn logging_out_ends_the_session_itself() {
    let world = World::new().await;
    let cookie = world.officer("田中", Role::View).await;
    let done = world.send("/console/logout", &cookie, &[]).await;
    assert_eq!(done.location(), "/console/login?done=logged-out");
    assert!(done.headers.get(header::SET_COOKIE).unwrap().to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(world.see("/console", &cookie).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_lost_key_is_ended_with_its_sessions_and_a_new_one_is_the_same_officer() {
    let world = World::new().await;
    let cookie = world.officer("田中", Role::Draft).await;
    assert_eq!(staff::revoke(&world.store, "田中", world.now()).await.unwrap(), 1);
    assert_eq!(world.see("/console", &cookie).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.send("/console/login", "", &[("label", "田中")]).await.status, StatusCode::FORBIDDEN);
    let code = staff::invite(&world.store, "田中", None, world.now(), &mut runtime::SystemRng).await.unwrap();
    let (mut key, _) = world.enrol(&code).await;
    let cookie = world.log_in("田中", &mut key).await;
    assert_eq!(world.see("/console", &cookie).await.status, StatusCode::OK);
    let officers = world.store.read().await.unwrap().officers().await.unwrap();
    assert_eq!((officers.len(), officers[0].role), (1, Role::Draft));
}

#[tokio::test]
async fn who_left_is_out_at_once_and_stays_in_the_trail() {
    let world = World::new().await;
    let cookie = world.officer("田中", Role::Approve).await;
    staff::end(&world.store, "田中", world.now()).await.unwrap();
    assert_eq!(world.see("/console", &cookie).await.status, StatusCode::UNAUTHORIZED);
    let reader = world.officer("鈴木", Role::View).await;
    let trail = world.see("/console/audit", &reader).await.body;
    assert!(
        trail.contains("職員の登録を終えました（田中）") && trail.contains("<td role=\"cell\">田中</td>"),
        "{trail}"
    );
}

/// R14, R17.
#[tokio::test]
async fn who_left_and_is_invited_again_releases_nothing_that_they_drafted() {
    let world = World::new().await;
    let code =
        staff::invite(&world.store, "田中", Some(Role::Draft), world.now(), &mut runtime::SystemRng).await.unwrap();
    let (mut old, _) = world.enrol(&code).await;
    let before = world.log_in("田中", &mut old).await;
    let sending = world.to_two(&before, &world.draft(&before, &[]).await).await;
    assert_eq!(world.send(&format!("{sending}/submit"), &before, &[]).await.status, StatusCode::SEE_OTHER);
    staff::end(&world.store, "田中", world.now()).await.unwrap();
    let code =
        staff::invite(&world.store, "田中", Some(Role::Approve), world.now(), &mut runtime::SystemRng).await.unwrap();
    // Neither the session nor the key of before is good.
    assert_eq!(world.see("/console", &before).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.send("/console/login", "", &[("label", "田中")]).await.status, StatusCode::FORBIDDEN);
    let (mut key, _) = world.enrol(&code).await;
    let again = world.log_in("田中", &mut key).await;
    let refused = world.send(&format!("{sending}/approve"), &again, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("自分で書いたお知らせは、自分では承認できません"), "{}", refused.body);
    assert_eq!(world.row(&sending).await.state, crate::store::SendingState::Waiting);
    let trail = world.see("/console/audit", &again).await.body;
    assert!(trail.contains("同じ職員をもう一度登録しました（田中）"), "{trail}");
}

#[tokio::test]
async fn another_site_can_send_nothing_and_another_name_is_not_answered() {
    let world = World::new().await;
    let cookie = world.officer("田中", Role::View).await;
    let foreign = http::Request::builder()
        .method(Method::POST)
        .uri("/console/logout")
        .header(header::HOST, super::world::HOST)
        .header(header::COOKIE, &cookie);
    for (name, value) in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("x-nothing", "1")] {
        let mut request =
            World::request(Method::POST, "/console/logout", &cookie).body(axum::body::Body::empty()).unwrap();
        if name == "x-nothing" {
            request.headers_mut().remove("origin");
            request.headers_mut().remove("sec-fetch-site");
        } else {
            request.headers_mut().insert(name, value.parse().unwrap());
        }
        assert_eq!(world.ask(request).await.status, StatusCode::FORBIDDEN, "{name}");
    }
    assert_eq!(world.ask(foreign.body(axum::body::Body::empty()).unwrap()).await.status, StatusCode::FORBIDDEN);
    let mut request = World::request(Method::GET, "/console", &cookie).body(axum::body::Body::empty()).unwrap();
    request.headers_mut().insert(header::HOST, "evil.example".parse().unwrap());
    assert_eq!(world.ask(request).await.status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(world.see("/console", &cookie).await.status, StatusCode::OK);
}
