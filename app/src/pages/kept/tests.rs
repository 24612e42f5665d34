//! 保管, as it is written.

use domain::{Locale, NoticeKind};
use portal::{KeptId, KeptNotice, NoticeCounts, OpenedKept};

use super::notice::KeptPage;
use super::*;
use crate::context::testing;
use crate::pages::notice::tests::opened as opened_notice;
use crate::pages::notices::tests::{line, title};

fn notice(number: i64, kind: NoticeKind, titles: portal::letter::InLanguages<portal::letter::Line>) -> KeptNotice {
    KeptNotice {
        id: KeptId::of_number(number),
        sender: "141003".parse().unwrap(),
        notice: [1; 16].into(),
        kind,
        titles,
        deadline: None,
        replies_until: None,
        arrived_at: "2026-11-01T01:00:00Z".parse().unwrap(),
        replied_at: None,
        attachments: 0,
        kept_at: "2026-11-02T01:00:00Z".parse().unwrap(),
        expires_at: "2027-03-02T01:00:00Z".parse().unwrap(),
        withdrawn: false,
    }
}

pub(in crate::pages) fn some() -> Kept {
    let health = KeptNotice {
        attachments: 1,
        deadline: Some("2026-11-10".parse().unwrap()),
        ..notice(7, NoticeKind::SignUp, title("健康診断の申込み", "健康診断（体をしらべる）", "Health check-up"))
    };
    let document = KeptNotice {
        sender: "NTA".parse().unwrap(),
        withdrawn: true,
        ..notice(5, NoticeKind::Document, title("所得の証明書", "お金の証明書", "Certificate of income"))
    };
    Kept {
        notices: vec![health, document],
        closed: vec![KeptId::of_number(3)],
        totals: portal::KeptTotals { count: 3, size: 1_600_000 },
        counts: NoticeCounts { unopened: 1, inbox: 4, archive: 1, bin: 0, to_do: 1, urgent: 0 },
        senders: vec!["141003".parse().unwrap(), "NTA".parse().unwrap()],
        older: Some(KeptId::of_number(5)),
    }
}

pub(in crate::pages) fn none() -> Kept {
    let (notices, closed, senders) = (vec![], vec![], vec![]);
    Kept { notices, closed, totals: KeptTotals::default(), counts: NoticeCounts::default(), senders, older: None }
}

pub(in crate::pages) fn page(locale: Locale, query: &str, kept: Kept) -> String {
    let here = testing::here(locale, &format!("/notices?place=kept&{query}"), true);
    let parsed = KeptWish::parse(here.query());
    let (wish, wrong) = (parsed.clone().unwrap_or_default(), parsed.err());
    ui::render(|| view! { <KeptNotices here wish wrong kept/> })
}

pub(in crate::pages) fn opened() -> OpenedKept {
    let of = opened_notice();
    let kept = some().notices.remove(0);
    OpenedKept {
        line: kept,
        content: of.content,
        signed: of.signed,
        signature: of.signature,
        replaced: false,
        replaced_by: None,
    }
}

pub(in crate::pages) fn one(locale: Locale, opened: OpenedKept) -> String {
    let here = testing::here(locale, "/kept/7", true);
    ui::render(|| view! { <KeptPage here opened shared_device=false/> })
}

#[test]
fn a_row_says_how_long_it_stays_and_what_became_of_it() {
    let html = page(Locale::Ja, "", some());
    for part in [
        "保管（3件）",
        "いま3件（1.6MB）を保管しています。200件まで、合わせて32MBまで保管できます。",
        "120日たつと消えます",
        "2026年11月2日に保管",
        "2027年3月2日に消えます",
        "2026年11月10日まで（あと7日）",
        "添付1件",
        "取り下げ",
        r#"<a href="/kept/7">健康診断の申込み</a>"#,
        r#"href="/notices?place=kept&amp;before=5""#,
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(html.contains(r#"<a href="/notices?place=kept" aria-current="page">"#), "{html}");
}

#[test]
fn what_does_not_open_says_so_and_can_be_thrown_away() {
    let html = page(Locale::Ja, "", some());
    assert!(html.contains("開けないお知らせ") && html.contains(r#"name="kept" value="3""#), "{html}");
    assert!(!html.contains(r#"href="/kept/3""#), "{html}");
}

#[test]
fn throwing_away_asks_once_more() {
    for html in [page(Locale::Ja, "", some()), one(Locale::Ja, opened())] {
        let form = html.split(r#"action="/kept/act""#).nth(1).unwrap().split("</form>").next().unwrap();
        assert!(form.contains(r#"name="understood""#) && form.contains("元に戻せない"), "{form}");
    }
}

#[test]
fn an_empty_one_says_how_something_comes_here() {
    assert!(page(Locale::Ja, "", none()).contains("受信のお知らせを選んで「残す」を押すと、ここに移ります。"));
    assert!(page(Locale::Ja, "kind=sign-up", none()).contains("条件に合うお知らせはありません"));
}

#[test]
fn a_condition_that_cannot_be_read_is_said_at_its_field() {
    let html = page(Locale::Ja, "kind=spam", some());
    assert!(html.contains(r##"<a href="#kind">"##) && html.contains("この条件は使えません"), "{html}");
}

#[test]
fn a_kept_notice_says_that_it_is_a_copy_and_until_when() {
    let html = one(Locale::Ja, opened());
    for part in [
        "2026年11月2日（月）10時0分に保管した写しです",
        "差出人を確認しました",
        "2027年3月2日（火）10時0分に消えます",
        r#"href="/kept/7/files/0""#,
        r#"href="/kept/7/letter""#,
        r#"href="/kept/7/calendar""#,
        "保管したお知らせからは回答できません",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("/notices/7") && !html.contains("取り下げました"), "{html}");
}

#[test]
fn what_the_sender_did_afterwards_is_said_where_it_is_known() {
    let newer = Some(portal::LetterId::of_number(9));
    let mut taken_back = OpenedKept { replaced: true, replaced_by: newer, ..opened() };
    (taken_back.line.withdrawn, taken_back.line.attachments) = (true, 0);
    let html = one(Locale::Ja, taken_back);
    for part in ["取り下げました", "内容を直したお知らせ", r#"href="/notices/9""#, "添付ファイルはありません"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert!(!html.contains("/kept/7/files"), "{html}");
}

#[test]
fn words_of_a_sender_never_become_markup() {
    let mut kept = none();
    kept.notices = vec![notice(1, NoticeKind::Information, line("<script>alert(1)</script>\"'&").into())];
    let html = page(Locale::Ja, "", kept);
    assert!(!html.contains("<script>alert"), "{html}");
}

#[test]
fn sizes_are_said_in_tenths_and_something_is_never_nothing() {
    let said = [0, 1, MEGABYTE, 33 * MEGABYTE / 2].map(tenths);
    assert_eq!(said, ["0.0", "0.1", "1.0", "16.5"]);
}
