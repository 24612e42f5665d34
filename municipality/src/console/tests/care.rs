//! What officers wrote is not lost, and whoever decides sees what they decide.

use http::StatusCode;
use jiff::SignedDuration;

use super::world::{DRAFT, World, code};
use crate::store::{NewRecipient, NewSending, Role, SendingId, SendingState};

const LATE: SignedDuration = SignedDuration::from_mins(16);

async fn submitted(world: &World, drafter: &str, more: &[(&str, &str)]) -> (String, String) {
    let draft = world.draft(drafter, more).await;
    let sending = world.to_two(drafter, &draft).await;
    assert_eq!(world.send(&format!("{sending}/submit"), drafter, &[]).await.status, StatusCode::SEE_OTHER);
    (draft, sending)
}

#[tokio::test]
async fn what_is_written_after_the_session_ended_is_a_draft_of_its_own() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[]).await;
    assert_eq!(
        world.upload(&format!("{draft}/files"), &drafter, "案内.pdf", b"%PDF-1.7").await.status,
        StatusCode::SEE_OTHER
    );
    world.pass(LATE);

    let done = world.send(&draft, &drafter, &[("title", "書きなおした件名")]).await;

    assert_eq!(done.location(), "/console/login?done=kept", "{}", done.body);
    assert!(world.see(done.location(), "").await.body.contains("書いていたものは、新しい下書きに残しました。"));
    for path in ["/console", &draft] {
        assert_eq!(world.see(path, &drafter).await.status, StatusCode::UNAUTHORIZED);
    }
    let again = world.again("田中").await;
    let list = world.see("/console", &again).await.body;
    assert!(list.contains("書きなおした件名") && list.contains("健康診断を受けられます"), "{list}");
    // Not a second time: nobody is known by that cookie any more.
    assert_eq!(world.send(&draft, &drafter, &[("title", "x")]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_first_draft_that_took_long_is_kept_too_and_of_others_nothing() {
    let world = World::new().await;
    let (drafter, viewer) = (world.officer("田中", Role::Draft).await, world.officer("佐藤", Role::View).await);
    world.pass(LATE);
    assert_eq!(world.send("/console/drafts", &viewer, &[("title", "x")]).await.status, StatusCode::UNAUTHORIZED);
    let done = world.send("/console/drafts", &drafter, &[("title", "長い下書き")]).await;
    assert_eq!(done.location(), "/console/login?done=kept");
    let again = world.again("田中").await;
    assert!(world.see("/console", &again).await.body.contains("長い下書き"));
    world.pass(SignedDuration::from_hours(13));
    assert_eq!(world.send("/console/drafts", &again, &[("title", "x")]).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn files_look_and_recipients_come_after_the_text_was_saved() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[]).await;
    let text = world.see(&draft, &drafter).await.body;
    assert!(
        !text.contains("/segment") && !text.contains("/files\""),
        "nothing of another form beside the text: {text}"
    );
    let form = [("kind", "information"), ("title", "なおした件名"), ("then", "next")];
    let done = world.send(&draft, &drafter, &form).await;
    assert_eq!(done.location(), format!("{draft}/next?done=saved"));
    let next = world.see(done.location(), &drafter).await.body;
    assert!(next.contains("なおした件名") && next.contains("なおすところがあります"), "{next}");
    assert!(!next.contains("/segment"), "not before everything is there: {next}");
}

#[tokio::test]
async fn what_waits_for_an_approver_is_found_behind_whatever_else_was_sent() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let (_, sending) = submitted(&world, &drafter, &[("title", "待っているお知らせ")]).await;
    world.pass(SignedDuration::from_mins(1));
    for _ in 0..60 {
        by_system(&world).await;
    }
    let list = world.see("/console", &approver).await.body;
    assert!(list.contains("あなたの承認を待っています") && list.contains(&sending), "{list}");
    assert!(!world.see("/console", &drafter).await.body.contains("あなたの承認を待っています"));
    world.send(&format!("{sending}/reject"), &approver, &[("reason", "日にちが違います。")]).await;
    let list = world.see("/console", &drafter).await.body;
    assert!(list.contains("あなたが続きをするもの") && list.contains(&sending), "{list}");
}

/// Released by a program of the municipality's.
async fn by_system(world: &World) -> SendingId {
    let id = SendingId::generate(&mut runtime::SystemRng);
    let new = NewSending {
        id,
        made_by: "client:kenko".to_owned(),
        made_at: world.now(),
        draft: DRAFT.to_owned(),
        merged: false,
        starts_at: world.now(),
        expires_at: world.now() + SignedDuration::from_hours(24),
    };
    let person = NewRecipient { place: 0, link_code: [9; 32].into(), fields: None };
    let mut repository = world.store.begin().await.unwrap();
    assert!(repository.insert_sending(&new).await.unwrap());
    repository.insert_recipients(id, &[person]).await.unwrap();
    assert!(repository.release_sending(id, "client:kenko", world.now()).await.unwrap());
    repository.commit().await.unwrap();
    id
}

#[tokio::test]
async fn what_a_system_sent_is_not_written_anew_here() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let sending = format!("/console/sendings/{}", by_system(&world).await);
    assert!(!world.see(&sending, &drafter).await.body.contains("なおして差し替える"));
    let refused = world.send(&format!("{sending}/replace"), &drafter, &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("送ったシステムから行ってください"), "{}", refused.body);
}

