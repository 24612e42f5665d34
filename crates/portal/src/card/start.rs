//! A challenge is started in one browser, for one purpose, for five minutes (people enter a PIN slowly).

use domain::{CardPurpose, ChallengeNonce, Locale, RegistrationId, RemovalToken};
use jiff::{SignedDuration, Timestamp};
use rand_core::CryptoRng;
use store::{NewChallenge, RegistrationState, StoreError};

use crate::{Browser, Portal};

const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_mins(5);
/// Time for both cards' steps, and for the core's delivery between them.
const REGISTRATION_LIFE: SignedDuration = SignedDuration::from_mins(30);
const RETURN_PATH_BYTES_MAX: usize = 512;

/// What the login form says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartLogin {
    /// 「共用の端末を使っています」
    pub shared_device: bool,
    /// Where to go afterwards; anything but a path of this site is ignored.
    pub return_to: Option<String>,
}

/// Nothing was started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store failed.
    #[error("the challenge could not be kept")]
    Store(#[from] StoreError),
}

/// Binding was not started.
#[derive(Debug, thiserror::Error)]
pub enum StartBindingError {
    /// The signed application has not come so far, or it is too late (P-REG-1).
    #[error("no registration of this browser waits for the authentication certificate")]
    OutOfOrder,
    /// The store failed.
    #[error("the challenge could not be kept")]
    Store(#[from] StoreError),
}

impl Portal {
    /// ログイン: a challenge for the authentication certificate (P-AUT-2).
    pub async fn start_login(
        &self,
        browser: &Browser,
        form: StartLogin,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), StartError> {
        let challenge = NewChallenge {
            shared_device: form.shared_device,
            return_to: form.return_to.filter(|path| is_local_path(path)),
            ..self.challenge(CardPurpose::Login, browser, now, rng)
        };
        Ok(self.keep(&challenge, None).await?)
    }

    /// 利用者登録: a challenge for the signed application (B.2 step 1).
    pub async fn start_registration(
        &self,
        browser: &Browser,
        locale: Locale,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), StartError> {
        let id = RegistrationId::generate(rng);
        let challenge = NewChallenge {
            document: application(locale, now),
            registration_id: Some(id),
            ..self.challenge(CardPurpose::Register, browser, now, rng)
        };
        Ok(self.keep(&challenge, Some((id, now))).await?)
    }

    /// A challenge for the authentication certificate that is to open the folder (B.2 step 9). Refused before step 8
    /// succeeded (P-REG-1).
    pub async fn start_binding(
        &self,
        browser: &Browser,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), StartBindingError> {
        let registration = self.store().read().await?.registration_of_browser(&browser.0, now).await?;
        let linked = registration.filter(|r| matches!(r.state, RegistrationState::Linked { .. }));
        let registration = linked.ok_or(StartBindingError::OutOfOrder)?;
        let challenge = NewChallenge {
            registration_id: Some(registration.id),
            ..self.challenge(CardPurpose::Bind, browser, now, rng)
        };
        Ok(self.keep(&challenge, None).await?)
    }

    fn challenge(
        &self,
        purpose: CardPurpose,
        browser: &Browser,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> NewChallenge {
        NewChallenge {
            nonce: ChallengeNonce::generate(rng),
            purpose,
            origin: self.settings().origin.clone(),
            document: String::new(),
            browser_hash: browser.0.clone(),
            registration_id: None,
            removal_token: RemovalToken::generate(rng),
            shared_device: false,
            return_to: None,
            started_at: now,
            expires_at: now + CHALLENGE_LIFE,
        }
    }

    async fn keep(
        &self,
        challenge: &NewChallenge,
        registration: Option<(RegistrationId, Timestamp)>,
    ) -> Result<(), StoreError> {
        let mut repository = self.store().begin().await?;
        if let Some((id, now)) = registration {
            repository.insert_registration(&id, &challenge.browser_hash, now, now + REGISTRATION_LIFE).await?;
        }
        repository.insert_challenge(challenge).await?;
        repository.commit().await
    }
}

/// 利用者フォルダ利用申請: what the citizen reads on the reader's page and signs.
fn application(locale: Locale, now: Timestamp) -> String {
    let words = wording::Words::of(locale);
    words.format(wording::key::APPLICATION_FOLDER, &[("when", wording::date_time(locale, now).into())])
}

/// One leading slash, then no second one, no backslash and no control character: a path of this site.
fn is_local_path(path: &str) -> bool {
    path.len() <= RETURN_PATH_BYTES_MAX
        && path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_site_is_returned_to() {
        assert!(is_local_path("/records?page=2"));
        for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "records", "", "/a\nb"] {
            assert!(!is_local_path(elsewhere), "{elsewhere}");
        }
    }
}
