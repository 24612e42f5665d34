use super::*;
use proptest::prelude::*;

fn content(words: &str) -> ReportContent {
    ReportContent {
        id: [1; 16].into(),
        answer: [2; 16].into(),
        provider: "NTA".parse().unwrap(),
        info_kind: "income".parse().unwrap(),
        field: Some(ConcernedField { name: "total-income".into(), period: Some("2025".into()) }),
        words: ReportWords::typed(words).unwrap(),
        reported_at: "2026-11-03T05:05:00Z".parse().unwrap(),
    }
}

#[test]
fn a_report_travels_as_it_always_did() {
    let told = concat!(
        r#"{"id":"01010101010101010101010101010101","answer":"02020202020202020202020202020202","provider":"NTA","info_kind":"income","#,
        r#""field":{"name":"total-income","period":"2025"},"words":"多すぎます。","reported_at":"2026-11-03T05:05:00Z"}"#,
    );
    assert_eq!(serde_json::to_string(&content("多すぎます。")).unwrap(), told);
    assert!(serde_json::from_str::<ReportContent>(told).unwrap() == content("多すぎます。"));
    let smuggled = told.replace(r#""id""#, r#""my_number":"1","id""#);
    assert!(serde_json::from_str::<ReportContent>(&smuggled).is_err());
}

#[test]
fn however_much_is_written_what_is_sealed_is_equally_long_and_reads_the_same() {
    for length in [0, 1, 4000, PaddedReport::BYTES - 4] {
        let cms = vec![7; length];
        let padded = PaddedReport::of(&cms).unwrap();
        assert_eq!(padded.len(), PaddedReport::BYTES);
        assert_eq!(PaddedReport::cms(&padded), Some(cms.as_slice()));
    }
    assert!(PaddedReport::of(&vec![0; PaddedReport::BYTES - 3]).is_none());
    for words in ["\"\n".repeat(499) + "あ", "𠮷".repeat(1000)] {
        let json = serde_json::to_vec(&content(&words)).unwrap();
        assert!(json.len() < PaddedReport::BYTES / 2, "the signature finds room beside it");
    }
}

#[test]
fn what_was_padded_otherwise_is_not_read() {
    let padded = PaddedReport::of(b"report").unwrap();
    let mut longer = padded.clone();
    longer.push(0);
    let mut hidden = padded.clone();
    hidden[PaddedReport::BYTES - 1] = 1;
    let mut beyond = padded.clone();
    beyond[..4].copy_from_slice(&u32::MAX.to_be_bytes());
    let shorter = &padded[..PaddedReport::BYTES - 1];
    for bad in [longer.as_slice(), hidden.as_slice(), beyond.as_slice(), shorter, b"", b"{}"] {
        assert_eq!(PaddedReport::cms(bad), None);
    }
}

#[test]
fn the_context_separates_every_part() {
    let orgs: [OrgCode; 2] = ["AAA".parse().unwrap(), "AAAB".parse().unwrap()];
    let kinds: [InfoKind; 2] = ["income".parse().unwrap(), "nhi".parse().unwrap()];
    let ids: [CorrectionReportId; 2] = [[1; 16].into(), [2; 16].into()];
    let mut seen = std::collections::HashSet::new();
    for (id, reporter, provider, info_kind) in
        (0..16).map(|n| (&ids[n & 1], &orgs[n >> 1 & 1], &orgs[n >> 2 & 1], &kinds[n >> 3 & 1]))
    {
        assert!(seen.insert(ReportContext { id, reporter, provider, info_kind }.aad()));
    }
}

#[test]
fn words_are_plain_text_of_some_length() {
    let typed = |text: &str| ReportWords::typed(text).map(|words| words.as_str().to_owned());
    assert_eq!(typed(" 一行目\r\n二行目\t。　"), Ok("一行目\n二行目 。".to_owned()));
    assert_eq!(typed(&"あ".repeat(1000)).unwrap().chars().count(), 1000);
    assert_eq!(typed(&"あ".repeat(1001)), Err(WordsFault::TooLong));
    for empty in ["", " \u{3000}\r\n\t "] {
        assert_eq!(typed(empty), Err(WordsFault::Empty), "{empty:?}");
    }
    for bad in ["a\0b", "a\u{1b}[31mb", "a\u{7f}b", "a\u{85}b", "a\u{202e}b", "a\u{2066}b", "a\u{2028}b"] {
        assert_eq!(typed(bad), Err(WordsFault::Unprintable), "{bad:?}");
    }
    // Letters that need several characters are whole.
    assert!(typed("👩\u{200d}👧 葛\u{e0100}城市").is_ok());
}

#[test]
fn words_are_shown_in_one_line_where_there_is_only_one() {
    assert_eq!(ReportWords::typed("一\n\n 二").unwrap().in_one_line(), "一 二");
}

#[test]
fn words_never_stand_in_a_log() {
    assert_eq!(format!("{:?}", ReportWords::typed("秘密").unwrap()), "ReportWords");
}

#[test]
fn a_receipt_number_has_letters_that_cannot_be_mistaken() {
    assert_eq!(ReceiptNumber::of([0; 5]).as_str(), "0000-0000");
    assert_eq!(ReceiptNumber::of([255; 5]).as_str(), "ZZZZ-ZZZZ");
    for bad in ["", "7K3M9QXP", "7K3M-9QX", "7K3M-9QXI", "7k3m-9qxp", "7K3M-9QXPP", "7K3－9QXP"] {
        assert_eq!(bad.parse::<ReceiptNumber>(), Err(ReceiptNumberError), "{bad}");
    }
}

proptest! {
    #[test]
    fn what_was_read_once_travels_unchanged(text in ".{0,1100}") {
        if let Ok(words) = ReportWords::typed(&text) {
            let json = serde_json::to_string(&words).unwrap();
            prop_assert!(serde_json::from_str::<ReportWords>(&json).unwrap() == words);
            prop_assert!((1..=ReportWords::CHARS_MAX).contains(&words.as_str().chars().count()));
        }
    }

    #[test]
    fn a_receipt_number_reads_back_and_tells_its_bits_apart(one: [u8; 5], two: [u8; 5]) {
        let number = ReceiptNumber::of(one);
        prop_assert_eq!(number.as_str().parse::<ReceiptNumber>(), Ok(number.clone()));
        prop_assert_eq!(ReceiptNumber::of(two) == number, one == two);
    }
}
