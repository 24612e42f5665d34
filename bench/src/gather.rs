//! From the citizen's click to everything that institutions hold, against the slowest institution alone; two hundred
//! people at once; and how long it takes to erase it all again.

mod asker;
mod click;
mod conversion;
mod crowd;
mod people;
mod stage;

use std::path::Path;

use crate::figure::Figure;
use crate::measure::{Spread, real};
use crate::places::Places;
use crate::{Effort, Failure, say};

pub(crate) use asker::{Asker, link_codes};
pub(crate) use click::app_paths::{GATHER, INFORMATION};
pub(crate) use click::{PEOPLE as TURNS, Sample, samples_file};
pub(crate) use people::People;
pub(crate) use stage::{LATENCY, Questions, Stage, forget, with_one_question, world};

const OVERHEAD_MAX_MS: f64 = 15.0;
/// Institutions that know the person.
pub(crate) const SIZES: [usize; 3] = [5, 10, 20];

/// Everything, with the demo's whitelist and with one question to each institution.
pub(crate) async fn measure(places: &Places, effort: Effort) -> Result<Vec<Figure>, Failure> {
    let data = world(places).await?;
    let stage = Stage::start(places, data.clone()).await?;
    let people = People::of(&data).await?;
    // Everybody's folder is there before anything is measured, and goes into the copy of the world.
    let crowd = people.known_to(5, effort.people + click::PEOPLE).await?;
    for institutions in [10, 20] {
        people.known_to(institutions, click::PEOPLE).await?;
    }
    let mut figures = crowd::measure(&stage, &people, &crowd, effort).await?;
    let all_kinds = click::all(&stage, &people, Questions::AllKinds, effort.clicks_all_kinds).await?;
    drop(people);
    stage.stop().await?;

    let one = one_each(places, &data, effort).await?;
    std::fs::write(samples_file(places), serde_json::to_string(&one.samples)?)?;
    let mut told = Vec::new();
    for institutions in SIZES {
        told.extend(clicks(&one, institutions, "one question to each"));
    }
    for institutions in SIZES {
        told.extend(clicks(&all_kinds, institutions, "every kind of the demo's whitelist"));
    }
    told.append(&mut figures);
    Ok(told)
}

/// Clicks where each institution is asked once.
pub(crate) async fn one_each(places: &Places, data: &Path, effort: Effort) -> Result<click::Clicks, Failure> {
    let copy = with_one_question(places, data).await?;
    let stage = Stage::start(places, copy.clone()).await?;
    let people = People::of(&copy).await?;
    let clicks = click::all(&stage, &people, Questions::One, effort.clicks).await?;
    drop(people);
    stage.stop().await?;
    forget(&copy)?;
    Ok(clicks)
}

fn clicks(clicks: &click::Clicks, institutions: usize, which: &str) -> Vec<Figure> {
    let samples: Vec<&Sample> = clicks.samples.iter().filter(|sample| sample.institutions == institutions).collect();
    let spread = |of: fn(&Sample) -> f64| Spread::of(samples.iter().map(|sample| of(sample)));
    let (first, all, floor) = (spread(|s| s.first_ms), spread(|s| s.all_ms), spread(|s| s.floor_ms));
    let overhead = spread(Sample::overhead_ms);
    let questions = samples.first().map_or(0, |sample| sample.questions);
    let failed: u64 = samples.iter().map(|sample| sample.failed).sum();
    let name = format!("{institutions} institutions, {which} ({questions} questions)");
    let conversion = clicks.conversion.iter().find(|(size, _)| *size == institutions).map(|(_, spread)| *spread);
    let conversion = conversion.unwrap_or_default();
    vec![
        Figure::plain(&format!("{name}: click to first source shown"), first.to_string()).because(format!(
            "median / 90th / 99th percentile of {} clicks of {} citizens",
            samples.len(),
            click::PEOPLE.min(samples.len())
        )),
        Figure::plain(&format!("{name}: click to all shown"), all.to_string())
            .because(format!("the slowest source alone: {floor}; {failed} sources gave no answer")),
        Figure::at_most(&format!("{name}: overhead, 99th percentile"), overhead.p99, OVERHEAD_MAX_MS, "ms").because(
            format!(
                "all shown, less the slowest source of the same citizen alone; {overhead}; in it the core's part of each \
                 question, with the conversion of the code: {conversion}"
            ),
        ),
    ]
}

/// For the name of a figure.
fn people(count: usize) -> String {
    format!("{count} people")
}

/// Megabytes of each of so many.
fn share_mb(bytes: u64, of: usize) -> f64 {
    real(bytes) / 1e6 / real(u64::try_from(of.max(1)).unwrap_or(u64::MAX))
}

/// What is done, for whoever watches.
fn tell(text: &str) {
    say(text);
}
