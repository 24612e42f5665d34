use domain::LinkCode;
use pki::cms::Form;

use super::*;
use crate::attachment::testing::signed;
use crate::store::Target;

const NOW: &str = "2026-11-21T00:00:00Z";

fn arguments(draft: &str) -> SendArguments {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    SendArguments {
        draft: samples.join(draft),
        recipients: PathBuf::from("-"),
        attach: vec![],
        days: 60,
        deadline_in_days: Some(14),
    }
}

fn settings() -> Settings {
    serde_json::from_value(serde_json::json!({
        "org": "141003", "database": "sqlite:x", "admin": "127.0.0.1:0"
    }))
    .unwrap()
}

fn draft_of(sample: &str) -> Draft {
    read_draft(&arguments(sample), NOW.parse().unwrap()).unwrap().0
}

/// A sending whose list is not read yet.
fn open() -> NewSending {
    let now: Timestamp = NOW.parse().unwrap();
    NewSending {
        id: SendingId::from([1; 16]),
        made_by: WHO.to_owned(),
        made_at: now,
        draft: "{}".to_owned(),
        merged: false,
        starts_at: now,
        expires_at: now,
    }
}

/// What becomes of this list.
async fn recipients(sample: &str, list: &str) -> (Result<u64, SendFault>, Option<u64>) {
    let folder = db::testing::directory().unwrap();
    let store = Store::open(&Target::Sqlite(folder.path().join("m.sqlite"))).await.unwrap();
    let NewSending { id, made_at: now, .. } = open();
    let mut repository = store.begin().await.unwrap();
    repository.insert_sending(&open()).await.unwrap();
    repository.commit().await.unwrap();
    let rules = Rules::new(draft_of(sample), "141003".parse().unwrap(), String::new(), now);
    let list = Box::new(std::io::Cursor::new(list.as_bytes().to_vec()));
    let read = read_recipients(&store, id, rules, Path::new("-"), list).await;
    let row = store.read().await.unwrap().sending(id).await.unwrap();
    (read, row.map(|row| row.recipients))
}

fn code(byte: u8) -> String {
    LinkCode::from([byte; 32]).expose()
}

#[test]
fn every_sample_makes_a_notice() {
    let now: Timestamp = NOW.parse().unwrap();
    for sample in ["health-check.json", "child-allowance.json", "library.json"] {
        let draft = draft_of(sample);
        assert_eq!(draft.deadline.unwrap().to_string(), "2026-12-05", "{sample}");
        check(&settings(), &draft, now).unwrap();
    }
}

#[test]
fn days_that_are_over_and_places_that_nobody_fills_are_told() {
    let now: Timestamp = NOW.parse().unwrap();
    let mut draft = draft_of("child-allowance.json");
    draft.deadline = Some("2026-11-20".parse().unwrap());
    let over = check(&settings(), &draft, now);
    assert!(matches!(over, Err(SendFault::Days(DateFault::DeadlineEarly))), "{over:?}");
    draft.office.phone = Some(Line::typed("{{phone}}").unwrap());
    let said = check(&settings(), &draft, now).unwrap_err().to_string();
    assert!(said.starts_with("nothing is filled in at /office/phone") && said.contains("{{name}}"), "{said}");
}

#[tokio::test]
async fn a_draft_takes_the_place_of_what_was_released_the_same_for_everybody_and_of_nothing_else() {
    let folder = db::testing::directory().unwrap();
    let store = Store::open(&Target::Sqlite(folder.path().join("m.sqlite"))).await.unwrap();
    let sending = |byte: u8| SendingId::from([byte; 16]);
    let mut repository = store.begin().await.unwrap();
    for (byte, merged) in [(1, false), (2, false), (3, true)] {
        let new = NewSending { id: sending(byte), made_by: "client:kenko".to_owned(), merged, ..open() };
        repository.insert_sending(&new).await.unwrap();
    }
    for byte in [1, 3] {
        assert!(repository.release_sending(sending(byte), "client:kenko", NOW.parse().unwrap()).await.unwrap());
    }
    repository.commit().await.unwrap();
    let checked = async |replaces: Option<u8>| {
        let replaces = replaces.map(|byte| sending(byte).notice());
        check_replaced(&store, &Draft { replaces, ..draft_of("library.json") }).await
    };
    checked(None).await.unwrap();
    checked(Some(1)).await.unwrap();
    for (byte, why) in [
        (2, "that sending was never released"),
        (3, "each recipient of that sending has a letter of their own"),
        (9, "no sending has this id"),
    ] {
        let said = crate::cli::chain(&checked(Some(byte)).await.unwrap_err());
        let id = sending(byte);
        assert!(said.starts_with(&format!("the draft cannot take the place of {id}: {why}")), "{said}");
    }
}

