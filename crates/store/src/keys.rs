//! The key database: apart from the portal's tables, in no backup of theirs. Every change is durable when it returns.

use domain::FolderId;
use jiff::Timestamp;
use sqlx::postgres::PgConnectOptions;

use crate::{StoreError, Target, postgres, sqlite};

/// One wrapped key for each folder that needed one.
#[derive(Clone)]
pub struct KeyStore(Engine);

#[derive(Clone)]
enum Engine {
    Sqlite(db::sqlite::Pool),
    Postgres(db::postgres::Pool),
}

/// Keys are read and written rarely.
const CONNECTIONS: u32 = 2;

macro_rules! reads {
    ($store:expr, $name:ident ( $($arg:expr),* )) => {
        match &$store.0 {
            Engine::Sqlite(pool) => {
                let mut read = pool.read().await?;
                sqlite::queries::folder_key::$name(&mut read, $($arg),*).await
            }
            Engine::Postgres(pool) => {
                let mut read = pool.read().await?;
                postgres::queries::folder_key::$name(&mut read, $($arg),*).await
            }
        }
    };
}

macro_rules! changes {
    ($store:expr, $name:ident ( $($arg:expr),* )) => {
        match &$store.0 {
            Engine::Sqlite(pool) => {
                let mut tx = pool.begin().await?;
                let done = sqlite::queries::folder_key::$name(&mut tx, $($arg),*).await?;
                tx.commit().await?;
                Ok(done)
            }
            Engine::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                let done = postgres::queries::folder_key::$name(&mut tx, $($arg),*).await?;
                tx.commit().await?;
                Ok(done)
            }
        }
    };
}

impl KeyStore {
    /// Opens and migrates. Fails when the file or server is not there or not usable, and where another program's tables
    /// are, the portal's own included.
    pub async fn open(target: &Target) -> Result<Self, StoreError> {
        Ok(Self(match target {
            Target::Sqlite(path) => {
                let options = db::sqlite::Options { readers_max: CONNECTIONS, ..db::sqlite::Options::default() };
                Engine::Sqlite(db::sqlite::Pool::open_with(path, &sqlite::KEY_MIGRATOR, options).await?)
            }
            Target::Postgres(url) => {
                let options =
                    db::postgres::Options { connections_max: CONNECTIONS, ..db::postgres::Options::default() };
                Engine::Postgres(db::postgres::Pool::open_with(url, &postgres::KEY_MIGRATOR, options).await?)
            }
        }))
    }

    /// Keeps a folder's wrapped key. False when the folder has one, which stays.
    pub async fn insert(&self, folder: &FolderId, wrapped: &[u8], now: Timestamp) -> Result<bool, StoreError> {
        changes!(self, insert_folder_key(folder, wrapped, now))
    }

    /// A folder's wrapped key.
    pub async fn wrapped(&self, folder: &FolderId) -> Result<Option<Vec<u8>>, StoreError> {
        reads!(self, folder_key(folder))
    }

    /// Deletes a folder's key. False when it had none.
    pub async fn delete(&self, folder: &FolderId) -> Result<bool, StoreError> {
        changes!(self, delete_folder_key(folder))
    }

    /// Folders that have a key, in the order of their ids, after this one.
    pub async fn folders(&self, after: Option<&FolderId>, limit: u32) -> Result<Vec<FolderId>, StoreError> {
        reads!(self, folders_with_keys(after, limit))
    }

    /// Nothing that was deleted stays in the files: as [`crate::Store::settle`].
    pub async fn settle(&self) -> Result<bool, StoreError> {
        match &self.0 {
            Engine::Sqlite(pool) => Ok(pool.settle().await?),
            Engine::Postgres(_) => Ok(true),
        }
    }
}

impl std::fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Engine::Sqlite(_) => "KeyStore(SQLite)",
            Engine::Postgres(_) => "KeyStore(PostgreSQL)",
        })
    }
}

/// Whether two settings name one database, as far as they tell: two names of one server are told apart only when the
/// second one is opened, which then finds tables that are not its own.
pub fn same_place(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::Sqlite(one), Target::Sqlite(other)) => match (one.canonicalize(), other.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            _ => one.components().eq(other.components()),
        },
        (Target::Postgres(one), Target::Postgres(other)) => {
            match (one.parse::<PgConnectOptions>(), other.parse::<PgConnectOptions>()) {
                (Ok(one), Ok(other)) => server_and_database(&one) == server_and_database(&other),
                _ => one == other,
            }
        }
        _ => false,
    }
}

fn server_and_database(options: &PgConnectOptions) -> (String, Option<String>, u16, String) {
    let socket = options.get_socket().map(|path| path.display().to_string());
    let database = options.get_database().unwrap_or_else(|| options.get_username());
    (options.get_host().to_owned(), socket, options.get_port(), database.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_database_is_known_by_its_server_and_name_and_not_by_who_connects() {
        let at = |url: &str| Target::Postgres(url.to_owned());
        let portal = at("postgres://portal:secret@db:5432/portal");
        assert!(same_place(&portal, &at("postgres://keys@db/portal?sslmode=require")));
        assert!(!same_place(&portal, &at("postgres://portal:secret@db/keys")));
        assert!(!same_place(&portal, &at("postgres://portal:secret@other/portal")));
        assert!(!same_place(&portal, &at("postgres://portal:secret@db:5433/portal")));
    }

    #[test]
    fn one_file_is_known_however_it_is_written() {
        let at = |path: &str| Target::Sqlite(path.into());
        assert!(same_place(&at("data/./portal.sqlite"), &at("data/portal.sqlite")));
        assert!(!same_place(&at("data/keys.sqlite"), &at("data/portal.sqlite")));
        let folder = db::testing::directory().unwrap();
        let file = folder.path().join("portal.sqlite");
        std::fs::write(&file, "").unwrap();
        std::os::unix::fs::symlink(&file, folder.path().join("keys.sqlite")).unwrap();
        assert!(same_place(&Target::Sqlite(file), &Target::Sqlite(folder.path().join("keys.sqlite"))));
    }
}
