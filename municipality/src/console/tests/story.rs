use domain::NoticeState;
use http::StatusCode;

use super::world::{World, code};
use crate::store::{ReturnedRow, Role, SendingState};

#[tokio::test]
async fn somebody_else_sees_a_draft_nowhere() {
    let world = World::new().await;
    let (drafter, other) = (world.officer("田中", Role::Draft).await, world.officer("佐藤", Role::Draft).await);
    let draft = world.draft(&drafter, &[]).await;
    for path in ["", "/preview", "/face"] {
        assert_eq!(world.see(&format!("{draft}{path}"), &other).await.status, StatusCode::NOT_FOUND);
    }
    for path in ["", "/drop", "/files/0/drop"] {
        assert_eq!(world.send(&format!("{draft}{path}"), &other, &[]).await.status, StatusCode::NOT_FOUND);
    }
    let sending = world.to_two(&drafter, &draft).await;
    assert_eq!(world.send(&format!("{sending}/submit"), &other, &[]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_can_be_sent() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[("kind", "deadline"), ("title", "【重要】手続き")]).await;
    let page = world.see(&draft, &drafter).await.body;
    assert!(page.contains(r##"<a href="#deadline">"##), "{page}");
    let refused = world.send(&format!("{draft}/segment"), &drafter, &[("segment", "two")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(world.see(&format!("{draft}/preview"), &drafter).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_checker_speaks_to_the_drafter_and_to_the_approver() {
    let world = World::new().await;
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let draft = world.draft(&drafter, &[("title", "【重要】健康診断")]).await;
    assert!(world.see(&draft, &drafter).await.body.contains("件名に【重要】などの印があります。"));
    let sending = world.to_two(&drafter, &draft).await;
    world.send(&format!("{sending}/submit"), &drafter, &[]).await;
    assert!(world.see(&sending, &approver).await.body.contains("件名に【重要】などの印があります。"));
}

#[tokio::test]
async fn markup_in_a_text_stays_text() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let bad = "<script>alert(1)</script>";
    let draft = world.draft(&drafter, &[("title", bad), ("body", bad)]).await;
    for path in [draft.clone(), format!("{draft}/face"), "/console".to_owned()] {
        let page = world.see(&path, &drafter).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("<script>alert"), "{path}: {}", page.body);
    }
}

#[tokio::test]
async fn a_file_that_lies_about_its_type_is_refused_and_a_true_one_goes_along() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[]).await;
    let files = format!("{draft}/files");
    let lie = world.upload(&files, &drafter, "案内.pdf", b"MZ\x90\x00").await;
    assert_eq!(lie.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.upload(&files, &drafter, "案内.pdf", b"%PDF-1.7").await.status, StatusCode::SEE_OTHER);
    let sending = world.to_two(&drafter, &draft).await;
    let row = world.row(&sending).await;
    assert!(row.draft.contains("案内.pdf"));
    let files = world.store.read().await.unwrap().pending_attachments(row.id).await.unwrap();
    assert_eq!(files[0].content, b"%PDF-1.7");
}

#[tokio::test]
async fn a_file_of_two_hundred_megabytes_is_refused() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[]).await;
    let long = vec![b'x'; 7 * 1024 * 1024];
    let refused = world.upload(&format!("{draft}/files"), &drafter, "a.txt", &long).await;
    assert!(refused.status.is_client_error(), "{}", refused.status);
}

#[tokio::test]
async fn a_list_with_a_bad_line_goes_to_nobody_and_names_the_line() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[]).await;
    let list = format!("link_code\n{}\nまちがい\n", code(7));
    let done = world.upload(&format!("{draft}/list"), &drafter, "a.csv", list.as_bytes()).await;
    let sending = done.location().to_owned();
    let page = world.see(&sending, &drafter).await.body;
    assert!(page.contains("3行目") && page.contains("リンクコードの形ではありません。"), "{page}");
    assert!(!page.contains("まちがい"), "{page}");
    assert_eq!(world.send(&format!("{sending}/submit"), &drafter, &[]).await.status, StatusCode::CONFLICT);
    let back = world.send(&format!("{sending}/discard"), &drafter, &[]).await;
    assert!(back.location().starts_with(&draft));
    assert_eq!(world.row(&sending).await.state, SendingState::Cancelled);
}