#[tokio::test]
async fn before_it_is_approved_a_draft_can_be_taken_back_and_what_was_stopped_is_not_lost() {
    let world = World::new().await;
    let (drafter, other) = (world.officer("田中", Role::Draft).await, world.officer("佐藤", Role::Draft).await);
    for stopped in [false, true] {
        let (draft, sending) = submitted(&world, &drafter, &[]).await;
        if stopped {
            assert_eq!(world.send(&format!("{sending}/cancel"), &other, &[]).await.status, StatusCode::SEE_OTHER);
        }
        assert_eq!(world.send(&format!("{sending}/discard"), &other, &[]).await.status, StatusCode::NOT_FOUND);
        assert!(world.see(&sending, &drafter).await.body.contains("下書きに戻してなおす"));
        let back = world.send(&format!("{sending}/discard"), &drafter, &[]).await;
        assert!(back.location().starts_with(&draft), "{}", back.body);
        assert_eq!(world.see(&draft, &drafter).await.status, StatusCode::OK);
        assert_eq!(world.row(&sending).await.state, SendingState::Cancelled);
    }
}

#[tokio::test]
async fn what_was_released_does_not_become_a_draft_again() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let (_, sending) = submitted(&world, &drafter, &[]).await;
    world.send(&format!("{sending}/approve"), &approver, &[]).await;
    for stop in [false, true] {
        if stop {
            world.send(&format!("{sending}/cancel"), &drafter, &[]).await;
        }
        assert_eq!(world.send(&format!("{sending}/discard"), &drafter, &[]).await.status, StatusCode::CONFLICT);
    }
}

#[tokio::test]
async fn a_reason_that_cannot_be_taken_is_still_there() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let (_, sending) = submitted(&world, &drafter, &[]).await;
    let long = "日にちが違います。".repeat(200);
    let page = world.send(&format!("{sending}/reject"), &approver, &[("reason", &long)]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains(&long) && page.body.contains("まだ差し戻していません。"), "{}", page.body);
    assert_eq!(world.row(&sending).await.state, SendingState::Waiting);
}

#[tokio::test]
async fn whoever_approves_sees_files_choices_addresses_and_what_is_replaced() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let (_, first) = submitted(&world, &drafter, &[]).await;
    world.send(&format!("{first}/approve"), &approver, &[]).await;
    let draft = world.send(&format!("{first}/replace"), &drafter, &[]).await;
    let draft = draft.location().split('?').next().unwrap().to_owned();
    let form = [
        ("kind", "request"),
        ("title", "回答のおねがい"),
        ("body", "読んでください。\n\n[くわしく](https://www.city.example/kenshin/2026?a=1)"),
        ("office", "健康推進課"),
        ("expires", "2026-12-31"),
        ("closes", "2026-12-10"),
        ("q1-label", "どこで受けますか"),
        ("q1-choices", "区役所\n病院"),
        ("q1-label-en", "Where will you go?"),
        ("q1-choices-en", "Ward office\nHospital"),
    ];
    world.send(&draft, &drafter, &form).await;
    let page = scraper::Html::parse_document(&world.see(&draft, &drafter).await.body);
    let closed = scraper::Selector::parse("details:not([open]) textarea[id$='-choices-en']").unwrap();
    let closed: Vec<_> = page.select(&closed).filter_map(|field| field.attr("id")).collect();
    assert_eq!(closed, ["q2-choices-en", "q3-choices-en", "q4-choices-en", "q5-choices-en"]);
    world.upload(&format!("{draft}/files"), &drafter, "案内 1.pdf", b"%PDF-1.7 one").await;
    assert_eq!(world.see(&format!("{draft}/files/0"), &drafter).await.body, "%PDF-1.7 one");
    let sending = world.to_two(&drafter, &draft).await;
    world.send(&format!("{sending}/submit"), &drafter, &[]).await;

    let page = world.see(&sending, &approver).await.body;
    for shown in ["区役所", "病院", "一つ選ぶ", "https://www.city.example/kenshin/2026?a=1", "前に送ったお知らせを見る"]
    {
        assert!(page.contains(shown), "{shown} in {page}");
    }
    assert!(page.contains(&first) && page.contains(&format!("{sending}/files/0")), "{page}");
    let preview = world.see(&format!("{sending}/preview"), &approver).await.body;
    assert!(preview.contains("preview?text=en") && !preview.contains("preview?text=ja-easy"), "{preview}");
    let english = world.see(&format!("{sending}/face?text=en"), &approver).await.body;
    for shown in ["読んでください。", "Where will you go?", "Ward office", "Hospital"] {
        assert!(english.contains(shown), "{shown} in {english}");
    }
    let file = world.see(&format!("{sending}/files/0"), &approver).await;
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "%PDF-1.7 one"));
    assert_eq!(
        file.headers.get("content-disposition").unwrap(),
        "attachment; filename*=UTF-8''%E6%A1%88%E5%86%85%201.pdf"
    );
    assert_eq!(world.see(&format!("{sending}/files/1"), &approver).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_notice_for_later_is_signed_when_it_is_approved_so_its_days_count_from_today() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let draft = world.draft(&drafter, &[("starts", "2027-01-20"), ("expires", "2027-12-20")]).await;
    let page = world.see(&draft, &drafter).await.body;
    assert!(page.contains("きょうから366日までの日を入れてください。"), "{page}");

    let (_, sending) = submitted(&world, &drafter, &[("starts", "2027-01-20"), ("expires", "2027-11-20")]).await;
    assert!(world.see(&sending, &approver).await.body.contains("40歳からの人は無料です。"));
    let done = world.send(&format!("{sending}/approve"), &approver, &[]).await;
    assert_eq!(done.location(), format!("{sending}?done=approved"));
    let page = world.see(done.location(), &approver).await.body;
    assert!(page.contains("決めた日時になると、送り始めます。") && page.contains("送る日を待っています"), "{page}");
    assert!(world.see("/console/audit", &approver).await.body.contains("承認しました"));
}

