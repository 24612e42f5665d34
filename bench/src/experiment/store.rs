//! What a portal would need that collects beforehand, and this one does not have: a table of copies, sealed under a key
//! that the server itself keeps, because nobody is there whose browser could.

use std::path::Path;
use std::time::{Duration, Instant};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64ct::{Base64, Encoding as _};
use domain::LinkCode;
use jiff::Timestamp;
use pki::cms;
use rand_core::Rng as _;
use runtime::SystemRng;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use wire::self_view::Source;

use crate::Failure;

/// Copies of everybody.
pub(super) struct Store {
    db: SqliteConnection,
    key: LessSafeKey,
}

/// Inside the seal, as the portal holds an answer while a session lasts.
#[derive(serde::Serialize, serde::Deserialize)]
struct Copy {
    provider: domain::OrgCode,
    info_kind: domain::InfoKind,
    collected_at: Timestamp,
    signed: String,
}

impl Store {
    /// A new one in place of whatever was there.
    pub(super) async fn new(file: &Path) -> Result<Self, Failure> {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", file.display()));
        }
        let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
        let mut db = options.journal_mode(SqliteJournalMode::Wal).connect().await?;
        sqlx::query(
            "CREATE TABLE copy (
                person BLOB NOT NULL,
                place INTEGER NOT NULL,
                sealed BLOB NOT NULL,
                collected_at INTEGER NOT NULL,
                PRIMARY KEY (person, place)
            ) STRICT",
        )
        .execute(&mut db)
        .await?;
        let mut key = [0; 32];
        SystemRng.fill_bytes(&mut key);
        let key = UnboundKey::new(&AES_256_GCM, &key).map(LessSafeKey::new).map_err(|_| "no key")?;
        Ok(Self { db, key })
    }

    /// Everything about one person in place of what lay there.
    pub(super) async fn keep(
        &mut self,
        person: &LinkCode,
        answers: &[(&Source, Vec<u8>)],
        now: Timestamp,
    ) -> Result<(), Failure> {
        let rows = (0_i64..).zip(answers).map(|(place, (source, signed))| {
            let copy = Copy {
                provider: source.provider.clone(),
                info_kind: source.info_kind.clone(),
                collected_at: now,
                signed: Base64::encode_string(signed),
            };
            Ok((place, self.seal(person, place, &serde_json::to_vec(&copy)?)?))
        });
        let rows = rows.collect::<Result<Vec<(i64, Vec<u8>)>, Failure>>()?;
        let mut tx = self.db.begin().await?;
        sqlx::query(
            "DELETE FROM copy
            WHERE person = $1",
        )
        .bind(&person.as_bytes()[..])
        .execute(&mut *tx)
        .await?;
        for (place, sealed) in rows {
            sqlx::query(
                "INSERT INTO copy (person, place, sealed, collected_at)
                VALUES ($1, $2, $3, $4)",
            )
            .bind(&person.as_bytes()[..])
            .bind(place)
            .bind(sealed)
            .bind(now.as_microsecond())
            .execute(&mut *tx)
            .await?;
        }
        Ok(tx.commit().await?)
    }

    /// Reads, opens and verifies everything about one person: how long that takes, and how many copies there are.
    pub(super) async fn read(&mut self, person: &LinkCode) -> Result<(Duration, usize), Failure> {
        let began = Instant::now();
        let rows: Vec<(i64, Vec<u8>)> = sqlx::query_as(
            "SELECT place, sealed
            FROM copy
            WHERE person = $1
            ORDER BY place",
        )
        .bind(&person.as_bytes()[..])
        .fetch_all(&mut self.db)
        .await?;
        for (place, sealed) in &rows {
            let copy: Copy = serde_json::from_slice(&self.open(person, *place, sealed)?)?;
            cms::verify(&Base64::decode_vec(&copy.signed)?, None)?;
        }
        Ok((began.elapsed(), rows.len()))
    }

    /// Rows, and bytes of the database once the side file is written back.
    pub(super) async fn size(&mut self) -> Result<(u64, u64), Failure> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut self.db).await?;
        let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM copy").fetch_one(&mut self.db).await?;
        let pages: i64 = sqlx::query_scalar("PRAGMA page_count").fetch_one(&mut self.db).await?;
        let page_bytes: i64 = sqlx::query_scalar("PRAGMA page_size").fetch_one(&mut self.db).await?;
        Ok((u64::try_from(rows)?, u64::try_from(pages * page_bytes)?))
    }

    fn seal(&self, person: &LinkCode, place: i64, content: &[u8]) -> Result<Vec<u8>, Failure> {
        let mut nonce = [0; NONCE_LEN];
        SystemRng.fill_bytes(&mut nonce);
        let mut body = content.to_vec();
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad(person, place), &mut body)
            .map_err(|_| "a copy cannot be sealed")?;
        Ok([nonce.as_slice(), &body].concat())
    }

    fn open(&self, person: &LinkCode, place: i64, sealed: &[u8]) -> Result<Vec<u8>, Failure> {
        let (nonce, body) = sealed.split_first_chunk::<NONCE_LEN>().ok_or("a copy is damaged")?;
        let mut body = body.to_vec();
        let opened = self.key.open_in_place(Nonce::assume_unique_for_key(*nonce), aad(person, place), &mut body);
        Ok(opened.map_err(|_| "a copy is damaged")?.to_vec())
    }
}

fn aad(person: &LinkCode, place: i64) -> Aad<Vec<u8>> {
    Aad::from([person.as_bytes().as_slice(), &place.to_be_bytes()].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_copy_is_opened_only_where_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(&folder.path().join("copies.sqlite")).await.unwrap();
        let (one, other) = (LinkCode::from([1; LinkCode::LEN]), LinkCode::from([2; LinkCode::LEN]));
        let sealed = store.seal(&one, 0, b"total-income").unwrap();
        assert_eq!(store.open(&one, 0, &sealed).unwrap(), b"total-income");
        assert!(store.open(&other, 0, &sealed).is_err() && store.open(&one, 1, &sealed).is_err());
    }

    #[tokio::test]
    async fn the_next_night_takes_the_place_of_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::new(&folder.path().join("copies.sqlite")).await.unwrap();
        let person = LinkCode::from([1; LinkCode::LEN]);
        let source = Source { provider: "NTA".parse().unwrap(), info_kind: "income".parse().unwrap() };
        for _ in 0..2 {
            store.keep(&person, &[(&source, b"signed".to_vec())], Timestamp::UNIX_EPOCH).await.unwrap();
        }
        assert_eq!(store.size().await.unwrap().0, 1);
    }
}
