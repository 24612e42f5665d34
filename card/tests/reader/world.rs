//! A reader, a demo JPKI of one's own, and a person.

use std::fs;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64ct::{Base64, Encoding as _};
use card::issue::{DeskError, IssuingDesk};
use card::reader::ReaderConfig;
use card::testing::{CardHolder, RunningReader};
use card::{CardFolder, CardId};
use domain::{CardPurpose, ChallengeNonce, FourInfo, RemovalToken, Sex};
use pki::issue::{Authority, AuthorityName, JpkiEndpoints, Validity};
use pki::{KeyKind, SigningKey};
use runtime::{SettableClock, SystemRng};
use tempfile::TempDir;
use wire::Problem;
use wire::card_file::{BLANK_FORMAT, BlankCard, CardState, MyNumber};
use wire::jpki::{CertificateOrder, CertificatePair, order_statement};
use wire::reader::Ask;

pub(crate) const PORTAL: &str = "http://localhost:8080";
pub(crate) const OTHER_PORTAL: &str = "https://other.example";
pub(crate) const EVIL: &str = "https://evil.example";
pub(crate) const CARD: &str = "card-0001";
pub(crate) const PIN: &str = "1234";
pub(crate) const PASSWORD: &str = "ABC123";
pub(crate) const MY_NUMBER: &str = "123456789018";

/// Everything a test needs; the reader stops with it.
pub(crate) struct World {
    pub(crate) data: TempDir,
    pub(crate) jpki: Arc<LocalJpki>,
    pub(crate) clock: Arc<SettableClock>,
    pub(crate) reader: RunningReader,
    pub(crate) person: CardHolder,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut ReaderConfig)) -> Self {
        let data = tempfile::tempdir().unwrap();
        write_blank(data.path(), CARD, CardState::Active);
        let mut config = ReaderConfig {
            data: data.path().to_owned(),
            allow: [format!("{PORTAL}=/card/answer"), format!("{OTHER_PORTAL}=/elsewhere/card")]
                .iter()
                .map(|entry| entry.parse().unwrap())
                .collect(),
            portal_anchors: None,
            without_pin: None,
        };
        change(&mut config);
        let (jpki, clock) = (Arc::new(LocalJpki::new()), Arc::new(SettableClock::new(noon())));
        let reader = RunningReader::start_with(config, jpki.clone(), clock.clone()).await.unwrap();
        let person = reader.holder().unwrap();
        Self { data, jpki, clock, reader, person }
    }

    /// With the card already in.
    pub(crate) async fn with_card() -> Self {
        let world = Self::new().await;
        world.person.inserts(CARD).await.unwrap();
        world
    }

    pub(crate) fn cards(&self) -> CardFolder {
        CardFolder::new(self.data.path().join("cards"))
    }

    /// Tries left of the authentication PIN and of the signature PIN, as the card file has them.
    pub(crate) fn tries(&self) -> (u8, u8) {
        let (_, status) = self.cards().look(&CARD.parse::<CardId>().unwrap()).unwrap();
        (status.authentication_tries_left, status.signature_tries_left)
    }

    pub(crate) fn card_file(&self) -> String {
        fs::read_to_string(self.data.path().join("cards/card-0001.json")).unwrap()
    }

    pub(crate) async fn card_is_in(&self) -> bool {
        !self.person.opens("/").await.unwrap().shows("カードは入っていません。")
    }
}

pub(crate) fn noon() -> jiff::Timestamp {
    "2026-11-03T03:00:00Z".parse().unwrap()
}

pub(crate) fn ask(purpose: CardPurpose) -> Ask {
    let document = if purpose.uses_signature_key() {
        "フォルダの利用を申し込みます。\n2026年11月3日"
    } else {
        ""
    };
    Ask {
        purpose,
        challenge: ChallengeNonce::generate(&mut SystemRng),
        document: document.into(),
        removal_token: RemovalToken::generate(&mut SystemRng),
        lang: "ja".into(),
    }
}

