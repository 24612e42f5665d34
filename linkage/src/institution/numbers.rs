//! Obtaining 番号 (B-INS-5), for institutions entitled to it: match the own 4-info with the resident net, ask the
//! generation body, bind to the own number. Apart from link codes and not needed for them.

use wire::issuance::{FourInfoMessage, NOT_IDENTIFIED};

use super::{Institution, internal_id::InternalId};
use crate::{
    numbers::{MY_NUMBERS_PATH, MyNumberAnswer, is_entitled},
    party::{NUMBERS, PeerError, REGISTER},
    register::{NUMBER_MATCHES_PATH, NumberMatch},
};

/// Why no number was bound.
#[derive(Debug, thiserror::Error)]
pub enum NumberError {
    /// The law gives this institution no right to numbers (B-ID-6).
    #[error("this institution is not entitled to numbers")]
    NotEntitled,
    /// No such person here.
    #[error("the institution has no such person")]
    NoSuchPerson,
    /// The 4-info mean nobody or several people.
    #[error("the four items do not mean exactly one person")]
    NotIdentified,
    /// The register or the generation body gave no usable answer.
    #[error("no usable answer")]
    Peer(#[source] PeerError),
    /// The institution's database failed.
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
}

impl Institution {
    /// Gets and binds the number of one of the institution's people.
    pub async fn obtain_number(&self, person: &InternalId) -> Result<(), NumberError> {
        if !is_entitled(&self.party.org) {
            return Err(NumberError::NotEntitled);
        }
        let four_info = self.four_info(person).await?.ok_or(NumberError::NoSuchPerson)?;
        let matched: NumberMatch =
            self.party.peers.post(&REGISTER, NUMBER_MATCHES_PATH, &FourInfoMessage::from(&four_info)).await.map_err(
                |error| match error.code() {
                    Some(NOT_IDENTIFIED) => NumberError::NotIdentified,
                    _ => NumberError::Peer(error),
                },
            )?;
        let MyNumberAnswer { my_number } =
            self.party.peers.post(&NUMBERS, MY_NUMBERS_PATH, &matched).await.map_err(NumberError::Peer)?;
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO numbers (internal_id, my_number, bound_at)
            VALUES ($1, $2, $3)
            ON CONFLICT DO NOTHING",
        )
        .bind(person.as_str())
        .bind(my_number.expose())
        .bind(self.party.now().as_microsecond())
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        tx.commit().await?;
        Ok(())
    }

    /// Whether a number is bound to the person.
    pub async fn has_number(&self, person: &InternalId) -> Result<bool, db::DbError> {
        let mut read = self.pool.read().await?;
        let found: Option<i64> = sqlx::query_scalar(
            "SELECT 1
            FROM numbers
            WHERE internal_id = $1",
        )
        .bind(person.as_str())
        .fetch_optional(&mut *read)
        .await?;
        Ok(found.is_some())
    }
}
