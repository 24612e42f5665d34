//! Files to take home: how long a long document takes, and whether five hundred of them leave anything in memory.

mod document;
mod files;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::try_join_all;

use crate::citizen::browser::Browser;
use crate::figure::Figure;
use crate::gather::{Asker, People, Stage, link_codes, world};
use crate::measure::{Spread, median, real};
use crate::places::Places;
use crate::processes::memory_bytes;
use crate::{Effort, Failure, say};

const DOCUMENT_MAX_S: f64 = 2.0;
const PAGES: usize = 40;
/// Allocator and database have settled after so many files, at most.
const SETTLED_AFTER: usize = 50;
/// Of the portal's resident memory between the two looks; what is called flat here.
const GROWTH_MAX_MB: f64 = 4.0;
/// As many as the portal typesets at a time.
const TOGETHER: usize = 2;

pub(crate) async fn measure(places: &Places, effort: Effort) -> Result<Vec<Figure>, Failure> {
    let data = world(places).await?;
    let stage = Stage::start(places, data.clone()).await?;
    let people = People::of(&data).await?;
    let mut figures = document(places, &data, &people, effort).await?;
    figures.extend(files(&stage, &people, effort).await?);
    drop(people);
    stage.stop().await?;
    Ok(figures)
}

/// The answers of somebody whom twenty institutions know, as many as fill the pages.
async fn document(places: &Places, data: &Path, people: &People, effort: Effort) -> Result<Vec<Figure>, Failure> {
    say("a document of forty pages");
    let card = people.known_to(20, 1).await?;
    people.log_in(&card).await?;
    let code = link_codes(data, true).await?.pop().ok_or("nobody is logged in")?;
    let answers = document::answers(&Asker::of(data)?, &code).await?;
    let (job, pages) = document::of_pages(places, &answers, PAGES).await?;
    let mut made = Vec::new();
    for _ in 0..effort.documents {
        made.push(document::typeset(places, &job).await?);
    }
    let seconds = median(made.iter().map(|made| made.took.as_secs_f64()).collect());
    let peak = made.iter().map(|made| made.peak_bytes).max().unwrap_or_default();
    let bytes = made.first().map_or(0, |made| made.pdf.len());
    Ok(vec![Figure::at_most(&format!("PDF of {pages} pages"), seconds, DOCUMENT_MAX_S, "s").because(format!(
        "`my-portal-pdf` from its start to its end, median of {}; PDF/A-2a, tagged; {} answers; {} kB; peak memory of \
             the process {:.0} MB (VmHWM)",
        made.len(),
        answers.len(),
        bytes / 1000,
        real(peak) / 1e6
    ))])
}

async fn files(stage: &Stage, people: &People, effort: Effort) -> Result<Vec<Figure>, Failure> {
    let cards = people.known_to(5, TOGETHER).await?;
    let mut browsers = people.log_in(&cards).await?;
    for browser in &mut browsers {
        browser.posts_and_fills("/information/gather").await?;
    }
    let portal = stage.portal.pid;
    let resident = || real(memory_bytes(&portal.to_string(), "VmRSS")) / 1e6;
    let settled_after = SETTLED_AFTER.min(effort.exports / 2);
    say(&format!("{} files to take home", effort.exports));
    let early = made(portal, &mut browsers, settled_after).await?;
    let before = resident();
    let late = made(portal, &mut browsers, effort.exports - settled_after).await?;
    let after = resident();
    let peak = real(memory_bytes(&portal.to_string(), "VmHWM")) / 1e6;
    let mut zips = Vec::new();
    for _ in 0..effort.documents {
        for browser in &mut browsers {
            zips.push(files::take(browser, "zip").await?);
        }
    }
    let zip = Spread::of(zips.iter().map(|file| crate::measure::ms(file.took)));
    let bytes = zips.iter().map(|file| file.bytes).max().unwrap_or_default();
    let pdfs = Spread::of(early.took.iter().chain(&late.took).map(|took| crate::measure::ms(*took)));
    for mut browser in browsers {
        browser.leaves().await?;
    }
    Ok(vec![
        Figure::at_most(
            &format!("growth of the portal's memory from the {settled_after}th to the {}th PDF", effort.exports),
            after - before,
            GROWTH_MAX_MB,
            "MB",
        )
        .because(format!("VmRSS {before:.1} MB, then {after:.1} MB; peak (VmHWM) {peak:.1} MB")),
        Figure::plain("peak memory of a PDF process", format!("{:.0} MB", real(late.peak_bytes) / 1e6)).because(
            format!("VmHWM, the largest; {:.0} MB among the first {settled_after}", real(early.peak_bytes) / 1e6),
        ),
        Figure::plain("PDF of the own answers: click to ready", pdfs.to_string())
            .because(format!("two people at a time, known to five institutions; {} kB", late.bytes / 1000)),
        Figure::plain("ZIP with everything: click to ready", zip.to_string()).because(format!(
            "PDF, page, CSV, JSON, signatures; {} files of up to {} kB",
            zips.len(),
            bytes / 1000
        )),
    ])
}

/// What a number of files came to.
struct Made {
    took: Vec<Duration>,
    bytes: usize,
    peak_bytes: u64,
}

async fn made(portal: u32, browsers: &mut [Browser], count: usize) -> Result<Made, Failure> {
    let watch = files::Watch::over_children_of(portal);
    let left = Arc::new(AtomicUsize::new(count));
    let makers = browsers.iter_mut().map(|browser| {
        let left = Arc::clone(&left);
        async move {
            let mut made = Vec::new();
            while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok() {
                made.push(files::take(browser, "pdf").await?);
            }
            Ok::<_, Failure>(made)
        }
    });
    let files: Vec<files::File> = try_join_all(makers).await?.into_iter().flatten().collect();
    Ok(Made {
        took: files.iter().map(|file| file.took).collect(),
        bytes: files.iter().map(|file| file.bytes).max().unwrap_or_default(),
        peak_bytes: watch.stop().await,
    })
}
