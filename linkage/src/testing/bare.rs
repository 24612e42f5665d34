//! The authorities alone, with an empty register, for the tests of single parties.

use std::{path::Path, sync::Arc};

use axum::Router;
use base64ct::{Base64, Encoding as _};
use domain::{FourInfo, OrgCode, Sex, TicketCode};
use jiff::Timestamp;
use pki::{Certificate, SigningKey, key::KeyKind};
use rand_core::SeedableRng as _;
use runtime::{Clock, SettableClock};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wire::{
    issuance::FourInfoMessage,
    jpki::{CERTIFICATES_PATH, CertificateOrder, CertificatePair, order_statement},
};

use crate::{
    jpki::{CARD_ORDERS_PATH, CardOrder},
    party::{CORE, DataDir, ISSUER, JLIS, JPKI, NUMBERS, PORTAL, PeerError, Peers, REGISTER},
    register::{EarlierAddress, NewResident, ResidentRecordCode, Status},
    serve::{Listeners, Parties},
    world,
};

/// Five authorities and whoever else was asked for, at noon of a day in Japan.
pub(crate) struct Bare {
    pub(crate) clock: Arc<SettableClock>,
    pub(crate) parties: Parties,
    pub(crate) data: DataDir,
    _folder: TempDir,
}

pub(crate) fn org(code: &str) -> OrgCode {
    code.parse().unwrap()
}

/// Somebody of 横浜市.
pub(crate) fn hanako() -> FourInfo {
    four_info("山田　花子", "神奈川県横浜市西区１－２")
}

pub(crate) fn four_info(name: &str, address: &str) -> FourInfo {
    FourInfo::new(name.to_owned(), address.to_owned(), "1980-04-01".parse().unwrap(), Sex::Female).unwrap()
}

/// The code that [`Bare::enrols`] gives the n-th person.
pub(crate) fn record_code(n: u64) -> ResidentRecordCode {
    ResidentRecordCode::generate(&mut rand_chacha::ChaCha20Rng::seed_from_u64(n))
}

/// Both keys of a card.
pub(crate) struct CardKeys {
    pub(crate) authentication: SigningKey,
    pub(crate) signature: SigningKey,
}

impl CardKeys {
    pub(crate) fn generate() -> Self {
        let key = || SigningKey::generate(KeyKind::Rsa2048).unwrap();
        Self { authentication: key(), signature: key() }
    }

    pub(crate) fn order(&self, card_id: &str, ticket: &TicketCode) -> CertificateOrder {
        let ticket = ticket.expose();
        let proof =
            |key: &SigningKey| Base64::encode_string(&key.sign(&order_statement(&ticket, key.spki_der())).unwrap());
        CertificateOrder {
            card_id: card_id.to_owned(),
            authentication_spki: Base64::encode_string(self.authentication.spki_der()),
            authentication_proof: proof(&self.authentication),
            signature_spki: Base64::encode_string(self.signature.spki_der()),
            signature_proof: proof(&self.signature),
            ticket,
        }
    }
}

/// A card's certificates.
#[derive(Clone)]
pub(crate) struct Issued {
    pub(crate) authentication: Certificate,
    pub(crate) signature: Certificate,
}

impl From<CertificatePair> for Issued {
    fn from(pair: CertificatePair) -> Self {
        let read = |text: &str| Certificate::from_der(&Base64::decode_vec(text).unwrap()).unwrap();
        Self { authentication: read(&pair.authentication), signature: read(&pair.signature) }
    }
}

impl Bare {
    pub(crate) async fn start(institutions: &[&str]) -> Self {
        runtime::tls::install_provider();
        let folder = TempDir::new_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" }).unwrap();
        let data = DataDir::new(folder.path());
        let now: Timestamp = "2026-11-03T03:00:00Z".parse().unwrap();
        let mut listening: Vec<OrgCode> =
            [&CORE, &JLIS, &JPKI, &REGISTER, &NUMBERS].into_iter().map(|o| (**o).clone()).collect();
        listening.extend(institutions.iter().map(|code| org(code)));
        let mut all = listening.clone();
        all.extend([(*ISSUER).clone(), (*PORTAL).clone(), org("NTA"), org("JASSO"), org("141003"), org("011002")]);
        all.sort();
        all.dedup();
        world::bare(&data, &all, now).unwrap();
        let clock = Arc::new(SettableClock::new(now));
        let portal = "127.0.0.1:9".parse().unwrap();
        let (listeners, directory) = Listeners::at_free_ports_for(listening, portal).await.unwrap();
        let shared: Arc<dyn Clock> = Arc::clone(&clock) as _;
        let parties = Parties::start(data.clone(), Arc::new(directory), listeners, shared).await.unwrap();
        Self { clock, parties, data, _folder: folder }
    }

