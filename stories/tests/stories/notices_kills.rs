//! Whatever dies at whatever moment, each recipient has each notice exactly once: `kill -9` of the sender's program and of
//! the portal, at random, while both are at work; with its file, once answered, and not at all where it was taken back. Twenty
//! times; `make soak` kills two hundred times, and twenty times on PostgreSQL.

#![expect(clippy::indexing_slicing, reason = "JSON of a draft, and rows that a count has")]

use std::collections::BTreeMap;
use std::time::Duration;

use domain::{FolderId, FolderState, LinkCode, OrgCode};
use jiff::SignedDuration;
use linkage::institution::Segment;
use municipality::store::{NewRecipient, NewSending, SendingId, SendingRow, SendingState, Store};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use runtime::SystemRng;
use sqlx::AssertSqlSafe;
use stories::{Citizen, Engine, Form, Page, PortalProcess, SenderProcess, Town, first_link};
use wire::notice::MediaType;

use crate::inbox::{link_of, says};
use crate::notices::attached;

const SENDER: &str = "141003";
/// As often as this the world is looked at while the programs work.
const LOOK: Duration = Duration::from_millis(2);
/// Nearly always an answer is sent within this time.
const ANSWERED_WITHIN_US: u32 = 50_000;
const FILE: &[u8] = b"%PDF-1.7 a certificate";
/// Without `make soak`.
const FEW: u32 = 20;

/// Tables of a program, looked at from outside.
enum Tables {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

impl Tables {
    /// `sqlite:PATH` or `postgres://…`
    async fn at(url: &str) -> Self {
        if url.starts_with("sqlite:") {
            Self::Sqlite(sqlx::SqlitePool::connect(url).await.unwrap())
        } else {
            Self::Postgres(sqlx::PgPool::connect(url).await.unwrap())
        }
    }

    async fn numbers(&self, query: &str) -> Vec<i64> {
        let query = AssertSqlSafe(query.to_owned());
        match self {
            Self::Sqlite(pool) => sqlx::query_scalar(query).fetch_all(pool).await.unwrap(),
            Self::Postgres(pool) => sqlx::query_scalar(query).fetch_all(pool).await.unwrap(),
        }
    }

    async fn number(&self, query: &str) -> u64 {
        u64::try_from(self.numbers(query).await[0]).unwrap()
    }

    async fn count(&self, rows: &str) -> u64 {
        self.number(&format!("SELECT count(*) FROM {rows}")).await
    }

    async fn until(&self, rows: &str, at_least: u64) {
        while self.count(rows).await < at_least {
            tokio::time::sleep(LOOK).await;
        }
    }
}

struct Stage<'t> {
    town: &'t Town,
    /// One of the people, who reads and answers.
    citizen: Citizen<'t>,
    store: Store,
    city: Tables,
    people: Vec<LinkCode>,
    /// Notices that each of them was sent.
    each: u64,
    sent: Vec<(SendingId, Kind)>,
    taken_back: u64,
    /// By their titles.
    documents: Vec<String>,
    answered: u64,
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
    /// The same letter for everybody, with a file.
    Document,
    /// The same letter for everybody, which asks something.
    Question,
}

impl<'t> Stage<'t> {
    /// Everybody in 横浜市's books has a folder, and one of them came to it by their card.
    async fn opens(town: &'t Town, city: &str) -> Self {
        let citizen = Citizen::with_card(town, "card-0001", "ja").await;
        citizen.opens_folder().await;
        let register = town.data().join("linkage/register.sqlite");
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", register.display())).await.unwrap();
        let codes: Vec<String> =
            sqlx::query_scalar("SELECT resident_record_code FROM residents").fetch_all(&pool).await.unwrap();
        let world = town.world.lock().await;
        let linked = world.parties().core().link_in_bulk(&OrgCode::portal(), codes.iter().map(String::as_str)).await;
        let target = match town.database_url().strip_prefix("sqlite:") {
            Some(path) => store::Target::Sqlite(path.into()),
            None => store::Target::Postgres(town.database_url().to_owned()),
        };
        let portal = store::Store::open(&target).await.unwrap();
        let mut repository = portal.begin().await.unwrap();
        for (link_code, key_index) in linked.unwrap() {
            if repository.folder_by_link_code(&link_code).await.unwrap().is_some() {
                continue;
            }
            let id = FolderId::generate(&mut SystemRng);
            let state = FolderState::Open;
            let folder = store::Folder { id, link_code, key_index, state, opened_at: town.now() };
            repository.insert_folder(&folder).await.unwrap();
        }
        repository.commit().await.unwrap();
        let institution = world.parties().institution(&SENDER.parse().unwrap()).unwrap();
        let people = institution.recipients(&Segment::default()).await.unwrap();
        let target = match city.strip_prefix("sqlite:") {
            Some(path) => municipality::store::Target::Sqlite(path.into()),
            None => municipality::store::Target::Postgres(city.to_owned()),
        };
        let store = Store::open(&target).await.unwrap();
        let city = Tables::at(city).await;
        let people = people.into_iter().map(|one| one.link_code).collect();
        let (sent, documents) = (Vec::new(), Vec::new());
        Self { town, citizen, store, city, people, each: 0, sent, taken_back: 0, documents, answered: 0 }
    }

