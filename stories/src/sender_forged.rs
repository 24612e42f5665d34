//! An institution that says in a letter that it is another one.

use base64ct::{Base64, Encoding as _};
use domain::{NoticeKind, OrgCode};
use jiff::SignedDuration;
use pki::{Certificate, SigningKey, cms, seal};
use reqwest::StatusCode;
use runtime::SystemRng;
use wire::mediation::SealedPayload;
use wire::notice::{
    Block, ForPortal, InLanguages, LETTER_PATH, LetterContext, Line, NOTICE_VERSION, NoticeContent, NoticeText, Office,
    Passage, SealedLetter,
};

use crate::Town;

/// See the module.
pub struct Forged<'t> {
    town: &'t Town,
    /// Whose channel and keys.
    org: OrgCode,
    /// Whose name.
    named: OrgCode,
}

impl<'t> Forged<'t> {
    /// `org` with its own keys on its own channel, as if it were `named`.
    pub fn as_if_from(town: &'t Town, org: &str, named: &str) -> Self {
        let read = |code: &str| code.parse().expect("an organisation");
        Self { town, org: read(org), named: read(named) }
    }

    /// What the core answers to the letter.
    pub async fn brings_letter(&self) -> StatusCode {
        // On its way it says who it is: the channel does, too.
        let letter = self.letter(&self.org);
        let core: OrgCode = "CORE".parse().expect("an organisation");
        let address = self.town.world.lock().await.directory().address(&core).expect("an address");
        let client = self.town.client_of(Some(&self.org));
        client.post(format!("https://{address}{LETTER_PATH}")).json(&letter).send().await.expect("an answer").status()
    }

    /// What the portal answers where the core itself lies about who brought it.
    pub async fn core_brings_letter(&self) -> StatusCode {
        let message = ForPortal { sender: self.named.clone(), message: self.letter(&self.named) };
        let client = self.town.client_of(Some(&"CORE".parse().expect("an organisation")));
        let url = format!("https://{}{LETTER_PATH}", self.town.party);
        client.post(url).json(&message).send().await.expect("an answer").status()
    }

    fn letter(&self, on_the_way: &OrgCode) -> SealedLetter {
        let now = self.town.now();
        let content = self.content();
        let read = |file: &str| {
            let path = self.town.data().join("orgs").join(self.org.as_str()).join(file);
            std::fs::read_to_string(path).expect("a file")
        };
        let certificate = Certificate::from_pem(&read("sign.pem")).expect("a certificate");
        let key = SigningKey::from_pkcs8_pem(&read("sign.key")).expect("a key");
        let json = serde_json::to_vec(&content).expect("JSON");
        let prepared = cms::prepare(&json, &certificate, now).expect("attributes");
        let signed = prepared.sign(&key, cms::Form::Attached).expect("a signature");
        let portal = std::fs::read_to_string(self.town.data().join("orgs/PORTAL/seal.pem")).expect("a file");
        let portal = Certificate::from_pem(&portal).expect("a certificate");
        let way = LetterContext { notice: &content.id, sender: on_the_way, attachment: None };
        let sealed =
            seal::seal(&portal, LetterContext::INFO, &way.aad(), &signed, &mut SystemRng).expect("a sealed letter");
        let sealed = SealedPayload {
            encapsulated_key: Base64::encode_string(&sealed.encapsulated_key),
            ciphertext: Base64::encode_string(&sealed.ciphertext),
        };
        SealedLetter { notice: content.id, sealed }
    }

    fn content(&self) -> NoticeContent {
        let now = self.town.now();
        let line = |text: &str| Line::typed(text).expect("a line");
        let words = Passage::typed("使うのをやめてください。").expect("words");
        NoticeContent {
            version: NOTICE_VERSION,
            id: [7; 16].into(),
            sender: self.named.clone(),
            kind: NoticeKind::Information,
            issued_at: now,
            expires_at: now + SignedDuration::from_hours(24),
            deadline: None,
            office: Office { name: line("健康推進課").into(), phone: None, hours: None },
            text: InLanguages {
                ja: NoticeText { title: line("回収のお知らせ"), body: vec![Block::Paragraph { text: words }] },
                ja_easy: None,
                en: None,
            },
            reply: None,
            attachments: vec![],
            wants_states: false,
            replaces: None,
        }
    }
}