#[tokio::test]
async fn a_list_that_came_twice_says_so_and_a_stranger_sees_no_file() {
    let world = World::new().await;
    let (drafter, other) = (world.officer("田中", Role::Draft).await, world.officer("佐藤", Role::Draft).await);
    let draft = world.draft(&drafter, &[]).await;
    world.upload(&format!("{draft}/files"), &drafter, "案内.pdf", b"%PDF-1.7").await;
    for path in ["/next", "/files/0"] {
        assert_eq!(world.see(&format!("{draft}{path}"), &other).await.status, StatusCode::NOT_FOUND);
    }
    let list = format!("link_code\n{}\n{}\n", code(7), code(7));
    let done = world.upload(&format!("{draft}/list"), &drafter, "a.csv", list.as_bytes()).await;
    assert!(world.see(done.location(), &drafter).await.body.contains("同じ人の行が1行あり"));
}

#[tokio::test]
async fn what_is_over_before_it_is_approved_goes_to_nobody_and_can_be_mended() {
    let world = World::new().await;
    let (drafter, _) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let (draft, sending) = submitted(&world, &drafter, &[("deadline", "2026-11-22")]).await;
    let open = world.draft(&drafter, &[("deadline", "2026-11-22")]).await;
    let open = world.to_two(&drafter, &open).await;
    world.pass(SignedDuration::from_hours(48));
    let (drafter, approver) = (world.again("田中").await, world.again("鈴木").await);

    for (path, officer) in [(format!("{sending}/approve"), &approver), (format!("{open}/submit"), &drafter)] {
        let refused = world.send(&path, officer, &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "{path}");
        assert!(refused.body.contains("日にちが合わないので、送れません"), "{}", refused.body);
    }
    assert_eq!(world.row(&sending).await.state, SendingState::Waiting);
    assert_eq!(world.row(&open).await.state, SendingState::Open);
    world.send(&format!("{sending}/discard"), &drafter, &[]).await;
    for page in [draft.clone(), format!("{draft}/next")] {
        let page = world.see(&page, &drafter).await.body;
        assert!(
            page.contains("期限は、送り始める日（決めていないときは、きょう）か、それよりあとにしてください。"),
            "{page}"
        );
    }
}

#[tokio::test]
async fn a_correction_of_what_is_over_is_kept_and_says_which_days_to_mend() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let asked =
        [("kind", "request"), ("closes", "2026-11-22"), ("q1-label", "来ますか"), ("q1-choices", "はい\nいいえ")];
    let (_, first) = submitted(&world, &drafter, &asked).await;
    let released = world.send(&format!("{first}/approve"), &approver, &[]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    world.pass(SignedDuration::from_hours(48));
    let drafter = world.again("田中").await;
    let done = world.send(&format!("{first}/replace"), &drafter, &[]).await;
    let draft = done.location().split('?').next().unwrap().to_owned();
    let page = world.see(&draft, &drafter).await.body;
    assert!(page.contains(r##"<a href="#closes">"##) && page.contains("2026-11-22"), "{page}");
    let refused = world.send(&format!("{draft}/segment"), &drafter, &[("segment", "two")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn whoever_approves_sees_which_days_may_be_chosen() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let asked = [("kind", "sign-up"), ("closes", "2026-12-10"), ("q1-label", "いつ受けますか"), ("q1-form", "day")];
    let days = [("q1-first", "2026-12-15"), ("q1-last", "2026-12-20")];
    let (_, sending) = submitted(&world, &drafter, &[&asked[..], &days[..]].concat()).await;
    let page = world.see(&sending, &approver).await.body;
    assert!(page.contains("日を選ぶ（2026年12月15日（火）から2026年12月20日（日）まで）"), "{page}");
}
