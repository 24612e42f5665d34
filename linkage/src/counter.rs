//! 市区町村の窓口: what a municipality's officers do with cards and for their owners (B-CRD-2, B-CRD-3). Cards are reported
//! by the issuing desk to JPKI, residents by their municipality to the register, which tells JPKI and the core (B-PKI-2).
//! The parties must be running.
//!
//! A new card comes from the factory locked. It has no keys and no certificates until it was handed over and put into a
//! reader for the first time; its two certificates then begin and end together (B-PKI-4).

mod book;
mod card_files;
mod issue;
pub mod site;

use std::{collections::BTreeMap, sync::Arc};

use domain::OrgCode;
use runtime::Clock;
use wire::card_file::CardState;

use crate::{
    jpki::{
        CARD_EVENTS_PATH, CARD_UNKNOWN, CARDS_PATH, CardEvent, CardEventMessage, CardStanding, CardsAnswer,
        CardsRequest,
    },
    party::{DataDir, Directory, DirectoryError, ISSUER, JPKI, Party, PartyError, PeerError, REGISTER, Refusal},
    register::{CHANGES_PATH, Change, ChangeMessage, PERSON_UNKNOWN},
    world::{self, FileError, ManifestError, PeopleError, Person},
};

pub use card_files::CardFileError;

/// Why a new card is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewCard {
    /// 新規の発行
    FirstIssue,
    /// 更新
    Renewal,
    /// 再発行
    Reissue,
}

impl From<NewCard> for CardEvent {
    fn from(why: NewCard) -> Self {
        match why {
            NewCard::FirstIssue => Self::FirstIssue,
            NewCard::Renewal => Self::Renewal,
            NewCard::Reissue => Self::Reissue,
        }
    }
}

