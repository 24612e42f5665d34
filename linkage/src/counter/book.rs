//! The counter's book: cards that were ordered after the world was made, and whose they are. A card stands here before it
//! is ordered, so that no number is given twice; one that never came stays in the book.

use jiff::Timestamp;
use wire::card_file::{CardTable, CardTableRow, TABLE_FILE};

use super::{CounterError, NewCard, card_files};
use crate::{
    party::DataDir,
    world::{
        Manifest, Person, card_id,
        files::{Access, read, replace},
    },
};

const FILE: &str = "counter.toml";

/// `DATA/cards/counter.toml`
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    #[serde(default)]
    cards: Vec<Entry>,
}

/// One card.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    /// Key of a person in the world.
    owner: String,
    why: NewCard,
    ordered_at: Timestamp,
}

/// All cards of the demo's own people, in order of their numbers, and whose they are.
pub(super) fn cards_and_owners(data: &DataDir) -> Result<Vec<(String, Person)>, CounterError> {
    let manifest = Manifest::require(data)?;
    let people = crate::world::people(manifest.seed, manifest.made_at)?;
    let booked = book(data)?.cards;
    let own = people.iter().filter(|person| person.card.is_some()).zip(1..);
    let mut cards: Vec<(String, Person)> = own.map(|(person, n)| (card_id(n), person.clone())).collect();
    let known = |entry: Entry| Some((entry.id, people.iter().find(|person| person.key == entry.owner)?.clone()));
    cards.extend(booked.into_iter().filter_map(known));
    Ok(cards)
}

/// Enters a new card for a person under the next free number.
pub(super) fn enter(data: &DataDir, owner: &Person, why: NewCard, now: Timestamp) -> Result<String, CounterError> {
    let _lock = card_files::lock(&data.cards().join(FILE).with_extension("lock")).map_err(CounterError::from)?;
    let mut book = book(data)?;
    let number = |id: &str| id.strip_prefix("card-")?.parse::<usize>().ok();
    let table = table(data)?;
    let world_s = usize::try_from(Manifest::require(data)?.cards).unwrap_or_default();
    let taken = book.cards.iter().map(|entry| entry.id.as_str()).chain(table.cards.iter().map(|row| row.id.as_str()));
    let next = taken.filter_map(number).max().unwrap_or_default().max(world_s) + 1;
    let id = card_id(next);
    book.cards.push(Entry { id: id.clone(), owner: owner.key.clone(), why, ordered_at: now });
    let text = toml::to_string(&book).map_err(CounterError::Unwritable)?;
    replace(&data.cards().join(FILE), text.as_bytes(), Access::Owner)?;
    Ok(id)
}

/// Tells whoever tries the demo the PINs of a new card.
pub(super) fn tell_pins(data: &DataDir, row: CardTableRow) -> Result<(), CounterError> {
    let _lock = card_files::lock(&data.cards().join(FILE).with_extension("lock")).map_err(CounterError::from)?;
    let mut table = table(data)?;
    table.cards.push(row);
    let text = toml::to_string(&table).map_err(CounterError::Unwritable)?;
    Ok(replace(&data.cards().join(TABLE_FILE), text.as_bytes(), Access::Owner)?)
}

/// The demo table.
pub(super) fn table(data: &DataDir) -> Result<CardTable, CounterError> {
    let text = read(&data.cards().join(TABLE_FILE))?;
    toml::from_str(&text).map_err(|error| CounterError::Unreadable(Box::new(error)))
}

fn book(data: &DataDir) -> Result<Book, CounterError> {
    let path = data.cards().join(FILE);
    if !path.exists() {
        return Ok(Book::default());
    }
    toml::from_str(&read(&path)?).map_err(|error| CounterError::Unreadable(Box::new(error)))
}
