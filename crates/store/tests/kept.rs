//! A small database of each finished step, kept as SQL: it opens with today's program, and nothing in it is lost.
//!
//! `kept/<step>.<engine>.sql` never change. A new step is written by
//! `MY_PORTAL_KEEP=2-step-name cargo xtask postgres with -- cargo test -p store --test kept -- --ignored`, which fills an
//! empty database and dumps it with `sqlite3` and `pg_dump`.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests, helpers included")]

use std::path::{Path, PathBuf};
use std::process::Command;

use domain::{
    CardPurpose, ChallengeNonce, FolderId, FolderState, KeyIndex, LinkCode, LoginFailure, LoginOutcome, RegistrationId,
    RemovalToken, SecretHash,
};
use jiff::{SignedDuration, Timestamp};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use store::{Binding, Folder, LoginEvent, NewChallenge, NewSession, RegistrationState, Store, Target};

const STEPS: [&str; 1] = ["1-first-portal"];

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
    assert_eq!(reader.session_by_id_hash(&SecretHash::from([8; 32])).await.unwrap().unwrap().ends_at, later(43_200));
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
        nothing_is_lost(&Store::open(&Target::Sqlite(path)).await.unwrap()).await;
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
        nothing_is_lost(&Store::open(&Target::Postgres(url)).await.unwrap()).await;
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
