use domain::LinkCode;
use futures::stream;

use super::*;
use crate::console::tests::world::{DRAFT, store};
use crate::store::NewSending;

const ONE: [u8; 32] = [1; 32];
const TWO: [u8; 32] = [2; 32];

fn code(bytes: [u8; 32]) -> String {
    LinkCode::from(bytes).expose()
}

/// Reads in pieces of three bytes, as a slow network would bring them.
async fn outcome(draft: &str, text: &[u8], broken: Option<Broken>) -> (ReadList, Vec<(u64, String)>, u64) {
    let (_folder, store) = store().await;
    let now: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
    let sending = SendingId::from([9; 16]);
    let new = NewSending {
        id: sending,
        made_by: "officer:00".to_owned(),
        made_at: now,
        draft: draft.to_owned(),
        merged: false,
        starts_at: now,
        expires_at: now,
    };
    let mut repository = store.begin().await.unwrap();
    repository.insert_sending(&new).await.unwrap();
    repository.open_list(sending, "test").await.unwrap();
    repository.commit().await.unwrap();
    let draft = serde_json::from_str(draft).unwrap();
    let rules = Rules::new(draft, "141003".parse().unwrap(), "MII".to_owned(), now);
    let purpose = For { sending, rules, now };
    let pieces: Vec<Result<Bytes, Broken>> =
        text.chunks(3).map(|piece| Ok(Bytes::copy_from_slice(piece))).chain(broken.map(Err)).collect();
    let list = read(&store, purpose, stream::iter(pieces)).await.unwrap();
    let mut reader = store.read().await.unwrap();
    let kept = reader.sending(sending).await.unwrap().unwrap().recipients;
    (list, reader.bad_lines(sending, 0, 10).await.unwrap(), kept)
}

#[tokio::test]
async fn json_and_csv_name_the_same_people() {
    let json = format!("{{\"link_code\":\"{}\"}}\n\n{{\"link_code\":\"{}\"}}", code(ONE), code(TWO));
    let csv = format!("\u{feff}link_code\r\n{}\r\n{}\r\n", code(ONE), code(TWO));
    for text in [json, csv] {
        let (list, faults, kept) = outcome(DRAFT, text.as_bytes(), None).await;
        assert_eq!((list.lines, list.twice, list.faults, kept), (2, 0, 0, 2));
        assert!(list.whole_at.is_some() && faults.is_empty());
    }
}

#[tokio::test]
async fn a_bad_line_is_told_by_its_number_and_nothing_of_what_it_says() {
    let text = format!("link_code\n{}\n山田太郎\nAAAA,x\n", code(ONE));
    let (list, faults, _) = outcome(DRAFT, text.as_bytes(), None).await;
    assert_eq!(list.faults, 2);
    assert_eq!(faults, [(3, "link-code".to_owned()), (4, "cells:1/2".to_owned())]);
    let (_, faults, _) = outcome(DRAFT, b"{\"link_code\":\"x\"}\n\x82\xa0\n{", None).await;
    assert_eq!(faults, [(1, "link-code".to_owned()), (2, "not-utf8:1".to_owned()), (3, "cut-off".to_owned())]);
}

#[tokio::test]
async fn who_stands_there_twice_is_counted_and_gets_it_once() {
    let text = format!("link_code\n{}\n{}\n{}\n", code(ONE), code(TWO), code(ONE));
    let (list, _, kept) = outcome(DRAFT, text.as_bytes(), None).await;
    assert_eq!((list.lines, list.twice, kept), (3, 1, 2));
}

#[tokio::test]
async fn a_list_that_was_cut_is_not_whole() {
    let text = format!("link_code\n{}\n", code(ONE));
    let (list, _, _) = outcome(DRAFT, text.as_bytes(), Some(Broken::Cut)).await;
    assert_eq!((list.broken.as_deref(), list.whole_at), (Some("cut"), None));
}

#[tokio::test]
async fn a_place_in_the_text_wants_its_field_in_every_line() {
    let draft = DRAFT.replace("健康診断です。", "{{day}}に来てください。");
    let text = format!("link_code,day\n{},12月10日\n", code(ONE));
    assert_eq!(outcome(&draft, text.as_bytes(), None).await.0.faults, 0);
    let text = format!("link_code\n{}\n", code(ONE));
    assert_eq!(outcome(&draft, text.as_bytes(), None).await.1, [(1, "column-missing:day".to_owned())]);
    let text = format!("link_code,day,name\n{},12月10日,x\n", code(ONE));
    assert_eq!(outcome(&draft, text.as_bytes(), None).await.1, [(1, "column-unknown:name".to_owned())]);
}

#[tokio::test]
async fn of_two_letters_to_one_person_nobody_can_say_which_is_meant() {
    let draft = DRAFT.replace("健康診断です。", "{{day}}に来てください。");
    let text = format!("day,link_code\n10日,{}\n11日,{}\n12日,{}\n", code(ONE), code(TWO), code(ONE));
    let (list, faults, kept) = outcome(&draft, text.as_bytes(), None).await;
    assert_eq!((list.twice, list.faults, kept), (0, 1, 2));
    assert_eq!(faults, [(4, "duplicate:2".to_owned())]);
}

#[tokio::test]
async fn a_file_without_lines_is_given_up() {
    let (list, _, _) = outcome(DRAFT, &vec![b'x'; 2 << 20], None).await;
    assert_eq!(list.broken.as_deref(), Some("too-much"));
}
