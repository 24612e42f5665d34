//! The floor: one caller who commits the core's row durably, again and again.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use db::sqlite::Pool;
use rand_core::Rng as _;
use runtime::{Clock as _, SystemClock, SystemRng};

use crate::Failure;

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("../linkage/migrations/core");

#[derive(Args)]
pub(crate) struct Options {
    /// Where to make the database
    #[arg(long)]
    folder: PathBuf,
    /// How many
    #[arg(long)]
    commits: u32,
}

/// What was done.
#[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Done {
    commits: u64,
    seconds: f64,
}

impl Done {
    pub(super) fn a_second(&self) -> f64 {
        crate::measure::real(self.commits) / self.seconds
    }
}

pub(crate) async fn run(options: Options) -> Result<(), Failure> {
    let folder = tempfile::tempdir_in(&options.folder)?;
    let pool = Pool::open(folder.path().join("core.sqlite"), &MIGRATOR).await?;
    for _ in 0..50 {
        commit(&pool).await?;
    }
    let began = Instant::now();
    for _ in 0..options.commits {
        commit(&pool).await?;
    }
    let seconds = began.elapsed().as_secs_f64();
    pool.close().await;
    println!("{}", serde_json::to_string(&Done { commits: options.commits.into(), seconds })?);
    Ok(())
}

async fn commit(pool: &Pool) -> Result<(), Failure> {
    let (mut id, mut person) = ([0; 16], [0; 16]);
    SystemRng.fill_bytes(&mut id);
    SystemRng.fill_bytes(&mut person);
    let mut tx = pool.begin().await?;
    sqlx::query(
        "INSERT INTO access_requests
        (id, accessed_at, bp, whitelist_version, circumstance, requester, provider, info_kind,
            schema_version, words_version, id_code)
        VALUES ($1, $2, 'nhi-premium-reduction', 1, 'by_law', '141003', 'NTA', 'income', 1, 1, $3)",
    )
    .bind(&id[..])
    .bind(SystemClock.now().as_microsecond())
    .bind(&person[..])
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}
