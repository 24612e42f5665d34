//! A municipality that sends notices.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use domain::{LinkCode, NoticeKind, OrgCode};
use jiff::SignedDuration;
use linkage::institution::Segment;
use metrics_exporter_prometheus::PrometheusBuilder;
use municipality::draft::{Draft, Fields};
use municipality::sending::Sender;
use municipality::serve::Running;
use municipality::settings::{ApiSettings, PartySettings, Settings};
use municipality::store::{NewRecipient, NewSending, SendingId, SendingRow, SendingState, Store};
use runtime::SystemRng;
use tokio_util::sync::CancellationToken;
use wire::notice::{Block, InLanguages, Line, NoticeText, Office, Passage};

use crate::Town;

/// How often what had to wait is tried again.
const TRIED_AGAIN: usize = 4;

/// The program of one institution, running in the test's process against the town's core.
pub struct SenderAtWork<'t> {
    /// Its tables.
    pub store: Store,
    /// Its worker, for a round at a time.
    pub sender: Arc<Sender>,
    /// Where its API is, if it has one.
    pub api: Option<SocketAddr>,
    town: &'t Town,
    org: OrgCode,
    stop: CancellationToken,
    running: Option<Running>,
}

impl<'t> SenderAtWork<'t> {
    /// Starts; what it sends goes out by itself.
    pub async fn starts(town: &'t Town, org: &str) -> Self {
        Self::starts_with(town, org, None).await
    }

    /// The same with an API for the institution's own systems.
    pub async fn starts_with_api(town: &'t Town, org: &str) -> Self {
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let api = ApiSettings { listen, certificate: None, key: None, client_anchor: None };
        Self::starts_with(town, org, Some(api)).await
    }

    async fn starts_with(town: &'t Town, org: &str, api: Option<ApiSettings>) -> Self {
        let org: OrgCode = org.parse().expect("an organisation");
        let data = town.data();
        let settings = Settings {
            org: org.clone(),
            database: format!("sqlite:{}", data.join(format!("municipality/{org}.sqlite")).display()),
            admin: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            api,
            console: None,
            party: PartySettings {
                identity: Some(data.join("orgs").join(org.as_str())),
                anchor: Some(data.join("pki/org-ca.pem")),
                directory: Some(data.join("parties.toml")),
            },
        };
        let stop = CancellationToken::new();
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let running = municipality::serve::start(settings, Arc::clone(&town.clock) as _, metrics, stop.clone())
            .await
            .expect("a sender that starts");
        let (store, sender, api) = (running.store.clone(), Arc::clone(&running.sender), running.api);
        Self { store, sender, api, town, org, stop, running: Some(running) }
    }

    /// Everybody to whom this institution can write.
    pub async fn everybody(&self) -> Vec<LinkCode> {
        let world = self.town.world.lock().await;
        let institution = world.parties().institution(&self.org).expect("an institution");
        let recipients = institution.recipients(&Segment::default()).await.expect("its people");
        recipients.into_iter().map(|recipient| recipient.link_code).collect()
    }

    /// Somebody by the name of their card.
    pub async fn holder_of(&self, card: &str) -> LinkCode {
        let world = self.town.world.lock().await;
        let people = world.people().expect("people");
        let holder = people
            .iter()
            .find(|person| world.card_of(&person.key).expect("a card").as_deref() == Some(card))
            .expect("a holder");
        let institution = world.parties().institution(&self.org).expect("an institution");
        let person = institution.find(&holder.four_info).await.expect("books").expect("somebody in the books");
        let recipients = institution.recipients(&Segment::default()).await.expect("its people");
        recipients.into_iter().find(|one| one.person == person).expect("somebody with a code").link_code
    }

    /// A notice that says something.
    pub fn draft(&self, title: &str, body: &str) -> Draft {
        let line = |text: &str| Line::typed(text).expect("a line");
        Draft {
            kind: NoticeKind::Information,
            deadline: None,
            expires_at: self.town.now() + SignedDuration::from_hours(24 * 30),
            office: Office { name: line("健康推進課").into(), phone: None, hours: None },
            text: InLanguages {
                ja: NoticeText {
                    title: line(title),
                    body: vec![Block::Paragraph { text: Passage::typed(body).expect("a passage") }],
                },
                ja_easy: None,
                en: None,
            },
            reply: None,
            attachments: vec![],
            wants_states: false,
            replaces: None,
        }
    }

    /// Released at once.
    pub async fn sends(&self, draft: &Draft, to: &[LinkCode]) -> SendingId {
        let to: Vec<_> = to.iter().map(|code| (code.clone(), None)).collect();
        self.releases(draft, &[], &to).await
    }

    /// The same with files, and where each recipient gets a letter of their own, with their fields.
    pub async fn releases(&self, draft: &Draft, files: &[&[u8]], to: &[(LinkCode, Option<Fields>)]) -> SendingId {
        let now = self.town.now();
        let id = SendingId::generate(&mut SystemRng);
        let new = NewSending {
            id,
            made_by: "client:story".to_owned(),
            made_at: now,
            draft: serde_json::to_string(draft).expect("JSON"),
            merged: to.iter().any(|(_, fields)| fields.is_some()),
            starts_at: now,
            expires_at: draft.expires_at,
        };
        let json = |fields: &BTreeMap<String, String>| serde_json::to_string(fields).expect("JSON");
        let recipients: Vec<NewRecipient> = (0..)
            .zip(to)
            .map(|(place, (link_code, fields))| NewRecipient {
                place,
                link_code: link_code.clone(),
                fields: fields.as_ref().map(json),
            })
            .collect();
        let mut repository = self.store.begin().await.expect("a transaction");
        assert!(repository.insert_sending(&new).await.expect("a sending"));
        for (place, file) in (0..).zip(files) {
            repository.insert_attachment(id, place, file).await.expect("a file");
        }
        repository.insert_recipients(id, &recipients).await.expect("recipients");
        assert!(repository.release_sending(id, "client:story", now).await.expect("a release"));
        repository.commit().await.expect("a commit");
        self.sender.wake();
        id
    }

    /// From here on nothing goes out but by rounds of the test's own.
    pub async fn rests(&mut self) {
        self.stop.cancel();
        if let Some(running) = self.running.take() {
            running.stopped().await.expect("it stops");
        }
    }

    /// Works, round by round, until everybody has it or a round changes nothing.
    pub async fn until_done(&self, id: SendingId) -> SendingRow {
        loop {
            let before = self.row(id).await;
            if before.state != SendingState::Released {
                return before;
            }
            self.sender.round().await.expect("a round");
            if self.row(id).await == before {
                return before;
            }
        }
    }

    /// The same, and what had to wait is tried again when its time has come, a few times: on a machine that is busy a
    /// connection may not come about in time.
    pub async fn until_accepted(&self, id: SendingId) -> SendingRow {
        let mut row = self.until_done(id).await;
        for _ in 0..TRIED_AGAIN {
            if row.state != SendingState::Released || row.trouble.is_none() {
                break;
            }
            eprintln!("had to wait: {row:?}");
            self.town.passes(row.try_at.duration_since(self.town.now()).max(SignedDuration::ZERO));
            row = self.until_done(id).await;
        }
        row
    }

    /// How a sending stands.
    pub async fn row(&self, id: SendingId) -> SendingRow {
        self.store.read().await.expect("a reader").sending(id).await.expect("a row").expect("a sending")
    }
}

impl Drop for SenderAtWork<'_> {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
