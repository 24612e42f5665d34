//! Security keys (`WebAuthn`): the question's state in a row that is used once.

use domain::SecretHash;
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use webauthn_rs::prelude::{
    AuthenticationResult, PublicKeyCredential, RegisterPublicKeyCredential, SecurityKey, SecurityKeyAuthentication,
    SecurityKeyRegistration, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

use super::ConsoleError;
use super::refused::Why;
use crate::store::{AuditLine, CeremonyRow, OfficerId, OfficerRow, Store, StoreError};

/// So long a key may take.
const ANSWER: SignedDuration = SignedDuration::from_mins(5);
/// Questions that may wait for an officer's keys at a time. Whoever knows the label can ask; so many are not asked while the
/// officer types a PIN.
const QUESTIONS_MAX: u32 = 2000;
/// Within it a refused login has one line in the audit trail.
const ONE_LINE: SignedDuration = SignedDuration::from_mins(1);

/// What asks keys and judges their answers.
pub(super) struct Keys(Webauthn);

/// A question for the browser.
pub(super) struct Question {
    /// Names the row; the browser hands it back.
    pub(super) ceremony: String,
    /// JSON for `navigator.credentials`.
    pub(super) options: String,
}

impl Keys {
    /// Keys are bound to the origin's host.
    pub(super) fn new(origin: &str, name: &str) -> Result<Self, ConsoleError> {
        let url = Url::parse(origin).map_err(|_| ConsoleError::Origin)?;
        let written = matches!(url.scheme(), "http" | "https") && url.origin().ascii_serialization() == origin;
        let host = url.domain().filter(|_| written).ok_or(ConsoleError::Origin)?.to_owned();
        let builder = WebauthnBuilder::new(&host, &url).map_err(|_| ConsoleError::Origin)?;
        Ok(Self(builder.rp_name(name).build().map_err(|_| ConsoleError::Origin)?))
    }

    /// Asks a key to make itself known for whom `invite` was made.
    pub(super) async fn ask_to_enrol(
        &self,
        store: &Store,
        officer: &OfficerRow,
        invite: SecretHash,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Question, Why> {
        // A key is called anew each time it is enrolled, so only the key itself can tell that somebody has it already (R14).
        let known = store.read().await?.credentials_in_use().await?;
        let id = Uuid::from_bytes(*officer.id.as_bytes());
        let (options, state) = self
            .0
            .start_securitykey_registration(id, &officer.label, &officer.label, Some(known), None, None)
            .map_err(|error| refused(&error))?;
        let options = of_owner(&options, "/publicKey/authenticatorSelection/userVerification")?;
        let content = json(&state)?;
        let row = CeremonyRow { officer: officer.id, invite: Some(invite), content };
        Ok(Question { ceremony: keep(store, &row, now, rng).await?, options })
    }

    /// The key that answered, for whom, and the code that it was made with.
    pub(super) async fn enrolled(
        &self,
        store: &Store,
        ceremony: &str,
        answer: &str,
        now: Timestamp,
    ) -> Result<(CeremonyRow, SecurityKey), Why> {
        let row = used(store, ceremony, now).await?;
        let state: SecurityKeyRegistration = serde_json::from_str(&row.content).map_err(|_| Why::KeyOver)?;
        let answer: RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| Why::KeyRefused)?;
        let key = self.0.finish_securitykey_registration(&answer, &state).map_err(|error| refused(&error))?;
        Ok((row, key))
    }

    /// Asks an officer's keys who holds them.
    pub(super) async fn ask_to_log_in(
        &self,
        store: &Store,
        officer: &OfficerRow,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Question, Why> {
        let keys = self.keys(store, officer).await?;
        if keys.is_empty() {
            return Err(Why::NoSuchOfficer);
        }
        let (options, state) = self.0.start_securitykey_authentication(&keys).map_err(|error| refused(&error))?;
        let options = of_owner(&options, "/publicKey/userVerification")?;
        let row = CeremonyRow { officer: officer.id, invite: None, content: json(&state)? };
        Ok(Question { ceremony: keep(store, &row, now, rng).await?, options })
    }

    /// Whose key answered. The key's counter is kept. An answer that is refused leaves a line in the audit trail.
    pub(super) async fn logged_in(
        &self,
        store: &Store,
        ceremony: &str,
        answer: &str,
        now: Timestamp,
    ) -> Result<OfficerId, Why> {
        let row = used(store, ceremony, now).await?;
        match self.judge(store, &row, answer, now).await {
            Ok(()) => Ok(row.officer),
            Err(refusal) => {
                if let Some(what) = refusal.what {
                    note(store, row.officer, what, now).await?;
                }
                Err(refusal.why)
            }
        }
    }

    async fn judge(&self, store: &Store, row: &CeremonyRow, answer: &str, now: Timestamp) -> Result<(), Refusal> {
        let state: SecurityKeyAuthentication = serde_json::from_str(&row.content).map_err(|_| Why::KeyOver)?;
        let answer: PublicKeyCredential =
            serde_json::from_str(answer).map_err(|_| Refusal::of_answer(Why::KeyRefused))?;
        let result = self.0.finish_securitykey_authentication(&answer, &state).map_err(|error| Refusal::of(&error))?;
        if !result.user_verified() {
            return Err(Refusal::of_answer(Why::KeyWithoutOwner));
        }
        let mut repository = store.begin().await?;
        let credential: &[u8] = result.cred_id();
        // First, so that two answers of one key wait for each other: the second one is judged by what the first one left.
        if !repository.key_used(row.officer, credential, None, now).await? {
            return Err(Refusal::of_answer(Why::NoSuchOfficer));
        }
        if let Some(content) = after_use(&repository.keys_of(row.officer).await?, &result)? {
            repository.key_used(row.officer, credential, Some(&content), now).await?;
        }
        Ok(repository.commit().await?)
    }

    async fn keys(&self, store: &Store, officer: &OfficerRow) -> Result<Vec<SecurityKey>, Why> {
        let keys = store.read().await?.keys_of(officer.id).await?;
        keys.iter().map(|text| serde_json::from_str(text).map_err(|_| Why::Failed)).collect()
    }
}

/// Why nobody is logged in.
struct Refusal {
    why: Why,
    /// The audit trail's word for it; none: nothing was found out about the answer.
    what: Option<&'static str>,
}

impl Refusal {
    fn of_answer(why: Why) -> Self {
        Self { why, what: Some("login-refused") }
    }

    /// The key counts its answers, and this one is not its latest: somebody else has the same key.
    fn of_copy() -> Self {
        Self { why: Why::KeyRefused, what: Some("login-key-copied") }
    }

    fn of(error: &WebauthnError) -> Self {
        let why = refused(error);
        match error {
            WebauthnError::CredentialPossibleCompromise => Self::of_copy(),
            _ => Self::of_answer(why),
        }
    }
}

impl From<Why> for Refusal {
    fn from(why: Why) -> Self {
        Self { why, what: None }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Why::from(error).into()
    }
}

/// The key that answered as it counts now, JSON; none: as it is kept. The question knows only how it counted when it was asked.
fn after_use(keys: &[String], result: &AuthenticationResult) -> Result<Option<String>, Refusal> {
    for text in keys {
        let mut key: SecurityKey = serde_json::from_str(text).map_err(|_| Why::Failed)?;
        match key.update_credential(result) {
            Some(true) => return Ok(Some(json(&key)?)),
            Some(false) if result.counter() > 0 => return Err(Refusal::of_copy()),
            Some(false) => return Ok(None),
            None => {}
        }
    }
    Ok(None)
}

/// Anybody who knows a label can be refused over and over.
async fn note(store: &Store, officer: OfficerId, what: &str, now: Timestamp) -> Result<(), StoreError> {
    let mut repository = store.begin().await?;
    let line = AuditLine { at: now, who: officer.who(), what: what.to_owned(), sending: None };
    repository.insert_audit_once(&line, now - ONE_LINE).await?;
    repository.commit().await
}

/// The key is all that is asked for, so it must know its owner, by a PIN or a finger: the browser is told so here, and the
/// answer is judged by it.
fn of_owner(options: &impl serde::Serialize, pointer: &str) -> Result<String, Why> {
    let mut options = serde_json::to_value(options).map_err(|_| Why::Failed)?;
    if let Some(policy) = options.pointer_mut(pointer) {
        *policy = "required".into();
    }
    json(&options)
}

fn json(value: &impl serde::Serialize) -> Result<String, Why> {
    serde_json::to_string(value).map_err(|_| Why::Failed)
}

async fn keep(
    store: &Store,
    row: &CeremonyRow,
    now: Timestamp,
    rng: &mut (impl CryptoRng + ?Sized),
) -> Result<String, Why> {
    let mut id = [0; 32];
    rng.fill_bytes(&mut id);
    let mut repository = store.begin().await?;
    repository.insert_ceremony(&SecretHash::of(&id), row, now, now + ANSWER, QUESTIONS_MAX).await?;
    repository.commit().await?;
    Ok(hex::encode(id))
}

/// Used up whatever the answer is worth: an answer is judged once.
async fn used(store: &Store, ceremony: &str, now: Timestamp) -> Result<CeremonyRow, Why> {
    let mut id = [0; 32];
    hex::decode_to_slice(ceremony, &mut id).map_err(|_| Why::KeyOver)?;
    let mut repository = store.begin().await?;
    let row = repository.use_ceremony(&SecretHash::of(&id), now).await?;
    repository.commit().await?;
    row.ok_or(Why::KeyOver)
}

fn refused(error: &WebauthnError) -> Why {
    tracing::info!(error = error as &dyn std::error::Error, "a security key was refused");
    Why::KeyRefused
}
