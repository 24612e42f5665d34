//! 保存期間: access records leave after a time that the operator sets (P-LOG-14); by default never.
//!
//! Each run is a record of its own that stays, written and committed before anything is removed, and the log's triggers
//! let nothing go without one. From that moment on nothing older is shown, whatever the run has come to; what the setting
//! says has expired is not shown either, whether or not a run has come by.

use std::{num::NonZeroU32, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use sqlx::{Row as _, SqliteConnection};
use tokio_util::sync::CancellationToken;

use super::{Core, corrupt};
use crate::party::chain;

/// Records removed in one transaction: others write in between.
const BATCH: u32 = 2000;
const RUN_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// How often it is asked whether a day has passed. Real time: the clock may stand still.
const LOOK_EVERY: Duration = Duration::from_mins(5);

/// What a run did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiryRun {
    /// Its number.
    pub run: i64,
    /// Records of accesses before this instant are gone.
    pub accessed_before: Timestamp,
    /// How many it removed.
    pub removed: u64,
}

/// What is shown of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Nothing older is shown.
    pub(super) from: Option<Timestamp>,
    /// Since when the records are complete; none while there are none at all.
    pub(super) since: Option<Timestamp>,
}

impl Core {
    /// Runs once a day until `stop`, where the setting says so.
    pub(super) async fn keep_expiring(self: Arc<Self>, stop: CancellationToken) {
        let Some(days) = self.settings.retention.access_record_days else {
            return stop.cancelled().await;
        };
        while !stop.is_cancelled() {
            match self.expire_daily(days).await {
                Ok(_) => {}
                Err(error) => tracing::error!(error = chain(&error), "access records could not be expired"),
            }
            stop.run_until_cancelled(tokio::time::sleep(LOOK_EVERY)).await;
        }
    }

    /// A run, unless there was one within the last day.
    pub(super) async fn expire_daily(&self, days: NonZeroU32) -> Result<Option<ExpiryRun>, db::DbError> {
        let last: Option<i64> = {
            let mut read = self.pool.read().await?;
            sqlx::query_scalar("SELECT max(started_at) FROM expiry_runs WHERE ended_at IS NOT NULL")
                .fetch_one(&mut *read)
                .await?
        };
        let due = (self.party.now() - RUN_EVERY).as_microsecond();
        if last.is_some_and(|last| last > due) {
            return Ok(None);
        }
        self.expire(days).await.map(Some)
    }

    /// Removes the records of accesses that are more than so many days past. A run that was cut off is ended by the next.
    pub async fn expire(&self, days: NonZeroU32) -> Result<ExpiryRun, db::DbError> {
        let now = self.party.now();
        let run = self.begin_run(days, now).await?;
        loop {
            let mut tx = self.pool.begin().await?;
            let removed = remove_batch(&mut tx, run.accessed_before).await?;
            sqlx::query("UPDATE expiry_runs SET removed = removed + $2 WHERE run = $1")
                .bind(run.run)
                .bind(i64::try_from(removed).unwrap_or(i64::MAX))
                .execute(&mut *tx)
                .await?;
            tx.commit().await?;
            if removed == 0 {
                break;
            }
        }
        let ended = self.end_runs(run).await?;
        tracing::info!(
            run = ended.run,
            days,
            accessed_before = %ended.accessed_before,
            removed = ended.removed,
            "expired access records"
        );
        Ok(ended)
    }

    async fn begin_run(&self, days: NonZeroU32, now: Timestamp) -> Result<ExpiryRun, db::DbError> {
        let before = expired_before(days, now);
        let mut tx = self.pool.begin().await?;
        // A run that was cut off may have been told to remove more; what it promised is kept.
        let row = sqlx::query(
            "INSERT INTO expiry_runs (started_at, days, accessed_before)
            SELECT $1, $2, max($3, COALESCE((SELECT max(accessed_before) FROM expiry_runs WHERE ended_at IS NULL), $3))
            RETURNING run, accessed_before",
        )
        .bind(now.as_microsecond())
        .bind(days.get())
        .bind(before.as_microsecond())
        .fetch_one(&mut *tx)
        .await?;
        let run =
            ExpiryRun { run: row.try_get("run")?, accessed_before: time(row.try_get("accessed_before")?)?, removed: 0 };
        tx.commit().await?;
        Ok(run)
    }

    async fn end_runs(&self, run: ExpiryRun) -> Result<ExpiryRun, db::DbError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE expiry_runs SET ended_at = $1 WHERE ended_at IS NULL AND accessed_before <= $2")
            .bind(self.party.now().as_microsecond())
            .bind(run.accessed_before.as_microsecond())
            .execute(&mut *tx)
            .await?;
        let removed: i64 = sqlx::query_scalar("SELECT removed FROM expiry_runs WHERE run = $1")
            .bind(run.run)
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(ExpiryRun { removed: u64::try_from(removed).unwrap_or_default(), ..run })
    }

    /// What of the log is shown now.
    pub(super) async fn kept(&self, read: &mut SqliteConnection) -> Result<Kept, db::DbError> {
        let row = sqlx::query(
            "SELECT
                (SELECT max(accessed_before) FROM expiry_runs) AS run_before,
                (SELECT max(accessed_before) FROM expiry_runs WHERE removed > 0 OR ended_at IS NULL) AS lost_before,
                (SELECT min(accessed_at) FROM access_requests) AS first",
        )
        .fetch_one(read)
        .await?;
        let at = |column| row.try_get::<Option<i64>, _>(column)?.map(time).transpose();
        let (run_before, lost_before, first): (_, Option<Timestamp>, Option<Timestamp>) =
            (at("run_before")?, at("lost_before")?, at("first")?);
        let days = self.settings.retention.access_record_days;
        let from = run_before.max(days.map(|days| expired_before(days, self.party.now())));
        let hidden = first.is_some_and(|first| from.is_some_and(|from| first < from));
        let since = if hidden || lost_before.is_some() { from } else { first };
        Ok(Kept { from, since })
    }
}

fn expired_before(days: NonZeroU32, now: Timestamp) -> Timestamp {
    // Longer than time itself: nothing has expired.
    now.checked_sub(SignedDuration::from_hours(24 * i64::from(days.get()))).unwrap_or(Timestamp::MIN)
}

/// How many records went.
async fn remove_batch(tx: &mut SqliteConnection, before: Timestamp) -> Result<u64, db::DbError> {
    let mut removed = 0;
    // The request goes last: the log's own triggers ask it when its outcome goes.
    for statement in [
        "DELETE FROM viewings
        WHERE access_record IN (
            SELECT id FROM access_requests WHERE accessed_at < $1 ORDER BY accessed_at, seq LIMIT $2
        )",
        "DELETE FROM access_outcomes
        WHERE id IN (SELECT id FROM access_requests WHERE accessed_at < $1 ORDER BY accessed_at, seq LIMIT $2)",
        "DELETE FROM access_requests
        WHERE seq IN (SELECT seq FROM access_requests WHERE accessed_at < $1 ORDER BY accessed_at, seq LIMIT $2)",
    ] {
        let done = sqlx::query(statement).bind(before.as_microsecond()).bind(BATCH).execute(&mut *tx).await?;
        removed = done.rows_affected();
    }
    Ok(removed)
}

fn time(us: i64) -> Result<Timestamp, db::DbError> {
    Timestamp::from_microsecond(us).map_err(|_| corrupt("expiry_runs", "accessed_before"))
}
