//! Two hundred people who gather at the same moment, and what it costs to leave while they hold what they gathered.

use std::time::Instant;

use futures::future::join_all;
use wire::card_file::CardTableRow;

use super::click::app_paths::GATHER;
use super::{People, Stage, people, share_mb, tell};
use crate::citizen::browser::{Browser, Filled};
use crate::figure::Figure;
use crate::measure::{Spread, ms, real};
use crate::processes::memory_bytes;
use crate::{Effort, Failure};

/// `cards`: first the crowd, then those who come and go.
pub(super) async fn measure(
    stage: &Stage,
    town: &People,
    cards: &[&CardTableRow],
    effort: Effort,
) -> Result<Vec<Figure>, Failure> {
    let (crowd, others) = cards.split_at(effort.people.min(cards.len()));
    tell(&format!("{} logouts with nobody else here", effort.purges));
    let alone = purges(town, others, effort.purges).await?;
    tell(&format!("{} people log in, and gather at once", crowd.len()));
    let mut browsers = town.log_in(crowd).await?;
    let portal = stage.portal.pid.to_string();
    let before = memory_bytes(&portal, "VmHWM").max(memory_bytes(&portal, "VmRSS"));
    let began = Instant::now();
    let filled = join_all(browsers.iter_mut().map(|browser| browser.posts_and_fills(GATHER))).await;
    let took = began.elapsed();
    let peak = memory_bytes(&portal, "VmHWM");
    let errors: usize = filled.iter().map(errors_of).sum();
    let pages: Vec<&Filled> = filled.iter().filter_map(|filled| filled.as_ref().ok()).collect();
    let sources: usize = pages.iter().map(|page| page.answers + page.nothing + page.failed).sum();
    let first = Spread::of(pages.iter().filter_map(|page| page.first).map(ms));
    let all = Spread::of(pages.iter().map(|page| ms(page.all)));
    tell(&format!("{} logouts while {} hold", effort.purges, crowd.len()));
    let beside = purges(town, others, effort.purges).await?;
    let left = leave(browsers).await;
    let who = people(crowd.len());
    let promised = Figure::at_most(
        &format!("{who} gather at once: sources without an answer, and pages that failed"),
        real(u64::try_from(errors)?),
        0.0,
        "",
    );
    Ok(vec![
        promised.because(format!(
            "{sources} sources shown; each known to five institutions, every kind of the demo's whitelist; all clicks within one second"
        )),
        Figure::plain(&format!("{who} gather at once: click to all shown"), all.to_string())
            .because(format!("first source shown {first}; until the last of them {:.1} s", took.as_secs_f64())),
        Figure::plain(&format!("{who} gather at once: the portal's peak memory, a session"), format!("{:.2} MB", share_mb(peak.saturating_sub(before), crowd.len())))
            .because(format!("VmHWM {:.1} MB, before {:.1} MB", real(peak) / 1e6, real(before) / 1e6)),
        Figure::plain("purge: logout with held answers until 303, alone", alone.to_string())
            .because(format!("{} logouts; median / 90th / 99th percentile; key, rows with receipt, pages of the file", effort.purges)),
        Figure::plain(&format!("the same while {who} hold"), beside.to_string())
            .because(format!("all of them leaving at once afterwards: {left}")),
    ])
}

fn errors_of(filled: &Result<Filled, Failure>) -> usize {
    match filled {
        Ok(filled) => filled.failed,
        Err(error) => {
            tell(&format!("a page failed: {error}"));
            1
        }
    }
}

async fn purges(town: &People, cards: &[&CardTableRow], count: usize) -> Result<Spread, Failure> {
    let mut took_ms = Vec::with_capacity(count);
    for card in cards.iter().cycle().take(count) {
        let mut browser = town.logs_in(card).await?;
        browser.posts_and_fills(GATHER).await?;
        took_ms.push(ms(browser.leaves().await?));
    }
    Ok(Spread::of(took_ms))
}

async fn leave(mut browsers: Vec<Browser>) -> String {
    let left = join_all(browsers.iter_mut().map(Browser::leaves)).await;
    let failed = left.iter().filter(|left| left.is_err()).count();
    let took = Spread::of(left.iter().filter_map(|left| left.as_ref().ok()).map(|took| ms(*took)));
    if failed == 0 { took.to_string() } else { format!("{took}; {failed} could not leave") }
}
