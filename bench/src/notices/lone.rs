//! The floor of single posts: one caller who commits a sending's row durably, again and again.

use std::time::Instant;

use db::sqlite::Pool;
use domain::NoticeId;
use jiff::SignedDuration;
use runtime::{Clock as _, SystemClock, SystemRng};
use sqlx::{Connection as _, PgConnection};

use super::floor::{CITY_POSTGRES, CITY_SQLITE};
use super::ground::{Engine, Ground};
use super::words;
use crate::Failure;

const WARM: u32 = 50;
const INSERT: &str = "INSERT INTO sending (
        id, state, made_by, made_at, draft, starts_at, expires_at, state_since, try_at
    )
    VALUES ($1, 'open', 'bench', $2, $3, $2, $4, $2, $2)";

/// How many a second.
pub(super) async fn commits(ground: &Ground, engine: Engine, count: u32) -> Result<f64, Failure> {
    let tables = ground.empty_tables(engine, "lone").await?;
    let now = SystemClock.now();
    let draft = words::draft("お知らせ", 0, now).to_string();
    let (now, expires) = (now.as_microsecond(), (now + SignedDuration::from_hours(24)).as_microsecond());
    let id = || NoticeId::generate(&mut SystemRng).as_bytes().to_vec();
    let mut began = Instant::now();
    if let Some(path) = tables.path() {
        let pool = Pool::open(path, &CITY_SQLITE).await?;
        for nth in 0..WARM + count {
            if nth == WARM {
                began = Instant::now();
            }
            let mut tx = pool.begin().await?;
            sqlx::query(INSERT).bind(id()).bind(now).bind(&draft).bind(expires).execute(&mut *tx).await?;
            tx.commit().await?;
        }
        let rate = f64::from(count) / began.elapsed().as_secs_f64();
        pool.close().await;
        return Ok(rate);
    }
    let mut db = PgConnection::connect(&tables.url).await?;
    CITY_POSTGRES.run(&mut db).await?;
    for nth in 0..WARM + count {
        if nth == WARM {
            began = Instant::now();
        }
        // One statement, one way there and back, one commit.
        sqlx::query(INSERT).bind(id()).bind(now).bind(&draft).bind(expires).execute(&mut db).await?;
    }
    let rate = f64::from(count) / began.elapsed().as_secs_f64();
    db.close().await?;
    Ok(rate)
}