/// Released to two people.
async fn released(world: &World, more: &[(&str, &str)]) -> (String, String, String) {
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let draft = world.draft(&drafter, more).await;
    let sending = world.to_two(&drafter, &draft).await;
    world.send(&format!("{sending}/submit"), &drafter, &[]).await;
    world.send(&format!("{sending}/approve"), &approver, &[]).await;
    (sending, drafter, approver)
}

#[tokio::test]
async fn a_page_on_which_something_moves_renews_itself_unless_told_not_to() {
    let world = World::new().await;
    let (sending, drafter, _) = released(&world, &[]).await;
    let page = world.see(&sending, &drafter).await;
    assert_eq!(page.headers.get("refresh").unwrap().to_str().unwrap(), format!("3; url={sending}?live=1"));
    assert!(world.see(&format!("{sending}?still=1"), &drafter).await.headers.get("refresh").is_none());
}

#[tokio::test]
async fn what_is_taken_back_goes_no_further() {
    let world = World::new().await;
    let (sending, drafter, _) = released(&world, &[]).await;
    assert_eq!(world.send(&format!("{sending}/withdraw"), &drafter, &[]).await.status, StatusCode::SEE_OTHER);
    let row = world.row(&sending).await;
    assert_eq!((row.state, row.withdrawn_at), (SendingState::Cancelled, Some(world.now())));
    assert_eq!(world.send(&format!("{sending}/withdraw"), &drafter, &[]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_correction_is_a_new_draft_that_names_what_it_replaces() {
    let world = World::new().await;
    let (sending, drafter, _) = released(&world, &[]).await;
    let done = world.send(&format!("{sending}/replace"), &drafter, &[]).await;
    let draft = done.location().split('?').next().unwrap().to_owned();
    let again = world.to_two(&drafter, &draft).await;
    let old = world.row(&sending).await.id.notice().to_string();
    assert!(world.row(&again).await.draft.contains(&format!("\"replaces\":\"{old}\"")));
}

#[tokio::test]
async fn few_people_are_not_counted_out() {
    let world = World::new().await;
    let (sending, drafter, _) = released(&world, &[("wants_states", "yes")]).await;
    let notice = world.row(&sending).await.id.notice();
    let mut repository = world.store.begin().await.unwrap();
    for number in 0..7_u8 {
        let link_code = domain::LinkCode::from([number; 32]);
        let state = Some(if number < 5 { NoticeState::Arrived } else { NoticeState::OpenedByPerson });
        let row = ReturnedRow { number: u64::from(number) + 1, notice, link_code, at: world.now(), state, reply: None };
        repository.insert_returned(&row).await.unwrap();
    }
    repository.commit().await.unwrap();
    let page = world.see(&sending, &drafter).await.body;
    assert!(page.contains("<dt>届いた</dt><dd>5人</dd>"), "{page}");
    assert!(page.contains("<dt>開いた（本人）</dt><dd>5人未満</dd>"), "{page}");
}

#[tokio::test]
async fn replies_are_for_those_who_handle_them_and_taking_them_is_noted() {
    let world = World::new().await;
    let more =
        [("kind", "request"), ("closes", "2026-12-10"), ("q1-label", "受けますか"), ("q1-choices", "はい\nいいえ")];
    let (sending, drafter, _) = released(&world, &more).await;
    let page = world.see(&format!("{sending}/replies"), &drafter).await;
    assert_eq!(page.status, StatusCode::OK);
    let table = world.send(&format!("{sending}/replies.csv"), &drafter, &[]).await;
    assert_eq!(table.body, "\u{feff}number,at,link_code,受けますか\n");
    assert!(world.see("/console/audit", &drafter).await.body.contains("回答をダウンロードしました"));
}

#[tokio::test]
async fn every_click_that_changes_something_leaves_a_line() {
    let world = World::new().await;
    let (_, drafter, _) = released(&world, &[]).await;
    let trail = world.see("/console/audit", &drafter).await.body;
    for said in [
        "登録コードを出しました（田中）",
        "セキュリティキーを登録しました",
        "ログインしました",
        "下書きを作りました",
        "お知らせを作りました",
        "宛先の一覧を読み込みました",
        "承認に出しました",
        "送り始めました",
    ] {
        assert!(trail.contains(said), "{said} in {trail}");
    }
}
