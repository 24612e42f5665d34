use domain::NoticeState;
use http::StatusCode;
use pki::cms::Form;

use super::world::{World, code};
use crate::attachment::testing::signed;
use crate::store::{AuditLine, ReturnedRow, Role, SendingState, Settled};

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
    let draft = world.draft(&drafter, &[("title", bad), ("body", &format!("よい\n\n{bad}"))]).await;
    let page = world.see(&draft, &drafter).await.body;
    assert!(page.contains("本文の3行目：HTMLは使えません。") && !page.contains("<script>alert"), "{page}");
    let draft = world.draft(&drafter, &[("title", bad), ("body", &bad.replace('<', "\\<"))]).await;
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
async fn a_signed_file_goes_along_only_with_its_document_inside() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[]).await;
    let files = format!("{draft}/files");
    let alone = signed(Form::Detached);
    for (name, bytes) in [("決定.p7s", &alone[..]), ("決定.p7m", b"\x30\x03\x02\x01\x01")] {
        let refused = world.upload(&files, &drafter, name, bytes).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("文書が中に入った署名付きのファイル"), "{}", refused.body);
    }
    let whole = signed(Form::Attached);
    assert_eq!(world.upload(&files, &drafter, "決定.p7m", &whole).await.status, StatusCode::SEE_OTHER);
    let row = world.row(&world.to_two(&drafter, &draft).await).await;
    let files = world.store.read().await.unwrap().pending_attachments(row.id).await.unwrap();
    assert_eq!(files.iter().map(|file| &file.content).collect::<Vec<_>>(), [&whole]);
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

