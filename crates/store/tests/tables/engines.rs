//! The same story on both engines: SQLite files with the real pragmas, and PostgreSQL 15.

use store::{Store, Target};

pub(crate) struct Engine {
    pub(crate) store: Store,
    _folder: tempfile::TempDir,
}

pub(crate) async fn sqlite() -> Engine {
    let folder = tempfile::tempdir_in("/dev/shm").unwrap();
    let store = Store::open(&Target::Sqlite(folder.path().join("portal.sqlite"))).await.unwrap();
    Engine { store, _folder: folder }
}

pub(crate) async fn postgres() -> Engine {
    let url = db::testing::empty_postgres_database().await.unwrap();
    let store = Store::open(&Target::Postgres(url)).await.unwrap();
    Engine { store, _folder: tempfile::tempdir().unwrap() }
}

macro_rules! on_both {
    ($($name:ident)*) => {
        mod on_sqlite {
            $(#[tokio::test] async fn $name() { let engine = crate::engines::sqlite().await; super::$name(engine.store.clone()).await; })*
        }
        mod on_postgres {
            $(#[tokio::test] async fn $name() { let engine = crate::engines::postgres().await; super::$name(engine.store.clone()).await; })*
        }
    };
}

pub(crate) use on_both;