    async fn releases_one_more(&mut self) {
        let kind = match self.each % 5 {
            0 => Kind::Shared,
            1 => Kind::Merged,
            2 => Kind::Single,
            3 => Kind::Document,
            _ => Kind::Question,
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
        let over = now + SignedDuration::from_hours(24);
        let mut draft = serde_json::json!({
            "kind": "information",
            "expires_at": over,
            "office": { "name": { "ja": "健康推進課" } },
            "text": { "ja": {
                "title": "お知らせ",
                "body": [{ "block": "paragraph", "text": if merged { "番号は{{number}}です。" } else { "本文です。" } }],
            } },
        });
        match kind {
            Kind::Document => {
                let title = format!("証明書{}", self.each);
                draft["kind"] = "document".into();
                draft["text"]["ja"]["title"] = title.as_str().into();
                draft["attachments"] = serde_json::json!([attached("証明書.pdf", MediaType::Pdf, FILE)]);
                self.documents.push(title);
            }
            Kind::Question => {
                draft["kind"] = "request".into();
                let asked = serde_json::json!({
                    "name": "wish",
                    "label": { "ja": "要望" },
                    "required": true,
                    "form": { "as": "words", "chars_max": 200 },
                });
                draft["reply"] = serde_json::json!({ "closes_at": over, "questions": [asked] });
            }
            Kind::Shared | Kind::Merged | Kind::Single => {}
        }
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
            expires_at: over,
        };
        assert!(repository.insert_sending(&new).await.unwrap());
        if kind == Kind::Document {
            repository.insert_attachment(id, 0, FILE).await.unwrap();
        }
        repository.insert_recipients(id, &recipients).await.unwrap();
        assert!(repository.release_sending(id, "client:story", now).await.unwrap());
        repository.commit().await.unwrap();
        self.sent.push((id, kind));
    }

    /// One that everybody has, as the API and the console do it; none before there is one.
    async fn takes_one_back(&mut self, which: u32) {
        let mut done = Vec::new();
        for (id, _) in self.sent.iter().filter(|(_, kind)| *kind == Kind::Shared) {
            let row = self.row(*id).await;
            if row.state == SendingState::Done && row.withdrawn_at.is_none() {
                done.push(*id);
            }
        }
        if done.is_empty() {
            return;
        }
        let id = done[usize::try_from(which).unwrap() % done.len()];
        let mut repository = self.store.begin().await.unwrap();
        assert!(repository.withdraw_sending(id, self.town.now()).await.unwrap());
        repository.commit().await.unwrap();
        self.taken_back += 1;
    }

    fn asked(&self) -> u64 {
        u64::try_from(self.sent.iter().filter(|(_, kind)| *kind == Kind::Question).count()).unwrap()
    }

    /// The citizen's answer to the newest question, looked over and not sent; none where nothing of it has arrived.
    async fn looks_over_an_answer(&self) -> Option<(Page, Form)> {
        if self.answered == self.asked() {
            return None;
        }
        let list = self.citizen.opens("/notices?kind=request&unread=yes").await;
        let notice = first_link(&list, "/notices/")?;
        let notice = self.citizen.browser.follows(&list, &notice).await;
        let asked = self.citizen.browser.follows(&notice, &format!("{}/reply", notice.path())).await;
        let filled = asked.form(&format!("{}/check", asked.path())).with("q-wish", "午前がよいです");
        let overview = self.citizen.browser.submits(&asked, filled).await;
        let send = overview.form(&format!("{}/send", asked.path()));
        Some((overview, send))
    }

    /// The portal may die over it.
    async fn tries_to_send(&self, answer: Option<&(Page, Form)>) {
        if let Some((page, form)) = answer {
            let _ = self.citizen.browser.tries(page, form.clone()).await;
        }
    }

    /// As somebody does who never saw whether it went.
    async fn sends_once_more(&mut self, (page, form): (Page, Form)) {
        let notice = form.action.path().trim_end_matches("/reply/send").to_owned();
        self.citizen.browser.submits(&page, form).await;
        says(&self.citizen.opens(&notice).await, &["回答済み"]);
        self.answered += 1;
    }

    /// Notices that are to be there in the end.
    fn all(&self) -> u64 {
        self.each * u64::try_from(self.people.len()).unwrap()
    }

    async fn settled(&self) -> u64 {
        self.city.number("SELECT CAST(coalesce(sum(accepted), 0) AS BIGINT) FROM sending").await
    }

    async fn until_settled(&self, at_least: u64) {
        while self.settled().await < at_least {
            tokio::time::sleep(LOOK).await;
        }
    }

    async fn row(&self, id: SendingId) -> SendingRow {
        self.store.read().await.unwrap().sending(id).await.unwrap().unwrap()
    }

