//! R14, R17: who drafted does not release.

use http::StatusCode;

use super::world::{World, code};
use crate::console::staff;
use crate::store::{Role, SendingState};

async fn waiting(world: &World, drafter: &str) -> String {
    let draft = world.draft(drafter, &[]).await;
    let sending = world.to_two(drafter, &draft).await;
    assert_eq!(world.send(&format!("{sending}/submit"), drafter, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.row(&sending).await.state, SendingState::Waiting);
    sending
}

#[tokio::test]
async fn another_officer_releases_and_is_named() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let sending = waiting(&world, &drafter).await;
    let done = world.send(&format!("{sending}/approve"), &approver, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let row = world.row(&sending).await;
    assert_eq!((row.state, row.issued_at), (SendingState::Released, Some(world.now())));
    let page = world.see(&sending, &drafter).await.body;
    assert!(page.contains("鈴木（2026年11月21日（土）10時0分）"), "{page}");
}

#[tokio::test]
async fn who_drafted_cannot_release_also_with_the_other_role_and_another_key() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let sending = waiting(&world, &drafter).await;
    assert_eq!(world.send(&format!("{sending}/approve"), &drafter, &[]).await.status, StatusCode::FORBIDDEN);
    staff::set_role(&world.store, "田中", Role::Approve, world.now()).await.unwrap();
    let refused = world.send(&format!("{sending}/approve"), &drafter, &[]).await;
    assert!(refused.body.contains("自分で書いたお知らせは、自分では承認できません"), "{}", refused.body);
    let code = staff::invite(&world.store, "田中", None, world.now(), &mut runtime::SystemRng).await.unwrap();
    let (mut key, _) = world.enrol(&code).await;
    let again = world.log_in("田中", &mut key).await;
    for act in ["approve", "reject"] {
        let refused = world.send(&format!("{sending}/{act}"), &again, &[("reason", "x")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{act}");
    }
    assert_eq!(world.row(&sending).await.state, SendingState::Waiting);
}

#[tokio::test]
async fn who_lost_the_role_meanwhile_cannot_release() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let sending = waiting(&world, &drafter).await;
    let officers = world.store.read().await.unwrap().officers().await.unwrap();
    staff::set_role(&world.store, "鈴木", Role::View, world.now()).await.unwrap();
    let id = sending.rsplit('/').next().unwrap().parse().unwrap();
    let mut repository = world.store.begin().await.unwrap();
    assert!(!repository.approve_sending(id, officers[1].id, world.now()).await.unwrap());
    drop(repository);
    assert_eq!(world.send(&format!("{sending}/approve"), &approver, &[]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_sending_is_released_once() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let sending = waiting(&world, &drafter).await;
    world.send(&format!("{sending}/approve"), &approver, &[]).await;
    assert_eq!(world.send(&format!("{sending}/approve"), &approver, &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(
        world.send(&format!("{sending}/reject"), &approver, &[("reason", "x")]).await.status,
        StatusCode::CONFLICT
    );
}

#[tokio::test]
async fn a_rejection_says_why_and_gives_the_draft_back() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let sending = waiting(&world, &drafter).await;
    let reject = format!("{sending}/reject");
    assert_eq!(world.send(&reject, &approver, &[("reason", "  ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    world.send(&reject, &approver, &[("reason", "日にちが<b>違います。")]).await;
    let page = world.see(&sending, &drafter).await.body;
    assert!(page.contains("鈴木が2026年11月21日（土）10時0分に差し戻しました"), "{page}");
    assert!(page.contains("日にちが&lt;b&gt;違います。"), "{page}");
    let back = world.send(&format!("{sending}/discard"), &drafter, &[]).await;
    let draft = back.location().split('?').next().unwrap().to_owned();
    assert_eq!(world.see(&draft, &drafter).await.status, StatusCode::OK);
}

#[tokio::test]
async fn one_person_needs_no_second_officer_only_where_the_settings_say_so() {
    for (allowed, state) in [(false, SendingState::Waiting), (true, SendingState::Released)] {
        let world = World::with(allowed).await;
        let drafter = world.officer("田中", Role::Draft).await;
        let draft = world.draft(&drafter, &[]).await;
        let list = format!("link_code\n{}\n", code(7));
        let done = world.upload(&format!("{draft}/list"), &drafter, "a.csv", list.as_bytes()).await;
        let sending = done.location().to_owned();
        world.send(&format!("{sending}/submit"), &drafter, &[]).await;
        assert_eq!(world.row(&sending).await.state, state);
    }
}

#[tokio::test]
async fn two_people_always_need_a_second_officer() {
    let world = World::with(true).await;
    let drafter = world.officer("田中", Role::Draft).await;
    waiting(&world, &drafter).await;
}
