//! For how many recipients a client may send in a day.

use http::StatusCode;
use jiff::Timestamp;

use crate::api::problem::Problem;
use crate::store::{ClientRow, Repository, Store};

/// Counts them, or says how many are left.
pub(in crate::api) async fn take(
    repository: &mut Repository,
    store: &Store,
    client: &ClientRow,
    recipients: u64,
    now: Timestamp,
) -> Result<(), Problem> {
    if repository.take_quota(client.id, day(now), recipients, client.recipients_per_day).await? {
        return Ok(());
    }
    Err(exceeded(store, client, recipients, now).await?)
}

/// How many are left.
pub(in crate::api) async fn exceeded(
    store: &Store,
    client: &ClientRow,
    recipients: u64,
    now: Timestamp,
) -> Result<Problem, Problem> {
    let taken = store.read().await?.quota_taken(client.id, day(now)).await?;
    let left = client.recipients_per_day.saturating_sub(taken);
    let title = "more recipients than this client may have in a day";
    let detail = format!("{recipients} asked, {left} of {} left today", client.recipients_per_day);
    Ok(Problem::new(StatusCode::FORBIDDEN, "quota-exceeded", title).detail(detail))
}

/// Days since 1970-01-01 in Japan.
pub(in crate::api) fn day(now: Timestamp) -> i64 {
    const JAPAN_AHEAD_S: i64 = 9 * 60 * 60;
    (now.as_second() + JAPAN_AHEAD_S).div_euclid(24 * 60 * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_japan() {
        let day = |text: &str| day(text.parse().unwrap());
        assert_eq!(day("2026-11-21T14:59:59Z") + 1, day("2026-11-21T15:00:00Z"));
        assert_eq!(day("1970-01-01T00:00:00Z"), 0);
    }
}
