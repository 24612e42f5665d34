//! 失効: what an event does to certificates (B-PKI-2).

use db::DbError;
use jiff::Timestamp;
use pki::{RevocationReason, issue::RevokedCertificate, ocsp::Known};

use crate::{
    jpki::{CardEvent, CertificateKind, Jpki, message::Ends},
    register::ChangeNotice,
};

impl Jpki {
    /// Something happened to a card. False: no such card.
    pub(super) async fn card_event(&self, card_id: &str, event: CardEvent, now: Timestamp) -> Result<bool, DbError> {
        let mut tx = self.pool.begin().await?;
        let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM card_orders WHERE card_id = $1)")
            .bind(card_id)
            .fetch_one(&mut *tx)
            .await?;
        if !known {
            return Ok(false);
        }
        note(&mut tx, card_id, event.name(), now, now).await?;
        if let Some(reason) = event.ends_both() {
            revoke(&mut tx, card_id, Ends::Both, reason, now).await?;
        }
        tx.commit().await?;
        self.lists.outdate();
        tracing::info!(card.id = card_id, event = event.name(), "a card event took effect");
        Ok(true)
    }

    /// Something changed for a resident: all cards of the person.
    pub(super) async fn change_notice(&self, notice: &ChangeNotice, now: Timestamp) -> Result<(), DbError> {
        let (ends, reason) = notice.change.effect();
        let mut tx = self.pool.begin().await?;
        let cards: Vec<String> = sqlx::query_scalar("SELECT card_id FROM card_orders WHERE resident_record_code = $1")
            .bind(notice.resident_record_code.expose())
            .fetch_all(&mut *tx)
            .await?;
        for card_id in &cards {
            note(&mut tx, card_id, notice.change.name(), notice.happened_at, now).await?;
            revoke(&mut tx, card_id, ends, reason, now).await?;
        }
        tx.commit().await?;
        self.lists.outdate();
        Ok(())
    }

    /// All revoked certificates of one authority that have not expired.
    pub(super) async fn revoked(
        &self,
        kind: CertificateKind,
        now: Timestamp,
    ) -> Result<Vec<RevokedCertificate>, DbError> {
        let mut read = self.pool.read().await?;
        let rows: Vec<(String, i64, String)> = sqlx::query_as(
            "SELECT serial, revoked_at, reason
             FROM certificates
             WHERE kind = $1
               AND revoked_at IS NOT NULL
               AND not_after >= $2
             ORDER BY serial",
        )
        .bind(kind.name())
        .bind(now.as_microsecond())
        .fetch_all(&mut *read)
        .await?;
        rows.into_iter()
            .map(|(serial, at, reason)| {
                RevokedCertificate::from_serial_hex(&serial, timestamp(at)?, reason_from(&reason)?)
                    .ok_or_else(|| corrupt("serial"))
            })
            .collect()
    }

    /// How one certificate stands.
    pub(super) async fn standing(&self, kind: CertificateKind, serial: &str) -> Result<Known, DbError> {
        let mut read = self.pool.read().await?;
        let row: Option<(Option<i64>, Option<String>)> =
            sqlx::query_as("SELECT revoked_at, reason FROM certificates WHERE kind = $1 AND serial = $2")
                .bind(kind.name())
                .bind(serial)
                .fetch_optional(&mut *read)
                .await?;
        match row {
            None => Ok(Known::Unknown),
            Some((Some(at), Some(reason))) => Ok(Known::Revoked { at: timestamp(at)?, reason: reason_from(&reason)? }),
            Some(_) => Ok(Known::Good),
        }
    }
}

async fn note(
    connection: &mut sqlx::SqliteConnection,
    card_id: &str,
    event: &str,
    happened_at: Timestamp,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO events (card_id, event, happened_at, received_at) VALUES ($1, $2, $3, $4)")
        .bind(card_id)
        .bind(event)
        .bind(happened_at.as_microsecond())
        .bind(now.as_microsecond())
        .execute(connection)
        .await?;
    Ok(())
}

/// Revokes what is not revoked yet; when both end, a ticket not used yet ends too.
async fn revoke(
    connection: &mut sqlx::SqliteConnection,
    card_id: &str,
    ends: Ends,
    reason: RevocationReason,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "UPDATE certificates
         SET revoked_at = $2, reason = $3
         WHERE card_id = $1
           AND revoked_at IS NULL
           AND (kind = 'signature' OR $4)",
    )
    .bind(card_id)
    .bind(now.as_microsecond())
    .bind(reason_name(reason))
    .bind(ends == Ends::Both)
    .execute(&mut *connection)
    .await?;
    if ends == Ends::Both {
        sqlx::query(
            "UPDATE card_orders
             SET cancelled_at = $2
             WHERE card_id = $1
               AND used_at IS NULL
               AND cancelled_at IS NULL",
        )
        .bind(card_id)
        .bind(now.as_microsecond())
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// The four reasons that JPKI uses, as stored.
fn reason_name(reason: RevocationReason) -> &'static str {
    match reason {
        RevocationReason::KeyCompromise => "key_compromise",
        RevocationReason::AffiliationChanged => "affiliation_changed",
        RevocationReason::Superseded => "superseded",
        _ => "cessation_of_operation",
    }
}

fn reason_from(name: &str) -> Result<RevocationReason, DbError> {
    [
        RevocationReason::KeyCompromise,
        RevocationReason::AffiliationChanged,
        RevocationReason::Superseded,
        RevocationReason::CessationOfOperation,
    ]
    .into_iter()
    .find(|reason| reason_name(*reason) == name)
    .ok_or_else(|| corrupt("reason"))
}

fn timestamp(us: i64) -> Result<Timestamp, DbError> {
    Timestamp::from_microsecond(us).map_err(|_| corrupt("revoked_at"))
}

fn corrupt(column: &'static str) -> DbError {
    DbError::Corrupt { table: "certificates", column }
}
