use proptest::prelude::*;

use super::*;

fn receipt() -> Receipt {
    let answers = ClassCount { class: "answer".parse().unwrap(), count: 2, commitments: vec![Commitment([0xab; 32])] };
    let at = "2026-11-03T05:05:07.9Z".parse().unwrap();
    Receipt::new(ReceiptId::from([1; 16]), at, PurgeReason::CardRemoved, vec![answers])
}

fn json() -> String {
    format!(
        r#"{{"at":"2026-11-03T05:05:07Z","classes":[{{"class":"answer","commitments":["{}"],"count":2}}],"id":"{}","reason":"card-removed","version":1,"what":"purge"}}"#,
        "ab".repeat(32),
        "01".repeat(16)
    )
}

#[test]
fn a_receipt_is_written_in_canonical_form() {
    assert_eq!(String::from_utf8(receipt().to_json()).unwrap(), json());
    assert_eq!(Receipt::from_json(json().as_bytes()).unwrap(), receipt());
}

#[test]
fn what_is_written_otherwise_is_another_entry() {
    let spaced = json().replace(':', ": ").replace("05: 05: 07", "05:05:07");
    for other in
        [spaced, json().to_uppercase().to_lowercase() + " ", json().replace(&"ab".repeat(32), &"AB".repeat(32))]
    {
        assert!(matches!(Receipt::from_json(other.as_bytes()), Err(ReceiptError::NotCanonical)), "{other}");
    }
}

#[test]
fn what_is_no_receipt_is_refused() {
    for (from, to) in [
        ("\"version\":1", "\"version\":2"),
        ("purge", "opened"),
        ("07Z", "07.5Z"),
        ("\"count\":2", "\"count\":0"),
        ("\"version\":1", "\"version\":-1"),
        ("\"answer\"", "\"Answer\""),
        ("card-removed", "because"),
        ("\"version\"", "\"person\":\"x\",\"version\""),
        ("abab", "ab"),
        ("{", "["),
    ] {
        let other = json().replacen(from, to, 1);
        assert!(Receipt::from_json(other.as_bytes()).is_err(), "{other}");
    }
    assert!(Receipt::from_json(&vec![b' '; ENTRY_BYTES_MAX + 1]).is_err());
}

#[test]
fn every_reason_is_read_by_the_name_that_the_log_shows() {
    for reason in PurgeReason::ALL {
        let receipt = Receipt::new(ReceiptId::from([2; 16]), receipt().at(), reason, Vec::new());
        let json = receipt.to_json();
        assert!(String::from_utf8(json.clone()).unwrap().contains(&format!("\"reason\":\"{}\"", reason.name())));
        assert_eq!(Receipt::from_json(&json).unwrap(), receipt);
    }
}

fn classes() -> impl Strategy<Value = Vec<ClassCount>> {
    let class = ("[a-z0-9-]{1,32}", prop::collection::vec(any::<[u8; 32]>(), 0..4), 0u32..9);
    prop::collection::vec(class, 0..5).prop_map(|classes| {
        let counted = |(name, commitments, more): (String, Vec<[u8; 32]>, u32)| ClassCount {
            class: name.parse().unwrap(),
            count: u32::try_from(commitments.len()).unwrap() + more,
            commitments: commitments.into_iter().map(Commitment).collect(),
        };
        classes.into_iter().map(counted).collect()
    })
}

proptest! {
    #[test]
    fn a_receipt_is_read_as_it_was_written(id: [u8; 16], second in 0i64..4_000_000_000, classes in classes()) {
        let at = Timestamp::from_second(second).unwrap();
        let receipt = Receipt::new(ReceiptId::from(id), at, PurgeReason::Idle, classes);
        prop_assert_eq!(Receipt::from_json(&receipt.to_json()).unwrap(), receipt);
    }
}
