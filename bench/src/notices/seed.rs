//! Folders of many people in the portal's tables: the rows that opening a folder writes, thousands in a statement.

use std::path::Path;

use domain::{FolderId, LinkCode};
use jiff::Timestamp;
use runtime::{Clock as _, SystemClock, SystemRng};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgConnection, QueryBuilder, Sqlite, SqliteConnection};

use crate::Failure;

static SQLITE: sqlx::migrate::Migrator = sqlx::migrate!("../crates/store/migrations/sqlite");
static POSTGRES: sqlx::migrate::Migrator = sqlx::migrate!("../crates/store/migrations/postgres");

/// Rows in one statement.
const AT_ONCE: usize = 2_000;
/// Rows in one transaction.
const IN_ONE: usize = 50_000;
/// The key under which the core made the codes.
const KEY_INDEX: i64 = 1;

/// A file with nothing but folders of these people, in this order.
pub(super) async fn sqlite(path: &Path, people: &[LinkCode]) -> Result<(), Failure> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Off)
        .pragma("cache_size", "-262144");
    let mut db = options.disable_statement_logging().connect().await?;
    SQLITE.run(&mut db).await?;
    let now = SystemClock.now();
    for some in people.chunks(IN_ONE) {
        let mut tx = db.begin().await?;
        for some in some.chunks(AT_ONCE) {
            insert(&mut tx, some, now).await?;
        }
        tx.commit().await?;
    }
    // Only the file itself is copied.
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").await?;
    db.close().await?;
    Ok(())
}

async fn insert(db: &mut SqliteConnection, people: &[LinkCode], now: Timestamp) -> Result<(), Failure> {
    let mut folders = QueryBuilder::<Sqlite>::new("INSERT INTO folder (id, link_code, key_index, state, opened_at) ");
    folders.push_values(people, |mut row, code| {
        row.push_bind(FolderId::generate(&mut SystemRng).as_bytes().to_vec())
            .push_bind(code.as_bytes().to_vec())
            .push_bind(KEY_INDEX)
            .push_bind("open")
            .push_bind(now.as_microsecond());
    });
    folders.build().execute(&mut *db).await?;
    let mut recipients = QueryBuilder::<Sqlite>::new("INSERT INTO recipient (link_code, reached_since) ");
    recipients.push_values(people, |mut row, code| {
        row.push_bind(code.as_bytes().to_vec()).push_bind(now.as_microsecond());
    });
    recipients.build().execute(db).await?;
    Ok(())
}

/// The same in an empty database of PostgreSQL.
pub(super) async fn postgres(mut db: PgConnection, people: &[LinkCode]) -> Result<(), Failure> {
    POSTGRES.run(&mut db).await?;
    let now = SystemClock.now().as_microsecond();
    let folder = |code: &LinkCode| {
        format!("\\\\x{}\t\\\\x{}\t{KEY_INDEX}\topen\t{now}\n", FolderId::generate(&mut SystemRng), hex(code))
    };
    copy(&mut db, "COPY folder (id, link_code, key_index, state, opened_at) FROM STDIN", people.iter().map(folder))
        .await?;
    let recipient = |code: &LinkCode| format!("\\\\x{}\t{now}\n", hex(code));
    copy(&mut db, "COPY recipient (link_code, reached_since) FROM STDIN", people.iter().map(recipient)).await?;
    // As a database is that has been at work for a while.
    db.execute("VACUUM ANALYZE").await?;
    db.close().await?;
    Ok(())
}

/// Lines of text, in pieces.
pub(super) async fn copy(
    db: &mut PgConnection,
    statement: &str,
    lines: impl Iterator<Item = String>,
) -> Result<u64, Failure> {
    const PIECE: usize = 64 * 1024;
    let mut copy = db.copy_in_raw(statement).await?;
    let mut piece = String::with_capacity(PIECE * 2);
    for line in lines {
        piece.push_str(&line);
        if piece.len() >= PIECE {
            copy.send(piece.as_bytes()).await?;
            piece.clear();
        }
    }
    copy.send(piece.as_bytes()).await?;
    Ok(copy.finish().await?)
}

fn hex(code: &LinkCode) -> String {
    use std::fmt::Write as _;
    code.as_bytes().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use domain::{FolderState, KeyIndex};
    use store::{Folder, Store, Target};

    use super::*;

    /// What the columns hold, ids and codes aside: the type of each, and the state.
    async fn rows(db: &mut SqliteConnection) -> Vec<(String, String)> {
        let of = "SELECT typeof(folder.id) || length(folder.id) || typeof(folder.link_code) || folder.key_index
                || folder.state || typeof(folder.opened_at) || typeof(folder.state_since),
                typeof(recipient.link_code) || length(recipient.link_code) || typeof(recipient.reached_since)
            FROM folder
            JOIN recipient ON recipient.link_code = folder.link_code";
        sqlx::query_as(of).fetch_all(db).await.unwrap()
    }

    #[tokio::test]
    async fn a_folder_made_here_is_like_one_that_the_portal_opens() {
        let folder = tempfile::tempdir().unwrap();
        let (ours, theirs) = (folder.path().join("ours.sqlite"), folder.path().join("theirs.sqlite"));
        sqlite(&ours, &[LinkCode::from([1; 32])]).await.unwrap();
        let store = Store::open(&Target::Sqlite(theirs.clone())).await.unwrap();
        let mut repository = store.begin().await.unwrap();
        let opened = Folder {
            id: FolderId::from([2; 16]),
            link_code: LinkCode::from([3; 32]),
            key_index: KeyIndex(1),
            state: FolderState::Open,
            opened_at: SystemClock.now(),
        };
        repository.insert_folder(&opened).await.unwrap();
        repository.commit().await.unwrap();
        let mut both = Vec::new();
        for file in [ours, theirs] {
            let mut db = SqliteConnectOptions::new().filename(file).connect().await.unwrap();
            both.push(rows(&mut db).await);
        }
        assert_eq!(both[0].len(), 1);
        assert_eq!(both[0], both[1]);
    }

    #[test]
    fn a_code_is_written_as_postgresql_reads_it() {
        assert_eq!(hex(&LinkCode::from([0xa7; 32])), "a7".repeat(32));
    }
}