#[test]
fn answers_are_taken_until_it_expires_where_the_draft_does_not_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("draft.json");
    let sample = std::fs::read_to_string(arguments("health-check.json").draft).unwrap();
    std::fs::write(&path, sample.replacen('{', r#"{ "expires_at": "2026-12-24T15:00:00Z","#, 1)).unwrap();
    let arguments = SendArguments { draft: path, ..arguments("health-check.json") };
    let draft = read_draft(&arguments, NOW.parse().unwrap()).unwrap().0;
    assert_eq!(draft.reply.unwrap().closes_at.to_string(), "2026-12-24T15:00:00Z");
}

#[tokio::test]
async fn lines_of_json_and_of_csv_name_the_same_people() {
    let (one, two) = (code(1), code(2));
    let json = format!("{{\"link_code\":\"{one}\"}}\n\n{{\"link_code\":\"{two}\"}}");
    let csv = format!("link_code\r\n{one}\r\n{two}\r\n");
    for list in [json, csv] {
        let (read, kept) = recipients("library.json", &list).await;
        assert_eq!((read.unwrap(), kept), (2, Some(2)));
    }
}

#[tokio::test]
async fn a_line_that_is_none_and_a_person_named_twice_are_told_by_their_lines() {
    let good = format!("{{\"link_code\":\"{}\"}}\n\n", code(1));
    let (read, _) = recipients("library.json", &format!("{good}{{}}\n{good}")).await;
    let said = read.unwrap_err().to_string();
    assert!(said.contains("2 lines") && said.contains("\n  line 3: an object with link_code"), "{said}");
    assert!(said.contains("\n  line 4: the same link code as in line 1"), "{said}");
    assert!(matches!(recipients("library.json", "\n").await.0, Err(SendFault::Nobody)));
}

#[tokio::test]
async fn of_what_is_wrong_twenty_lines_are_said_and_all_are_counted() {
    let (read, kept) = recipients("library.json", &"{\n".repeat(25_000)).await;
    assert_eq!(kept, Some(0));
    let Err(SendFault::Lines { counted, said }) = read else { panic!() };
    assert_eq!((counted, said.len(), said.last().map(|last| last.0)), (25_000, 20, Some(20)));
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_not_attached() {
    let folder = tempfile::tempdir().unwrap();
    let attached = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        attached(&path)
    };
    assert!(matches!(attached("a.pdf", b"<html>"), Err(SendFault::File(_, FileFault::Type(_)))));
    for name in ["a.exe", "a"] {
        assert!(matches!(attached(name, b"MZ"), Err(SendFault::Type(_))), "{name}");
    }
    assert_eq!(attached("案内.pdf", b"%PDF-1.7").unwrap().0.name.as_str(), "案内.pdf");
    let alone = attached("決定.p7s", &signed(Form::Detached));
    assert!(matches!(alone, Err(SendFault::File(_, FileFault::Signature(_)))));
    assert_eq!(attached("決定.P7M", &signed(Form::Attached)).unwrap().0.media_type, MediaType::SignedData);
}

#[tokio::test]
async fn what_somebody_left_open_a_day_ago_is_cancelled_and_what_is_being_read_is_not() {
    let folder = db::testing::directory().unwrap();
    let store = Store::open(&Target::Sqlite(folder.path().join("m.sqlite"))).await.unwrap();
    let now: Timestamp = NOW.parse().unwrap();
    let mut repository = store.begin().await.unwrap();
    for hours in [1u8, 24, 25] {
        let made_at = now - SignedDuration::from_hours(hours.into());
        let new = NewSending { id: SendingId::from([hours; 16]), made_at, ..open() };
        repository.insert_sending(&new).await.unwrap();
    }
    repository.commit().await.unwrap();
    cancel_left_open(&store, now).await.unwrap();
    let mut reader = store.read().await.unwrap();
    for (hours, state) in [(1, SendingState::Open), (24, SendingState::Open), (25, SendingState::Cancelled)] {
        assert_eq!(reader.sending(SendingId::from([hours; 16])).await.unwrap().unwrap().state, state, "{hours}");
    }
    let trail = reader.audit(None, 9).await.unwrap();
    assert_eq!(trail, [did("cancelled", SendingId::from([25; 16]), now)]);
}
