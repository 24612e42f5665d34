//! Rotation of an organisation's key (B-TBL-2): every code gets a successor under the new key, and nobody is lost.
//!
//! 1. The successors are written beside the old codes; both are in use, and the organisation is asked under the old
//!    one, which it is known to hold.
//! 2. They are brought to the organisation, which replaces all or none of a message.
//! 3. Its 204 takes the old codes out of use. They stay in the table, so that old records are still found.
//!
//! A crash anywhere in between is picked up from the table: what is open is brought again.

use domain::{KeyIndex, LinkCode, OrgCode};
use sqlx::Row as _;
use wire::issuance::{LinkCodeReplacement, LinkCodeReplacements, REPLACEMENT_PATH};

use super::{Core, delivery::Round, id_code::IdCode, id_table, key_store::KeyStoreError};

/// Most pairs in one message.
const PAIRS_MAX: u32 = 1000;

/// What a rotation did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The key that new codes are under from now on.
    pub key_index: KeyIndex,
    /// Codes that got a successor, which is now on its way.
    pub codes: u64,
}

/// Why a key was not rotated.
#[derive(Debug, thiserror::Error)]
pub enum RotationError {
    /// The organisation has not yet taken all codes of the rotation before.
    #[error("{open} codes of the previous rotation are still on their way")]
    PreviousOpen {
        /// How many.
        open: u64,
    },
    /// The key database failed.
    #[error("the keys cannot be used")]
    Keys(#[from] KeyStoreError),
    /// The core's database failed.
    #[error("the ID table cannot be used")]
    Table(#[from] db::DbError),
}

struct Successor {
    old: LinkCode,
    new: LinkCode,
}

/// Looked at again and again: it must cost what is open, and not what there is.
pub(super) const OPEN: &str = "SELECT DISTINCT org, key_index
    FROM links INDEXED BY links_to_replace
    WHERE replaces IS NOT NULL
        AND received_at IS NULL
        AND unlinked_at IS NULL
    ORDER BY org, key_index";

impl Core {
    /// Makes a new key for an organisation and a successor for each of its codes. The successors are brought by the
    /// running core, at once or when the organisation can be reached.
    pub async fn rotate_key(&self, org: &OrgCode) -> Result<Rotation, RotationError> {
        let open = self.open_successors(org).await?;
        if open > 0 {
            return Err(RotationError::PreviousOpen { open });
        }
        let now = self.party.now();
        let (key_index, _) = self.keys.rotate(org, now, &mut self.rng.clone()).await?;
        self.prepare_replacements(org).await?;
        let codes = self.open_successors(org).await?;
        tracing::info!(%org, key.index = key_index.0, codes, "rotated a key");
        self.wake.notify_one();
        Ok(Rotation { key_index, codes })
    }

    async fn open_successors(&self, org: &OrgCode) -> Result<u64, db::DbError> {
        let mut read = self.pool.read().await?;
        let open: i64 = sqlx::query_scalar(
            "SELECT count(*)
            FROM links INDEXED BY links_to_replace
            WHERE org = $1
                AND replaces IS NOT NULL
                AND received_at IS NULL
                AND unlinked_at IS NULL",
        )
        .bind(org.as_str())
        .fetch_one(&mut *read)
        .await?;
        Ok(u64::try_from(open).unwrap_or_default())
    }

    /// Writes a successor for every code that its organisation holds under an older key. Safe to repeat.
    pub(super) async fn prepare_replacements(&self, org: &OrgCode) -> Result<(), db::DbError> {
        let now = self.party.now();
        let newest = self.keys.newest(org, now, &mut self.rng.clone()).await;
        let (index, key) = newest.map_err(super::key_failure)?;
        if index.0 <= 1 {
            return Ok(());
        }
        loop {
            let mut tx = self.pool.begin().await?;
            let rows = sqlx::query(
                "SELECT l.link_code, l.id_code
                FROM links l
                WHERE l.org = $1
                    AND l.key_index < $2
                    AND l.unlinked_at IS NULL
                    AND l.received_at IS NOT NULL
                    AND NOT EXISTS (
                        SELECT 1
                        FROM links s
                        WHERE s.id_code = l.id_code
                            AND s.org = l.org
                            AND s.key_index = $2
                    )
                LIMIT $3",
            )
            .bind(org.as_str())
            .bind(index.0)
            .bind(PAIRS_MAX)
            .fetch_all(&mut *tx)
            .await?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                let old: Vec<u8> = row.try_get("link_code")?;
                let id_code: Vec<u8> = row.try_get("id_code")?;
                let id_code = IdCode::try_from(id_code.as_slice()).map_err(|_| super::corrupt("links", "id_code"))?;
                let new = key.link_code(org, &id_code).ok_or_else(|| super::corrupt("links", "id_code"))?;
                sqlx::query(
                    "INSERT INTO links (org, link_code, id_code, key_index, linked_at, replaces)
                    VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(org.as_str())
                .bind(&new.as_bytes()[..])
                .bind(id_code.as_bytes())
                .bind(index.0)
                .bind(now.as_microsecond())
                .bind(old)
                .execute(&mut *tx)
                .await?;
            }
            tx.commit().await?;
        }
    }

    /// Brings all open successors. An organisation that cannot be reached or knows an old code not keeps its old
    /// codes, which stay in use.
    pub(super) async fn replace_open(&self) -> Result<Round, db::DbError> {
        let mut round = Round::default();
        for (org, key_index) in self.orgs_with_open_replacements().await? {
            loop {
                let successors = self.open_replacements(&org, key_index).await?;
                if successors.is_empty() {
                    break;
                }
                let pairs = successors.iter().map(|s| LinkCodeReplacement { old: s.old.clone(), new: s.new.clone() });
                let message = LinkCodeReplacements { key_index, pairs: pairs.collect() };
                let peers = &self.party.peers;
                if let Err(error) = peers.post_no_content(&org, REPLACEMENT_PATH, &message).await {
                    tracing::error!(%org, %error, codes = successors.len(), "successors of codes were not taken yet");
                    round.open += successors.len();
                    break;
                }
                round.delivered += successors.len();
                self.replaced(&org, &successors).await?;
            }
        }
        Ok(round)
    }

    async fn orgs_with_open_replacements(&self) -> Result<Vec<(OrgCode, KeyIndex)>, db::DbError> {
        let mut read = self.pool.read().await?;
        let rows = sqlx::query(OPEN).fetch_all(&mut *read).await?;
        rows.iter()
            .map(|row| {
                let org: String = row.try_get("org")?;
                let org = org.parse().map_err(|_| super::corrupt("links", "org"))?;
                Ok((org, KeyIndex(row.try_get("key_index")?)))
            })
            .collect()
    }

    async fn open_replacements(&self, org: &OrgCode, key_index: KeyIndex) -> Result<Vec<Successor>, db::DbError> {
        let mut read = self.pool.read().await?;
        let rows = sqlx::query(
            "SELECT replaces, link_code
            FROM links INDEXED BY links_to_replace
            WHERE org = $1
                AND key_index = $2
                AND replaces IS NOT NULL
                AND received_at IS NULL
                AND unlinked_at IS NULL
            LIMIT $3",
        )
        .bind(org.as_str())
        .bind(key_index.0)
        .bind(PAIRS_MAX)
        .fetch_all(&mut *read)
        .await?;
        rows.iter()
            .map(|row| {
                let code = |column: &'static str| {
                    let bytes: Vec<u8> = row.try_get(column)?;
                    LinkCode::try_from(bytes.as_slice()).map_err(|_| super::corrupt("links", column))
                };
                Ok(Successor { old: code("replaces")?, new: code("link_code")? })
            })
            .collect()
    }

    async fn replaced(&self, org: &OrgCode, successors: &[Successor]) -> Result<(), db::DbError> {
        let now = self.party.now();
        let mut tx = self.pool.begin().await?;
        for successor in successors {
            id_table::received(&mut tx, org, &successor.new, now).await?;
        }
        tx.commit().await
    }
}