/// The ask as fields, for those who want to lie.
pub(crate) fn fields(ask: &Ask) -> Vec<(String, String)> {
    let serde_json::Value::Object(fields) = serde_json::to_value(ask).unwrap() else { unreachable!() };
    fields.into_iter().map(|(name, value)| (name, value.as_str().unwrap().to_owned())).collect()
}

pub(crate) fn write_blank(data: &Path, card: &str, state: CardState) {
    let blank = BlankCard {
        format: BLANK_FORMAT.into(),
        card_id: card.into(),
        who: "横浜市の30代の母".into(),
        ticket: format!("ticket-of-{card}"),
        authentication_pin: PIN.into(),
        signature_pin: PASSWORD.into(),
        state,
        my_number: MyNumber::new(MY_NUMBER.into()),
    };
    let folder = data.join("cards");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(format!("{card}.json")), serde_json::to_vec(&blank).unwrap()).unwrap();
}

/// JPKI without a network: checks proofs and issues for whoever has a ticket.
pub(crate) struct LocalJpki {
    pub(crate) authentication: Authority,
    pub(crate) signature: Authority,
    pub(crate) unreachable: AtomicBool,
    /// Answers with certificates for keys of its own.
    pub(crate) confused: AtomicBool,
    pub(crate) orders: AtomicUsize,
    pub(crate) keys: Mutex<Vec<String>>,
}

impl LocalJpki {
    pub(crate) fn new() -> Self {
        let authority = |common_name| {
            let name = AuthorityName { organization: "JPKI", unit: "test", common_name };
            let key = SigningKey::generate(KeyKind::P256).unwrap();
            Authority::self_signed(&name, key, validity(), Some(0), &mut SystemRng).unwrap()
        };
        Self {
            authentication: authority("authentication CA"),
            signature: authority("signature CA"),
            unreachable: AtomicBool::new(false),
            confused: AtomicBool::new(false),
            orders: AtomicUsize::new(0),
            keys: Mutex::default(),
        }
    }

    pub(crate) fn issue(&self, order: &CertificateOrder) -> CertificatePair {
        self.orders.fetch_add(1, Ordering::SeqCst);
        self.keys.lock().unwrap().push(order.authentication_spki.clone());
        let proved = |spki: &str, proof: &str| {
            let (spki, proof) = (Base64::decode_vec(spki).unwrap(), Base64::decode_vec(proof).unwrap());
            pki::verify_raw(&spki, &order_statement(&order.ticket, &spki), &proof).unwrap();
            spki
        };
        let mut authentication = proved(&order.authentication_spki, &order.authentication_proof);
        let signature = proved(&order.signature_spki, &order.signature_proof);
        if self.confused.load(Ordering::SeqCst) {
            authentication = SigningKey::generate(KeyKind::Rsa2048).unwrap().spki_der().to_vec();
        }
        let endpoints = JpkiEndpoints { crl: "http://127.0.0.1:9190/crl", ocsp: "http://127.0.0.1:9190/ocsp" };
        let birth_date = "1988-05-02".parse().unwrap();
        let person = FourInfo::new("山田花子".into(), "神奈川県横浜市".into(), birth_date, Sex::Female).unwrap();
        let rng = &mut SystemRng;
        let authentication =
            self.authentication.jpki_authentication(&authentication, &endpoints, validity(), rng).unwrap();
        let signature = self.signature.jpki_signature(&person, &signature, &endpoints, validity(), rng).unwrap();
        CertificatePair {
            authentication: Base64::encode_string(authentication.der()),
            signature: Base64::encode_string(signature.der()),
        }
    }
}

impl IssuingDesk for LocalJpki {
    fn order<'a>(
        &'a self,
        order: &'a CertificateOrder,
    ) -> Pin<Box<dyn Future<Output = Result<CertificatePair, DeskError>> + Send + 'a>> {
        Box::pin(async move {
            if self.unreachable.load(Ordering::SeqCst) {
                return Err(DeskError::Refused(Problem::new(503, "unavailable", "not now")));
            }
            Ok(self.issue(order))
        })
    }
}

pub(crate) fn validity() -> Validity {
    Validity { not_before: "2026-01-01T00:00:00Z".parse().unwrap(), not_after: "2030-12-31T00:00:00Z".parse().unwrap() }
}
