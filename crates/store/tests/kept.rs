//! A small database of each finished step, kept as SQL: it opens with today's program, and nothing in it is lost.
//!
//! `kept/<step>.<engine>.sql` never change. A new step is written by
//! `MY_PORTAL_KEEP=2-step-name cargo xtask postgres with -- cargo test -p store --test kept -- --ignored`, which fills an
//! empty database and dumps it with `sqlite3` and `pg_dump`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests, helpers included")]

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::{
    CardPurpose, ChallengeNonce, FolderId, FolderState, KeyIndex, LinkCode, LoginFailure, LoginOutcome, ReceiptId,
    RegistrationId, RemovalToken, SecretHash,
};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use store::{
    Binding, Folder, Gathering, HeldClass, HeldRow, LogHead, LoginEvent, NewChallenge, NewSession, ReceiptRow,
    RegistrationState, RetiredLog, SessionEnd, Store, Target,
};

/// From the second on tables hold own information, the log, and the later life of folders.
const STEPS: [&str; 2] = ["1-first-portal", "2-own-information"];

fn then() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn later(seconds: i64) -> Timestamp {
    then() + SignedDuration::from_secs(seconds)
}

fn folder(byte: u8) -> Folder {
    Folder {
        id: FolderId::from([byte; 16]),
        link_code: LinkCode::from([byte; 32]),
        key_index: KeyIndex(u32::from(byte)),
        state: FolderState::Open,
        opened_at: then(),
    }
}

/// Two folders, one of them suspended; a certificate replaced by another; a login that failed; a registration half way,
/// with its challenge; a session.
async fn fill(store: &Store) {
    let registration = RegistrationId::from([3; 16]);
    let mut repository = store.begin().await.unwrap();
    for byte in [1, 2] {
        repository.insert_folder(&folder(byte)).await.unwrap();
        let binding =
            Binding { serial: format!("0{byte}aa"), folder_id: folder(byte).id, bound_at: later(i64::from(byte)) };
        assert!(repository.bind_certificate(&binding).await.unwrap());
    }
    repository.unbind_other_certificates(&folder(1).id, "01bb", later(5)).await.unwrap();
    let renewed = Binding { serial: "01bb".to_owned(), folder_id: folder(1).id, bound_at: later(5) };
    assert!(repository.bind_certificate(&renewed).await.unwrap());
    assert!(
        repository
            .change_folder_state(&folder(2).id, FolderState::Open, FolderState::Suspended, later(6))
            .await
            .unwrap()
    );
    for (number, event) in (1u8..).zip(&events()) {
        repository.insert_login_event(&[number; 16], &folder(1).id, event).await.unwrap();
    }
    repository.insert_registration(&registration, &SecretHash::from([4; 32]), then(), later(1800)).await.unwrap();
    assert!(repository.registration_matched(&registration, &SecretHash::from([5; 32]), "0cc").await.unwrap());
    repository.insert_challenge(&challenge(registration)).await.unwrap();
    assert!(repository.insert_session(&session(), then()).await.unwrap());
    repository.commit().await.unwrap();
    fill_from_log_on(store).await;
}

/// A folder that is retained; when a certificate ends; what is held for the session; a log with an entry, its receipt, and
/// one that nobody may continue.
async fn fill_from_log_on(store: &Store) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_folder(&folder(9)).await.unwrap();
    assert_eq!(repository.retain_folder(&folder(9).link_code, later(30)).await.unwrap(), Some(folder(9).id));
    repository.note_certificate_end("01bb", later(90_000)).await.unwrap();
    let held_for = session().id_hash;
    assert!(repository.insert_gathering(&held_for, &gathering()).await.unwrap());
    for row in held() {
        assert!(repository.insert_held(&held_for, &row).await.unwrap());
    }
    assert!(repository.start_log("head of nothing").await.unwrap());
    repository.insert_log_entry(0, b"entry").await.unwrap();
    repository.put_log_tile(0, 0, &[7; 32]).await.unwrap();
    assert!(repository.advance_log(0, &head()).await.unwrap());
    assert!(repository.insert_receipt(&receipt(), Some(&SecretHash::from([0x11; 32]))).await.unwrap());
    assert!(repository.insert_retired_log(&retired()).await.unwrap());
    repository.commit().await.unwrap();
}

