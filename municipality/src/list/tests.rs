use super::*;
use crate::draft::Draft;
use crate::store::{ListForm, NewRecipient};
use bytes::Bytes;

const CODE: &str = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";

/// For a text with these places.
fn rules(places: &[&str]) -> Rules {
    let words = places.iter().map(|place| format!("{{{{{place}}}}}")).collect::<Vec<_>>().concat();
    let draft: Draft = serde_json::from_value(serde_json::json!({
        "kind": "information", "expires_at": "2027-01-01T00:00:00Z",
        "office": { "name": { "ja": "健康推進課" } },
        "text": { "ja": { "title": "健康診断", "body": [{ "block": "paragraph", "text": format!("案内{words}") }] } },
    }))
    .unwrap();
    Rules::new(draft, "141003".parse().unwrap(), "MII".to_owned(), "2026-11-21T00:00:00Z".parse().unwrap())
}

#[derive(Default)]
struct Seen {
    recipients: Vec<NewRecipient>,
    faults: Vec<(u64, LineFault)>,
    lines: u64,
    bytes: u64,
}

/// Reads it in pieces of so many bytes.
fn read_in(reader: &mut ListReader, list: &[u8], piece: usize) -> Result<Seen, Stop> {
    let mut seen = Seen::default();
    let mut taken = |batch: Batch| {
        seen.recipients.extend(batch.recipients);
        seen.faults.extend(batch.faults);
        seen.lines += batch.lines;
        seen.bytes += batch.bytes;
    };
    for piece in list.chunks(piece) {
        reader.push(Bytes::copy_from_slice(piece));
        while reader.read()? == Step::Full {
            taken(reader.take());
        }
    }
    reader.finish()?;
    taken(reader.take());
    Ok(seen)
}

fn read(form: Option<ListForm>, places: &[&str], list: &[u8]) -> Seen {
    read_in(&mut ListReader::new(rules(places), form), list, 7).unwrap()
}

fn faults(places: &[&str], list: impl AsRef<[u8]>) -> Vec<(u64, &'static str)> {
    read(None, places, list.as_ref()).faults.iter().map(|(line, fault)| (*line, fault.code())).collect()
}

