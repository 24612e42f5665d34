//! Where the core keeps its secrets: a database file of its own, so that the ID table, its copies and its backups hold
//! key indexes only (S4 L433).

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use domain::{KeyIndex, LinkCode, OrgCode};
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use rand_core::CryptoRng;
use sha2::Sha256;
use sqlx::Row as _;
use zeroize::Zeroizing;

use super::{id_code::IdCode, link_key::LinkKey};

const RESIDENT_SECRET: &str = "resident-index";

static MIGRATOR: sqlx::migrate::Migrator = sqlx::migrate!("migrations/core_keys");

/// Link keys by organisation and index, and the secret of the resident index. Keys that were read stay in memory;
/// one that another process added is found when it is first needed.
pub(super) struct KeyStore {
    pool: db::sqlite::Pool,
    resident_secret: Zeroizing<Vec<u8>>,
    known: RwLock<HashMap<OrgCode, Vec<(KeyIndex, LinkKey)>>>,
}

/// The key of an organisation cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyStoreError {
    /// The key database failed.
    #[error("the key database failed")]
    Db(#[from] db::DbError),
    /// A stored key or secret has a wrong length.
    #[error("a stored key has a wrong length")]
    Corrupt,
}

impl KeyStore {
    pub(super) async fn open(
        path: &std::path::Path,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, KeyStoreError> {
        let pool = db::sqlite::Pool::open(path, &MIGRATOR).await?;
        let mut fresh = Zeroizing::new([0; 32]);
        rng.fill_bytes(&mut *fresh);
        let mut tx = pool.begin().await?;
        sqlx::query(
            "INSERT INTO secrets (name, secret)
            VALUES ($1, $2)
            ON CONFLICT DO NOTHING",
        )
        .bind(RESIDENT_SECRET)
        .bind(&fresh[..])
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        let secret: Vec<u8> = sqlx::query_scalar(
            "SELECT secret
            FROM secrets
            WHERE name = $1",
        )
        .bind(RESIDENT_SECRET)
        .fetch_one(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        tx.commit().await?;
        Ok(Self { pool, resident_secret: Zeroizing::new(secret), known: RwLock::default() })
    }

    /// What stands for a 住民票コード in the ID table: cannot be turned back without the secret.
    pub(super) fn resident_index(&self, resident_record_code: &str) -> Option<[u8; 32]> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.resident_secret).ok()?;
        mac.update(resident_record_code.as_bytes());
        Some(mac.finalize().into_bytes().into())
    }

