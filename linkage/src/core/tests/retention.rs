//! Access records leave when their time is over, and every run is on record (P-LOG-14).

use std::num::NonZeroU32;

use jiff::SignedDuration;
use wire::access_records::{ONE_PATH, RecordRequest};

use super::*;
use crate::core::{Core, CoreFiles};
use crate::entropy::{Entropy, seeded};

fn days(n: u32) -> NonZeroU32 {
    NonZeroU32::new(n).unwrap()
}

fn day(n: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * n)
}

/// Somebody about whom 横浜市 asked on each of so many days; the clock stands on the last of them.
async fn asked_on(trial: &Trial, dates: u32) -> LinkCode {
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    trial.knows("NTA", &hanako).await;
    let city = trial.linked("141003", &hanako).await;
    for date in 0..dates {
        if date > 0 {
            trial.clock.advance(day(1));
        }
        trial.mediate_as("141003", &premium_request(&city)).await.unwrap();
    }
    portal
}

#[tokio::test(flavor = "multi_thread")]
async fn what_expired_is_gone_and_the_run_says_so() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let began = trial.now();
    let portal = asked_on(&trial, 5).await;
    let before = trial.records(&portal).await;
    assert_eq!((before.total, before.kept_since), (5, Some(began)));

    let run = trial.core.expire(days(2)).await.unwrap();
    assert_eq!((run.run, run.removed, run.accessed_before), (1, 2, began + day(2)));
    let after = trial.records(&portal).await;
    assert_eq!((after.total, after.kept_since), (3, Some(began + day(2))));
    assert_eq!(after.records, before.records[..3], "the others stand as they stood");
    let gone =
        RecordRequest { link_code: portal.clone(), viewing: ViewingId("0a".repeat(16)), id: before.records[4].id };
    let answer: Result<domain::AccessRecord, _> = trial.party("PORTAL").peers.post(&CORE, ONE_PATH, &gone).await;
    assert_eq!(answer.err().unwrap().code(), Some(wire::access_records::NOT_FOUND));
    assert_eq!(
        trial.count("SELECT count(*) FROM access_outcomes WHERE id NOT IN (SELECT id FROM access_requests)").await,
        0
    );

    let again = trial.core.expire(days(2)).await.unwrap();
    assert_eq!((again.run, again.removed), (2, 0));
    assert_eq!(trial.count("SELECT count(*) FROM expiry_runs WHERE ended_at IS NOT NULL").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_finds_nothing_old_takes_nothing_from_what_is_kept() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let began = trial.now();
    let portal = asked_on(&trial, 2).await;
    assert_eq!(trial.core.expire(days(365)).await.unwrap().removed, 0);
    let records = trial.records(&portal).await;
    assert_eq!((records.total, records.kept_since), (2, Some(began)));
}

/// Between two runs, and while one is under way or was cut off, nothing that expired is shown.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_run_that_was_cut_off_promised_is_not_shown_and_the_next_one_removes_it() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let began = trial.now();
    let portal = asked_on(&trial, 4).await;
    let cut = (began + day(3)).as_microsecond();
    let mut tx = trial.core.pool.begin().await.unwrap();
    sqlx::query("INSERT INTO expiry_runs (started_at, days, accessed_before) VALUES ($1, 1, $1)")
        .bind(cut)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let hidden = trial.records(&portal).await;
    assert_eq!((hidden.total, hidden.kept_since), (1, Some(began + day(3))));
    assert_eq!(hidden.institutions, [org("141003"), org("NTA")]);

    let run = trial.core.expire(days(100)).await.unwrap();
    assert_eq!((run.removed, run.accessed_before), (3, began + day(3)), "what was promised is kept");
    assert_eq!(trial.count("SELECT count(*) FROM expiry_runs WHERE ended_at IS NULL").await, 0);
    assert_eq!(trial.records(&portal).await.total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_setting_hides_at_once_and_removes_once_a_day() {
    let folder = crate::core::trial::folder();
    let trial = Trial::open(&["141003", "NTA"]).await;
    let began = trial.now();
    let portal = asked_on(&trial, 3).await;
    let set = folder.path().join("core.toml");
    std::fs::write(&set, "[retention]\naccess_record_days = 1\n").unwrap();
    let files = CoreFiles { settings: set, ..CoreFiles::of(&trial.data) };
    let core = Core::open(&files, trial.party("CORE"), Entropy::new(seeded(9))).await.unwrap();

    let kept = core.kept(&mut core.pool.read().await.unwrap()).await.unwrap();
    assert_eq!((kept.from, kept.since), (Some(began + day(1)), Some(began + day(1))), "no run has come by");
    assert_eq!(core.expire_daily(days(1)).await.unwrap().unwrap().removed, 1);
    assert_eq!(core.expire_daily(days(1)).await.unwrap(), None, "once a day");
    trial.clock.advance(day(1));
    assert_eq!(core.expire_daily(days(1)).await.unwrap().unwrap().removed, 1);
    assert_eq!(trial.records(&portal).await.total, 1);
    trial.clock.advance(day(9));
    assert_eq!(core.expire_daily(days(1)).await.unwrap().unwrap().removed, 2, "an own view goes as well");
    let kept = core.kept(&mut core.pool.read().await.unwrap()).await.unwrap();
    assert_eq!(kept.since, Some(began + day(11)), "nothing is left, and that is said");
}

/// P-LOG-12: nothing leaves without a run, and no run is forgotten or changed.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_leaves_the_log_but_by_a_run_that_stays_on_record() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    asked_on(&trial, 3).await;
    trial.core.expire(days(1)).await.unwrap();
    for sql in [
        "DELETE FROM access_requests",
        "DELETE FROM access_outcomes",
        "DELETE FROM expiry_runs",
        "UPDATE expiry_runs SET removed = 0",
        "UPDATE expiry_runs SET ended_at = NULL",
        "UPDATE expiry_runs SET accessed_before = 0",
    ] {
        let mut tx = trial.core.pool.begin().await.unwrap();
        let refused = sqlx::query(sql).execute(&mut *tx).await.unwrap_err().to_string();
        assert!(refused.contains("insert-only") || refused.contains("for ever"), "{sql}: {refused}");
    }
}
