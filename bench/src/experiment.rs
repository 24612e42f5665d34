//! The experiment that the seed asks for (P-INF-2, P-INF-3): collecting on demand, code conversion included, against
//! collecting beforehand, with the volume and the exposure that the latter piles up.

mod beforehand;
mod exposure;
mod plot;
mod store;
mod table;
mod write_up;

use std::path::Path;

use crate::figure::Figure;
use crate::gather::{self, SIZES, Sample, Stage, samples_file};
use crate::measure::Spread;
use crate::places::Places;
use crate::{Effort, Failure, say};

pub(crate) use beforehand::Collected;

/// Data, plots and write-up, below the checkout.
const FOLDER: &str = "docs/experiment";
const WRITE_UP: &str = "docs/on-demand-or-beforehand.md";

/// Everything that the write-up tells.
pub(crate) struct Findings {
    /// One question to each institution, on demand.
    on_demand: Vec<Sample>,
    /// Pages read of what was collected before, by number of institutions.
    beforehand: Vec<Read>,
    /// What one night brings for a person, by number of institutions, every kind of the whitelist.
    person: Vec<(usize, Collected)>,
    /// What one night brought for everybody who has a folder.
    everybody: Collected,
}

/// One page of what was collected beforehand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Read {
    institutions: usize,
    first_ms: f64,
    all_ms: f64,
}

impl Findings {
    fn on_demand(&self, institutions: usize, of: fn(&Sample) -> f64) -> Spread {
        Spread::of(self.on_demand.iter().filter(|sample| sample.institutions == institutions).map(of))
    }

    fn beforehand(&self, institutions: usize, of: fn(&Read) -> f64) -> Spread {
        Spread::of(self.beforehand.iter().filter(|read| read.institutions == institutions).map(of))
    }
}

/// `again`: clicks are measured even if the same run has just measured some. Quick runs write into `target` alone.
pub(crate) async fn measure(places: &Places, effort: Effort, again: bool) -> Result<Vec<Figure>, Failure> {
    let data = gather::world(places).await?;
    let samples = samples_file(places);
    let on_demand = if again || !samples.is_file() {
        prepared(places, &data).await?;
        gather::one_each(places, &data, effort).await?.samples
    } else {
        say("clicks of the same run are taken");
        serde_json::from_str(&std::fs::read_to_string(&samples)?)?
    };
    let beforehand = beforehand::reads(places, &data, effort.reads).await?;
    let (person, everybody) = beforehand::night(places, &data).await?;
    let findings = Findings { on_demand, beforehand, person, everybody };
    let root = if effort.is_quick() { places.scratch.join("quick") } else { places.root.clone() };
    written(&root, &places.root, &findings)?;
    say(&format!("written to {}", root.join(FOLDER).display()));
    Ok(figures(&findings))
}

/// Folders, where this is the first measurement over the world.
async fn prepared(places: &Places, data: &Path) -> Result<(), Failure> {
    let stage = Stage::start(places, data.to_owned()).await?;
    let people = gather::People::of(data).await?;
    for institutions in SIZES {
        people.known_to(institutions, gather::TURNS).await?;
    }
    drop(people);
    stage.stop().await
}

fn written(root: &Path, checkout: &Path, findings: &Findings) -> Result<(), Failure> {
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("response-times.csv"), table::response_times(findings)?)?;
    let exposures = exposure::of(findings);
    std::fs::write(folder.join("exposure.csv"), table::exposures(&exposures)?)?;
    std::fs::write(folder.join("response-times.svg"), plot::response_times(findings)?)?;
    std::fs::write(folder.join("exposure.svg"), plot::exposures(&exposure::at_each_percent(findings))?)?;
    let text = std::fs::read_to_string(checkout.join(WRITE_UP))?;
    let text = write_up::filled(&text, findings, &exposures).ok_or("the write-up has lost its markers")?;
    Ok(std::fs::write(root.join(WRITE_UP), text)?)
}

fn figures(findings: &Findings) -> Vec<Figure> {
    let mut figures = Vec::new();
    for institutions in SIZES {
        let all = findings.on_demand(institutions, |sample| sample.all_ms);
        let read = findings.beforehand(institutions, |read| read.all_ms);
        figures.push(
            Figure::plain(
                &format!("{institutions} institutions: all shown on demand, and collected beforehand"),
                format!("{all}; {read}"),
            )
            .because("median / 90th / 99th percentile from the click; one question to each institution"),
        );
    }
    let night = &findings.everybody;
    figures.push(
        Figure::plain(
            "one night of collecting for everybody with a folder",
            format!("{} messages, {:.1} MB on the wire, {} rows", night.messages, night.wire_mb(), night.rows),
        )
        .because(format!(
            "{} people, {:.0} s, {:.1} MB at rest; bodies of messages, core to institution taken as the same again",
            night.people,
            night.took_s,
            night.stored_mb()
        )),
    );
    figures
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two clicks and two pages of each size.
    pub(super) fn findings() -> Findings {
        let sample = |institutions, all_ms| Sample {
            institutions,
            questions: institutions,
            first_ms: 60.0,
            all_ms,
            floor_ms: 130.0,
            purge_ms: 5.0,
            failed: 0,
        };
        let read = |institutions, all_ms| Read { institutions, first_ms: 6.0, all_ms };
        let collected = Collected {
            people: 1,
            messages: 82,
            questions: 20,
            wire_bytes: 100_000,
            rows: 9,
            stored_bytes: 40_960,
            took_s: 0.3,
            read_ms: 1.0,
        };
        Findings {
            on_demand: SIZES.into_iter().flat_map(|size| [sample(size, 140.0), sample(size, 150.0)]).collect(),
            beforehand: SIZES.into_iter().flat_map(|size| [read(size, 8.0), read(size, 9.0)]).collect(),
            person: SIZES.map(|size| (size, collected)).into(),
            everybody: Collected { people: 200, ..collected },
        }
    }

    #[test]
    fn each_size_is_a_figure_of_both_designs() {
        let figures = figures(&findings());
        assert_eq!(figures.len(), SIZES.len() + 1);
        assert_eq!(figures[0].measured, "140 / 150 / 150 ms; 8.0 / 9.0 / 9.0 ms");
    }
}
