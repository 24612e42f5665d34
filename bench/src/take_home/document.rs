//! A document by `my-portal-pdf`, as the portal would let it be made.

use std::process::Stdio;
use std::time::{Duration, Instant};

use domain::{LinkCode, Locale};
use export::{Export, Part};
use futures::future::try_join_all;
use jiff::Timestamp;
use pki::cms;
use runtime::{Clock as _, SystemClock};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use wire::mediation::AnswerContent;
use wording::Years;

use crate::Failure;
use crate::gather::Asker;
use crate::places::Places;
use crate::processes::memory_bytes;

const LOOK: Duration = Duration::from_millis(5);

/// A document, and what it cost.
pub(super) struct Made {
    pub(super) pdf: Vec<u8>,
    pub(super) took: Duration,
    pub(super) peak_bytes: u64,
}

/// What all institutions answer about somebody, each signed by its institution.
pub(super) async fn answers(asker: &Asker, person: &LinkCode) -> Result<Vec<Part>, Failure> {
    let sources = asker.sources(person).await?;
    let now = SystemClock.now();
    let parts = try_join_all(sources.iter().map(async |source| {
        let answer = asker.ask(&asker.request(person, source)).await?;
        asker.open(source, &answer)?.map(|signed| part(signed, now)).transpose()
    }))
    .await?;
    Ok(parts.into_iter().flatten().collect())
}

fn part(signed: Vec<u8>, answered_at: Timestamp) -> Result<Part, Failure> {
    let content = cms::verify(&signed, None)?.content;
    let AnswerContent { provider, info_kind, .. } = serde_json::from_slice(&content)?;
    Ok(Part { provider, info_kind, answered_at, content, signed })
}

/// A job of at least so many pages, as near as whole answers come to it.
pub(super) async fn of_pages(places: &Places, answers: &[Part], pages: usize) -> Result<(Vec<u8>, usize), Failure> {
    let mut count = answers.len();
    for _ in 0..4 {
        let job = job(answers, count)?;
        let came = pages_of(places, &typeset(places, &job).await?.pdf).await?;
        if (pages..=pages + 1).contains(&came) {
            return Ok((job, came));
        }
        // Titles and contents take pages of their own, so this comes nearer with each round.
        count = (count * pages).div_ceil(came.max(1)).max(1);
    }
    let job = job(answers, count)?;
    let came = pages_of(places, &typeset(places, &job).await?.pdf).await?;
    Ok((job, came))
}

fn job(answers: &[Part], count: usize) -> Result<Vec<u8>, Failure> {
    let export = Export {
        made_at: SystemClock.now(),
        locale: Locale::Ja,
        years: Years::default(),
        parts: answers.iter().cycle().take(count).cloned().collect(),
        records: None,
    };
    Ok(serde_json::to_vec(&export::pdf::job(&export.tell()?))?)
}

/// From the start of the process to its end.
pub(super) async fn typeset(places: &Places, job: &[u8]) -> Result<Made, Failure> {
    let mut command = Command::new(places.program("my-portal-pdf")?);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).kill_on_drop(true);
    let began = Instant::now();
    let mut child = command.spawn()?;
    let id = child.id().ok_or("ended at once")?.to_string();
    let (mut hears, mut tells) = child.stdin.take().zip(child.stdout.take()).ok_or("no streams")?;
    let work = async {
        let mut pdf = Vec::new();
        let fed = async {
            hears.write_all(job).await?;
            drop(hears);
            Ok::<_, std::io::Error>(())
        };
        tokio::try_join!(fed, tells.read_to_end(&mut pdf))?;
        Ok::<_, std::io::Error>((child.wait().await?, pdf))
    };
    let mut peak_bytes = 0;
    let mut work = std::pin::pin!(work);
    let (status, pdf) = loop {
        match tokio::time::timeout(LOOK, &mut work).await {
            Ok(ended) => break ended?,
            Err(_) => peak_bytes = memory_bytes(&id, "VmHWM").max(peak_bytes),
        }
    };
    let took = began.elapsed();
    if status.success() { Ok(Made { pdf, took, peak_bytes }) } else { Err(format!("my-portal-pdf: {status}").into()) }
}

async fn pages_of(places: &Places, pdf: &[u8]) -> Result<usize, Failure> {
    let path = places.scratch.join("document.pdf");
    std::fs::write(&path, pdf)?;
    let output = Command::new("pdfinfo").arg(&path).output().await.map_err(|error| format!("pdfinfo: {error}"))?;
    pages_said(&String::from_utf8_lossy(&output.stdout)).ok_or_else(|| "pdfinfo says no number of pages".into())
}

fn pages_said(info: &str) -> Option<usize> {
    info.lines().find_map(|line| line.strip_prefix("Pages:"))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_pages_is_read() {
        assert_eq!(pages_said("Title:  x\nPages:           40\nPage size: A4\n"), Some(40));
        assert_eq!(pages_said("Syntax Error"), None);
    }
}
