use domain::{Circumstance, InfoKind};
use jiff::{SignedDuration, Timestamp};
use wire::access_records::{ONE_PATH, RecordRequest};

use super::*;
use crate::core::access_log::{Cause, Entry, Whose, write_outcome, write_request};
use crate::core::conversion;
use crate::core::trial::Resident;
use crate::whitelist::Ground;

/// Writes records of a person into the log, one an hour back in time.
pub(super) async fn write(trial: &Trial, portal: &LinkCode, count: u64) {
    let person = conversion::person(&trial.core, &org("PORTAL"), portal).await.unwrap().unwrap();
    let (bp, kinds) =
        ("resident-tax".parse().unwrap(), ["income", "local-tax"].map(|k| k.parse::<InfoKind>().unwrap()));
    let causes = [Cause::Answered, Cause::ProviderHoldsNothing, Cause::ProviderLate];
    let (city, providers) = (org("141003"), [org("NTA"), org("JPS"), org("261009")]);
    let mut tx = trial.core.pool.begin().await.unwrap();
    for nth in 0..count {
        let at = usize::try_from(nth).unwrap();
        let id = AccessRecordId::generate(&mut trial.core.rng.clone());
        let entry = Entry {
            id,
            accessed_at: trial.now() - SignedDuration::from_hours(i64::try_from(nth).unwrap()),
            bp: &bp,
            whitelist_version: Some(1),
            ground: Ground::ByLaw,
            requester: &city,
            provider: &providers[at % 3],
            info_kind: &kinds[at % 2],
            whose: Whose::Person(&person),
        };
        write_request(&mut tx, &entry).await.unwrap();
        write_outcome(&mut tx, id, causes[at % 3], entry.accessed_at).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn citizen(trial: &Trial) -> (Resident, LinkCode) {
    let hanako = trial.resident().await;
    let portal = trial.linked("PORTAL", &hanako).await;
    (hanako, portal)
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_portal_may_read_records() {
    let trial = Trial::open(&["NTA"]).await;
    let (_, portal) = citizen(&trial).await;
    let asked: Result<RecordsAnswer, _> = trial.party("NTA").peers.post(&CORE, LIST_PATH, &everything(&portal)).await;
    assert_eq!(asked.unwrap_err().code(), Some("not-entitled"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_not_the_portals_shows_nothing() {
    let trial = Trial::open(&[]).await;
    let (hanako, _) = citizen(&trial).await;
    let code_at_nta = trial.linked("NTA", &hanako).await;
    let asked: Result<RecordsAnswer, _> =
        trial.party("PORTAL").peers.post(&CORE, LIST_PATH, &everything(&code_at_nta)).await;
    assert_eq!(asked.unwrap_err().code(), Some("code-not-issued"));
    assert_eq!(trial.count("SELECT count(*) FROM access_requests").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn records_come_newest_first_in_pages() {
    let trial = Trial::open(&[]).await;
    let (_, portal) = citizen(&trial).await;
    write(&trial, &portal, 25).await;
    let mut seen = Vec::new();
    for page in 0..3 {
        let mut request = everything(&portal);
        (request.offset, request.limit) = (page * 10, 10);
        let answer = trial.records_where(&request).await;
        assert_eq!(answer.total, 25);
        seen.extend(answer.records.into_iter().map(|record| record.accessed_at));
    }
    assert_eq!(seen.len(), 25);
    assert!(seen.is_sorted_by(|newer, older| newer > older));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_narrows_the_page_and_the_total() {
    let trial = Trial::open(&[]).await;
    let (_, portal) = citizen(&trial).await;
    write(&trial, &portal, 24).await;
    let asked = |change: fn(&mut RecordsRequest)| {
        let mut request = everything(&portal);
        change(&mut request);
        request
    };
    for (change, expected) in [
        ((|r| r.institution = Some(org("NTA"))) as fn(&mut RecordsRequest), 8),
        (|r| r.institution = Some(org("141003")), 24),
        (|r| r.info_kind = Some("income".parse().unwrap()), 12),
        (|r| r.outcome = Some(Outcome::NoDataHeld), 8),
        (|r| r.outcome = Some(Outcome::Refused), 0),
        (|r| r.accessed_from = Some("2026-11-03T03:00:00Z".parse().unwrap()), 3),
        (|r| r.accessed_before = Some("2026-11-03T03:00:00Z".parse().unwrap()), 21),
    ] {
        let answer = trial.records_where(&asked(change)).await;
        assert_eq!((answer.records.len(), answer.total), (expected, expected as u64));
        assert_eq!(answer.institutions, [org("141003"), org("261009"), org("JPS"), org("NTA")]);
        assert_eq!(answer.info_kinds.len(), 2);
    }
}

/// P-LOG-18
#[tokio::test(flavor = "multi_thread")]
async fn a_viewing_leaves_one_record_that_is_hidden_until_asked_for() {
    let trial = Trial::open(&[]).await;
    let (_, portal) = citizen(&trial).await;
    for _ in 0..3 {
        let answer = trial.records(&portal).await;
        assert_eq!((answer.records.len(), answer.own_views), (0, 1));
        assert!(answer.institutions.is_empty());
    }
    let mut another = everything(&portal);
    another.viewing = ViewingId("0b".repeat(16));
    another.own_views = OwnViews::Only;
    let answer = trial.records_where(&another).await;
    assert_eq!((answer.total, answer.own_views), (2, 2));
    let record = &answer.records[0];
    assert_eq!(record.circumstance, Circumstance::SelfView);
    assert_eq!((record.requester.as_str(), record.provider.as_str()), ("PORTAL", "CORE"));
    assert_eq!((record.whitelist_version, record.outcome), (Some(2), Outcome::Provided));
}

/// N-10 for viewings.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_log_nothing_is_shown() {
    let trial = Trial::open(&[]).await;
    let (_, portal) = citizen(&trial).await;
    trial.run("ALTER TABLE viewings RENAME COLUMN access_record TO away").await;
    let asked: Result<RecordsAnswer, _> =
        trial.party("PORTAL").peers.post(&CORE, LIST_PATH, &everything(&portal)).await;
    assert_eq!(asked.unwrap_err().code(), Some("log-unavailable"));
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_record_and_an_unknown_one_are_the_same() {
    let trial = Trial::open(&[]).await;
    let ((_, mine), (_, other)) = (citizen(&trial).await, citizen(&trial).await);
    write(&trial, &mine, 1).await;
    let id = trial.records(&mine).await.records[0].id;
    let one = async |link_code: &LinkCode, id| {
        let request = RecordRequest { link_code: link_code.clone(), viewing: ViewingId("0c".repeat(16)), id };
        let party = trial.party("PORTAL");
        party.peers.post::<domain::AccessRecord>(&CORE, ONE_PATH, &request).await
    };
    assert_eq!(one(&mine, id).await.unwrap().id, id);
    let others = one(&other, id).await.unwrap_err().to_string();
    let unknown = one(&mine, [3; 16].into()).await.unwrap_err().to_string();
    assert_eq!(others, unknown);
    assert!(others.contains("not-found"));
}

/// The refusal never touched the ID table; the person finds it by the code that was presented.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_request_is_found_by_the_code_that_was_presented() {
    let trial = Trial::open(&["141003", "JPS"]).await;
    let (hanako, portal) = citizen(&trial).await;
    let code = trial.linked("141003", &hanako).await;
    let mut unlawful = premium_request(&code);
    unlawful.provider = org("JPS");
    let (_, _, id) = refused(trial.mediate_as("141003", &unlawful).await);

    let shown = trial.records(&portal).await;
    assert_eq!((shown.records[0].id, shown.records[0].outcome), (id.unwrap(), Outcome::Refused));
    assert_eq!(shown.records[0].whitelist_version, None);
    trial.run("UPDATE links SET unlinked_at = linked_at WHERE org = '141003'").await;
    assert_eq!(trial.records(&portal).await.total, 1);
}

/// A person with ten thousand records: a page walks the person's own part of one index and stops where it is full; how
/// many there are was counted when they were written.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_records_are_read_from_the_persons_index() {
    let trial = Trial::open(&[]).await;
    let (_, portal) = citizen(&trial).await;
    write(&trial, &portal, 10_000).await;
    let mut request = everything(&portal);
    request.limit = 50;
    trial.records_where(&request).await;
    let started = std::time::Instant::now();
    let answer = trial.records_where(&request).await;
    println!("50 of 10,000 records: {:?}", started.elapsed());
    assert_eq!((answer.records.len(), answer.total), (50, 10_000));
    assert_eq!(answer.kept_since, Some(trial.now() - SignedDuration::from_hours(9_999)));

    let mut read = trial.core.pool.read().await.unwrap();
    for statement in crate::core::access_records::statements() {
        let plan: Vec<String> = sqlx::query(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}")))
            .fetch_all(&mut *read)
            .await
            .unwrap()
            .iter()
            .map(|row| row.get("detail"))
            .collect();
        let plan = plan.join("\n");
        assert!(plan.contains("COVERING INDEX access_requests_by_person (id_code=?"), "{plan}");
        assert!(!plan.contains("SCAN access_requests"), "{plan}");
        assert_eq!(plan.contains("MERGE (UNION ALL)"), statement.contains("LIMIT"), "sorted as it is read: {plan}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_no_or_too_many_records_is_malformed() {
    let trial = Trial::open(&[]).await;
    let (_, portal) = citizen(&trial).await;
    for limit in [0, 101] {
        let mut request = everything(&portal);
        request.limit = limit;
        let asked: Result<RecordsAnswer, _> = trial.party("PORTAL").peers.post(&CORE, LIST_PATH, &request).await;
        assert_eq!(asked.unwrap_err().code(), Some("malformed"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn records_tell_when_keeping_began() {
    let trial = Trial::open(&[]).await;
    let (_, portal) = citizen(&trial).await;
    let began: Timestamp = trial.now();
    assert_eq!(trial.records(&portal).await.kept_since, Some(began));
}
