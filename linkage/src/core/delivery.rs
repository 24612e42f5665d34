//! Brings codes to those who asked for them (step 6), successors of codes to those who hold them (B-TBL-2), and the end of
//! codes to the portal (B-TBL-4).
//!
//! What is to be brought stands in the tables, so it survives a restart and is brought at least once; receivers take
//! the same message twice. A receiver that waits for no such match number is asked a few times more, since J-LIS's
//! answer may still be on its way; then the delivery is given up and reported (B-ISS-4). A receiver that cannot be
//! reached is tried for as long as it takes.

use std::sync::Arc;
use std::time::Duration;

use domain::{KeyIndex, LinkCode, MatchNumber, OrgCode};
use futures::StreamExt as _;
use sqlx::Row as _;
use tokio_util::sync::CancellationToken;
use wire::issuance::{DELIVERY_PATH, LinkCodeDelivery, MATCH_NUMBER_UNKNOWN};

use super::{Core, ended, id_table};
use crate::party::{PeerError, chain};

/// Attempts at a receiver that waits for no such match number.
const UNKNOWN_ATTEMPTS_MAX: u32 = 8;
pub(super) const BATCH: u32 = 256;
pub(super) const AT_ONCE: usize = 16;
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How often the tables are looked at without being told: another process may have rotated a key.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// What one round brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    /// Taken by their receivers.
    pub delivered: usize,
    /// Given up and reported.
    pub given_up: usize,
    /// To be tried again.
    pub open: usize,
}

struct Delivery {
    match_number: MatchNumber,
    org: OrgCode,
    link_code: LinkCode,
    key_index: KeyIndex,
    attempts: u32,
}

impl Core {
    /// Delivers until `stop`: at once when something is ordered, with growing pauses while something stays open.
    pub(super) async fn keep_delivering(self: Arc<Self>, stop: CancellationToken) {
        let mut pause = FIRST_PAUSE;
        while !stop.is_cancelled() {
            let open = match self.bring_all().await {
                Ok(round) => round.open > 0,
                Err(error) => {
                    tracing::error!(error = chain(&error), "cannot deliver codes now");
                    true
                }
            };
            let wait = if open { pause } else { LOOK_AGAIN };
            pause = if open { (pause * 2).min(LONGEST_PAUSE) } else { FIRST_PAUSE };
            tokio::select! {
                () = stop.cancelled() => {}
                () = self.wake.notified() => pause = FIRST_PAUSE,
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// One round over everything that is open: first new codes, then successors, then ends.
    pub async fn bring_all(&self) -> Result<Round, db::DbError> {
        let mut round = self.deliver_open().await?;
        let replaced = self.replace_open().await?;
        let told = self.tell_ended().await?;
        round.delivered += replaced.delivered + told.delivered;
        round.open += replaced.open + told.open;
        Ok(round)
    }

    async fn deliver_open(&self) -> Result<Round, db::DbError> {
        let deliveries = self.open_deliveries().await?;
        let results: Vec<Result<Round, db::DbError>> = futures::stream::iter(deliveries)
            .map(|delivery| self.deliver(delivery))
            .buffer_unordered(AT_ONCE)
            .collect()
            .await;
        let mut sum = Round::default();
        for result in results {
            let one = result?;
            sum.delivered += one.delivered;
            sum.given_up += one.given_up;
            sum.open += one.open;
        }
        Ok(sum)
    }

    async fn open_deliveries(&self) -> Result<Vec<Delivery>, db::DbError> {
        let mut read = self.pool.read().await?;
        let rows = sqlx::query(
            "SELECT i.match_number, i.org, i.link_code, i.attempts, l.key_index
            FROM issuances i
            JOIN links l ON l.org = i.org AND l.link_code = i.link_code
            WHERE i.delivered_at IS NULL
                AND i.given_up_at IS NULL
            ORDER BY i.attempts, i.ordered_at
            LIMIT $1",
        )
        .bind(BATCH)
        .fetch_all(&mut *read)
        .await?;
        rows.iter().map(delivery).collect()
    }

    async fn deliver(&self, delivery: Delivery) -> Result<Round, db::DbError> {
        let message = LinkCodeDelivery {
            match_number: delivery.match_number.clone(),
            link_code: delivery.link_code.clone(),
            key_index: delivery.key_index,
        };
        let brought = self.party.peers.post_no_content(&delivery.org, DELIVERY_PATH, &message).await;
        match brought {
            Ok(()) => {
                self.delivered(&delivery).await?;
                Ok(Round { delivered: 1, ..Round::default() })
            }
            Err(error) => self.refused(&delivery, &error).await,
        }
    }

    async fn delivered(&self, delivery: &Delivery) -> Result<(), db::DbError> {
        let now = self.party.now();
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "UPDATE issuances
            SET delivered_at = $2
            WHERE match_number = $1 AND delivered_at IS NULL",
        )
        .bind(&delivery.match_number.as_bytes()[..])
        .bind(now.as_microsecond())
        .execute(&mut *tx)
        .await?;
        id_table::received(&mut tx, &delivery.org, &delivery.link_code, now).await?;
        ended::tell_again(&mut tx, &delivery.link_code).await?;
        tx.commit().await?;
        // Its key may have been rotated while the code was on its way.
        self.prepare_replacements(&delivery.org).await
    }

    async fn refused(&self, delivery: &Delivery, error: &PeerError) -> Result<Round, db::DbError> {
        let unknown = error.code() == Some(MATCH_NUMBER_UNKNOWN);
        let gives_up = if unknown { delivery.attempts + 1 >= UNKNOWN_ATTEMPTS_MAX } else { !error.may_pass() };
        let refusal = match error {
            PeerError::Problem(_) => error.code().unwrap_or("unnamed"),
            PeerError::Unreachable { .. } => "unreachable",
            PeerError::Malformed => "malformed-answer",
        };
        let given_up_at = gives_up.then(|| self.party.now().as_microsecond());
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "UPDATE issuances
            SET attempts = attempts + 1,
                refusal = $2,
                given_up_at = $3
            WHERE match_number = $1 AND delivered_at IS NULL",
        )
        .bind(&delivery.match_number.as_bytes()[..])
        .bind(refusal)
        .bind(given_up_at)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        if gives_up {
            tracing::error!(org = %delivery.org, refusal, "a code was not taken by its receiver: given up");
            return Ok(Round { given_up: 1, ..Round::default() });
        }
        tracing::info!(org = %delivery.org, refusal, attempts = delivery.attempts + 1, "a code was not taken yet");
        Ok(Round { open: 1, ..Round::default() })
    }
}

fn delivery(row: &sqlx::sqlite::SqliteRow) -> Result<Delivery, db::DbError> {
    let match_number: Vec<u8> = row.try_get("match_number")?;
    let link_code: Vec<u8> = row.try_get("link_code")?;
    let org: String = row.try_get("org")?;
    Ok(Delivery {
        match_number: MatchNumber::try_from(match_number.as_slice())
            .map_err(|_| super::corrupt("issuances", "match_number"))?,
        org: org.parse().map_err(|_| super::corrupt("issuances", "org"))?,
        link_code: LinkCode::try_from(link_code.as_slice()).map_err(|_| super::corrupt("issuances", "link_code"))?,
        key_index: KeyIndex(row.try_get("key_index")?),
        attempts: row.try_get("attempts")?,
    })
}
