//! The list, as it is written.

use domain::{Locale, NoticeKind};
use portal::letter::{InLanguages, Line};
use portal::{InboxNotice, LetterId, NoticeCounts, ToDo, Touched, Urgent};

use super::*;
use crate::context::testing;

pub(in crate::pages) fn line(text: &str) -> Line {
    Line::typed(text).unwrap()
}

pub(in crate::pages) fn title(ja: &str, ja_easy: &str, en: &str) -> InLanguages<Line> {
    InLanguages { ja: line(ja), ja_easy: Some(line(ja_easy)), en: Some(line(en)) }
}

/// Arrived the day before, not read.
pub(in crate::pages) fn notice(number: i64, kind: NoticeKind, titles: InLanguages<Line>) -> InboxNotice {
    InboxNotice {
        letter: LetterId::of_number(number),
        sender: "141003".parse().unwrap(),
        kind,
        titles: Some(titles),
        deadline: None,
        replies_until: None,
        attachments: 0,
        expires_at: "2027-03-31T14:59:59Z".parse().unwrap(),
        withdrawn: false,
        replaced: false,
        is_new: true,
        touched: Touched {
            arrived_at: "2026-11-02T01:00:00Z".parse().unwrap(),
            opened_at: None,
            archived_at: None,
            binned_at: None,
            starred_at: None,
            replied_at: None,
        },
    }
}

fn health_check() -> InboxNotice {
    InboxNotice {
        deadline: Some("2026-11-10".parse().unwrap()),
        replies_until: Some("2026-11-10T14:59:59Z".parse().unwrap()),
        ..notice(7, NoticeKind::SignUp, title("健康診断の申込み", "健康診断（体をしらべる）", "Health check-up"))
    }
}

pub(in crate::pages) fn emergency() -> InboxNotice {
    notice(8, NoticeKind::Emergency, title("川があふれる おそれ", "川の水が 来ます", "River may flood"))
}

/// Its headline does not open any more.
pub(in crate::pages) fn damaged() -> InboxNotice {
    InboxNotice { titles: None, ..notice(4, NoticeKind::Information, line("見えません").into()) }
}

pub(in crate::pages) fn some() -> Inbox {
    let mut read = notice(3, NoticeKind::Information, title("図書館の休み", "図書館の休み", "Library closed"));
    read.touched.opened_at = Some("2026-11-03T04:00:00Z".parse().unwrap());
    read.touched.starred_at = read.touched.opened_at;
    let document = InboxNotice {
        attachments: 2,
        sender: "NTA".parse().unwrap(),
        ..notice(5, NoticeKind::Document, title("所得の証明書", "お金の証明書", "Certificate of income"))
    };
    Inbox {
        urgent: Urgent { notices: vec![emergency()], more: false },
        to_do: ToDo { notices: vec![health_check()], more: true },
        notices: vec![document, damaged(), read],
        counts: NoticeCounts { unopened: 4, inbox: 5, archive: 1, bin: 0, to_do: 1, urgent: 0 },
        kept: 2,
        senders: vec!["141003".parse().unwrap(), "NTA".parse().unwrap()],
        older: Some(LetterId::of_number(3)),
    }
}

/// As before a logout: the sign-up is not answered yet.
pub(in crate::pages) fn read() -> Vec<InboxNotice> {
    let Inbox { to_do, notices, .. } = some();
    let mut all: Vec<_> = to_do.notices.into_iter().chain(notices).collect();
    for notice in &mut all {
        notice.touched.opened_at = Some("2026-11-03T04:00:00Z".parse().unwrap());
    }
    all
}

pub(in crate::pages) fn none() -> Inbox {
    Inbox {
        urgent: Urgent::default(),
        to_do: ToDo::default(),
        notices: vec![],
        counts: NoticeCounts::default(),
        kept: 0,
        senders: vec![],
        older: None,
    }
}

pub(in crate::pages) fn page(locale: Locale, query: &str, inbox: Inbox) -> String {
    let here = testing::here(locale, &format!("/notices?{query}"), true);
    let parsed = InboxWish::parse(query);
    let (wish, wrong) = (parsed.clone().unwrap_or_default(), parsed.err());
    ui::render(|| view! { <Notices here wish wrong inbox/> })
}