#[test]
fn an_object_a_line_is_a_recipient_or_says_what_is_wrong() {
    let one = |line: &str| {
        let seen = read(Some(ListForm::Ndjson), &["day"], format!("{line}\n").as_bytes());
        seen.faults
            .first()
            .map_or(if seen.recipients.is_empty() { "nothing" } else { "recipient" }, |fault| fault.1.code())
    };
    let with = |rest: &str| format!(r#"{{"link_code":"{CODE}"{rest}}}"#);
    assert_eq!(one(&with(r#","fields":{"day":"12月"}"#)), "recipient");
    assert_eq!(one(&with("")), "field-missing");
    assert_eq!(one(&with(r#","fields":{"day":" \u3000"}"#)), "field-missing");
    assert_eq!(one(&with(r#","age":"40""#)), "column-unknown");
    assert_eq!(one(&with(r#","fields":{"day":"x","age":"40"}"#)), "field-unknown");
    assert_eq!(one(&with(r#","fields":{"day":12}"#)), "malformed");
    assert_eq!(one(&with(r#","fields":{"day":"12月","day":"1月"}"#)), "field-twice");
    assert_eq!(one(r#"{"link_code":"AAAA","fields":{"day":"x"}}"#), "link-code");
    assert_eq!(one("{\"link_code\""), "malformed");
    assert_eq!(one("  "), "nothing");
}

#[test]
fn a_list_with_columns_says_first_which_they_are_and_its_places_are_its_lines() {
    let list = format!("\u{feff}day,link_code\r\n\r\n\"12月10日, 火\",{CODE}\r\n");
    let seen = read(None, &["day"], list.as_bytes());
    let one = seen.recipients.first().unwrap();
    assert_eq!((one.place, one.fields.as_deref()), (2, Some(r#"{"day":"12月10日, 火"}"#)));
    assert_eq!((seen.lines, seen.bytes), (3, list.len() as u64));
    assert_eq!(
        faults(&["day"], format!("link_code,day\n{CODE}\n{CODE},\"12月\n")),
        [(2, "malformed"), (3, "malformed")]
    );
}

#[test]
fn a_cell_in_which_nothing_is_written_is_a_field_that_is_missing() {
    let list = format!("link_code,day\n{CODE},\n{CODE},  \n{CODE},\u{3000}\n{CODE},\"\"\n{CODE},12月\n{CODE},");
    let missing = [2, 3, 4, 5, 7].map(|line| (line, "field-missing"));
    assert_eq!(faults(&["day"], list), missing);
}

#[test]
fn what_is_wrong_with_the_first_line_is_said_once() {
    for (head, wrong) in [
        ("link_code,day,age", "column-unknown"),
        ("link_code", "column-missing"),
        ("day", "column-missing"),
        ("link_code,day,day", "column-twice"),
        ("link_code;day", "separator"),
        ("\"link_code\"\t\"day\"", "separator"),
    ] {
        assert_eq!(faults(&["day"], format!("{head}\n{}", "x,y\n".repeat(50))), [(1, wrong)], "{head}");
    }
}

#[test]
fn another_charset_and_files_that_are_no_text_are_named() {
    let utf16: Vec<u8> = "\u{feff}link_code\n1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(faults(&[], utf16), [(1, "utf-16")]);
    assert_eq!(faults(&[], b"PK\x03\x04\x14\n\x00\x06\nxl/worksheets"), [(1, "spreadsheet")]);
    let shift_jis = b"link_code,day\n\x89\xa1\x95l\n";
    let seen = read(None, &["day"], shift_jis);
    assert_eq!(seen.faults, [(2, LineFault::NotUtf8 { at: 1, open: false })]);
}

#[test]
fn a_last_line_without_its_end_says_that_the_list_was_cut_off() {
    let json = format!("{{\"link_code\":\"{CODE}\"}}\n");
    assert!(faults(&[], &json[..json.len() - 1]).is_empty());
    assert_eq!(faults(&[], format!("{json}{}", &json[..30])), [(2, "cut-off")]);
    assert_eq!(faults(&[], format!("{json}{{\"link_code\":\"AAAA\"}}")), [(2, "link-code")]);
    assert_eq!(faults(&[], format!("link_code\n{CODE}\n{}", &CODE[..20])), [(3, "cut-off")]);
    assert_eq!(faults(&["day"], format!("link_code,day\n{}", &CODE[..20])), [(2, "cut-off")]);
    let inside_a_letter = [format!("link_code,day\n{CODE},月").as_bytes(), &[0xe7, 0x81]].concat();
    assert_eq!(faults(&["day"], inside_a_letter), [(2, "cut-off")]);
}

#[test]
fn a_long_line_is_one_fault_and_one_without_an_end_stops_the_list() {
    let list = format!("link_code\n{}\n{CODE}\n", "x".repeat(LINE_BYTES_MAX + 1));
    let seen = read_in(&mut ListReader::new(rules(&[]), None), list.as_bytes(), 5000).unwrap();
    assert_eq!((seen.recipients.len(), seen.faults), (1, vec![(2, LineFault::TooLong)]));
    assert_eq!(seen.bytes, list.len() as u64);
    let endless = format!("link_code\n{}", "x".repeat(17 * LINE_BYTES_MAX));
    let stopped = read_in(&mut ListReader::new(rules(&[]), None), endless.as_bytes(), 5000);
    assert_eq!(stopped.err(), Some(Stop::Endless(2)));
}

#[test]
fn a_list_of_more_than_five_million_stops() {
    let list = format!("{{\"link_code\":\"{CODE}\"}}\n").repeat(3);
    let mut reader = ListReader::going_on(rules(&[]), Some(ListForm::Ndjson), None, RECIPIENTS_MAX - 1, 0);
    assert_eq!(read_in(&mut reader, list.as_bytes(), 7).err(), Some(Stop::TooMany));
    assert_eq!(reader.take().recipients.len(), 2, "what came before stands in the batch");
}

#[test]
fn a_list_goes_on_where_it_broke_off() {
    let list = format!("link_code,day\n{CODE},1日\n{CODE},2日\n");
    let (first, second) = list.split_at(list.len() - 10);
    let mut reader = ListReader::new(rules(&["day"]), Some(ListForm::Csv));
    reader.push(Bytes::copy_from_slice(first.as_bytes()));
    reader.read().unwrap();
    let kept = reader.take();
    let again = usize::try_from(kept.bytes).unwrap();
    let columns = reader.columns().map(<[String]>::to_vec);
    let mut reader = ListReader::going_on(rules(&["day"]), Some(ListForm::Csv), columns, kept.lines, 0);
    let rest = [&first[again..], second].concat();
    let seen = read_in(&mut reader, rest.as_bytes(), 3).unwrap();
    assert_eq!(seen.recipients.first().unwrap().fields.as_deref(), Some(r#"{"day":"2日"}"#));
    assert_eq!(seen.recipients.first().unwrap().place, 2);
}

#[test]
fn where_a_line_is_no_json_is_counted_in_letters() {
    let seen = read(Some(ListForm::Ndjson), &[], "{\"link_code\":\"東京\" x}\n".as_bytes());
    assert_eq!(seen.faults, [(1, LineFault::NotJson { column: 19, open: false })]);
}

#[test]
fn what_stands_in_a_list_is_never_quoted() {
    let lines = ["{\"秘密\":1}", "{\"link_code\":\"秘密\"}", "{\"link_code\":5}", "{秘密"];
    let seen = read(Some(ListForm::Ndjson), &["day"], lines.join("\n").as_bytes());
    assert_eq!(seen.faults.len(), 4);
    for (line, fault) in seen.faults {
        assert!(!format!("{fault}{}", fault.kept()).contains("秘密"), "{line}: {fault}");
    }
}

/// Whatever is held longer than its batch makes the second list need more than the first.
#[test]
fn a_list_of_ten_times_the_length_needs_no_more_memory() {
    let most = |lines: u32, line: &str| {
        let mut reader = ListReader::new(rules(&[]), None);
        let mut most = 0;
        for _ in 0..lines / 100 {
            reader.push(Bytes::from(line.repeat(100)));
            loop {
                most = most.max(reader.held());
                if reader.read().unwrap() == Step::Hungry {
                    break;
                }
                most = most.max(reader.held());
                drop(reader.take());
            }
        }
        most
    };
    let short = format!("{{\"link_code\":\"{CODE}\"}}\n");
    assert_eq!(most(20_000, &short), most(200_000, &short));
    let long = format!("{}\n", "x".repeat(LINE_BYTES_MAX));
    assert!(most(1000, &long) < 12 << 20, "{}", most(1000, &long));
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_lines_or_not_without_a_panic(
        list in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        piece in 1usize..20,
    ) {
        for form in [None, Some(ListForm::Ndjson), Some(ListForm::Csv)] {
            let seen = read_in(&mut ListReader::new(rules(&["day"]), form), &list, piece).unwrap();
            proptest::prop_assert_eq!(seen.bytes, list.len() as u64);
        }
    }

    /// However the network cuts a list, it is the same list.
    #[test]
    fn pieces_make_no_difference(
        lines in proptest::collection::vec("(\\{\"link_code\":\"[A-Za-z0-9_-]{43}\"\\}|[a-z,\"あ]{0,12}|)(\r)?", 0..12),
        piece in 1usize..40,
    ) {
        let list = lines.join("\n");
        let one = read_in(&mut ListReader::new(rules(&[]), None), list.as_bytes(), list.len().max(1)).unwrap();
        let other = read_in(&mut ListReader::new(rules(&[]), None), list.as_bytes(), piece).unwrap();
        proptest::prop_assert_eq!(one.faults, other.faults);
        let places = |seen: &[NewRecipient]| seen.iter().map(|one| one.place).collect::<Vec<_>>();
        proptest::prop_assert_eq!(places(&one.recipients), places(&other.recipients));
    }
}
