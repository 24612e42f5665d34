//! Backups of a database in use; restores that keep the log, or retire it; and every kind of backup that is none.

mod log;

use std::fs;

use domain::{FolderId, FolderState, KeyIndex, LinkCode, ReceiptId, SecretHash};
use jiff::SignedDuration;
use store::{Folder, Gathering, HeldClass, HeldRow, NewSession, RetiredLog, Store};
use tempfile::TempDir;
use tlog::NoteSigner;

use super::*;
use crate::{Log, LogError, PurgeReason, Receipt};

const CANARY: &[u8] = b"a canary that is held";

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn signer() -> NoteSigner {
    NoteSigner::new("localhost/my-portal", &[7; 32]).unwrap()
}

/// A portal's folder, and a place for its backups.
struct House {
    folder: TempDir,
}

impl House {
    fn new() -> Self {
        Self { folder: db::testing::directory().unwrap() }
    }

    fn database(&self) -> PathBuf {
        self.folder.path().join("portal/portal.sqlite")
    }

    fn target(&self) -> Target {
        Target::Sqlite(self.database())
    }

    fn backup_at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn opens(&self) -> Store {
        fs::create_dir_all(self.database().parent().unwrap()).unwrap();
        Store::open(&self.target()).await.unwrap()
    }

    /// As a portal that works here; gone, with all its connections, when this returns.
    async fn does(&self, work: impl AsyncFnOnce(&Store)) {
        let store = self.opens().await;
        work(&store).await;
        drop(store);
        self.is_left().await;
    }

    /// Connections of a store close behind its back.
    async fn is_left(&self) {
        loop {
            match store::backup::Alone::take(&self.database()).await {
                Ok(alone) => return alone.close().await.unwrap(),
                Err(_) => tokio::task::yield_now().await,
            }
        }
    }

    async fn enters(&self, bytes: std::ops::RangeInclusive<u8>) {
        self.does(async |store| enters(store, &signer(), bytes).await).await;
    }

    async fn backs_up(&self, name: &str) -> Manifest {
        backup(&self.target(), signer().key(), &self.backup_at(name), now()).await.unwrap()
    }

    async fn restores(&self, name: &str) -> Result<Restored, RestoreError> {
        restore(&self.backup_at(name), &self.target(), signer().key(), Overwrite::Yes, now()).await
    }

    /// The same where nobody is meant to be in the way: whoever just left may still be at the door.
    async fn restores_when_left(&self, name: &str) -> Result<Restored, RestoreError> {
        loop {
            match self.restores(name).await {
                Err(RestoreError::InUse(_)) => self.is_left().await,
                ended => return ended,
            }
        }
    }

    /// How many entries the log has, which a portal with this key finds in order.
    async fn log_size(&self, signer: NoteSigner) -> Result<u64, LogError> {
        let mut size = Ok(0);
        self.does(async |store| {
            let log = Log::new(store.clone(), signer);
            size = match log.check().await {
                Ok(()) => Ok(tlog::Checkpoint::open(&log.checkpoint().await.unwrap(), log.key()).unwrap().head.size),
                Err(error) => Err(error),
            };
        })
        .await;
        size
    }

    fn loses_its_database(&self) {
        fs::remove_dir_all(self.database().parent().unwrap()).unwrap();
    }
}

fn receipt(byte: u8) -> Receipt {
    Receipt::new(ReceiptId::from([byte; 16]), now(), PurgeReason::Logout, Vec::new())
}

async fn enters(store: &Store, signer: &NoteSigner, bytes: std::ops::RangeInclusive<u8>) {
    let signer = NoteSigner::new(signer.key().name(), &[7; 32]).unwrap();
    let log = Log::new(store.clone(), signer);
    for byte in bytes {
        let mut repository = store.begin().await.unwrap();
        log.enter_receipt(&mut repository, &receipt(byte), Some(&SecretHash::from([byte; 32]))).await.unwrap();
        repository.commit().await.unwrap();
    }
}

fn folder(byte: u8) -> Folder {
    Folder {
        id: FolderId::from([byte; 16]),
        link_code: LinkCode::from([byte; 32]),
        key_index: KeyIndex(1),
        state: FolderState::Open,
        opened_at: now(),
    }
}

async fn opens_folder(store: &Store, byte: u8) {
    let mut repository = store.begin().await.unwrap();
    repository.insert_folder(&folder(byte)).await.unwrap();
    repository.commit().await.unwrap();
}

