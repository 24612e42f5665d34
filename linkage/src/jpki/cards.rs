//! Cards that were ordered, and their one-time tickets.

use db::DbError;
use domain::TicketCode;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::{
    jpki::{CardOrder, Jpki},
    register::ResidentRecordCode,
};

/// The one-time ticket of a card order.
pub type OrderTicket = TicketCode;

/// A ticket that may be used with these keys.
pub(super) enum Ticket {
    /// Not used yet.
    Fresh {
        /// Whose card.
        person: ResidentRecordCode,
    },
    /// Used before, with the same keys: the same certificates again.
    Repeated,
    /// Unknown, for another card, used with other keys, or cancelled.
    Refused,
}

/// What a pair of keys is known by.
pub(super) fn keys_hash(authentication_spki: &[u8], signature_spki: &[u8]) -> [u8; 32] {
    Sha256::digest(wire::reader::length_prefixed(&[authentication_spki, signature_spki])).into()
}

impl Jpki {
    /// Registers a card order; the same card again changes nothing.
    pub(super) async fn register_card(&self, order: &CardOrder, now: Timestamp) -> Result<(), DbError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO card_orders (card_id, ticket_hash, resident_record_code, ordered_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (card_id) DO NOTHING",
        )
        .bind(&order.card_id)
        .bind(&order.ticket.hash().as_bytes()[..])
        .bind(order.resident_record_code.expose())
        .bind(now.as_microsecond())
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// What a ticket is worth for this card with these keys.
    pub(super) async fn ticket(
        &self,
        card_id: &str,
        ticket: &OrderTicket,
        keys_hash: &[u8; 32],
    ) -> Result<Ticket, DbError> {
        let mut read = self.pool.read().await?;
        let row: Option<(String, Option<Vec<u8>>, Option<i64>)> = sqlx::query_as(
            "SELECT resident_record_code, keys_hash, cancelled_at
             FROM card_orders
             WHERE card_id = $1
               AND ticket_hash = $2",
        )
        .bind(card_id)
        .bind(&ticket.hash().as_bytes()[..])
        .fetch_optional(&mut *read)
        .await?;
        match row {
            Some((person, None, None)) => {
                let person = person
                    .parse()
                    .map_err(|_| DbError::Corrupt { table: "card_orders", column: "resident_record_code" })?;
                Ok(Ticket::Fresh { person })
            }
            Some((_, Some(used_with), _)) if used_with == keys_hash => Ok(Ticket::Repeated),
            _ => Ok(Ticket::Refused),
        }
    }
}
