//! The portal's questions without the portal: under its certificate, by its code of a person. The floor of a click is the
//! slowest of them alone; who collects beforehand puts all of them.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64ct::{Base64, Encoding as _};
use domain::{BpId, LinkCode, OrgCode};
use futures::future::try_join_all;
use linkage::party::{CORE, DataDir, IdentityKind, PORTAL, Party};
use pki::seal::{self, Sealed};
use pki::{Certificate, SigningKey};
use runtime::SystemClock;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use wire::mediation::{MEDIATION_PATH, MediationAnswer, MediationRequest, SealContext, TransferMode};
use wire::self_view::{SOURCES_PATH, Source, SourcesAnswer, SourcesRequest};

use crate::Failure;

/// So often the slowest source is asked alone.
const ALONE: usize = 3;

/// The portal as the core knows it.
#[derive(Clone)]
pub(crate) struct Asker {
    party: Arc<Party>,
    certificate: String,
    key: Arc<SigningKey>,
}

impl Asker {
    pub(crate) fn of(data: &Path) -> Result<Self, Failure> {
        let data = DataDir::new(data);
        let party = Party::load(&PORTAL, &data, Arc::new(SystemClock))?;
        let pem = std::fs::read_to_string(data.certificate(&PORTAL, IdentityKind::Seal))?;
        let key = std::fs::read_to_string(data.private_key(&PORTAL, IdentityKind::Seal))?;
        let certificate = Base64::encode_string(Certificate::from_pem(&pem)?.der());
        Ok(Self { party: Arc::new(party), certificate, key: Arc::new(SigningKey::from_pkcs8_pem(&key)?) })
    }

    pub(crate) async fn sources(&self, person: &LinkCode) -> Result<Vec<Source>, Failure> {
        let request = SourcesRequest { link_code: person.clone() };
        let answer: SourcesAnswer = self.party.peers.post(&CORE, SOURCES_PATH, &request).await?;
        Ok(answer.sources)
    }

    pub(crate) fn request(&self, person: &LinkCode, source: &Source) -> MediationRequest {
        MediationRequest {
            bp: BpId::self_view(),
            requester: OrgCode::portal(),
            provider: source.provider.clone(),
            link_code: person.clone(),
            info_kind: source.info_kind.clone(),
            sealing_certificate: self.certificate.clone(),
        }
    }

    pub(crate) async fn ask(&self, request: &MediationRequest) -> Result<MediationAnswer, Failure> {
        Ok(self.party.peers.post(&CORE, MEDIATION_PATH, request).await?)
    }

    /// The CMS that the institution signed; None where it holds nothing.
    pub(crate) fn open(&self, source: &Source, answer: &MediationAnswer) -> Result<Option<Vec<u8>>, Failure> {
        let MediationAnswer::Provided { id, sealed, .. } = answer else { return Ok(None) };
        let sealed = Sealed {
            encapsulated_key: Base64::decode_vec(&sealed.encapsulated_key)?,
            ciphertext: Base64::decode_vec(&sealed.ciphertext)?,
        };
        let portal = OrgCode::portal();
        let (provider, info_kind) = (&source.provider, &source.info_kind);
        let question = SealContext { id, requester: &portal, provider, info_kind, mode: TransferMode::Gateway };
        Ok(Some(seal::open(&self.key, SealContext::INFO, &question.aad(), &sealed)?.to_vec()))
    }

    /// How long the slowest source takes alone, and how many there are. Two of nearly the same speed are both tried.
    pub(crate) async fn slowest_alone(&self, person: &LinkCode) -> Result<(Duration, usize), Failure> {
        let sources = self.sources(person).await?;
        let mut took = try_join_all(sources.iter().map(|source| async move {
            let took = self.timed(person, source).await?;
            Ok::<_, Failure>((took, source))
        }))
        .await?;
        took.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
        let mut slowest = Duration::ZERO;
        let mut tried: Vec<&OrgCode> = Vec::new();
        for (_, source) in took {
            if tried.len() == 2 || tried.contains(&&source.provider) {
                continue;
            }
            tried.push(&source.provider);
            let mut alone = Vec::with_capacity(ALONE);
            for _ in 0..ALONE {
                alone.push(self.timed(person, source).await?);
            }
            alone.sort();
            slowest = slowest.max(alone.get(ALONE / 2).copied().unwrap_or_default());
        }
        Ok((slowest, sources.len()))
    }

    async fn timed(&self, person: &LinkCode, source: &Source) -> Result<Duration, Failure> {
        let request = self.request(person, source);
        let began = Instant::now();
        self.ask(&request).await?;
        Ok(began.elapsed())
    }
}

/// The portal's codes of people: of whoever logged in last, or of everybody.
pub(crate) async fn link_codes(data: &Path, last_login_only: bool) -> Result<Vec<LinkCode>, Failure> {
    let file = data.join("portal/gather.sqlite");
    let mut db = SqliteConnectOptions::new().filename(file).read_only(true).connect().await?;
    let codes: Vec<Vec<u8>> = if last_login_only {
        sqlx::query_scalar(
            "SELECT folder.link_code
            FROM session
            JOIN folder ON folder.id = session.folder_id
            ORDER BY session.created_at DESC
            LIMIT 1",
        )
        .fetch_all(&mut db)
        .await?
    } else {
        sqlx::query_scalar(
            "SELECT link_code
            FROM folder
            ORDER BY opened_at",
        )
        .fetch_all(&mut db)
        .await?
    };
    db.close().await?;
    codes.iter().map(|code| Ok(LinkCode::try_from(code.as_slice()).map_err(|_| "a link code is damaged")?)).collect()
}
