//! Citizens of the measured world, by the number of institutions that know them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use card::testing::{CardHolder, RunningReader};
use futures::future::try_join_all;
use runtime::SystemClock;
use wire::card_file::{CardTable, CardTableRow, TABLE_FILE};

use super::stage::Stage;
use crate::citizen::browser::Browser;
use crate::citizen::{log_in, register};
use crate::{Failure, say};

/// Cards that have a folder, one a line: a world is used again.
const REGISTERED: &str = "registered.txt";
/// One card at a time lies in a reader.
const READERS: usize = 8;

/// People with cards, and readers.
pub(crate) struct People {
    readers: Vec<(RunningReader, CardHolder)>,
    data: PathBuf,
    cards: Vec<CardTableRow>,
}

impl People {
    pub(crate) async fn of(data: &Path) -> Result<Self, Failure> {
        let portal = card::reader::Portal::new(&Stage::origin(), "/card/answer")?;
        let mut readers = Vec::new();
        for _ in 0..READERS {
            let reader = RunningReader::start(data, std::slice::from_ref(&portal), Arc::new(SystemClock)).await?;
            let holder = reader.holder()?;
            readers.push((reader, holder));
        }
        let table: CardTable = toml::from_str(&std::fs::read_to_string(data.join("cards").join(TABLE_FILE))?)?;
        Ok(Self { readers, data: data.to_owned(), cards: table.cards })
    }

    /// So many of those whom so many institutions know; with a folder each.
    pub(crate) async fn known_to(&self, institutions: usize, count: usize) -> Result<Vec<&CardTableRow>, Failure> {
        let known = self.cards.iter().filter(|card| is_known_to(&card.who, institutions));
        let people: Vec<&CardTableRow> = known.take(count).collect();
        if people.len() < count {
            return Err(format!("only {} people are known to {institutions} institutions", people.len()).into());
        }
        let mut registered = self.registered();
        let new: Vec<&CardTableRow> = people.iter().copied().filter(|card| !registered.contains(&card.id)).collect();
        if !new.is_empty() {
            say(&format!("{} people known to {institutions} institutions register", new.len()));
            let origin = Stage::origin();
            self.each(&new, async |holder, card| register(&origin, holder, card).await).await?;
            registered.extend(new.iter().map(|card| card.id.clone()));
            let lines: Vec<String> = registered.into_iter().collect();
            std::fs::write(self.data.join(REGISTERED), lines.join("\n"))?;
        }
        Ok(people)
    }

    fn registered(&self) -> BTreeSet<String> {
        let text = std::fs::read_to_string(self.data.join(REGISTERED)).unwrap_or_default();
        text.lines().map(str::to_owned).collect()
    }

    pub(crate) async fn logs_in(&self, card: &CardTableRow) -> Result<Browser, Failure> {
        let (_, holder) = self.readers.first().ok_or("there is no reader")?;
        log_in(&Stage::origin(), holder, card).await
    }

    /// All of them, in browsers of their own.
    pub(crate) async fn log_in(&self, cards: &[&CardTableRow]) -> Result<Vec<Browser>, Failure> {
        let origin = Stage::origin();
        self.each(cards, async |holder, card| log_in(&origin, holder, card).await).await
    }

    /// As many at a time as there are readers, in the order of the cards.
    async fn each<T>(
        &self,
        cards: &[&CardTableRow],
        does: impl AsyncFn(&CardHolder, &CardTableRow) -> Result<T, Failure>,
    ) -> Result<Vec<T>, Failure> {
        let at_readers = self.readers.iter().enumerate().map(async |(first, (_, holder))| {
            let mut done = Vec::new();
            for (at, card) in cards.iter().enumerate().skip(first).step_by(READERS) {
                done.push((at, does(holder, card).await?));
            }
            Ok::<_, Failure>(done)
        });
        let mut done: Vec<(usize, T)> = try_join_all(at_readers).await?.into_iter().flatten().collect();
        done.sort_by_key(|(at, _)| *at);
        Ok(done.into_iter().map(|(_, done)| done).collect())
    }
}

/// As the world's table of cards says it.
fn is_known_to(who: &str, institutions: usize) -> bool {
    who.split_once('。').is_some_and(|(_, known)| known == format!("{institutions}の機関が知っている"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_cards_says_who_is_known_to_how_many() {
        assert!(is_known_to("測定用の44歳の人。5の機関が知っている", 5));
        assert!(!is_known_to("測定用の44歳の人。15の機関が知っている", 5));
        assert!(!is_known_to("横浜市の40代の父。会社員", 5));
    }
}
