//! One self-view record a viewing (P-LOG-18).

use domain::{AccessRecordId, BpId, InfoKind};
use wire::access_records::ViewingId;

use super::RecordsError;
use crate::{
    core::{
        Core,
        access_log::{Cause, Entry, LogUnavailable, Whose, write_outcome, write_request},
        id_code::IdCode,
    },
    party::{CORE, PORTAL},
    whitelist::Tuple,
};

/// 32 lower-case hexadecimal digits.
pub(super) fn parse(viewing: &ViewingId) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    hex::decode_to_slice(&viewing.0, &mut bytes).ok()?;
    (hex::encode(bytes) == viewing.0).then_some(bytes)
}

impl Core {
    /// Puts the viewing on record, once, before anything is shown.
    pub(super) async fn record_viewing(&self, person: &IdCode, viewing: [u8; 16]) -> Result<(), RecordsError> {
        if self.has_viewing(person, viewing).await? {
            return Ok(());
        }
        let now = self.party.now();
        let tuple = own_view()?;
        let whitelists = self.whitelists();
        let version = whitelists
            .in_force(now)
            .filter(|list| list.allows(&tuple).is_some())
            .map(crate::whitelist::Whitelist::version)
            .ok_or(RecordsError::NotWhitelisted)?;
        let id = AccessRecordId::generate(&mut self.rng.clone());
        let entry = Entry {
            id,
            accessed_at: now,
            bp: &tuple.bp,
            whitelist_version: Some(version),
            ground: crate::whitelist::Ground::SelfView,
            requester: &tuple.requester,
            provider: &tuple.provider,
            info_kind: &tuple.info_kind,
            whose: Whose::Person(person),
        };
        let written = async {
            let mut tx = self.pool.begin().await?;
            let first = sqlx::query(
                "INSERT INTO viewings (id_code, viewing, access_record)
                VALUES ($1, $2, $3)
                ON CONFLICT DO NOTHING",
            )
            .bind(person.as_bytes())
            .bind(&viewing[..])
            .bind(&id.as_bytes()[..])
            .execute(&mut *tx)
            .await?;
            if first.rows_affected() == 1 {
                write_request(&mut tx, &entry).await?;
                write_outcome(&mut tx, id, Cause::Answered, now).await?;
            }
            tx.commit().await
        };
        written.await.map_err(|error| RecordsError::LogUnavailable(LogUnavailable::from(error)))
    }

    async fn has_viewing(&self, person: &IdCode, viewing: [u8; 16]) -> Result<bool, db::DbError> {
        let mut read = self.pool.read().await?;
        let seen: Option<i64> = sqlx::query_scalar(
            "SELECT 1
            FROM viewings
            WHERE id_code = $1 AND viewing = $2",
        )
        .bind(person.as_bytes())
        .bind(&viewing[..])
        .fetch_optional(&mut *read)
        .await?;
        Ok(seen.is_some())
    }
}

fn own_view() -> Result<Tuple, RecordsError> {
    Ok(Tuple {
        requester: PORTAL.clone(),
        provider: CORE.clone(),
        info_kind: code(InfoKind::ACCESS_RECORDS)?,
        bp: code(BpId::SELF_VIEW)?,
    })
}

fn code<T: std::str::FromStr>(text: &str) -> Result<T, RecordsError> {
    text.parse().map_err(|_| RecordsError::NotWhitelisted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewing_has_one_spelling() {
        assert!(parse(&ViewingId("0a".repeat(16))).is_some());
        for bad in ["", "0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A", "0a", "x"] {
            assert!(parse(&ViewingId(bad.into())).is_none(), "{bad}");
        }
    }
}
