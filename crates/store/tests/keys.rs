//! The key database, on SQLite and on PostgreSQL: one wrapped key for each folder, and never among the portal's tables.

#![expect(clippy::unwrap_used, reason = "tests, helpers included")]

use domain::FolderId;
use jiff::Timestamp;
use sqlx::Row as _;
use store::keys::KeyStore;
use store::{DbError, Store, StoreError, Target};

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn folder(byte: u8) -> FolderId {
    FolderId::from([byte; 16])
}

async fn holds_one_key_for_each_folder(keys: KeyStore) {
    assert_eq!(keys.wrapped(&folder(1)).await.unwrap(), None);
    assert!(keys.insert(&folder(1), b"kanarien", now()).await.unwrap());
    assert!(!keys.insert(&folder(1), b"another", now()).await.unwrap(), "whoever comes second has the first one's");
    assert_eq!(keys.wrapped(&folder(1)).await.unwrap().unwrap(), b"kanarien");
    for byte in [9, 0, 5] {
        assert!(keys.insert(&folder(byte), &[byte], now()).await.unwrap());
    }
    assert_eq!(keys.folders(None, 2).await.unwrap(), [folder(0), folder(1)]);
    assert_eq!(keys.folders(Some(&folder(1)), 2).await.unwrap(), [folder(5), folder(9)]);
    assert_eq!(keys.folders(Some(&folder(9)), 2).await.unwrap(), []);
    assert!(keys.delete(&folder(1)).await.unwrap() && !keys.delete(&folder(1)).await.unwrap());
    assert!(keys.settle().await.unwrap());
    assert_eq!(keys.wrapped(&folder(1)).await.unwrap(), None);
    assert_eq!(keys.wrapped(&folder(5)).await.unwrap().unwrap(), [5]);
}

#[tokio::test]
async fn a_file_holds_one_key_for_each_folder_and_forgets_it_for_good() {
    let place = db::testing::directory().unwrap();
    let path = place.path().join("keys.sqlite");
    let keys = KeyStore::open(&Target::Sqlite(path.clone())).await.unwrap();
    holds_one_key_for_each_folder(keys.clone()).await;
    assert_eq!(format!("{keys:?}"), "KeyStore(SQLite)");
    assert_eq!(std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&path).unwrap()) & 0o777, 0o600);
    for file in std::fs::read_dir(place.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|window| window == b"kanarien"), "what was deleted is in a file");
    }
}

#[tokio::test]
async fn postgresql_holds_one_key_for_each_folder() {
    let url = db::testing::empty_postgres_database().await.unwrap();
    holds_one_key_for_each_folder(KeyStore::open(&Target::Postgres(url)).await.unwrap()).await;
}

/// Also where two names lead to one database: then the tables tell.
#[tokio::test]
async fn keys_are_not_kept_among_the_portals_tables() {
    let place = db::testing::directory().unwrap();
    let file = Target::Sqlite(place.path().join("portal.sqlite"));
    let server = Target::Postgres(db::testing::empty_postgres_database().await.unwrap());
    for target in [file, server] {
        drop(Store::open(&target).await.unwrap());
        let refused = KeyStore::open(&target).await;
        assert!(matches!(refused, Err(StoreError::Db(DbError::Migration(_)))), "{refused:?}");
    }
}

#[tokio::test]
async fn there_is_nothing_but_keys() {
    let place = db::testing::directory().unwrap();
    let path = place.path().join("keys.sqlite");
    drop(KeyStore::open(&Target::Sqlite(path.clone())).await.unwrap());
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", path.display())).await.unwrap();
    let rows = sqlx::query("SELECT name FROM pragma_table_info('folder_key')").fetch_all(&pool).await.unwrap();
    let columns: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(columns, ["folder_id", "wrapped", "made_at"]);
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'";
    let tables = sqlx::query(tables).fetch_all(&pool).await.unwrap();
    assert_eq!(tables.len(), 1);
    pool.close().await;
}
