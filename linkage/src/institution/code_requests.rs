//! Asking for a code (steps 1 to 4): the institution's own 4-info go to J-LIS, a match number comes back, and the core
//! brings the code.

use domain::FourInfo;
use wire::issuance::{FourInfoMessage, LinkCodeRequest, MatchAnswer, NOT_IDENTIFIED, REQUEST_PATH};

use super::{Institution, internal_id::InternalId};
use crate::party::{JLIS, PeerError};

/// Why no code is on its way.
#[derive(Debug, thiserror::Error)]
pub enum ObtainError {
    /// No such person here.
    #[error("the institution has no such person")]
    NoSuchPerson,
    /// The 4-info mean nobody or several people (B-ISS-3).
    #[error("the four items do not mean exactly one person")]
    NotIdentified,
    /// J-LIS gave no usable answer.
    #[error("J-LIS gave no usable answer")]
    Jlis(#[source] PeerError),
    /// The institution's database failed.
    #[error("the institution's database failed")]
    Db(#[from] db::DbError),
}

impl Institution {
    /// Asks for a code of one of the institution's people. When this returns, the code is on its way;
    /// [`Institution::wait_for_code`] waits for it.
    pub async fn request_code(&self, person: &InternalId) -> Result<(), ObtainError> {
        let four_info = self.four_info(person).await?.ok_or(ObtainError::NoSuchPerson)?;
        self.request_code_for(person, &four_info).await
    }

    /// The same with 4-info from elsewhere, such as the person's own signature certificate (B-ID-6).
    pub(super) async fn request_code_for(&self, person: &InternalId, four_info: &FourInfo) -> Result<(), ObtainError> {
        let request = LinkCodeRequest { four_info: FourInfoMessage::from(four_info) };
        let MatchAnswer { match_number } =
            self.party.peers.post(&JLIS, REQUEST_PATH, &request).await.map_err(|error| match error.code() {
                Some(NOT_IDENTIFIED) => ObtainError::NotIdentified,
                _ => ObtainError::Jlis(error),
            })?;
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO code_requests (match_number, internal_id, requested_at)
            VALUES ($1, $2, $3)",
        )
        .bind(&match_number.as_bytes()[..])
        .bind(person.as_str())
        .bind(self.party.now().as_microsecond())
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns when the person has a code. The caller sets a limit.
    pub async fn wait_for_code(&self, person: &InternalId) -> Result<(), db::DbError> {
        loop {
            let bound = self.bound.notified();
            tokio::pin!(bound);
            bound.as_mut().enable();
            if self.code_of(person).await?.is_some() {
                return Ok(());
            }
            bound.await;
        }
    }
}