async fn holds_something(store: &Store) {
    let session = SecretHash::from([1; 32]);
    let later = now() + SignedDuration::from_hours(1);
    let new = NewSession {
        id_hash: session.clone(),
        data: String::from_utf8(CANARY.to_vec()).unwrap(),
        folder_id: Some(folder(1).id),
        removal_token_hash: None,
        idle_ends_at: later,
        ends_at: later,
    };
    let mut salt = [0; 32];
    salt[..CANARY.len()].copy_from_slice(CANARY);
    let mut repository = store.begin().await.unwrap();
    assert!(repository.insert_session(&new, now()).await.unwrap());
    assert!(
        repository.insert_gathering(&session, &Gathering { salt, started_at: now(), instance: None }).await.unwrap()
    );
    for place in 0..50 {
        let sealed = CANARY.repeat(500);
        let row = HeldRow { place, class: HeldClass::Answer, sealed, commitment: None, written_at: now() };
        assert!(repository.insert_held(&session, &row).await.unwrap());
    }
    let registration = domain::RegistrationId::from([3; 16]);
    repository.insert_registration(&registration, &SecretHash::from([4; 32]), now(), later).await.unwrap();
    repository.commit().await.unwrap();
}

fn has_canary(path: &Path) -> bool {
    fs::read(path).unwrap().windows(CANARY.len()).any(|window| window == CANARY)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_portal_has_everything_but_what_is_held_and_under_way() {
    let house = House::new();
    let store = house.opens().await;
    opens_folder(&store, 1).await;
    enters(&store, &signer(), 1..=3).await;
    holds_something(&store).await;
    assert!(store.settle().await.unwrap() && has_canary(&house.database()), "there is something to find");

    let manifest = house.backs_up("b").await;
    let into = house.backup_at("b");
    let mut names: Vec<_> = fs::read_dir(&into).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [MANIFEST_FILE, DATABASE_FILE]);
    for name in names {
        assert!(!has_canary(&into.join(&name)), "{name:?}");
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(into.join(&name)).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!((manifest.made_at, manifest.log.size), (now(), 3));
    assert_eq!(store.read().await.unwrap().gatherings().await.unwrap().len(), 1, "the original keeps it");

    let copy = Store::open(&Target::Sqlite(into.join(DATABASE_FILE))).await.unwrap();
    let mut reader = copy.read().await.unwrap();
    assert_eq!(reader.folder_by_id(&folder(1).id).await.unwrap(), Some(folder(1)));
    assert_eq!(reader.gatherings().await.unwrap(), []);
    assert!(reader.session_by_id_hash(&SecretHash::from([1; 32]), now()).await.unwrap().is_none());
    assert!(reader.registration_by_id(&domain::RegistrationId::from([3; 16])).await.unwrap().is_none());
    assert!(reader.receipt_by_session_hash(&SecretHash::from([1; 32])).await.unwrap().is_none());
    assert!(reader.receipt_by_id(&receipt(1).id()).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_is_not_whole_changes_nothing() {
    let house = House::new();
    house.enters(1..=3).await;
    house.backs_up("b").await;
    house.enters(4..=4).await;
    let (file, manifest) = (house.backup_at("b").join(DATABASE_FILE), house.backup_at("b").join(MANIFEST_FILE));
    let (bytes, told) = (fs::read(&file).unwrap(), fs::read_to_string(&manifest).unwrap());
    let size = bytes.len().to_string();
    for spoils in 0..7 {
        match spoils {
            0 => fs::remove_file(&manifest).unwrap(),
            1 => fs::write(&manifest, told.replace("backup/1", "backup/2")).unwrap(),
            2 => fs::remove_file(&file).unwrap(),
            3 => fs::write(&file, &bytes[..bytes.len() / 2]).unwrap(),
            4 => {
                let mut flipped = bytes.clone();
                flipped[bytes.len() / 2] ^= 1;
                fs::write(&file, flipped).unwrap();
            }
            5 => fs::write(&manifest, told.replace(&size, "1")).unwrap(),
            _ => fs::write(&manifest, told.replace("\"size\": 3", "\"size\": 2")).unwrap(),
        }
        let refused = house.restores_when_left("b").await.unwrap_err();
        let expected = match spoils {
            0 | 1 => matches!(refused, RestoreError::NoManifest(_)),
            _ => matches!(refused, RestoreError::Damaged(_)),
        };
        assert!(expected, "{spoils}: {refused:?}");
        let left = fs::read_dir(house.database().parent().unwrap()).unwrap().count();
        assert_eq!((left, house.log_size(signer()).await.unwrap()), (1, 4), "{spoils}");
        fs::write(&file, &bytes).unwrap();
        fs::write(&manifest, &told).unwrap();
    }
    // What a restore left that was killed is in nobody's way.
    fs::write(files::beside(&house.database(), ".restoring"), "half").unwrap();
    assert_eq!(house.restores_when_left("b").await.unwrap().log, LogAfter::Kept { size: 4 });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_later_version_is_refused() {
    let house = House::new();
    house.enters(1..=1).await;
    let mut database = store::backup::Alone::take(&house.database()).await.unwrap();
    database.spoil().await.unwrap();
    database.close().await.unwrap();
    house.backs_up("b").await;
    house.loses_its_database();
    let refused = house.restores_when_left("b").await.unwrap_err();
    assert!(matches!(refused, RestoreError::Newer(_)), "{refused:?}");
    assert!(!house.database().exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_in_use_or_not_to_be_replaced_is_left_alone() {
    let house = House::new();
    house.enters(1..=3).await;
    house.backs_up("b").await;
    let polite = async || {
        restore(&house.backup_at("b"), &house.target(), signer().key(), Overwrite::No, now()).await.unwrap_err()
    };
    let refused = polite().await;
    assert!(matches!(refused, RestoreError::Exists(_)), "{refused:?}");
    let running = house.opens().await;
    enters(&running, &signer(), 4..=4).await;
    for refused in [house.restores("b").await.unwrap_err(), polite().await] {
        assert!(matches!(refused, RestoreError::InUse(_)), "{refused:?}");
    }
    enters(&running, &signer(), 5..=5).await;
    drop(running);
    house.is_left().await;
    assert_eq!(house.log_size(signer()).await.unwrap(), 5);

    house.loses_its_database();
    fs::create_dir_all(house.database().parent().unwrap()).unwrap();
    fs::write(files::beside(&house.database(), "-wal"), "left behind").unwrap();
    let refused = polite().await;
    assert!(matches!(refused, RestoreError::Exists(_)), "{refused:?}");
    house.restores_when_left("b").await.unwrap();
    assert!(!files::beside(&house.database(), "-wal").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_backed_up_is_said() {
    let house = House::new();
    let none = backup(&house.target(), signer().key(), &house.backup_at("b"), now()).await.unwrap_err();
    assert!(matches!(none, BackupError::NoDatabase(_)), "{none:?}");
    house.enters(1..=1).await;
    house.backs_up("b").await;
    let again = backup(&house.target(), signer().key(), &house.backup_at("b"), now()).await.unwrap_err();
    assert!(matches!(again, BackupError::NotEmpty(_)), "{again:?}");
    let stranger = NoteSigner::new("localhost/other", &[8; 32]).unwrap();
    let other = backup(&house.target(), stranger.key(), &house.backup_at("c"), now()).await.unwrap_err();
    assert!(matches!(other, BackupError::Log(LogError::OtherLog(_))), "{other:?}");
    assert_eq!(fs::read_dir(house.backup_at("c")).unwrap().count(), 0);
    let url = Target::Postgres("postgres://portal:secret@db/portal".to_owned());
    let there = backup(&url, signer().key(), Path::new("/kept"), now()).await.unwrap_err();
    assert!(matches!(there, BackupError::Postgres(line) if line.starts_with("pg_dump ") && !line.contains("secret")));
    let back = restore(Path::new("/kept"), &url, signer().key(), Overwrite::No, now()).await.unwrap_err();
    assert!(matches!(back, RestoreError::Postgres(line) if line.starts_with("pg_restore ")));
}

/// Somebody who began to open the old file while it was being replaced.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_goes_on_with_the_file_that_was_replaced() {
    let house = House::new();
    house.does(async |store| opens_folder(store, 1).await).await;
    house.enters(1..=1).await;
    house.backs_up("b").await;
    house.does(async |store| opens_folder(store, 2).await).await;
    let replaced = house.backup_at("replaced.sqlite");
    fs::hard_link(house.database(), &replaced).unwrap();
    house.restores_when_left("b").await.unwrap();
    let old = Store::open(&Target::Sqlite(replaced)).await;
    assert!(matches!(old, Err(StoreError::Db(store::DbError::Migration(_)))), "{old:?}");
    assert_eq!(house.log_size(signer()).await.unwrap(), 1);
}
