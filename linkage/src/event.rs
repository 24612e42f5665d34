//! Card and resident events, reported as in real life: cards by the issuing desk to JPKI, residents by their
//! municipality to the register, which tells JPKI (B-PKI-2, B-CRD-2). The parties must be running.

use std::sync::Arc;

use domain::OrgCode;
use runtime::Clock;

use crate::{
    jpki::{CARD_EVENTS_PATH, CARD_UNKNOWN, CardEvent, CardEventMessage},
    party::{DataDir, Directory, DirectoryError, ISSUER, JPKI, Party, PartyError, PeerError, REGISTER, Refusal},
    register::{CHANGES_PATH, Change, ChangeMessage, PERSON_UNKNOWN},
    world::{self, Manifest, ManifestError, PeopleError, Person, card_id},
};

/// What happened.
#[derive(Clone)]
pub enum Event {
    /// To a card.
    Card(CardEvent),
    /// To its owner.
    Owner(Change),
}

/// The event was not taken.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
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
    /// The owner died or left before.
    #[error("the owner of {0} is no resident any more")]
    NoResident(String),
    /// JPKI or the register.
    #[error("the event was not taken; does `linkage serve` run?")]
    Peer(#[from] PeerError),
}

/// Reports an event about a card, or about its owner.
pub async fn report(data: &DataDir, clock: Arc<dyn Clock>, card: &str, event: Event) -> Result<(), EventError> {
    let directory = Arc::new(Directory::read(&data.parties_file())?);
    report_to(data, directory, clock, card, event).await
}

/// The same with a directory already read.
pub async fn report_to(
    data: &DataDir,
    directory: Arc<Directory>,
    clock: Arc<dyn Clock>,
    card: &str,
    event: Event,
) -> Result<(), EventError> {
    let reporter = |org: &OrgCode| Party::with_directory(org, data, Arc::clone(&directory), Arc::clone(&clock));
    match event {
        Event::Card(event) => {
            let message = CardEventMessage { card_id: card.to_owned(), event };
            match reporter(&ISSUER)?.peers.post_no_content(&JPKI, CARD_EVENTS_PATH, &message).await {
                Err(error) if error.code() == Some(CARD_UNKNOWN) => Err(EventError::CardUnknown(card.to_owned())),
                answer => Ok(answer?),
            }
        }
        Event::Owner(change) => {
            let owner = owner_of(data, card)?;
            let message = ChangeMessage { resident_record_code: owner.resident_record_code.clone(), change };
            for municipality in reporting_municipalities(&owner, &message.change) {
                match reporter(&municipality)?.peers.post_no_content(&REGISTER, CHANGES_PATH, &message).await {
                    // An earlier event moved the owner elsewhere: the municipality there reports.
                    Err(error) if error.code() == Some(Refusal::NOT_ENTITLED) => {}
                    Err(error) if error.code() == Some(PERSON_UNKNOWN) => {
                        return Err(EventError::NoResident(card.to_owned()));
                    }
                    answer => return Ok(answer?),
                }
            }
            Err(EventError::NoResident(card.to_owned()))
        }
    }
}

/// The demo's own person who has this card.
fn owner_of(data: &DataDir, card: &str) -> Result<Person, EventError> {
    let manifest = Manifest::require(data)?;
    let people = world::people(manifest.seed, manifest.made_at)?;
    people
        .into_iter()
        .filter(|person| person.card.is_some())
        .zip(1..)
        .find(|(_, n)| card_id(*n) == card)
        .map(|(person, _)| person)
        .ok_or_else(|| EventError::CardUnknown(card.to_owned()))
}

/// Who would report: where the owner moves to, else where the owner lives as far as the world knows, else elsewhere.
fn reporting_municipalities(owner: &Person, change: &Change) -> Vec<OrgCode> {
    let mut municipalities = match change {
        Change::Moved { municipality, .. } => vec![municipality.clone()],
        _ => vec![owner.municipality.clone()],
    };
    municipalities.extend(world::orgs::institutions().into_iter().filter(OrgCode::is_municipality));
    municipalities
}
