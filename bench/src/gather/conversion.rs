//! The core's part of each question, from what core and institutions wrote down: from the moment at which the core has the
//! question until the institution has it. In between: the whitelist, the conversion of the portal's code into the
//! institution's, the access record made durable, and one mutual-TLS message.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use domain::OrgCode;
use jiff::Timestamp;
use linkage::party::DataDir;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::Failure;
use crate::measure::Spread;

/// Of all questions that the portal put since then.
pub(crate) async fn since(data: &Path, since: Timestamp) -> Result<Spread, Failure> {
    let data = DataDir::new(data);
    let asked: Vec<(Vec<u8>, String, i64)> = rows(
        &data.database("core"),
        "SELECT id, provider, accessed_at
        FROM access_requests
        WHERE circumstance = 'self_view' AND accessed_at >= $1",
        since,
    )
    .await?;
    let mut by_provider: BTreeMap<&str, Vec<(&[u8], i64)>> = BTreeMap::new();
    for (id, provider, at) in &asked {
        by_provider.entry(provider).or_default().push((id, *at));
    }
    let mut parts_ms = Vec::with_capacity(asked.len());
    for (provider, asked) in by_provider {
        let provider: OrgCode = provider.parse()?;
        let database = data.database(provider.as_str());
        if !database.is_file() || provider.as_str() == "CORE" {
            continue;
        }
        let heard: Vec<(Vec<u8>, String, i64)> = rows(
            &database,
            "SELECT id, side, recorded_at
            FROM exchange_log
            WHERE side = 'provider' AND recorded_at >= $1",
            since,
        )
        .await?;
        let heard: HashMap<&[u8], i64> = heard.iter().map(|(id, _, at)| (id.as_slice(), *at)).collect();
        parts_ms.extend(asked.iter().filter_map(|(id, at)| part_ms(*at, *heard.get(id)?)));
    }
    Ok(Spread::of(parts_ms))
}

/// None: two clocks would be needed for that.
fn part_ms(asked_us: i64, heard_us: i64) -> Option<f64> {
    u32::try_from(heard_us - asked_us).ok().map(|us| f64::from(us) / 1e3)
}

async fn rows(
    database: &Path,
    statement: &'static str,
    since: Timestamp,
) -> Result<Vec<(Vec<u8>, String, i64)>, Failure> {
    let mut db = SqliteConnectOptions::new().filename(database).read_only(true).connect().await?;
    let rows = sqlx::query_as(statement).bind(since.as_microsecond()).fetch_all(&mut db).await?;
    db.close().await?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cores_part_is_counted_in_milliseconds_and_never_negative() {
        assert_eq!(part_ms(1_000, 4_500), Some(3.5));
        assert_eq!(part_ms(4_500, 1_000), None);
    }
}