fn gathering() -> Gathering {
    // Written before a portal said which one it was.
    Gathering { salt: [9; 32], started_at: later(40), instance: None }
}

fn held() -> [HeldRow; 2] {
    [(0, HeldClass::Question, None), (1, HeldClass::Answer, Some([7; 32]))].map(|(place, class, commitment)| HeldRow {
        place,
        class,
        sealed: vec![1, 2, 3],
        commitment,
        written_at: later(41),
    })
}

fn head() -> LogHead {
    LogHead { size: 1, checkpoint: "head of one".to_owned() }
}

fn receipt() -> ReceiptRow {
    ReceiptRow { id: ReceiptId::from([0x12; 16]), log_index: 0, at: later(50) }
}

fn retired() -> RetiredLog {
    let (key_text, origin) = ("localhost/old+1+key".to_owned(), "localhost/old".to_owned());
    RetiredLog { key_text, origin, size: 4, checkpoint: None, at: later(60) }
}

fn events() -> [LoginEvent; 2] {
    [
        LoginEvent { at: later(10), outcome: LoginOutcome::Succeeded },
        LoginEvent { at: later(20), outcome: LoginOutcome::Failed(LoginFailure::Revoked) },
    ]
}

fn challenge(registration: RegistrationId) -> NewChallenge {
    NewChallenge {
        nonce: ChallengeNonce::from([6; 32]),
        purpose: CardPurpose::Register,
        origin: "http://localhost:8080".to_owned(),
        document: "利用者フォルダの開設申請".to_owned(),
        browser_hash: SecretHash::from([4; 32]),
        registration_id: Some(registration),
        removal_token: RemovalToken::from([7; 32]),
        shared_device: true,
        return_to: Some("/records".to_owned()),
        started_at: then(),
        expires_at: later(300),
    }
}

fn session() -> NewSession {
    NewSession {
        id_hash: SecretHash::from([8; 32]),
        data: "{}".to_owned(),
        folder_id: Some(folder(1).id),
        removal_token_hash: None,
        idle_ends_at: later(900),
        ends_at: later(43_200),
    }
}

/// Everything that [`fill`] wrote is still there.
async fn nothing_is_lost(store: &Store) {
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.folder_by_serial("01bb").await.unwrap().unwrap(), folder(1));
    assert!(reader.folder_by_serial("01aa").await.unwrap().is_none(), "it was replaced");
    let suspended = reader.folder_by_serial("02aa").await.unwrap().unwrap();
    assert_eq!((suspended.id, suspended.state), (folder(2).id, FolderState::Suspended));
    let [first, second] = events();
    assert_eq!(reader.login_events(&folder(1).id, 0, 9).await.unwrap(), [second, first]);
    let registration = reader.registration_of_browser(&SecretHash::from([4; 32]), later(9)).await.unwrap().unwrap();
    assert_eq!(registration.state, RegistrationState::Matched);
    let open = reader.challenge_by_nonce(&ChallengeNonce::from([6; 32])).await.unwrap().unwrap();
    assert_eq!((open.asked.document.as_str(), open.answered_at), ("利用者フォルダの開設申請", None));
    assert_eq!(
        reader.session_by_id_hash(&SecretHash::from([8; 32]), later(9)).await.unwrap().unwrap().ends_at,
        later(43_200)
    );
}

