//! What stands first in an inbox, what is found in it, and what cannot be shown of it (P-PSH-4).

use domain::NoticeKind;
use jiff::SignedDuration;
use municipality::draft::Draft;
use reqwest::Method;
use stories::{Page, Town};

use crate::inbox::{Scene, asking, link_of, says};
use crate::inbox_live::chunk;

fn emergency(scene: &Scene<'_>) -> Draft {
    Draft { kind: NoticeKind::Emergency, ..scene.draft("川があふれるおそれがあります") }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_stands_first_everywhere_until_it_is_read() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let due = Draft {
        kind: NoticeKind::Deadline,
        deadline: Some("2026-11-10".parse().unwrap()),
        ..scene.draft("保険料の支払い")
    };
    scene.receives(&emergency(&scene), &[]).await;
    scene.receives(&due, &[]).await;

    for page in ["/notices", "/notices?place=bin", "/notices?words=nowhere", "/home"] {
        let page = scene.citizen.opens(page).await;
        says(&page, &["緊急のお知らせ（1件）", "川があふれるおそれがあります", "お知らせ（緊急1件、未読2件）"]);
        let at = |part: &str| page.html.find(part).unwrap_or_else(|| panic!("{part} in {}", page.text()));
        assert!(at("</h1>") < at(r#"role="alert""#) && at(r#"role="alert""#) < at("川があふれる"), "{}", page.url);
    }
    let list = scene.citizen.opens("/notices").await;
    let at = |part: &str| list.text().find(part).unwrap_or_else(|| panic!("{part} in {}", list.text()));
    assert!(at("川があふれる") < at("やること") && at("やること") < at("保険料の支払い"));
    assert_eq!(list.html.matches("川があふれる").count(), 1, "it stands there alone");

    let read = scene.reads("川があふれるおそれがあります").await;
    says(&read, &["お知らせ（未読1件）"]);
    for page in ["/notices", "/home"] {
        assert!(!scene.citizen.opens(page).await.text().contains("緊急のお知らせ（"), "{page}");
    }
    says(&scene.citizen.opens("/notices").await, &["そのほかのお知らせ", "川があふれるおそれがあります"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_whose_time_is_over_stands_nowhere() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let expires_at = town.now() + SignedDuration::from_mins(5);
    scene.receives(&Draft { expires_at, ..emergency(&scene) }, &[]).await;
    says(&scene.citizen.opens("/home").await, &["緊急のお知らせ（1件）"]);
    town.passes(SignedDuration::from_mins(6));
    for page in ["/home", "/notices"] {
        let page = scene.citizen.opens(page).await;
        assert!(!page.text().contains("緊急のお知らせ（") && !page.text().contains("緊急1件"), "{}", page.text());
    }
}

/// The number beside 「お知らせ」 never had it.
#[tokio::test(flavor = "multi_thread")]
async fn opening_what_was_put_away_unread_takes_nothing_from_the_unread_count() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    for title in ["図書館の休み", "道の工事", "水道の検査"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    for (title, act, place) in [("図書館の休み", "archive", "archive"), ("道の工事", "bin", "bin")] {
        scene.does("/notices", title, act).await;
        let list = scene.citizen.opens(&format!("/notices?place={place}")).await;
        let page = scene.citizen.browser.follows(&list, &link_of(&list, title)).await;
        says(&page, &["本文です。"]);
        let left = if act == "archive" { 2 } else { 1 };
        says(&page, &[&format!("お知らせ（未読{left}件）")]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_is_told_of_an_emergency_as_one() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let mut stream = scene.citizen.browser.listens(&town.portal("/notices/events"), None).await;
    assert_eq!(chunk(&mut stream).await.unwrap(), "retry: 5000\n\n");
    town.passes(SignedDuration::from_secs(1));
    scene.receives(&emergency(&scene), &[]).await;
    let heard = chunk(&mut stream).await.unwrap();
    assert!(heard.contains("event: emergency\n") && !heard.contains("川"), "{heard}");
}

/// Numbers of notices can be guessed: a link of another site marks nothing as read, and takes nothing along.
#[tokio::test(flavor = "multi_thread")]
async fn another_site_opens_no_notice_and_leads_to_the_list() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&asking(&scene, town.now() + SignedDuration::from_hours(24)), &[]).await;
    let list = scene.citizen.opens("/notices").await;
    let hers = link_of(&list, "健康診断の申込み");
    let elsewhere = Page { url: "https://evil.example/".parse().unwrap(), ..list };
    for path in ["", "/letter", "/pdf?text=ja", "/calendar", "/reply", "/files/0"] {
        let url = town.portal(&format!("{hers}{path}"));
        let page = scene.citizen.browser.goes(Method::GET, url, Some(&elsewhere), vec![], None).await;
        assert_eq!((page.status.as_u16(), page.path()), (200, "/notices"), "{path}");
        says(&page, &["健康診断の申込み", "受信（1件、未読1件）"]);
    }
    assert_eq!(town.count("notice WHERE opened_at IS NULL AND first_opened_at IS NULL").await, 1);
    // An address that its person typed, or kept as a bookmark, is theirs.
    says(&scene.citizen.opens(&hers).await, &["本文です。"]);
    assert_eq!(town.count("notice WHERE first_opened_at IS NOT NULL").await, 1);
}

/// Until it is told that nobody is logged in any more, the page comes back.
#[tokio::test(flavor = "multi_thread")]
async fn an_open_page_asks_again_when_nothing_could_be_looked_up() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    town.alters_database(&["UPDATE session SET data = 'x'".to_owned()]).await;
    let mut later = scene.citizen.browser.listens(&town.portal("/notices/events"), None).await;
    assert_eq!((later.status().as_u16(), chunk(&mut later).await.as_deref()), (200, Some("retry: 60000\n\n")));
    assert_eq!(chunk(&mut later).await, None);
}

/// A deadline has a day, an answer has a moment: what ends first goes into the calendar.
#[tokio::test(flavor = "multi_thread")]
async fn a_sign_up_goes_into_the_calendar_when_it_closes() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let asks = asking(&scene, "2026-11-20T08:00:00Z".parse().unwrap());
    let calendar = async |draft: Draft| {
        scene.receives(&draft, &[]).await;
        let page = scene.reads(draft.text.ja.title.as_str()).await;
        says(&page, &["期限をカレンダーに入れる"]);
        scene.citizen.browser.follows(&page, &format!("{}/calendar", page.path())).await.html
    };
    let only = calendar(asks.clone()).await;
    assert!(only.contains("DTSTART:20261120T080000Z\r\n"), "{only}");

    let sooner =
        Draft { text: scene.draft("早いほう").text, deadline: Some("2026-11-10".parse().unwrap()), ..asks.clone() };
    let sooner = calendar(sooner).await;
    assert!(sooner.contains("DTSTART;VALUE=DATE:20261110\r\n"), "{sooner}");
    let later = Draft { text: scene.draft("遅いほう").text, deadline: Some("2026-11-25".parse().unwrap()), ..asks };
    let later = calendar(later).await;
    assert!(later.contains("DTSTART:20261120T080000Z\r\n"), "{later}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_damaged_headline_keeps_nobody_from_the_others() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    for title in ["図書館の休み", "道の工事"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    let hers = link_of(&scene.citizen.opens("/notices").await, "図書館の休み");
    let number = hers.trim_start_matches("/notices/");
    let damage = format!("UPDATE letter_words SET headline = zeroblob(length(headline)) WHERE letter_id = {number}");
    town.alters_database(&[damage]).await;

    let list = scene.citizen.opens("/notices").await;
    assert_eq!(list.status, 200);
    says(&list, &["道の工事", "表示できないお知らせ", "差出人の機関に直接おたずねください。", "受信（2件、未読2件）"]);
    assert!(!list.text().contains("図書館の休み"));
    says(&scene.citizen.opens("/home").await, &["未読が2件"]);
    says(&scene.citizen.opens("/notices?words=%E5%B7%A5%E4%BA%8B").await, &["道の工事"]);
    // The letter itself is whole.
    says(&scene.reads("表示できないお知らせ").await, &["図書館の休み", "差出人を確認しました"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_what_its_sender_signed_is_refused_and_the_others_are_read() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    for title in ["図書館の休み", "道の工事"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    let list = scene.citizen.opens("/notices").await;
    let altered = link_of(&list, "図書館の休み");
    let number = altered.trim_start_matches("/notices/");
    town.alters_database(&[format!("UPDATE letter SET digest = zeroblob(32) WHERE id = {number}")]).await;

    let refused = scene.citizen.opens(&altered).await;
    assert_eq!(refused.status, 500);
    says(&refused, &["差出人を確認できません", "内容を出していません"]);
    assert!(!refused.text().contains("本文です。") && !refused.text().contains("差出人を確認しました"));
    for path in ["letter", "pdf", "calendar"] {
        let page = scene.citizen.opens(&format!("{altered}/{path}")).await;
        assert!(page.status == 500 && !page.text().contains("本文です。"), "{path}: {}", page.status);
    }
    // Both are marked as read in one form; what cannot be shown was not read.
    let other = link_of(&list, "道の工事").trim_start_matches("/notices/").to_owned();
    let mut form = list.form("/notices/act").with("act", "read").with("letter", number);
    form.fields.push(("letter".to_owned(), other));
    says(&scene.citizen.browser.submits(&list, form).await, &["お知らせ1件を既読にしました", "受信（2件、未読1件）"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn new_unread_and_read_ones_are_found_each_by_itself() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    for _ in 0..2 {
        let home = scene.citizen.opens("/home").await;
        scene.citizen.logs_out(&home).await;
        town.passes(SignedDuration::from_mins(1));
        scene.citizen.logs_in().await;
        town.passes(SignedDuration::from_mins(1));
    }
    for title in ["バスの ＡＢＣ路線", "道の工事"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    scene.reads("道の工事").await;
    let has = async |query: &str, there: &[&str]| {
        let page = scene.citizen.opens(&format!("/notices?{query}")).await;
        for title in ["図書館の休み", "バスの ＡＢＣ路線", "道の工事"] {
            assert_eq!(page.text().contains(title), there.contains(&title), "{title} at {query}: {}", page.text());
        }
    };
    has("state=new", &["バスの ＡＢＣ路線"]).await;
    has("state=unread", &["バスの ＡＢＣ路線", "図書館の休み"]).await;
    has("state=read", &["道の工事"]).await;
    // As people type: ばす abc, in any order.
    has("words=abc+%E3%81%B0%E3%81%99", &["バスの ＡＢＣ路線"]).await;
    has("state=read&words=abc", &[]).await;
    scene.does("/notices", "道の工事", "bin").await;
    says(&scene.citizen.opens("/notices?state=read").await, &["既読のお知らせはありません"]);
    has("place=bin", &["道の工事"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_marked_is_listed_by_itself_until_its_mark_is_taken_away() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    for title in ["図書館の休み", "道の工事"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    let opens = async |query: &str| scene.citizen.opens(&format!("/notices?{query}")).await;
    says(&opens("starred=1").await, &["条件に合うお知らせはありません", "1つの条件を使っています"]);
    let list = scene.citizen.opens("/notices").await;
    let number = link_of(&list, "道の工事").trim_start_matches("/notices/").to_owned();
    scene.citizen.browser.submits(&list, list.form("/notices/act").with("star", &number)).await;

    // By itself, and with what else is looked for: words are 工事 and 図書.
    for query in ["starred=1", "starred=yes", "starred=1&state=unread&words=%E5%B7%A5%E4%BA%8B"] {
        let marked = opens(query).await;
        says(&marked, &["道の工事", "印つき"]);
        assert!(!marked.text().contains("図書館の休み"), "{query}: {}", marked.text());
    }
    for query in ["starred=1&words=%E5%9B%B3%E6%9B%B8", "starred=1&place=archive"] {
        says(&opens(query).await, &["条件に合うお知らせはありません"]);
    }

    let read = scene.does("/notices?starred=1", "道の工事", "read").await;
    says(&read, &["お知らせ1件を既読にしました", "道の工事"]);
    assert!(!read.text().contains("図書館の休み"), "what was done leads back to the same list: {}", read.url);
    let taken = scene.citizen.browser.submits(&read, read.form("/notices/act").with("unstar", &number)).await;
    says(&taken, &["条件に合うお知らせはありません", "受信（2件、未読1件）"]);
}

/// The wrong day stands nowhere beside the right one.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_corrected_waits_no_more_and_says_that_there_is_another_in_its_place() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let due = |title: &str, day: &str| Draft {
        kind: NoticeKind::Deadline,
        deadline: Some(day.parse().unwrap()),
        ..scene.draft(title)
    };
    let hers = scene.yokohama.holder_of("card-0001").await;
    let wrong = scene.yokohama.sends(&due("保険料の支払い", "2026-11-10"), &[hers]).await;
    assert_eq!(scene.yokohama.until_done(wrong).await.accepted, 1);
    let right = Draft { replaces: Some(wrong.notice()), ..due("支払いの訂正", "2026-11-20") };
    scene.receives(&right, &[]).await;

    let list = scene.citizen.opens("/notices").await;
    let at = |part: &str| list.text().find(part).unwrap_or_else(|| panic!("{part} in {}", list.text()));
    assert!(at("やること") < at("支払いの訂正") && at("支払いの訂正") < at("そのほかのお知らせ"));
    assert!(at("そのほかのお知らせ") < at("保険料の支払い") && at("保険料の支払い") < at("差し替え済み"));
    says(&list, &["2026年11月20日まで（あと17日）"]);
    assert!(!list.text().contains("2026年11月10日まで"), "{}", list.text());
    says(&scene.citizen.opens("/home").await, &["やることが1件"]);
}
