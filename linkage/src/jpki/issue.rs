//! Both certificates of a card, issued together (B-PKI-1, B-PKI-4).

use base64ct::{Base64, Encoding as _};
use db::DbError;
use domain::FourInfo;
use jiff::{Timestamp, ToSpan as _, tz::TimeZone};
use pki::{
    Certificate,
    issue::{IssueError, Validity},
};
use rand_core::CryptoRng;
use wire::{
    issuance::FourInfoMessage,
    jpki::{CertificateOrder, CertificatePair, order_statement},
};

use crate::{
    jpki::{
        CertificateKind, Jpki, OrderTicket,
        cards::{Ticket, keys_hash},
    },
    party::{PeerError, REGISTER},
    register::{IDENTIFICATION_INFO_PATH, IdentificationInfoRequest, ResidentRecordCode},
};

const VALIDITY_YEARS: i64 = 5;

/// No certificates were given out.
#[derive(Debug, thiserror::Error)]
pub(super) enum OrderError {
    /// Not base64, not a key, or twice the same key.
    #[error("the order cannot be read")]
    Malformed,
    /// A proof of possession does not verify.
    #[error("a key was not proved to be held")]
    Proof,
    /// See [`wire::jpki::TICKET_REFUSED`].
    #[error("the ticket is refused")]
    Ticket,
    /// The register knows no resident any more.
    #[error("the person is no resident any more")]
    NoResident,
    /// The register did not answer.
    #[error("the register did not answer")]
    Register(#[source] PeerError),
    /// The authority could not issue.
    #[error("the authority could not issue")]
    Issue(#[source] IssueError),
    /// The database.
    #[error("the database of JPKI failed")]
    Db(#[from] DbError),
}

impl From<sqlx::Error> for OrderError {
    fn from(error: sqlx::Error) -> Self {
        Self::Db(error.into())
    }
}

/// An order whose keys are proved.
struct ProvedOrder {
    card_id: String,
    ticket: OrderTicket,
    authentication_spki: Vec<u8>,
    signature_spki: Vec<u8>,
}

impl ProvedOrder {
    fn new(order: &CertificateOrder) -> Result<Self, OrderError> {
        let bytes = |text: &str| Base64::decode_vec(text).map_err(|_| OrderError::Malformed);
        let proved = Self {
            card_id: order.card_id.clone(),
            ticket: order.ticket.parse().map_err(|_| OrderError::Ticket)?,
            authentication_spki: bytes(&order.authentication_spki)?,
            signature_spki: bytes(&order.signature_spki)?,
        };
        if proved.authentication_spki == proved.signature_spki {
            return Err(OrderError::Malformed);
        }
        for (spki, proof) in [
            (&proved.authentication_spki, &order.authentication_proof),
            (&proved.signature_spki, &order.signature_proof),
        ] {
            let statement = order_statement(&order.ticket, spki);
            pki::verify_raw(spki, &statement, &bytes(proof)?).map_err(|_| OrderError::Proof)?;
        }
        Ok(proved)
    }

    fn keys_hash(&self) -> [u8; 32] {
        keys_hash(&self.authentication_spki, &self.signature_spki)
    }
}

impl Jpki {
    /// Answers a card's order: issues once, and repeats its answer to the same keys.
    pub(super) async fn certificates(
        &self,
        order: &CertificateOrder,
        now: Timestamp,
        rng: &mut (impl CryptoRng + Send + ?Sized),
    ) -> Result<CertificatePair, OrderError> {
        let order = ProvedOrder::new(order)?;
        match self.ticket(&order.card_id, &order.ticket, &order.keys_hash()).await? {
            Ticket::Refused => Err(OrderError::Ticket),
            Ticket::Repeated => self.stored_pair(&order.card_id).await,
            Ticket::Fresh { person } => {
                let four_info = self.four_info_of(person).await?;
                let validity = validity_from(now);
                let signature = self
                    .authorities
                    .of(CertificateKind::Signature)
                    .issue_signature(&four_info, &order.signature_spki, validity, rng)
                    .map_err(not_issued)?;
                let authentication = self
                    .authorities
                    .of(CertificateKind::Authentication)
                    .issue_authentication(&order.authentication_spki, validity, rng)
                    .map_err(not_issued)?;
                self.store_pair(&order, &signature, &authentication, now).await?;
                Ok(pair(signature.der(), authentication.der()))
            }
        }
    }

    async fn four_info_of(&self, person: ResidentRecordCode) -> Result<FourInfo, OrderError> {
        let request = IdentificationInfoRequest { resident_record_code: person };
        let answer: FourInfoMessage =
            self.party.peers.post(&REGISTER, IDENTIFICATION_INFO_PATH, &request).await.map_err(|error| match error
                .code()
            {
                Some(crate::register::PERSON_UNKNOWN) => OrderError::NoResident,
                _ => OrderError::Register(error),
            })?;
        FourInfo::try_from(answer).map_err(|_| OrderError::Register(PeerError::Malformed))
    }

    /// Uses up the ticket and keeps both certificates, or neither.
    async fn store_pair(
        &self,
        order: &ProvedOrder,
        signature: &Certificate,
        authentication: &Certificate,
        now: Timestamp,
    ) -> Result<(), OrderError> {
        let mut tx = self.pool.begin().await?;
        let used = sqlx::query(
            "UPDATE card_orders
             SET used_at = $2, keys_hash = $3
             WHERE card_id = $1
               AND used_at IS NULL
               AND cancelled_at IS NULL",
        )
        .bind(&order.card_id)
        .bind(now.as_microsecond())
        .bind(&order.keys_hash()[..])
        .execute(&mut *tx)
        .await?
        .rows_affected();
        if used != 1 {
            return Err(OrderError::Ticket);
        }
        for (kind, certificate) in
            [(CertificateKind::Signature, signature), (CertificateKind::Authentication, authentication)]
        {
            sqlx::query(
                "INSERT INTO certificates (kind, serial, card_id, der, not_before, not_after)
                 VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(kind.name())
            .bind(certificate.serial_hex())
            .bind(&order.card_id)
            .bind(certificate.der())
            .bind(certificate.not_before().as_microsecond())
            .bind(certificate.not_after().as_microsecond())
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        tracing::info!(card.id = order.card_id, "issued both certificates of a card");
        Ok(())
    }

    async fn stored_pair(&self, card_id: &str) -> Result<CertificatePair, OrderError> {
        let mut read = self.pool.read().await?;
        let (signature, authentication): (Vec<u8>, Vec<u8>) = sqlx::query_as(
            "SELECT signature.der, authentication.der
             FROM certificates AS signature
             JOIN certificates AS authentication USING (card_id)
             WHERE card_id = $1
               AND signature.kind = 'signature'
               AND authentication.kind = 'authentication'",
        )
        .bind(card_id)
        .fetch_one(&mut *read)
        .await?;
        Ok(pair(&signature, &authentication))
    }
}

/// Five years, both certificates to the same second (B-PKI-4).
fn validity_from(now: Timestamp) -> Validity {
    let later = now.to_zoned(TimeZone::UTC).checked_add(VALIDITY_YEARS.years());
    let not_after = later.map_or(Timestamp::MAX, |zoned| zoned.timestamp());
    Validity { not_before: now, not_after }
}

fn not_issued(error: IssueError) -> OrderError {
    match error {
        IssueError::SubjectKey => OrderError::Malformed,
        error => OrderError::Issue(error),
    }
}

fn pair(signature: &[u8], authentication: &[u8]) -> CertificatePair {
    CertificatePair {
        signature: Base64::encode_string(signature),
        authentication: Base64::encode_string(authentication),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certificates_last_five_years_also_from_a_leap_day() {
        let validity = validity_from("2028-02-29T12:00:00Z".parse().unwrap());
        assert_eq!(validity.not_after.to_string(), "2033-02-28T12:00:00Z");
    }
}
