//! Whatever dies at whatever moment, each recipient has each notice exactly once: `kill -9` of the sender's program and of
//! the portal, at random, while both are at work. Twenty times; `make soak` kills two hundred times.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{FolderId, FolderState, LinkCode, OrgCode};
use jiff::SignedDuration;
use linkage::institution::Segment;
use municipality::store::{NewRecipient, NewSending, SendingId, SendingState, Store};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use runtime::SystemRng;
use stories::{Engine, PortalProcess, SenderProcess, Town};

const SENDER: &str = "141003";
/// As often as this the world is looked at while the programs work.
const LOOK: Duration = Duration::from_millis(2);

struct Stage<'t> {
    town: &'t Town,
    store: Store,
    /// Its tables, looked at from outside.
    city: sqlx::SqlitePool,
    people: Vec<LinkCode>,
    /// Notices that each of them must have.
    each: u64,
    sent: Vec<SendingId>,
}

/// What is released by turns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The same letter for everybody.
    Shared,
    /// One sending, in which everybody has a letter of their own.
    Merged,
    /// A sending for each.
    Single,
}

impl<'t> Stage<'t> {
    /// Everybody in 横浜市's books has a folder.
    async fn opens(town: &'t Town) -> Self {
        let register = town.data().join("linkage/register.sqlite");
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", register.display())).await.unwrap();
        let codes: Vec<String> =
            sqlx::query_scalar("SELECT resident_record_code FROM residents").fetch_all(&pool).await.unwrap();
        let world = town.world.lock().await;
        let linked = world.parties().core().link_in_bulk(&OrgCode::portal(), codes.iter().map(String::as_str)).await;
        let portal = store::Store::open(&store::Target::Sqlite(town.database.clone())).await.unwrap();
        let mut repository = portal.begin().await.unwrap();
        for (link_code, key_index) in linked.unwrap() {
            let id = FolderId::generate(&mut SystemRng);
            let state = FolderState::Open;
            let folder = store::Folder { id, link_code, key_index, state, opened_at: town.now() };
            repository.insert_folder(&folder).await.unwrap();
        }
        repository.commit().await.unwrap();
        let institution = world.parties().institution(&SENDER.parse().unwrap()).unwrap();
        let people = institution.recipients(&Segment::default()).await.unwrap();
        let database = town.data().join(format!("municipality/{SENDER}.sqlite"));
        let store = Store::open(&municipality::store::Target::Sqlite(database.clone())).await.unwrap();
        let city = sqlx::SqlitePool::connect(&format!("sqlite:{}", database.display())).await.unwrap();
        let people = people.into_iter().map(|one| one.link_code).collect();
        Self { town, store, city, people, each: 0, sent: Vec::new() }
    }

    async fn releases_one_more(&mut self) {
        let kind = match self.each % 3 {
            0 => Kind::Shared,
            1 => Kind::Merged,
            _ => Kind::Single,
        };
        let people = std::mem::take(&mut self.people);
        if kind == Kind::Single {
            for person in &people {
                self.releases(kind, std::slice::from_ref(person)).await;
            }
        } else {
            self.releases(kind, &people).await;
        }
        self.people = people;
        self.each += 1;
    }

    async fn releases(&mut self, kind: Kind, people: &[LinkCode]) {
        let id = SendingId::generate(&mut SystemRng);
        let merged = kind == Kind::Merged;
        let now = self.town.now();
        let draft = serde_json::json!({
            "kind": "information",
            "expires_at": now + SignedDuration::from_hours(24),
            "office": { "name": { "ja": "健康推進課" } },
            "text": { "ja": {
                "title": "お知らせ",
                "body": [{ "block": "paragraph", "text": if merged { "番号は{{number}}です。" } else { "本文です。" } }],
            } },
        });
        let own = |place: u32| merged.then(|| format!(r#"{{"number":"{place}"}}"#));
        let recipients: Vec<NewRecipient> = (0..)
            .zip(people)
            .map(|(place, code)| NewRecipient { place, link_code: code.clone(), fields: own(place) })
            .collect();
        let mut repository = self.store.begin().await.unwrap();
        let new = NewSending {
            id,
            made_by: "client:story".to_owned(),
            made_at: now,
            draft: draft.to_string(),
            merged,
            starts_at: now,
            expires_at: now + SignedDuration::from_hours(24),
        };
        assert!(repository.insert_sending(&new).await.unwrap());
        repository.insert_recipients(id, &recipients).await.unwrap();
        assert!(repository.release_sending(id, "client:story", now).await.unwrap());
        repository.commit().await.unwrap();
        self.sent.push(id);
    }

    /// Notices that are to be there in the end.
    fn all(&self) -> u64 {
        self.each * u64::try_from(self.people.len()).unwrap()
    }

    async fn settled(&self) -> u64 {
        let settled: i64 =
            sqlx::query_scalar("SELECT coalesce(sum(accepted), 0) FROM sending").fetch_one(&self.city).await.unwrap();
        u64::try_from(settled).unwrap()
    }

    async fn until_settled(&self, at_least: u64) {
        while self.settled().await < at_least {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// At the portal: how many people have this many notices.
    async fn people_by_notices(&self) -> BTreeMap<i64, usize> {
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", self.town.database.display())).await.unwrap();
        let counts: Vec<i64> =
            sqlx::query_scalar("SELECT count(*) FROM notice GROUP BY recipient_id").fetch_all(&pool).await.unwrap();
        counts.into_iter().fold(BTreeMap::new(), |mut people, count| {
            *people.entry(count).or_default() += 1;
            people
        })
    }
}

fn kills() -> u32 {
    std::env::var("MY_PORTAL_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_recipient_has_each_notice_exactly_once_whatever_is_killed_and_when() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let directory = town.world.lock().await.directory().as_ref().clone();
    let portal_settings = town.settings_file(&directory);
    let sender_settings = SenderProcess::settings(&town, SENDER);
    let mut portal = PortalProcess::starts(&portal_settings, town.now()).await;
    let mut stage = Stage::opens(&town).await;
    let mut sender = SenderProcess::starts(&town, &sender_settings).await;
    let seed = SystemRng.next_u64();
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let people = u64::try_from(stage.people.len()).unwrap();
    for _ in 0..kills() {
        stage.releases_one_more().await;
        // Somewhere in the middle of what there is to do.
        let ahead = u64::from(rng.next_u32()) % (people + 1);
        stage.until_settled((stage.settled().await + ahead).min(stage.all())).await;
        if rng.next_u32() % 2 == 0 {
            sender.is_killed().await;
            sender = SenderProcess::starts(&town, &sender_settings).await;
        } else {
            portal.is_killed().await;
            portal = PortalProcess::starts(&portal_settings, town.now()).await;
        }
    }
    stage.until_settled(stage.all()).await;

    for id in &stage.sent {
        let row = stage.store.read().await.unwrap().sending(*id).await.unwrap().unwrap();
        let counted = (row.state, row.accepted, row.undeliverable, row.unknown);
        assert_eq!(counted, (SendingState::Done, row.recipients, 0, 0), "seed {seed}");
    }
    let everybody = BTreeMap::from([(i64::try_from(stage.each).unwrap(), stage.people.len())]);
    assert_eq!(stage.people_by_notices().await, everybody, "seed {seed}");
}