/// Released to as many, each with a letter of their own where `line` says what is in it.
async fn released_to(world: &World, people: u16, more: &[(&str, &str)], day: Option<&str>) -> (String, String, String) {
    let (drafter, approver) = (world.officer("田中", Role::Draft).await, world.officer("鈴木", Role::Approve).await);
    let draft = world.draft(&drafter, more).await;
    let head = if day.is_some() { "link_code,day" } else { "link_code" };
    let line = |number: u16| match day {
        Some(day) => format!("{},{day}", person(number).expose()),
        None => person(number).expose(),
    };
    let list: Vec<String> = std::iter::once(head.to_owned()).chain((0..people).map(line)).collect();
    let done = world.upload(&format!("{draft}/list"), &drafter, "a.csv", list.join("\n").as_bytes()).await;
    let sending = done.location().to_owned();
    world.send(&format!("{sending}/submit"), &drafter, &[]).await;
    let released = world.send(&format!("{sending}/approve"), &approver, &[]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    (sending, drafter, approver)
}

fn person(number: u16) -> domain::LinkCode {
    let mut bytes = [7; 32];
    bytes[..2].copy_from_slice(&number.to_be_bytes());
    domain::LinkCode::from(bytes)
}

/// What comes back from these, in line `number + 2` of the list each.
async fn come_back(world: &World, sending: &str, numbers: std::ops::Range<u16>, state: Option<NoticeState>) {
    let row = world.row(sending).await;
    let mut last = world.store.read().await.unwrap().returned_last().await.unwrap();
    let mut repository = world.store.begin().await.unwrap();
    for number in numbers {
        last += 1;
        let notice = row.notice_of(u32::from(number) + 1);
        let reply = state.is_none().then(|| b"signed".to_vec());
        let row = ReturnedRow { number: last, notice, link_code: person(number), at: world.now(), state, reply };
        repository.insert_returned(&row).await.unwrap();
    }
    repository.commit().await.unwrap();
}

#[tokio::test]
async fn few_people_are_not_counted_out() {
    let world = World::new().await;
    let (sending, drafter, _) = released_to(&world, 14, &[("wants_states", "yes")], None).await;
    come_back(&world, &sending, 0..13, Some(NoticeState::Arrived)).await;
    come_back(&world, &sending, 0..9, Some(NoticeState::OpenedByPerson)).await;
    let page = world.see(&sending, &drafter).await.body;
    assert!(page.contains("<dt>届いた</dt><dd>10人以上</dd>"), "{page}");
    assert!(page.contains("<dt>開いた（本人）</dt><dd>10人未満</dd>"), "{page}");
}

#[tokio::test]
async fn letters_of_ones_own_are_counted_and_answered_at_any_number() {
    let world = World::new().await;
    let more = [
        ("kind", "request"),
        ("closes", "2026-12-10"),
        ("wants_states", "yes"),
        ("body", "{{day}}に来てください。"),
        ("q1-label", "来ますか"),
        ("q1-choices", "はい\nいいえ"),
    ];
    let (sending, drafter, _) = released_to(&world, 640, &more, Some("10日")).await;
    come_back(&world, &sending, 0..630, Some(NoticeState::Arrived)).await;
    come_back(&world, &sending, 0..630, Some(NoticeState::Arrived)).await;
    come_back(&world, &sending, 600..620, None).await;
    let page = world.see(&sending, &drafter).await.body;
    assert!(page.contains("<dt>届いた</dt><dd>630人以上</dd>"), "{page}");
    assert!(page.contains("届いた回答: 20人以上"), "{page}");
    let table = world.send(&format!("{sending}/replies.csv"), &drafter, &[]).await.body;
    assert_eq!(table.lines().count(), 21, "{table}");
    assert!(table.contains(&person(619).expose()), "{table}");
}

#[tokio::test]
async fn who_was_not_reached_is_told_by_line_and_page_and_not_to_who_only_looks_on() {
    let world = World::new().await;
    let (sending, drafter, _) = released_to(&world, 150, &[], None).await;
    let id = world.row(&sending).await.id;
    let mut repository = world.store.begin().await.unwrap();
    let settled = Settled { first: 1, last: 150, undeliverable: (1..=120).collect(), unknown: vec![] };
    repository.settle(id, &settled).await.unwrap();
    repository.commit().await.unwrap();
    let first = world.see(&sending, &drafter).await.body;
    assert!(first.contains(">2行目</th>") && first.contains(">101行目</th>") && !first.contains("102行目"), "{first}");
    let next = format!("{sending}?unreached=101");
    assert!(first.contains(&next), "{first}");
    let second = world.see(&next, &drafter).await;
    assert!(second.body.contains("102行目") && second.body.contains("121行目"), "{}", second.body);
    assert!(second.headers.get("refresh").is_none());
    let viewer = world.officer("佐藤", Role::View).await;
    let seen = world.see(&next, &viewer).await.body;
    assert!(!seen.contains("行目") && seen.contains("<dt>受け取る箱がない人</dt><dd>120人以上</dd>"), "{seen}");
}

#[tokio::test]
async fn lines_that_cannot_be_taken_are_told_page_by_page() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let draft = world.draft(&drafter, &[]).await;
    let list = format!("link_code\n{}", "x\n".repeat(130));
    let done = world.upload(&format!("{draft}/list"), &drafter, "a.csv", list.as_bytes()).await;
    let page = world.see(done.location(), &drafter).await.body;
    assert!(
        page.contains("使えない行が130行あります") && page.contains("101行目") && !page.contains("102行目"),
        "{page}"
    );
    let page = world.see(&format!("{}?faults=101", done.location()), &drafter).await.body;
    assert!(page.contains("102行目") && page.contains("131行目"), "{page}");
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
    let trail = world.see("/console/audit", &drafter).await.body;
    assert!(trail.contains("回答を見ました") && trail.contains("回答をダウンロードしました"), "{trail}");
}

#[tokio::test]
async fn the_audit_trail_is_read_page_by_page() {
    let world = World::new().await;
    let drafter = world.officer("田中", Role::Draft).await;
    let mut repository = world.store.begin().await.unwrap();
    for number in 0..250 {
        let line = AuditLine { at: world.now(), who: "command".to_owned(), what: format!("n{number}."), sending: None };
        repository.insert_audit(&line).await.unwrap();
    }
    repository.commit().await.unwrap();
    let first = world.see("/console/audit", &drafter).await.body;
    assert!(first.contains("n249.") && first.contains("n50.") && !first.contains("n49."), "{first}");
    let at = first.find("/console/audit?before=").unwrap();
    let next: String = first[at..].chars().take_while(|letter| *letter != '"').collect();
    let second = world.see(&next, &drafter).await.body;
    assert!(second.contains("n49.") && second.contains("ログインしました") && !second.contains("n50."), "{second}");
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
        "承認しました",
    ] {
        assert!(trail.contains(said), "{said} in {trail}");
    }
}
