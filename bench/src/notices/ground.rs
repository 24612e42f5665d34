//! What all parts stand on: a world, codes, a PostgreSQL server, and tables of the portal with folders of many people.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::{NoticeId, OrgCode};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};

use super::cluster::Cluster;
use super::codes::Codes;
use super::seed;
use super::sizes::Sizes;
use crate::places::Places;
use crate::{Failure, demo, gather, say};

/// Who sends.
pub(super) const CITY: &str = "141003";
const EMPTY: &str = "template1";

/// On which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub(super) const BOTH: [Self; 2] = [Self::Sqlite, Self::Postgres];
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL 15",
        })
    }
}

/// See the module.
pub(super) struct Ground {
    pub(super) places: Places,
    /// The world.
    pub(super) data: PathBuf,
    pub(super) city: OrgCode,
    pub(super) codes: Codes,
    pub(super) cluster: Cluster,
}

/// Tables of one program.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    /// As in settings.
    pub(super) url: String,
    /// Of the folders' keys, where they must be said.
    pub(super) keys: Option<String>,
}

impl Ground {
    pub(super) async fn lay(places: &Places, sizes: &Sizes) -> Result<Self, Failure> {
        let data = world(places).await?;
        let city: OrgCode = CITY.parse()?;
        let began = Instant::now();
        let codes = Codes::of(&data, &city, sizes.people()).await?;
        say(&format!("codes of {} people are there after {:.0} s", sizes.people(), began.elapsed().as_secs_f64()));
        gather::forget(&data.join("seeds"))?;
        std::fs::create_dir_all(data.join("seeds"))?;
        let cluster = Cluster::start(&places.scratch).await?;
        Ok(Self { places: places.clone(), data, city, codes, cluster })
    }

    /// Tables of a portal with so many folders and not one notice, in place of the last ones.
    pub(super) async fn portal_tables(&self, engine: Engine, folders: usize) -> Result<Tables, Failure> {
        let began = Instant::now();
        let people = self.codes.folders(folders);
        let (tables, made) = match engine {
            Engine::Sqlite => {
                let seed = self.data.join(format!("seeds/portal-{folders}.sqlite"));
                let made = !seed.exists();
                if made {
                    seed::sqlite(&seed, people).await?;
                }
                (self.file("portal/notices.sqlite", Some(&seed))?, made)
            }
            Engine::Postgres => {
                let seed = format!("seed_{folders}");
                let made = !self.cluster.has(&seed).await?;
                if made {
                    self.cluster.make(&seed, EMPTY).await?;
                    seed::postgres(self.cluster.connect(&seed).await?, people).await?;
                }
                self.cluster.make("portal", &seed).await?;
                self.cluster.make("portal_keys", EMPTY).await?;
                let (url, keys) = (self.cluster.url("portal"), Some(self.cluster.url("portal_keys")));
                (Tables { url, keys }, made)
            }
        };
        if made {
            say(&format!("{folders} folders on {engine} took {:.0} s", began.elapsed().as_secs_f64()));
        }
        Ok(tables)
    }

    /// Empty tables, in place of the last ones of this name.
    pub(super) async fn empty_tables(&self, engine: Engine, name: &str) -> Result<Tables, Failure> {
        match engine {
            Engine::Sqlite => self.file(&format!("{name}/notices.sqlite"), None),
            Engine::Postgres => {
                self.cluster.make(name, EMPTY).await?;
                Ok(Tables { url: self.cluster.url(name), keys: None })
            }
        }
    }

    fn file(&self, name: &str, like: Option<&Path>) -> Result<Tables, Failure> {
        let path = self.data.join(name);
        let folder = path.parent().ok_or("a database without a folder")?;
        gather::forget(folder)?;
        std::fs::create_dir_all(folder)?;
        if let Some(like) = like {
            std::fs::copy(like, &path)?;
        }
        // Written now, and not while somebody measures.
        rustix::fs::sync();
        Ok(Tables { url: format!("sqlite:{}", path.display()), keys: None })
    }
}

/// A connection of ours beside those of the program.
pub(super) enum Look {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Tables {
    /// The file, on SQLite.
    pub(super) fn path(&self) -> Option<&Path> {
        self.url.strip_prefix("sqlite:").map(Path::new)
    }

    /// What PostgreSQL's autovacuum does by itself within a minute after many rows came; SQLite does without.
    pub(super) async fn know_their_sizes(&self) -> Result<(), Failure> {
        if self.path().is_none() {
            let mut db = PgConnection::connect(&self.url).await?;
            sqlx::query("VACUUM ANALYZE").execute(&mut db).await?;
            db.close().await?;
        }
        Ok(())
    }

    pub(super) async fn look(&self) -> Result<Look, Failure> {
        let Some(path) = self.path() else { return Ok(Look::Postgres(PgConnection::connect(&self.url).await?)) };
        Ok(Look::Sqlite(SqliteConnectOptions::new().filename(path).read_only(true).connect().await?))
    }
}

impl Look {
    /// The one number that a statement tells; 0 where it finds nothing.
    pub(super) async fn number(&mut self, statement: &'static str) -> Result<u64, Failure> {
        let number: Option<i64> = match self {
            Self::Sqlite(db) => sqlx::query_scalar(statement).fetch_optional(db).await?,
            Self::Postgres(db) => sqlx::query_scalar(statement).fetch_optional(db).await?,
        };
        Ok(u64::try_from(number.unwrap_or_default())?)
    }

    /// The bytes that a statement finds.
    pub(super) async fn bytes(&mut self, statement: &'static str) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Self::Sqlite(db) => sqlx::query_scalar(statement).fetch_one(db).await?,
            Self::Postgres(db) => sqlx::query_scalar(statement).fetch_one(db).await?,
        })
    }

    /// The same about one value.
    pub(super) async fn number_of(&mut self, statement: &'static str, of: &[u8]) -> Result<u64, Failure> {
        let number: Option<i64> = match self {
            Self::Sqlite(db) => sqlx::query_scalar(statement).bind(of).fetch_optional(db).await?,
            Self::Postgres(db) => sqlx::query_scalar(statement).bind(of).fetch_optional(db).await?,
        };
        Ok(u64::try_from(number.unwrap_or_default())?)
    }

    /// As many notices of a letter as are in the tables of the portal, by the letter's own count.
    pub(super) async fn readable(&mut self, notice: &NoticeId) -> Result<u64, Failure> {
        self.number_of("SELECT recipients FROM letter WHERE notice_id = $1", notice.as_bytes()).await
    }

    /// Sendings that are on their way, in the tables of the city; not those that are for another day.
    pub(super) async fn under_way(&mut self) -> Result<u64, Failure> {
        self.number("SELECT count(*) FROM sending WHERE state = 'released' AND starts_at <= made_at").await
    }
}

/// A world of the demo's own people, made on the first call.
async fn world(places: &Places) -> Result<PathBuf, Failure> {
    let data = places.scratch.join("notices");
    if data.join("parties.toml").is_file() {
        return Ok(data);
    }
    let aside = places.scratch.join("notices.new");
    gather::forget(&aside)?;
    gather::forget(&data)?;
    say("making the world in which notices are sent");
    demo::linkage(places, &["world", "--seed", "1"], &aside).await?;
    demo::shift_ports(&aside.join("parties.toml"))?;
    // Nobody binds a code by card here, and the demo's own site may be running.
    std::fs::remove_file(aside.join("sites.toml"))?;
    std::fs::rename(&aside, &data)?;
    Ok(data)
}