    /// Messages as this organisation would send them.
    pub(crate) fn of(&self, org: &OrgCode) -> Peers {
        self.parties.client_of(org).unwrap().peers
    }

    /// The n-th person enters the register in 横浜市.
    pub(crate) async fn enrols(&self, n: u64, four_info: &FourInfo) {
        let now = self.clock.now();
        let resident = NewResident {
            resident_record_code: record_code(n),
            household_id: 1,
            relationship: "世帯主".to_owned(),
            four_info: four_info.clone(),
            other_name: None,
            municipality: org("141003"),
            since: now,
            before: None::<EarlierAddress>,
            status: (Status::Resident, now),
            protected_since: None,
        };
        assert_eq!(self.parties.register().enrol(&[resident]).await.unwrap(), 1);
    }

    /// A card is ordered for the n-th person; its ticket.
    pub(crate) async fn orders_card(&self, card_id: &str, n: u64) -> TicketCode {
        let ticket = TicketCode::generate(&mut runtime::SystemRng);
        let order =
            CardOrder { card_id: card_id.to_owned(), ticket: ticket.clone(), resident_record_code: record_code(n) };
        self.of(&ISSUER).post_no_content(&JPKI, CARD_ORDERS_PATH, &order).await.unwrap();
        ticket
    }

    /// A card asks for its certificates.
    pub(crate) async fn certificates(&self, order: &CertificateOrder) -> Result<Issued, PeerError> {
        self.of(&ISSUER).post::<CertificatePair>(&JPKI, CERTIFICATES_PATH, order).await.map(Issued::from)
    }

    /// A person with a card that has its certificates.
    pub(crate) async fn has_card(&self, card_id: &str, n: u64) -> Issued {
        let ticket = self.orders_card(card_id, n).await;
        self.certificates(&CardKeys::generate().order(card_id, &ticket)).await.unwrap()
    }

    /// Puts something else in a party's place, under that party's certificate.
    pub(crate) async fn replaces(&mut self, org: &OrgCode, router: Router) {
        self.parties.stop_party(org).await;
        let address = self.parties.directory().address(org).unwrap();
        let listener = runtime::serve::bind(address).await.unwrap();
        let identity = self.data.tls_identity(org).unwrap();
        let anchors = self.data.organisation_anchors().unwrap();
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        let tls = runtime::tls::server_config(&identity, Some(&anchors), clock).unwrap();
        tokio::spawn(runtime::serve::serve(listener, Some(tls), router, CancellationToken::new()));
    }

    /// Status and body of an answer, as raw as it comes.
    pub(crate) async fn raw(&self, from: &OrgCode, to: &OrgCode, path: &str, body: Vec<u8>) -> (u16, String, Vec<u8>) {
        let clock: Arc<dyn Clock> = Arc::clone(&self.clock) as _;
        let identity = self.data.tls_identity(from).unwrap();
        let anchors = self.data.organisation_anchors().unwrap();
        let tls = runtime::tls::client_config(Some(&identity), &anchors, clock).unwrap();
        let address = self.parties.directory().address(to).unwrap();
        let host = crate::party::Directory::host(to);
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .resolve(&host, address)
            .build()
            .unwrap();
        let url = format!("https://{host}:{}{path}", address.port());
        let response = client.post(url).body(body).send().await.unwrap();
        let status = response.status().as_u16();
        let mut headers: Vec<String> = response
            .headers()
            .iter()
            .filter(|(name, _)| *name != http::header::DATE)
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect();
        headers.sort();
        (status, headers.join("\n"), response.bytes().await.unwrap().to_vec())
    }

    /// One column of a party's tables.
    pub(crate) async fn query(&self, party: &str, sql: &'static str) -> Vec<String> {
        use sqlx::{ConnectOptions as _, sqlite::SqliteConnectOptions};
        let options = SqliteConnectOptions::new().filename(self.data.database(party)).read_only(true);
        let mut connection = options.connect().await.unwrap();
        sqlx::query_scalar(sql).fetch_all(&mut connection).await.unwrap()
    }

    /// Everything that a party's database file holds, side files included.
    pub(crate) fn stored(&self, party: &str) -> Vec<u8> {
        let database = self.data.database(party);
        let mut bytes = std::fs::read(&database).unwrap();
        let mut wal = database.into_os_string();
        wal.push("-wal");
        bytes.extend(std::fs::read(wal).unwrap_or_default());
        bytes
    }
}

/// Whether the bytes occur.
pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

/// Waits until something is so, for what a background worker does. Fails after ten seconds.
pub(crate) async fn until<F: Future<Output = bool>>(mut is_so: impl FnMut() -> F) {
    let waiting = async {
        while !is_so().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), waiting).await.expect("it did not come about");
}

/// The body of a J-LIS or register question.
pub(crate) fn message(four_info: &FourInfo) -> FourInfoMessage {
    FourInfoMessage::from(four_info)
}
