//! Codes for a whole world at once, for the world builder: the same rows as by issuance, without the messages.

use domain::{KeyIndex, LinkCode, OrgCode};

use super::{Core, id_table, issuance::IssuanceError};

/// People in one transaction.
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
        let mut codes = Vec::new();
        let mut people = resident_record_codes.into_iter().peekable();
        while people.peek().is_some() {
            let mut tx = self.pool.begin().await?;
            for resident_record_code in people.by_ref().take(CHUNK) {
                let (_, link_code) = self.link_person(&mut tx, org, resident_record_code, index, &key, now).await?;
                id_table::received(&mut tx, org, &link_code, now).await.map_err(db::DbError::from)?;
                codes.push((link_code, index));
            }
            tx.commit().await?;
        }
        Ok(codes)
    }
}
