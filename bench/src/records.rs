//! Ten thousand access records of one person, written into the core's log as if their exchanges had happened.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use rand_core::Rng as _;
use runtime::{Clock as _, SystemClock, SystemRng};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use crate::Failure;

/// So many records has the measured person.
pub(crate) const RECORDS: i64 = 10_000;
const APART: SignedDuration = SignedDuration::from_mins(97);

/// Requester, provider, kind, business: rows of the whitelist.
const EXCHANGES: [[&str; 4]; 6] = [
    ["141003", "NTA", "income", "nhi-premium-reduction"],
    ["141003", "JPS", "pension-coverage", "child-allowance"],
    ["JPS", "141003", "local-tax", "pension-premium-exemption"],
    ["KYOKAI", "141003", "resident-record", "dependant-recognition"],
    ["141003", "NTA", "income", "resident-tax"],
    ["HELLOWORK", "KYOKAI", "injury-allowance", "employment-injury-benefit"],
];

/// Fills up to [`RECORDS`] for whoever looked at their records last: the core alone knows under which code it files a
/// person, and it has just written that code beside the viewing.
pub(crate) async fn fill(data: &Path) -> Result<i64, Failure> {
    let file = data.join("linkage/core.sqlite");
    let busy = std::time::Duration::from_secs(10);
    let mut db = SqliteConnectOptions::new().filename(file).busy_timeout(busy).connect().await?;
    let person: Vec<u8> = sqlx::query_scalar(
        "SELECT id_code
        FROM access_requests
        WHERE circumstance = 'self_view' AND id_code IS NOT NULL
        ORDER BY seq DESC
        LIMIT 1",
    )
    .fetch_one(&mut db)
    .await?;
    let there: i64 = sqlx::query_scalar(
        "SELECT count(*)
        FROM access_requests
        WHERE id_code = $1 AND circumstance = 'by_law'",
    )
    .bind(&person)
    .fetch_one(&mut db)
    .await?;
    let now = SystemClock.now();
    let mut tx = db.begin().await?;
    let mut at = now;
    for (nth, exchange) in (there..RECORDS).zip(EXCHANGES.iter().cycle()) {
        at -= APART;
        insert(&mut tx, &person, exchange, at, nth % 7 == 0).await?;
    }
    tx.commit().await?;
    db.close().await?;
    Ok(RECORDS.max(there))
}

async fn insert(
    db: &mut SqliteConnection,
    person: &[u8],
    [requester, provider, info_kind, bp]: &[&str; 4],
    at: Timestamp,
    nothing_held: bool,
) -> Result<(), sqlx::Error> {
    let mut id = [0; 16];
    SystemRng.fill_bytes(&mut id);
    sqlx::query(
        "INSERT INTO access_requests
        (id, accessed_at, bp, whitelist_version, circumstance, requester, provider, info_kind,
            schema_version, words_version, id_code)
        VALUES ($1, $2, $3, 1, 'by_law', $4, $5, $6, $7, $8, $9)",
    )
    .bind(&id[..])
    .bind(at.as_microsecond())
    .bind(bp)
    .bind(requester)
    .bind(provider)
    .bind(info_kind)
    .bind(domain::Dictionary::CURRENT.schema_version)
    .bind(domain::Dictionary::CURRENT.words_version)
    .bind(person)
    .execute(&mut *db)
    .await?;
    let (outcome, cause) =
        if nothing_held { ("no_data_held", "provider_holds_nothing") } else { ("provided", "answered") };
    sqlx::query(
        "INSERT INTO access_outcomes (id, ended_at, outcome, cause)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(&id[..])
    .bind(at.as_microsecond())
    .bind(outcome)
    .bind(cause)
    .execute(db)
    .await?;
    Ok(())
}
