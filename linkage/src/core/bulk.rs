//! Codes for a whole world at once, for the world builder: the same rows as by issuance, without the messages.

use domain::{KeyIndex, LinkCode, OrgCode};

use crate::party;

use super::{Core, id_code::IdCode, id_table, issuance::IssuanceError, key_store::KeyStoreError};

/// People in one statement.
const CHUNK: usize = 2000;

/// Why no codes were made.
pub type BulkError = IssuanceError;

impl Core {
    /// The codes of many people at one organisation, in the order given, as if each had been ordered and received.
    /// The caller hands them to that organisation.
    pub async fn link_in_bulk<'a>(
        &self,
        org: &OrgCode,
        resident_record_codes: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<(LinkCode, KeyIndex)>, BulkError> {
        let now = self.party.now();
        let (index, key) = self.keys.newest(org, now, &mut self.rng.clone()).await?;
        let people: Vec<[u8; 32]> = resident_record_codes
            .into_iter()
            .map(|code| {
                super::issuance::check_form(code)?;
                Ok(self.keys.resident_index(code).ok_or(KeyStoreError::Corrupt)?)
            })
            .collect::<Result<_, BulkError>>()?;
        let mut codes = Vec::with_capacity(people.len());
        let mut tx = self.pool.begin().await?;
        party::room_for(people.len(), &mut tx).await.map_err(db::DbError::from)?;
        for chunk in people.chunks(CHUNK) {
            let ids = id_table::people(&mut tx, chunk, &mut self.rng.clone()).await.map_err(db::DbError::from)?;
            let link = |id: IdCode| {
                let code = key.link_code(org, &id).ok_or(KeyStoreError::Corrupt)?;
                Ok((id, code))
            };
            let links = ids.into_iter().map(link).collect::<Result<Vec<_>, BulkError>>()?;
            id_table::link_received(&mut tx, org, &links, index, now).await.map_err(db::DbError::from)?;
            codes.extend(links.into_iter().map(|(_, code)| (code, index)));
        }
        tx.commit().await?;
        Ok(codes)
    }
}
