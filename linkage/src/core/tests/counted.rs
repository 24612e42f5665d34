//! What the core counts as it writes is what somebody finds who looks at every record.

use domain::InfoKind;
use jiff::{SignedDuration, Timestamp};
use rand::{Rng as _, RngExt as _};

use super::*;
use crate::core::access_log::{Cause, Entry, Whose, write_outcome, write_request};
use crate::core::conversion;
use crate::entropy::seeded;
use crate::whitelist::Ground;

struct Person {
    portal: LinkCode,
    city: LinkCode,
}

async fn person(trial: &Trial) -> Person {
    let resident = trial.resident().await;
    Person { portal: trial.linked("PORTAL", &resident).await, city: trial.linked("141003", &resident).await }
}

/// Some records within the last forty days; some of them were refused before the table was opened.
async fn write_some(trial: &Trial, person: &Person, random: &mut impl rand::Rng) {
    let whose = conversion::person(&trial.core, &PORTAL, &person.portal).await.unwrap().unwrap();
    let bp = "resident-tax".parse().unwrap();
    let kinds = ["income", "local-tax"].map(|kind| kind.parse::<InfoKind>().unwrap());
    let (city, providers) = (org("141003"), ["NTA", "JPS", "261009"].map(org));
    let mut tx = trial.core.pool.begin().await.unwrap();
    for _ in 0..random.random_range(0..8) {
        let presented = random.random_ratio(1, 4);
        let entry = Entry {
            id: AccessRecordId::generate(&mut trial.core.rng.clone()),
            accessed_at: trial.now() - SignedDuration::from_hours(random.random_range(0..24 * 40)),
            bp: &bp,
            whitelist_version: Some(1),
            ground: if random.random_ratio(1, 3) { Ground::SelfView } else { Ground::ByLaw },
            requester: &city,
            provider: &providers[random.random_range(0..3)],
            info_kind: &kinds[random.random_range(0..2)],
            whose: if presented { Whose::Presented(&person.city) } else { Whose::Person(&whose) },
        };
        write_request(&mut tx, &entry).await.unwrap();
        write_outcome(&mut tx, entry.id, Cause::Answered, entry.accessed_at).await.unwrap();
    }
    if random.random_ratio(1, 5) {
        return; // Undone: what is not written is not counted.
    }
    tx.commit().await.unwrap();
}

async fn counted_is_what_is_looked_at(trial: &Trial, person: &Person, random: &mut impl rand::Rng) {
    let mut request = everything(&person.portal);
    request.own_views = if random.random_ratio(1, 3) { OwnViews::Only } else { OwnViews::Hidden };
    request.institution = random.random_ratio(1, 3).then(|| org("NTA"));
    request.info_kind = random.random_ratio(1, 3).then(|| "income".parse().unwrap());
    let counted = trial.records_where(&request).await;
    request.accessed_from = Some(Timestamp::UNIX_EPOCH);
    let looked_at = trial.records_where(&request).await;
    assert_eq!(counted, looked_at, "{:?} {:?}", request.institution, request.info_kind);
}

/// The table itself: no row too many, none too few, none wrong.
async fn nothing_else_is_counted(trial: &Trial) {
    let differing = trial.count(
        "WITH looked_at AS (
            SELECT id_code, requester, provider, info_kind, circumstance, count(*) AS requests
            FROM access_requests
            WHERE id_code IS NOT NULL
            GROUP BY id_code, requester, provider, info_kind, circumstance
        )
        SELECT
            (SELECT count(*) FROM (SELECT * FROM looked_at EXCEPT SELECT * FROM counted_exchanges))
            + (SELECT count(*) FROM (SELECT * FROM counted_exchanges EXCEPT SELECT * FROM looked_at))",
    );
    assert_eq!(differing.await, 0);
}

async fn begin_a_run_that_is_cut_off(trial: &Trial, before: Timestamp) {
    let mut tx = trial.core.pool.begin().await.unwrap();
    sqlx::query("INSERT INTO expiry_runs (started_at, days, accessed_before) VALUES ($1, 1, $1)")
        .bind(before.as_microsecond())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// P-LOG-9, P-LOG-14: after random writes, expiries, and runs that were cut off.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_counted_is_what_is_there_whatever_was_written_and_has_expired() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let people = [person(&trial).await, person(&trial).await];
    let mut random = seeded(20_261_121);
    for _ in 0..30 {
        match random.next_u32() % 6 {
            0 => {
                let days = random.random_range(5..40).try_into().unwrap();
                trial.core.expire(days).await.unwrap();
            }
            1 => {
                let old = SignedDuration::from_hours(24 * random.random_range(10..40));
                begin_a_run_that_is_cut_off(&trial, trial.now() - old).await;
            }
            2 => trial.clock.advance(SignedDuration::from_hours(24 * 3)),
            _ => write_some(&trial, &people[random.random_range(0..2)], &mut random).await,
        }
        nothing_else_is_counted(&trial).await;
        for someone in &people {
            counted_is_what_is_looked_at(&trial, someone, &mut random).await;
        }
    }
}

/// An exchange of which nothing is kept is offered to nobody.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_record_of_an_exchange_takes_its_count_along() {
    let trial = Trial::open(&["141003", "NTA"]).await;
    let someone = person(&trial).await;
    records::write(&trial, &someone.portal, 6).await;
    trial.clock.advance(SignedDuration::from_hours(48));
    assert_eq!(trial.count("SELECT count(*) FROM counted_exchanges").await, 6);
    trial.core.expire(1.try_into().unwrap()).await.unwrap();
    assert_eq!(trial.count("SELECT count(*) FROM counted_exchanges").await, 0);
    assert!(trial.records(&someone.portal).await.institutions.is_empty());
}

/// A database of before is counted once, when it is brought up to date.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_before_anything_was_counted_is_counted() {
    let trial = Trial::open(&[]).await;
    let someone = person(&trial).await;
    records::write(&trial, &someone.portal, 25).await;
    let sql = include_str!("../../../migrations/core/0004_counted_exchanges.sql");
    let mut tx = trial.core.pool.begin().await.unwrap();
    sqlx::raw_sql(
        "DROP TABLE counted_exchanges;
        DROP TRIGGER access_requests_are_counted;
        DROP TRIGGER access_requests_are_counted_down",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::raw_sql(sql).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    nothing_else_is_counted(&trial).await;
    assert_eq!(trial.records(&someone.portal).await.total, 25);
}