    /// The newest key of an organisation, made now if it has none.
    pub(super) async fn newest(
        &self,
        org: &OrgCode,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(KeyIndex, LinkKey), KeyStoreError> {
        if let Some(newest) = self.load(org).await?.into_iter().next() {
            return Ok(newest);
        }
        self.add(org, KeyIndex(1), now, rng).await?;
        let keys = self.load(org).await?;
        keys.into_iter().next().ok_or(KeyStoreError::Corrupt)
    }

    /// Adds the next key of an organisation; from now on it is the newest.
    pub(super) async fn rotate(
        &self,
        org: &OrgCode,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(KeyIndex, LinkKey), KeyStoreError> {
        let (KeyIndex(newest), _) = self.newest(org, now, rng).await?;
        self.add(org, KeyIndex(newest + 1), now, rng).await?;
        self.newest(org, now, rng).await
    }

    /// The person behind a code, if one of this organisation's keys made it. The table must confirm it (B-TBL-1).
    pub(super) async fn decrypt(
        &self,
        org: &OrgCode,
        link_code: &LinkCode,
    ) -> Result<Option<(IdCode, KeyIndex)>, KeyStoreError> {
        let open = |keys: &[(KeyIndex, LinkKey)]| {
            keys.iter().find_map(|(index, key)| Some((key.id_code(org, link_code)?, *index)))
        };
        let known = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            known.get(org).and_then(|keys| open(keys))
        };
        match known {
            Some(person) => Ok(Some(person)),
            None => Ok(open(&self.load(org).await?)),
        }
    }

    /// As [`Self::decrypt`] for many, in the order given. However many open with no key, the keys are looked for once.
    pub(super) async fn decrypt_many(
        &self,
        org: &OrgCode,
        link_codes: &[LinkCode],
    ) -> Result<Vec<Option<IdCode>>, KeyStoreError> {
        let open = |keys: &[(KeyIndex, LinkKey)]| -> Vec<Option<IdCode>> {
            link_codes.iter().map(|code| keys.iter().find_map(|(_, key)| key.id_code(org, code))).collect()
        };
        let known = {
            let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
            known.get(org).map(|keys| open(keys))
        };
        match known {
            Some(people) if people.iter().all(Option::is_some) => Ok(people),
            _ => Ok(open(&self.load(org).await?)),
        }
    }

    /// All keys of an organisation, the newest first.
    async fn load(&self, org: &OrgCode) -> Result<Vec<(KeyIndex, LinkKey)>, KeyStoreError> {
        let mut read = self.pool.read().await?;
        let rows = sqlx::query(
            "SELECT key_index, key
            FROM link_keys
            WHERE org = $1
            ORDER BY key_index DESC",
        )
        .bind(org.as_str())
        .fetch_all(&mut *read)
        .await
        .map_err(db::DbError::from)?;
        let mut keys = Vec::with_capacity(rows.len());
        for row in rows {
            let index: u32 = row.try_get("key_index").map_err(db::DbError::from)?;
            let key = Zeroizing::new(row.try_get::<Vec<u8>, _>("key").map_err(db::DbError::from)?);
            let key = LinkKey::from_bytes(&key).ok_or(KeyStoreError::Corrupt)?;
            keys.push((KeyIndex(index), key));
        }
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(org.clone(), keys.clone());
        Ok(keys)
    }

    async fn add(
        &self,
        org: &OrgCode,
        index: KeyIndex,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), KeyStoreError> {
        let key = LinkKey::generate(rng);
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO link_keys (org, key_index, key, made_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT DO NOTHING",
        )
        .bind(org.as_str())
        .bind(index.0)
        .bind(key.as_bytes())
        .bind(now.as_microsecond())
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
        tx.commit().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::seeded;

    fn org(code: &str) -> OrgCode {
        code.parse().unwrap()
    }

    async fn store(folder: &tempfile::TempDir) -> KeyStore {
        let path = folder.path().join("core-keys.sqlite");
        KeyStore::open(&path, &mut seeded(3)).await.unwrap()
    }

    #[tokio::test]
    async fn old_codes_still_decrypt_after_the_key_was_rotated() {
        let folder = crate::core::trial::folder();
        let keys = store(&folder).await;
        let (now, mut rng) = (Timestamp::UNIX_EPOCH, seeded(4));
        let person = IdCode::generate(&mut rng);
        let (first, key) = keys.newest(&org("NTA"), now, &mut rng).await.unwrap();
        let old = key.link_code(&org("NTA"), &person).unwrap();
        let (second, key) = keys.rotate(&org("NTA"), now, &mut rng).await.unwrap();
        let new = key.link_code(&org("NTA"), &person).unwrap();
        assert_eq!((first, second), (KeyIndex(1), KeyIndex(2)));
        for (code, index) in [(old, first), (new, second)] {
            let found = keys.decrypt(&org("NTA"), &code).await.unwrap();
            assert_eq!(found, Some((person.clone(), index)));
        }
    }

    #[tokio::test]
    async fn a_key_added_by_another_process_is_found() {
        let folder = crate::core::trial::folder();
        let (here, there) = (store(&folder).await, store(&folder).await);
        let (now, mut rng) = (Timestamp::UNIX_EPOCH, seeded(5));
        let person = IdCode::generate(&mut rng);
        here.newest(&org("JPS"), now, &mut rng).await.unwrap();
        let (_, key) = there.rotate(&org("JPS"), now, &mut rng).await.unwrap();
        let code = key.link_code(&org("JPS"), &person).unwrap();
        assert!(here.decrypt(&org("JPS"), &code).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn the_resident_index_is_the_same_after_a_restart_and_differs_by_core() {
        let folder = crate::core::trial::folder();
        let first = store(&folder).await.resident_index("12345678901");
        assert_eq!(store(&folder).await.resident_index("12345678901"), first);
        let path = folder.path().join("another.sqlite");
        let another = KeyStore::open(&path, &mut seeded(9)).await.unwrap();
        assert_ne!(another.resident_index("12345678901"), first);
    }
}