/// Everything that [`fill_from_log_on`] wrote is still there, and means what it meant.
async fn nothing_is_lost_from_log_on(store: &Store) {
    let mut reader = store.read().await.unwrap();
    assert_eq!(reader.folder_by_id(&folder(9).id).await.unwrap().unwrap().state, FolderState::Retained);
    assert_eq!(reader.folders_retained_before(later(30), 9).await.unwrap(), [folder(9).id]);
    assert_eq!(reader.folders_retained_before(later(29), 9).await.unwrap(), []);
    let held_for = session().id_hash;
    assert_eq!(reader.gathering(&held_for).await.unwrap(), Some(gathering()));
    assert_eq!(reader.held(&held_for).await.unwrap(), held());
    let abandoned = reader.gatherings_abandoned(then()).await.unwrap();
    assert_eq!(abandoned, std::slice::from_ref(&held_for), "no portal goes on with it");
    assert_eq!(reader.gatherings_over(later(899)).await.unwrap(), []);
    assert_eq!(reader.gatherings_over(later(900)).await.unwrap(), [(held_for, SessionEnd::Idle)]);
    assert_eq!(reader.log_head().await.unwrap(), Some(head()));
    assert_eq!(reader.log_entries(0, 9).await.unwrap(), [b"entry"]);
    assert_eq!(reader.log_tile(0, 0).await.unwrap(), Some(vec![7; 32]));
    assert_eq!(reader.receipt_by_id(&receipt().id).await.unwrap(), Some(receipt()));
    assert_eq!(reader.receipt_by_session_hash(&SecretHash::from([0x11; 32])).await.unwrap(), Some(receipt()));
    assert_eq!(reader.retired_logs().await.unwrap(), [retired()]);
    drop(reader);
    let mut repository = store.begin().await.unwrap();
    let entrance = repository.entrance_by_serial("01bb").await.unwrap().unwrap();
    assert_eq!(entrance.certificate_ends_at, Some(later(90_000)));
    // It goes as it went: nothing of it is left over.
    let erased = repository.erase_gathering(&session().id_hash).await.unwrap().unwrap();
    assert_eq!(erased.len(), held().len());
}

fn file(step: &str, engine: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kept").join(format!("{step}.{engine}.sql"))
}

#[tokio::test]
async fn kept_sqlite_databases_open_and_have_lost_nothing() {
    for step in STEPS {
        let folder = db::testing::directory().unwrap();
        let path = folder.path().join("portal.sqlite");
        let url = format!("sqlite:{}?mode=rwc", path.display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        let sql = std::fs::read_to_string(file(step, "sqlite")).unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        let store = Store::open(&Target::Sqlite(path)).await.unwrap();
        nothing_is_lost(&store).await;
        if step != STEPS[0] {
            nothing_is_lost_from_log_on(&store).await;
        }
    }
}

#[tokio::test]
async fn kept_postgresql_databases_open_and_have_lost_nothing() {
    for step in STEPS {
        let url = db::testing::empty_postgres_database().await.unwrap();
        let mut connection = PgConnection::connect(&url).await.unwrap();
        let sql = std::fs::read_to_string(file(step, "postgres")).unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        let store = Store::open(&Target::Postgres(url)).await.unwrap();
        nothing_is_lost(&store).await;
        if step != STEPS[0] {
            nothing_is_lost_from_log_on(&store).await;
        }
    }
}

/// Not a test: makes the files of a new step.
#[tokio::test]
#[ignore = "writes the files that the tests above read"]
async fn write_the_files_of_a_step() {
    let step = std::env::var("MY_PORTAL_KEEP").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.sqlite");
    fill(&Store::open(&Target::Sqlite(path.clone())).await.unwrap()).await;
    keep(&file(&step, "sqlite"), Command::new("sqlite3").arg(&path).arg(".dump"));
    let url = db::testing::empty_postgres_database().await.unwrap();
    fill(&Store::open(&Target::Postgres(url.clone())).await.unwrap()).await;
    let options = ["--no-owner", "--no-privileges", "--inserts", "--no-comments"];
    keep(&file(&step, "postgres"), Command::new("pg_dump").args(options).arg(&url));
}

/// Without comments, and without the commands that only `psql` understands.
fn keep(file: &Path, dump: &mut Command) {
    let output = dump.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with("--") && !line.starts_with('\\') && !line.is_empty());
    let kept: String = lines.flat_map(|line| [line, "\n"]).collect();
    assert!(output.status.success() && kept.contains("challenge"), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::write(file, kept).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
}