/// Something was not done.
#[derive(Debug, thiserror::Error)]
pub enum CounterError {
    /// No world.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Its people.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Its addresses.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// Certificates of the reporting organisation.
    #[error(transparent)]
    Party(#[from] PartyError),
    /// No such card.
    #[error("there is no card {0}; cards/cards.toml lists them")]
    CardUnknown(String),
    /// No such person, or one who has a card.
    #[error("{0} is nobody without a card; these are: {1}")]
    NobodyWithoutCard(String, String),
    /// The owner died or left before.
    #[error("the owner of {0} is no resident any more")]
    NoResident(String),
    /// Only a locked card is handed over.
    #[error("{0} is not locked: it was handed over, or stopped")]
    NotLocked(String),
    /// JPKI or the register.
    #[error("the event was not taken; does `linkage serve` run?")]
    Peer(#[from] PeerError),
    /// A file of the world.
    #[error(transparent)]
    File(#[from] FileError),
    /// A card's file.
    #[error(transparent)]
    Card(#[from] CardFileError),
    /// A card cannot be written.
    #[error("a card file cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// The table or the book cannot be written.
    #[error("the table or the book of cards cannot be written as TOML")]
    Unwritable(#[source] toml::ser::Error),
    /// The table or the book is damaged.
    #[error("the table or the book of cards is damaged")]
    Unreadable(#[source] Box<toml::de::Error>),
}

/// A card, as an officer sees it.
#[derive(Clone, Debug)]
pub struct CardView {
    /// e.g. `card-0001`
    pub id: String,
    /// Whose card, in one phrase.
    pub who: String,
    /// None: the factory's card is missing.
    pub state: Option<CardState>,
    /// How it stands at JPKI; none when it was never ordered, or JPKI does not answer.
    pub standing: Option<CardStanding>,
}

impl CardView {
    /// In the owner's hands and not ended by anything. A lost card has ended already, and is not here to be taken in.
    fn is_good(&self) -> bool {
        let ended = |standing: &CardStanding| {
            standing.ended_unused || standing.authentication.as_ref().is_some_and(|of| of.revoked_at.is_some())
        };
        self.state == Some(CardState::Active) && !self.standing.as_ref().is_some_and(ended)
    }
}

/// A counter with its line to the issuing desk.
#[derive(Clone)]
pub struct Counter {
    data: DataDir,
    directory: Arc<Directory>,
    clock: Arc<dyn Clock>,
}

impl Counter {
    /// Of a world whose parties run.
    pub fn new(data: DataDir, directory: Arc<Directory>, clock: Arc<dyn Clock>) -> Self {
        Self { data, directory, clock }
    }

    /// With the directory of the world.
    pub fn of(data: DataDir, clock: Arc<dyn Clock>) -> Result<Self, CounterError> {
        let directory = Arc::new(Directory::read(&data.parties_file())?);
        Ok(Self::new(data, directory, clock))
    }

    /// Something happened to a card. A card that was given back or disposed of lies at the counter: its chip is stopped.
    pub async fn card_event(&self, card: &str, event: CardEvent) -> Result<(), CounterError> {
        let message = CardEventMessage { card_id: card.to_owned(), event };
        match self.as_org(&ISSUER)?.peers.post_no_content(&JPKI, CARD_EVENTS_PATH, &message).await {
            Err(error) if error.code() == Some(CARD_UNKNOWN) => return Err(CounterError::CardUnknown(card.to_owned())),
            answer => answer?,
        }
        if matches!(event, CardEvent::Return | CardEvent::Disposal | CardEvent::Replaced) {
            card_files::change_state(&self.data, card, CardState::Stopped)?;
        }
        Ok(())
    }

    /// Something happened to a card's owner.
    pub async fn owner_event(&self, card: &str, change: Change) -> Result<(), CounterError> {
        let owner = self.owner_of(card)?;
        let message = ChangeMessage { resident_record_code: owner.resident_record_code.clone(), change };
        for municipality in municipalities(&owner, &message.change) {
            match self.as_org(&municipality)?.peers.post_no_content(&REGISTER, CHANGES_PATH, &message).await {
                // An earlier event moved the owner elsewhere: the municipality there reports.
                Err(error) if error.code() == Some(Refusal::NOT_ENTITLED) => {}
                Err(error) if error.code() == Some(PERSON_UNKNOWN) => {
                    return Err(CounterError::NoResident(card.to_owned()));
                }
                answer => return Ok(answer?),
            }
        }
        Err(CounterError::NoResident(card.to_owned()))
    }

    /// 交付: the owner came and showed who they are. Their other cards end, and this one may be used.
    pub async fn hands_over(&self, card: &str) -> Result<(), CounterError> {
        let head = card_files::look(&self.data, card)?.ok_or_else(|| CounterError::CardUnknown(card.to_owned()))?;
        if head.state != CardState::Locked {
            return Err(CounterError::NotLocked(card.to_owned()));
        }
        // The old card ends first: whatever stops this half way, one card at most is good, and it can be done again.
        let others = self.other_cards_of_owner(card)?;
        for old in self.cards().await?.into_iter().filter(|view| others.contains(&view.id) && view.is_good()) {
            self.card_event(&old.id, CardEvent::Replaced).await?;
        }
        card_files::change_state(&self.data, card, CardState::Active)?;
        self.card_event(card, CardEvent::HandOver).await
    }

    /// Every card of the demo table.
    pub async fn cards(&self) -> Result<Vec<CardView>, CounterError> {
        let table = book::table(&self.data)?.cards;
        let request = CardsRequest { card_ids: table.iter().map(|row| row.id.clone()).collect() };
        let answer: Result<CardsAnswer, _> = self.as_org(&ISSUER)?.peers.post(&JPKI, CARDS_PATH, &request).await;
        let answer = answer.inspect_err(|error| {
            tracing::warn!(error = crate::party::chain(error), "JPKI does not say how cards stand");
        });
        let standings = answer.map_or_else(|_| Vec::new(), |answer| answer.cards);
        let mut standings: BTreeMap<_, _> = standings.into_iter().map(|card| (card.card_id.clone(), card)).collect();
        let view = |row: wire::card_file::CardTableRow| {
            let state = card_files::look(&self.data, &row.id)?.map(|head| head.state);
            Ok(CardView { standing: standings.remove(&row.id), id: row.id, who: row.who, state })
        };
        table.into_iter().map(view).collect()
    }

    /// The demo's own people who have no card: key, name and age.
    pub fn people_without_card(&self) -> Result<Vec<(String, String)>, CounterError> {
        let with_card: Vec<String> =
            book::cards_and_owners(&self.data)?.into_iter().map(|(_, owner)| owner.key).collect();
        let manifest = world::Manifest::require(&self.data)?;
        let people = world::people(manifest.seed, manifest.made_at)?;
        let without = people.into_iter().filter(|person| person.died_at.is_none() && !with_card.contains(&person.key));
        Ok(without.map(|person| (person.key, format!("{}（{}歳）", person.four_info.name(), person.age))).collect())
    }

    fn as_org(&self, org: &OrgCode) -> Result<Party, PartyError> {
        Party::with_directory(org, &self.data, Arc::clone(&self.directory), Arc::clone(&self.clock))
    }

    /// The demo's own person who has this card.
    fn owner_of(&self, card: &str) -> Result<Person, CounterError> {
        let cards = book::cards_and_owners(&self.data)?;
        let owner = cards.into_iter().find(|(id, _)| id == card).map(|(_, owner)| owner);
        owner.ok_or_else(|| CounterError::CardUnknown(card.to_owned()))
    }

    fn other_cards_of_owner(&self, card: &str) -> Result<Vec<String>, CounterError> {
        let owner = self.owner_of(card)?;
        let cards = book::cards_and_owners(&self.data)?;
        let others = cards.into_iter().filter(|(id, person)| person.key == owner.key && id != card);
        Ok(others.map(|(id, _)| id).collect())
    }
}

/// Who would report: where the owner moves to, else where the owner lives as far as the world knows, else elsewhere.
fn municipalities(owner: &Person, change: &Change) -> Vec<OrgCode> {
    let mut municipalities = match change {
        Change::Moved { municipality, .. } => vec![municipality.clone()],
        _ => vec![owner.municipality.clone()],
    };
    municipalities.extend(world::orgs::institutions().into_iter().filter(OrgCode::is_municipality));
    municipalities
}

#[cfg(test)]
mod tests;
