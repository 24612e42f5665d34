//! The logical link of certificates, and their history (B-PKI-3).

use db::DbError;
use wire::jpki::PairRequest;

use crate::jpki::Jpki;

impl Jpki {
    /// True if both certificates were issued to the same person, over all their cards and whatever became of the
    /// certificates: validity is asked elsewhere.
    pub(super) async fn same_person(&self, request: &PairRequest) -> Result<bool, DbError> {
        let mut read = self.pool.read().await?;
        Ok(sqlx::query_scalar(
            "SELECT EXISTS (
                SELECT 1
                FROM certificates AS signature
                JOIN card_orders AS one ON one.card_id = signature.card_id
                JOIN card_orders AS other ON other.resident_record_code = one.resident_record_code
                JOIN certificates AS authentication ON authentication.card_id = other.card_id
                WHERE signature.kind = 'signature'
                  AND signature.serial = $1
                  AND authentication.kind = 'authentication'
                  AND authentication.serial = $2)",
        )
        .bind(&request.signature_serial)
        .bind(&request.authentication_serial)
        .fetch_one(&mut *read)
        .await?)
    }

    /// Serials of the authentication certificates that the person of this one had before it, the newest first
    /// (P-RNW-3). Of a serial that nobody was given there are none.
    pub(super) async fn earlier_serials(&self, serial: &str) -> Result<Vec<String>, DbError> {
        let mut read = self.pool.read().await?;
        Ok(sqlx::query_scalar(
            "SELECT earlier.serial
             FROM certificates AS this
             JOIN card_orders AS one ON one.card_id = this.card_id
             JOIN card_orders AS other ON other.resident_record_code = one.resident_record_code
             JOIN certificates AS earlier ON earlier.card_id = other.card_id
             WHERE this.kind = 'authentication'
               AND this.serial = $1
               AND earlier.kind = 'authentication'
               AND earlier.serial <> this.serial
               AND earlier.not_before <= this.not_before
             ORDER BY earlier.not_before DESC, earlier.serial",
        )
        .bind(serial)
        .fetch_all(&mut *read)
        .await?)
    }
}
