//! Clicks of single citizens, one after the other: log in, gather, log out.

use std::path::PathBuf;

use runtime::{Clock as _, SystemClock};

use super::{Asker, People, Questions, SIZES, Stage, conversion, link_codes, tell};
use crate::Failure;
use crate::measure::{Spread, ms};
use crate::places::Places;

/// Citizens of each size who take turns.
pub(crate) const PEOPLE: usize = 12;

/// One click.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Sample {
    /// That know the person.
    pub(crate) institutions: usize,
    /// That were put.
    pub(crate) questions: usize,
    /// From the click to the first source on the page.
    pub(crate) first_ms: f64,
    /// To the whole page.
    pub(crate) all_ms: f64,
    /// The slowest source of this citizen, asked alone.
    pub(crate) floor_ms: f64,
    /// The logout afterwards, until the portal leads on.
    pub(crate) purge_ms: f64,
    /// Sources without an answer.
    pub(crate) failed: u64,
}

impl Sample {
    /// What the portal adds.
    pub(crate) fn overhead_ms(&self) -> f64 {
        self.all_ms - self.floor_ms
    }
}

/// Clicks, and the core's part of their questions by number of institutions.
pub(crate) struct Clicks {
    pub(crate) samples: Vec<Sample>,
    pub(crate) conversion: Vec<(usize, Spread)>,
}

/// Where they are kept for the experiment of the same run.
pub(crate) fn samples_file(places: &Places) -> PathBuf {
    places.scratch.join("gather-samples.json")
}

/// So many clicks for each number of institutions.
pub(crate) async fn all(
    stage: &Stage,
    people: &People,
    questions: Questions,
    clicks: usize,
) -> Result<Clicks, Failure> {
    let asker = Asker::of(&stage.data)?;
    let mut told = Clicks { samples: Vec::new(), conversion: Vec::new() };
    for institutions in SIZES {
        tell(&format!("{clicks} clicks, {institutions} institutions, {questions:?}"));
        let cards = people.known_to(institutions, PEOPLE.min(clicks)).await?;
        let mut floors = Vec::with_capacity(cards.len());
        for card in &cards {
            people.logs_in(card).await?;
            let code = link_codes(&stage.data, true).await?.pop().ok_or("nobody is logged in")?;
            floors.push(asker.slowest_alone(&code).await?);
        }
        let since = SystemClock.now();
        for (card, (floor, questions)) in cards.iter().zip(&floors).cycle().take(clicks) {
            let mut browser = people.logs_in(card).await?;
            let filled = browser.posts_and_fills(app_paths::GATHER).await?;
            let purge = browser.leaves().await?;
            told.samples.push(Sample {
                institutions,
                questions: *questions,
                first_ms: ms(filled.first()?),
                all_ms: ms(filled.all),
                floor_ms: ms(*floor),
                purge_ms: ms(purge),
                failed: u64::try_from(filled.failed)?,
            });
        }
        told.conversion.push((institutions, conversion::since(&stage.data, since).await?));
    }
    Ok(told)
}

/// Addresses of the portal's pages, as a browser finds them in its forms and links.
pub(crate) mod app_paths {
    pub(crate) const GATHER: &str = "/information/gather";
    pub(crate) const INFORMATION: &str = "/information";
}
