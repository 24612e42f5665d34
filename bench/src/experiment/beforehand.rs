//! Collecting beforehand, really done: a night over everybody who has a folder, and pages of what lies there already.

use std::path::Path;
use std::time::Instant;

use domain::LinkCode;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use runtime::{Clock as _, SystemClock};
use wire::mediation::{MediationAnswer, MediationRequest};
use wire::self_view::Source;

use super::Read;
use super::store::Store;
use crate::gather::{self, Asker, INFORMATION, People, SIZES, Stage, link_codes};
use crate::measure::{ms, real};
use crate::places::Places;
use crate::{Failure, say};

/// Questions that are under way at a time at night.
const TOGETHER: usize = 32;
/// Citizens of each size whose page is read.
const READERS: usize = 4;

/// What a night brings and leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Collected {
    pub(crate) people: u64,
    /// Between portal and core, and between core and institutions.
    pub(crate) messages: u64,
    /// Each leaves an access record with its person.
    pub(crate) questions: u64,
    /// Bodies of these messages; those between core and institutions are taken to be as long as those before.
    pub(crate) wire_bytes: u64,
    pub(crate) rows: u64,
    pub(crate) stored_bytes: u64,
    pub(crate) took_s: f64,
    /// Reading, opening and verifying one person's copies.
    pub(crate) read_ms: f64,
}

impl Collected {
    pub(crate) fn wire_mb(&self) -> f64 {
        real(self.wire_bytes) / 1e6
    }

    pub(crate) fn stored_mb(&self) -> f64 {
        real(self.stored_bytes) / 1e6
    }

    /// The sources' question, then each question to the core and on to its institution, each answered.
    fn asked(&mut self, questions: usize, portal_bytes: usize) -> Result<(), Failure> {
        let questions = u64::try_from(questions)?;
        self.people += 1;
        self.questions += questions;
        self.messages += 2 + 4 * questions;
        self.wire_bytes += 2 * u64::try_from(portal_bytes)?;
        Ok(())
    }
}

/// The portal's own page where everything lies there already: rows, opening and pages are the same as they would be.
pub(super) async fn reads(places: &Places, data: &Path, count: usize) -> Result<Vec<Read>, Failure> {
    let copy = gather::with_one_question(places, data).await?;
    let stage = Stage::start(places, copy.clone()).await?;
    let people = People::of(&copy).await?;
    let mut reads = Vec::new();
    for institutions in SIZES {
        say(&format!("{count} pages of what lies there already, {institutions} institutions"));
        let cards = people.known_to(institutions, READERS).await?;
        let mut browsers = people.log_in(&cards).await?;
        for browser in &mut browsers {
            browser.posts_and_fills(gather::GATHER).await?.first()?;
        }
        for browser in browsers.iter().cycle().take(count) {
            let page = browser.fills(INFORMATION).await?;
            let first_ms = ms(page.first()?);
            reads.push(Read { institutions, first_ms, all_ms: ms(page.all) });
        }
        for browser in &mut browsers {
            browser.leaves().await?;
        }
    }
    drop(people);
    stage.stop().await?;
    gather::forget(&copy)?;
    Ok(reads)
}

/// For one person of each size, and then for everybody; every kind of the demo's whitelist.
pub(super) async fn night(places: &Places, data: &Path) -> Result<(Vec<(usize, Collected)>, Collected), Failure> {
    let stage = Stage::start(places, data.to_owned()).await?;
    let people = People::of(data).await?;
    let asker = Asker::of(data)?;
    let file = places.scratch.join("beforehand.sqlite");
    let mut sizes = Vec::new();
    for institutions in SIZES {
        let card = people.known_to(institutions, 1).await?;
        people.log_in(&card).await?;
        let person = link_codes(data, true).await?;
        let mut store = Store::new(&file).await?;
        sizes.push((institutions, collect(&asker, &mut store, &person).await?));
    }
    let everybody = link_codes(data, false).await?;
    say(&format!("a night: {} people, whether or not they log in", everybody.len()));
    let mut store = Store::new(&file).await?;
    let collected = collect(&asker, &mut store, &everybody).await?;
    drop(people);
    stage.stop().await?;
    Ok((sizes, collected))
}

async fn collect(asker: &Asker, store: &mut Store, people: &[LinkCode]) -> Result<Collected, Failure> {
    let began = Instant::now();
    let mut collected = Collected::default();
    let known = people.iter().map(async |person| {
        let sources = asker.sources(person).await?;
        Ok::<_, Failure>((person, sources))
    });
    let known: Vec<(&LinkCode, Vec<Source>)> = stream::iter(known).buffered(TOGETHER).try_collect().await?;
    for people in known.chunks(TOGETHER) {
        let questions = people.iter().flat_map(|(person, sources)| sources.iter().map(move |source| (*person, source)));
        let answers = questions.map(async |(person, source)| {
            let request = asker.request(person, source);
            let answer = asker.ask(&request).await?;
            Ok::<_, Failure>((person, source, bodies(&request, &answer)?, asker.open(source, &answer)?))
        });
        let answers: Vec<_> = stream::iter(answers).buffered(TOGETHER).try_collect().await?;
        for (person, sources) in people {
            let own: Vec<_> = answers.iter().filter(|(whose, ..)| whose == person).collect();
            collected.asked(sources.len(), own.iter().map(|(_, _, bytes, _)| bytes).sum())?;
            let signed: Vec<(&Source, Vec<u8>)> =
                own.iter().filter_map(|(_, source, _, signed)| Some((*source, signed.clone()?))).collect();
            store.keep(person, &signed, SystemClock.now()).await?;
        }
    }
    collected.took_s = began.elapsed().as_secs_f64();
    (collected.rows, collected.stored_bytes) = store.size().await?;
    let person = people.first().ok_or("nobody has a folder")?;
    collected.read_ms = ms(store.read(person).await?.0);
    Ok(collected)
}

fn bodies(request: &MediationRequest, answer: &MediationAnswer) -> Result<usize, Failure> {
    Ok(serde_json::to_vec(request)?.len() + serde_json::to_vec(answer)?.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_four_messages_and_the_bytes_count_on_both_ways() {
        let mut collected = Collected::default();
        collected.asked(20, 1_000).unwrap();
        collected.asked(5, 500).unwrap();
        assert_eq!((collected.people, collected.questions, collected.messages), (2, 25, 104));
        assert_eq!(collected.wire_bytes, 3_000);
    }
}
