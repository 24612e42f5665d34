//! How cards stand, for the desk that answers for them.

use db::DbError;
use jiff::Timestamp;

use crate::jpki::{CardStanding, CertificateKind, CertificateStanding, Jpki};

impl Jpki {
    /// Certificates and history of each card that was ordered.
    pub(super) async fn card_standings(&self, card_ids: &[String]) -> Result<Vec<CardStanding>, DbError> {
        let mut read = self.pool.read().await?;
        let mut standings = Vec::with_capacity(card_ids.len());
        for card_id in card_ids {
            let order: Option<bool> =
                sqlx::query_scalar("SELECT cancelled_at IS NOT NULL FROM card_orders WHERE card_id = $1")
                    .bind(card_id)
                    .fetch_optional(&mut *read)
                    .await?;
            let Some(ended_unused) = order else { continue };
            let certificates: Vec<(String, i64, Option<i64>)> =
                sqlx::query_as("SELECT kind, not_after, revoked_at FROM certificates WHERE card_id = $1")
                    .bind(card_id)
                    .fetch_all(&mut *read)
                    .await?;
            let standing = |kind: CertificateKind| -> Result<Option<CertificateStanding>, DbError> {
                let found = certificates.iter().find(|(name, ..)| name == kind.name());
                let read = |(_, not_after, revoked_at): &(String, i64, Option<i64>)| {
                    let revoked_at = revoked_at.map(|at| time(at, "certificates", "revoked_at")).transpose()?;
                    Ok(CertificateStanding { not_after: time(*not_after, "certificates", "not_after")?, revoked_at })
                };
                found.map(read).transpose()
            };
            let events: Vec<(String, i64)> =
                sqlx::query_as("SELECT event, happened_at FROM events WHERE card_id = $1 ORDER BY event_id")
                    .bind(card_id)
                    .fetch_all(&mut *read)
                    .await?;
            let event = |(name, at): (String, i64)| Ok((name, time(at, "events", "happened_at")?));
            standings.push(CardStanding {
                card_id: card_id.clone(),
                ended_unused,
                authentication: standing(CertificateKind::Authentication)?,
                signature: standing(CertificateKind::Signature)?,
                events: events.into_iter().map(event).collect::<Result<_, DbError>>()?,
            });
        }
        Ok(standings)
    }
}

fn time(us: i64, table: &'static str, column: &'static str) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(us).map_err(|_| DbError::Corrupt { table, column })
}
