//! Putting a card in, and what can be said of it without a PIN.

use std::sync::Arc;

use domain::Locale;
use runtime::SystemRng;
use ui::Choice;
use wire::card_file::CardState;

use super::pages::{CardInSlot, Condition, Notice, Refused};
use super::removal::Told;
use super::slot::Insertion;
use super::{Reader, asks::PendingAsk};
use crate::CardFileError;
use crate::card_id::CardId;
use crate::chip::{CardKey, Chip, SimulatedChip};
use crate::issue::{DeskError, IssueError, personalise};
use crate::text::Text;

/// The card did not go in.
#[derive(Debug, thiserror::Error)]
pub(super) enum InsertError {
    #[error("there is no such card")]
    Missing,
    #[error("the card has no certificates and got none")]
    Issue(#[from] IssueError),
}

impl From<CardFileError> for InsertError {
    fn from(error: CardFileError) -> Self {
        match error {
            CardFileError::Missing => Self::Missing,
            other => Self::Issue(other.into()),
        }
    }
}

impl InsertError {
    /// What the person can do about it.
    pub(super) fn notice(&self, text: &Text) -> Notice {
        Notice::bad(match self {
            Self::Missing => text.card_missing,
            Self::Issue(IssueError::Desk(DeskError::Unreachable(_))) => text.issue_unreachable,
            Self::Issue(IssueError::Desk(DeskError::Setup { .. })) => text.issue_setup,
            Self::Issue(IssueError::Desk(DeskError::Refused(problem))) if problem.status >= 500 => {
                text.issue_unreachable
            }
            Self::Issue(IssueError::Desk(_) | IssueError::OtherKeys) => text.issue_refused,
            Self::Issue(_) => text.card_damaged,
        })
    }
}

impl Reader {
    /// Puts the card in; a card that never was in gets its keys and certificates first. The card that was in before
    /// is out then, and its portals are told.
    pub(super) async fn put_in(&self, card: &str) -> Result<Told, InsertError> {
        let card: CardId = card.parse().map_err(|_| InsertError::Missing)?;
        let is_in = self.slot.inserted().is_some_and(|present| present.card == card);
        self.make_ready(&card).await?;
        if is_in {
            return Ok(Told::Nobody);
        }
        let duties = self.slot.insert(card);
        tracing::info!("card inserted");
        Ok(self.reporter.tell(duties).await)
    }

    /// Gives a card that was handed over its keys and certificates, if it has none yet: at its first insertion, or when it
    /// was handed over while it was in.
    pub(super) async fn make_ready(&self, card: &CardId) -> Result<(), InsertError> {
        if self.cards.peek(card)?.state() == CardState::Active {
            personalise(&self.cards, card, &*self.desk, &mut SystemRng).await.inspect_err(|error| {
                tracing::warn!(error = error as &dyn std::error::Error, "card got no certificates");
            })?;
        }
        Ok(())
    }

    /// Name and holder of the card that is in.
    pub(super) fn inserted_card(&self) -> Option<(String, String)> {
        let card = self.slot.inserted()?.card;
        let who = self.cards.peek(&card).map(|file| file.who().to_owned()).unwrap_or_default();
        Some((card.to_string(), who))
    }

    /// The card that is in, judged for this ask.
    pub(super) fn card_for(&self, ask: &PendingAsk) -> Option<CardInSlot> {
        let Insertion { card, .. } = self.slot.inserted()?;
        let who = self.cards.peek(&card).map(|file| file.who().to_owned()).unwrap_or_default();
        let condition = condition(&*self.chip(&card), CardKey::of(ask.purpose));
        Some(CardInSlot { name: card.to_string(), who, condition })
    }

    /// The demo cards that could be put in instead.
    pub(super) fn other_cards(&self) -> Vec<Choice> {
        let present = self.slot.inserted().map(|insertion| insertion.card);
        let cards = self.cards.list().unwrap_or_default();
        let others = cards.into_iter().filter(|card| Some(card) != present.as_ref());
        others
            .filter_map(|card| {
                let file = self.cards.peek(&card).ok()?;
                Some(Choice::new(card.as_str(), format!("{}（{card}）", file.who())))
            })
            .collect()
    }

    /// The chip of a card. The one place that knows it is a simulator.
    pub(super) fn chip(&self, card: &CardId) -> Arc<dyn Chip> {
        Arc::new(SimulatedChip::new(self.cards.clone(), card.clone()))
    }

    /// Logs what broke under a number that the person sees.
    pub(super) fn failed(locale: Locale, error: &(dyn std::error::Error + 'static)) -> Refused {
        let reference = Self::reference();
        tracing::error!(%reference, error, "card reader failed");
        Refused::failed(locale, reference)
    }
}

fn condition(chip: &dyn Chip, key: CardKey) -> Condition {
    match chip.status() {
        Err(_) => Condition::Damaged,
        Ok(status) => match (status.state, status.tries_left(key)) {
            (CardState::Stopped, _) => Condition::Stopped,
            (CardState::Locked, _) => Condition::NotHandedOver,
            (CardState::Active, 0) => Condition::PinLocked,
            (CardState::Active, tries_left) => Condition::Ready { tries_left },
        },
    }
}