#[test]
fn what_was_replaced_says_so_and_no_day_that_may_be_wrong() {
    let mut inbox = some();
    for notice in &mut inbox.to_do.notices {
        notice.replaced = true;
    }
    let html = page(Locale::Ja, "", inbox);
    assert!(html.contains("差し替え済み") && !html.contains("2026年11月10日"), "{html}");
}

#[test]
fn a_row_says_everything_in_words() {
    let html = page(Locale::Ja, "", some());
    for part in [
        "受信（5件、未読4件）",
        "よけたもの（1件）",
        "ごみ箱（0件）",
        "横浜市",
        "2026年11月2日",
        "新着",
        "未読",
        "申込み",
        "2026年11月10日まで（あと7日）",
        "添付2件",
        "印つき",
        r#"<a href="/notices/7">健康診断の申込み</a>"#,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    for code in ["141003\"<", "sign-up<", ">NTA<"] {
        assert!(!html.contains(code), "{code} in {html}");
    }
}

#[test]
fn an_emergency_stands_first_then_what_is_to_do_and_the_rest() {
    let html = page(Locale::Ja, "", some());
    let at = |part: &str| html.find(part).unwrap_or_else(|| panic!("{part} in {html}"));
    assert!(at("</h1>") < at("緊急のお知らせ（1件）") && at("緊急のお知らせ（1件）") < at("川があふれる"));
    assert!(at("川があふれる") < at("受信（5件、未読4件）"), "before the tabs, too");
    assert!(at("<h2>やること</h2>") < at("健康診断の申込み"));
    assert!(at("健康診断の申込み</a>") < at("そのほかのお知らせ"));
    assert!(at("そのほかのお知らせ") < at("所得の証明書"));
    assert!(html.contains(r#"href="/notices?todo=1""#));
}

/// By the word, the mark's name and a border; screen readers hear it first.
#[test]
fn an_emergency_is_told_without_colour() {
    for query in ["", "place=bin", "words=x"] {
        let html = page(Locale::Ja, query, Inbox { to_do: ToDo::default(), notices: vec![], ..some() });
        for part in [r#"role="alert""#, r#"role="img" aria-label="緊急""#, "命や健康にかかわるお知らせです。"]
        {
            assert!(html.contains(part), "{part} in {html}");
        }
    }
    let more = Urgent { notices: vec![emergency()], more: true };
    let html = page(Locale::Ja, "", Inbox { urgent: more, ..none() });
    assert!(html.contains(r#"href="/notices?kind=emergency&amp;state=unread""#), "{html}");
    assert!(html.contains("ほかのお知らせはありません") && !html.contains(">お知らせはありません"), "{html}");
    assert!(!page(Locale::Ja, "", none()).contains("緊急のお知らせ（"));
}

#[test]
fn what_is_damaged_says_so_in_its_row_and_the_others_are_shown() {
    let html = page(Locale::Ja, "", some());
    let at = |part: &str| html.find(part).unwrap_or_else(|| panic!("{part} in {html}"));
    assert!(at(r#"<a href="/notices/4">表示できないお知らせ</a>"#) < at("差出人の機関に直接おたずねください。"));
    assert!(html.contains("「表示できないお知らせ」を選ぶ") && html.contains("図書館の休み"), "{html}");
}

#[test]
fn each_state_is_a_tab_and_stays_in_the_form() {
    for (state, name) in [("new", "新着"), ("unread", "未読"), ("read", "既読")] {
        let html = page(Locale::Ja, &format!("state={state}"), some());
        let tab = format!(r#"<a href="/notices?state={state}" aria-current="page">{name}</a>"#);
        let tabs = html.split("class=\"tabs\"").nth(1).and_then(|rest| rest.split("</nav>").next()).unwrap();
        assert!(tabs.contains(&tab) && tabs.matches("aria-current").count() == 1, "{tab} in {tabs}");
        assert!(html.contains(&format!(r#"value="{state}" selected"#)), "{html}");
    }
}

#[test]
fn everything_is_done_in_one_form_that_knows_the_way_back() {
    let html = page(Locale::Ja, "kind=sign-up&words=a%26b", some());
    assert!(html.contains(r#"<form method="post" action="/notices/act""#), "{html}");
    assert!(html.contains(r#"<input type="hidden" name="back" value="kind=sign-up&amp;words=a%26b""#), "{html}");
    assert!(html.contains(r#"name="letter" value="7""#) && html.contains("「健康診断の申込み」を選ぶ"), "{html}");
}

/// The first button of a form is the one that a key in a check box presses.
#[test]
fn the_first_button_erases_nothing_and_marks_nothing_as_read() {
    for (query, act) in [("", "unread"), ("place=archive", "unread"), ("place=bin", "restore")] {
        let html = page(Locale::Ja, query, some());
        let first = html.split("letters-form").nth(1).unwrap().split("<button").nth(1).unwrap();
        assert!(first.contains(&format!(r#"value="{act}""#)), "{first}");
    }
}

#[test]
fn the_bin_only_gives_back() {
    let html = page(Locale::Ja, "place=bin", Inbox { to_do: ToDo::default(), ..some() });
    assert!(html.contains(r#"value="restore""#) && !html.contains(r#"name="act" value="bin""#), "{html}");
}

#[test]
fn older_ones_are_one_link_away_and_so_is_the_way_back() {
    let html = page(Locale::Ja, "unread=1&before=9", some());
    assert!(html.contains(r#"href="/notices?state=unread&amp;before=3""#), "{html}");
    assert!(html.contains(r#"rel="first" href="/notices?state=unread""#), "{html}");
}

#[test]
fn what_was_marked_is_looked_for_and_stays_so_from_page_to_page() {
    let html = page(Locale::Ja, "starred=1", Inbox { to_do: ToDo::default(), ..some() });
    let ticked = html.split(r#"id="starred""#).nth(1).and_then(|rest| rest.split('>').next()).unwrap();
    assert!(ticked.contains("checked"), "{ticked}");
    for part in [
        "印を付けたものだけ",
        "1つの条件を使っています",
        r#"name="back" value="starred=1""#,
        r#"href="/notices?starred=1&amp;before=3""#,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn an_empty_place_says_what_will_appear() {
    assert!(page(Locale::Ja, "", none()).contains("機関からお知らせが届くと、ここに表示します。"));
    assert!(page(Locale::Ja, "place=archive", none()).contains("よけたものはありません"));
    assert!(page(Locale::Ja, "place=bin", none()).contains("ごみ箱は空です"));
    assert!(page(Locale::Ja, "state=new", none()).contains("新着のお知らせはありません"));
    assert!(page(Locale::Ja, "state=unread", none()).contains("未読のお知らせはありません"));
    assert!(page(Locale::Ja, "state=read", none()).contains("既読のお知らせはありません"));
    assert!(page(Locale::Ja, "state=read&words=a", none()).contains("条件に合うお知らせはありません"));
    assert!(page(Locale::Ja, "place=bin&words=a", none()).contains("条件に合うお知らせはありません"));
    assert!(page(Locale::Ja, "starred=1", none()).contains("条件に合うお知らせはありません"));
    assert!(page(Locale::Ja, "before=7", none()).contains("これより古いお知らせはありません"));
}

#[test]
fn a_condition_that_cannot_be_read_is_said_at_its_field() {
    let html = page(Locale::Ja, "kind=spam", some());
    assert!(html.contains(r##"<a href="#kind">"##) && html.contains("この条件は使えません"), "{html}");
    assert!(page(Locale::Ja, "starred=x", some()).contains(r##"<a href="#starred">"##));
    assert!(page(Locale::Ja, "user=1", some()).contains("このページにない条件が指定されています"));
}

#[test]
fn words_of_a_sender_never_become_markup() {
    let mut inbox = none();
    inbox.notices = vec![notice(1, NoticeKind::Information, line("<script>alert(1)</script>\"'&").into())];
    let html = page(Locale::Ja, "", inbox);
    assert!(!html.contains("<script>alert"), "{html}");
}

#[test]
fn it_says_what_goes_and_what_stays() {
    let html = page(Locale::Ja, "", none());
    assert!(
        html.contains("読んだものは、ログアウトすると消えます。") && html.contains("差出人が決めた日まで残ります。")
    );
}
