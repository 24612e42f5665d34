//! A small world of each finished step, kept as SQL (`kept/<step>.<party>.sql`, written by `linkage world` and
//! `sqlite3 .dump`, never changed): every party opens its database with today's program and has lost nothing. The core's
//! keys are not among them: keys are not kept in a repository.

use std::collections::BTreeMap;

use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::{core, institution, jlis, jpki, numbers, register};

const KEPT: [(&str, &Migrator, &str); 6] = [
    ("register", &register::MIGRATOR, include_str!("../kept/1-first-portal.register.sql")),
    ("numbers", &numbers::MIGRATOR, include_str!("../kept/1-first-portal.numbers.sql")),
    ("jlis", &jlis::MIGRATOR, include_str!("../kept/1-first-portal.jlis.sql")),
    ("jpki", &jpki::MIGRATOR, include_str!("../kept/1-first-portal.jpki.sql")),
    ("core", &core::MIGRATOR, include_str!("../kept/1-first-portal.core.sql")),
    ("hellowork", &institution::MIGRATOR, include_str!("../kept/1-first-portal.hellowork.sql")),
];

/// Rows of every table that holds something.
async fn rows(connection: &mut SqliteConnection) -> BTreeMap<String, i64> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
    )
    .fetch_all(&mut *connection)
    .await
    .unwrap();
    let mut rows = BTreeMap::new();
    for name in names {
        let count = AssertSqlSafe(format!("SELECT count(*) FROM \"{name}\""));
        let count: i64 = sqlx::query_scalar(count).fetch_one(&mut *connection).await.unwrap();
        if count > 0 {
            rows.insert(name, count);
        }
    }
    rows
}

#[tokio::test]
async fn kept_worlds_open_and_have_lost_nothing() {
    for (party, migrator, sql) in KEPT {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("party.sqlite");
        let url = format!("sqlite:{}?mode=rwc", path.display());
        let mut connection = SqliteConnection::connect(&url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        let before = rows(&mut connection).await;
        connection.close().await.unwrap();
        assert!(!before.is_empty(), "{party}: {before:?}");
        let pool = db::sqlite::Pool::open(&path, migrator).await.unwrap_or_else(|error| panic!("{party}: {error}"));
        let after = rows(&mut pool.read().await.unwrap()).await;
        for (table, count) in before {
            assert!(after.get(&table).is_some_and(|now| *now >= count), "{party}.{table}: {after:?}");
        }
    }
}
