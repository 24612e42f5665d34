//! What the page that leads to the reader shows and posts.

use domain::{CardPurpose, ChallengeNonce, RemovalToken};
use jiff::Timestamp;
use store::StoreError;

use crate::{Browser, Portal};

/// The open challenge of this browser.
#[derive(Clone, Debug)]
pub struct CardAsk {
    /// What for.
    pub purpose: CardPurpose,
    /// The random number.
    pub challenge: ChallengeNonce,
    /// What the citizen will be shown and sign; empty for login and bind.
    pub document: String,
    /// For the reader.
    pub removal_token: RemovalToken,
    /// Where the form posts to.
    pub reader_url: String,
    /// Until when an answer counts.
    pub expires_at: Timestamp,
}

/// There is nothing to ask the card.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Nothing was started in this browser, or it is answered or too late.
    #[error("this browser has no open challenge for this purpose")]
    NothingStarted,
    /// The store failed.
    #[error("the challenge could not be read")]
    Store(#[from] StoreError),
}

impl Portal {
    /// The newest open challenge of this browser for a purpose.
    pub async fn card_ask(&self, browser: &Browser, purpose: CardPurpose, now: Timestamp) -> Result<CardAsk, AskError> {
        let mut reader = self.store().read().await?;
        let challenge = reader.open_challenge(&browser.0, purpose.name(), now).await?;
        let asked = challenge.ok_or(AskError::NothingStarted)?.asked;
        Ok(CardAsk {
            purpose: asked.purpose,
            challenge: asked.nonce,
            document: asked.document,
            removal_token: asked.removal_token,
            reader_url: self.settings().reader_url.clone(),
            expires_at: asked.expires_at,
        })
    }
}