    async fn everything_is_there_once(&self, seed: u64) {
        for (id, _) in &self.sent {
            let row = self.row(*id).await;
            let counted = (row.state, row.accepted, row.undeliverable, row.unknown);
            assert_eq!(counted, (SendingState::Done, row.recipients, 0, 0), "seed {seed}");
        }
        let portal = Tables::at(self.town.database_url()).await;
        portal.until("letter WHERE withdrawn_at IS NOT NULL", self.taken_back).await;
        assert_eq!(portal.count("letter WHERE withdrawn_at IS NOT NULL").await, self.taken_back, "seed {seed}");
        // What was taken back goes from who has not read it, by and by.
        let standing = "notice JOIN letter ON letter.id = notice.letter_id WHERE letter.withdrawn_at IS NULL";
        let by_person = portal.numbers(&format!("SELECT count(*) FROM {standing} GROUP BY notice.recipient_id")).await;
        let people_by_notices = by_person.into_iter().fold(BTreeMap::<i64, usize>::new(), |mut people, count| {
            *people.entry(count).or_default() += 1;
            people
        });
        let each = self.each - self.taken_back;
        let everybody = BTreeMap::from([(i64::try_from(each).unwrap(), self.people.len())]);
        assert_eq!(people_by_notices, everybody, "seed {seed}");
        says(&self.citizen.opens("/notices").await, &[&format!("受信（{each}件、")]);

        let documents = u64::try_from(self.documents.len()).unwrap();
        assert_eq!(portal.count("letter WHERE kind = 'document'").await, documents, "seed {seed}");
        assert_eq!(portal.count("letter_attachment").await, documents, "seed {seed}");
        let list = self.citizen.opens("/notices?kind=document").await;
        for title in &self.documents {
            let page = self.citizen.browser.follows(&list, &link_of(&list, title)).await;
            let saved = self.citizen.browser.follows(&page, &format!("{}/files/0", page.path())).await;
            assert_eq!(saved.html.as_bytes(), FILE, "seed {seed}: {title}");
        }

        assert_eq!(self.answered, self.asked(), "seed {seed}");
        assert_eq!(portal.count("notice WHERE replied_at IS NOT NULL").await, self.answered, "seed {seed}");
        self.city.until("returned WHERE reply IS NOT NULL", self.answered).await;
        assert_eq!(self.city.count("returned").await, self.answered, "seed {seed}");
        let answers = self.city.number("SELECT count(DISTINCT notice_id) FROM returned").await;
        assert_eq!(answers, self.answered, "seed {seed}");
    }
}

fn kills() -> u32 {
    std::env::var("MY_PORTAL_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(FEW)
}

async fn while_both_die_again_and_again(engine: Engine, kills: u32) {
    let town = Town::without_portal(engine, |_| {}).await;
    let directory = town.world.lock().await.directory().as_ref().clone();
    let portal_settings = town.settings_file(&directory);
    let city = match engine {
        Engine::Sqlite => format!("sqlite:{}", town.data().join(format!("municipality/{SENDER}.sqlite")).display()),
        Engine::Postgres => db::testing::empty_postgres_database().await.unwrap(),
    };
    let sender_settings = SenderProcess::settings_on(&town, SENDER, &city);
    let mut portal = PortalProcess::starts(&portal_settings, town.now()).await;
    let mut stage = Stage::opens(&town, &city).await;
    let mut sender = SenderProcess::starts(&town, &sender_settings).await;
    let seed = SystemRng.next_u64();
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let people = u64::try_from(stage.people.len()).unwrap();
    for round in 0..kills {
        stage.releases_one_more().await;
        if round % 4 == 3 {
            stage.takes_one_back(rng.next_u32()).await;
        }
        // Somewhere in the middle of what there is to do.
        let ahead = u64::from(rng.next_u32()) % (people + 1);
        stage.until_settled((stage.settled().await + ahead).min(stage.all())).await;
        // And where an answer is on its way, somewhere in the middle of that.
        let answer = stage.looks_over_an_answer().await;
        let within = if answer.is_some() { rng.next_u32() % ANSWERED_WITHIN_US } else { 0 };
        let pause = tokio::time::sleep(Duration::from_micros(within.into()));
        if rng.next_u32() % 2 == 0 {
            tokio::join!(stage.tries_to_send(answer.as_ref()), async {
                pause.await;
                sender.is_killed().await;
            });
            sender = SenderProcess::starts(&town, &sender_settings).await;
        } else {
            tokio::join!(stage.tries_to_send(answer.as_ref()), async {
                pause.await;
                portal.is_killed().await;
            });
            portal = PortalProcess::starts(&portal_settings, town.now()).await;
        }
        if let Some(answer) = answer {
            stage.sends_once_more(answer).await;
        }
    }
    stage.until_settled(stage.all()).await;
    while let Some(answer) = stage.looks_over_an_answer().await {
        stage.sends_once_more(answer).await;
    }
    stage.takes_one_back(rng.next_u32()).await;
    stage.everything_is_there_once(seed).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_recipient_has_each_notice_exactly_once_whatever_is_killed_and_when() {
    while_both_die_again_and_again(Engine::Sqlite, kills()).await;
    if kills() > FEW {
        while_both_die_again_and_again(Engine::Postgres, kills() / 10).await;
    }
}
