//! The inbox of somebody with many notices.

use std::time::{Duration, Instant};

use domain::{LinkCode, NoticeId};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use http::{StatusCode, header};
use wire::notice::Delivery;

use super::carrier::Carrier;
use super::ground::{Engine, Ground};
use super::sizes::Sizes;
use super::{sessions, stage};
use crate::figure::Figure;
use crate::host::origin;
use crate::measure::{Spread, ms, real, us};
use crate::processes::cpu_of;
use crate::{Failure, say};

const P99_MAX_MS: f64 = 15.0;
/// Letters on their way at a time.
const LETTERS_AT_ONCE: usize = 8;
/// Letters of one message.
const ITEMS_AT_ONCE: usize = 2_000;
/// A little longer than pages name what came lately (`portal::DELIVERY_AT_MOST`).
const JUST_THEN: Duration = Duration::from_secs(31);
/// Pages that are not the first one are timed so many times fewer.
const FEWER: usize = 10;

/// See the module; on each engine.
pub(super) async fn measure(ground: &Ground, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    for engine in Engine::BOTH {
        figures.extend(on(ground, engine, sizes).await?);
    }
    Ok(figures)
}

async fn on(ground: &Ground, engine: Engine, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let [folders, ..] = sizes.folders;
    let tables = ground.portal_tables(engine, folders).await?;
    let person = ground.codes.portal(0)?.clone();
    let cookies = sessions::begin(&tables, std::slice::from_ref(&person)).await?;
    let portal = stage::portal(ground, &tables).await?;
    say(&format!("{} letters to one person, on {engine}", sizes.inbox));
    let began = Instant::now();
    let carrier = Carrier::of(ground)?;
    fill(&carrier, &person, sizes.inbox).await?;
    let filled = Instant::now();
    say(&format!("they are there after {:.0} s", began.elapsed().as_secs_f64()));
    tables.know_their_sizes().await?;
    let reader = Reader::with(cookies.first().ok_or("no session")?)?;
    let few = (sizes.pages / FEWER).max(3);
    let just_then = reader.reads(portal.pid, "/notices", few).await?;
    // What came just now each page names; nobody gets thousands within that time. To others something comes all the time.
    tokio::time::sleep(JUST_THEN.saturating_sub(filled.elapsed())).await;
    let neighbour = carrier.letter("となりの人へのお知らせ", 0).await?;
    carrier.deliver(neighbour, vec![ground.codes.portal(1)?.clone()]).await?;
    let first = reader.reads(portal.pid, "/notices", sizes.pages).await?;
    let home = reader.reads(portal.pid, "/home", few).await?;
    let kind = reader.reads(portal.pid, "/notices?kind=deadline", few).await?;
    let words = reader.reads(portal.pid, "/notices?words=0000001", few).await?;
    portal.stop().await?;
    let name = format!("inbox of a folder with {} notices, on {engine}", sizes.inbox);
    Ok(vec![
        Figure::at_most(&format!("{name}: its first page, 99th percentile"), first.took.p99, P99_MAX_MS, "ms").because(
            format!(
                "{}, median / 90th / 99th percentile of {} pages, one after the other, as the browser sees it on this machine: \
                 the server's time is in it; CPU of the portal {:.0} µs a page",
                first.took,
                sizes.pages,
                us(first.cpu)
            ),
        ),
        Figure::plain(&format!("{name}: other pages"), kind.took.to_string()).because(format!(
            "those with a deadline ({:.0} µs of CPU); a search for a word that no title has, which opens them all, {} \
             ({:.0} µs); /home, which counts them, {} ({:.0} µs); the first page while all of them came within the last half \
             minute, {} ({:.0} µs)",
            us(kind.cpu),
            words.took,
            us(words.cpu),
            home.took,
            us(home.cpu),
            just_then.took,
            us(just_then.cpu)
        )),
    ])
}

/// Letters to one person, of all kinds.
pub(super) async fn fill(carrier: &Carrier, person: &LinkCode, count: usize) -> Result<(), Failure> {
    let letters = stream::iter(0..count).map(async |nth| carrier.letter(&format!("お知らせ {nth:05}"), nth).await);
    let letters: Vec<NoticeId> = letters.buffered(LETTERS_AT_ONCE).try_collect().await?;
    for some in letters.chunks(ITEMS_AT_ONCE) {
        let item = |notice: &NoticeId| Delivery { notice: *notice, recipients: vec![person.clone()] };
        carrier.deliver_all(some.iter().map(item).collect()).await?;
    }
    Ok(())
}

/// A browser that reads one page after the other.
pub(super) struct Reader {
    client: reqwest::Client,
    cookie: String,
}

/// What one page took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pages {
    pub(super) took: Spread,
    pub(super) cpu: Duration,
}

impl Reader {
    pub(super) fn with(cookie: &str) -> Result<Self, Failure> {
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { client, cookie: cookie.to_owned() })
    }

    /// So many times, after a few that are not counted.
    pub(super) async fn reads(&self, portal: u32, path: &str, times: usize) -> Result<Pages, Failure> {
        for _ in 0..3 {
            self.read(path).await?;
        }
        let cpu = cpu_of(portal);
        let mut took_ms = Vec::with_capacity(times);
        for _ in 0..times {
            took_ms.push(ms(self.read(path).await?));
        }
        let cpu = cpu_of(portal).saturating_sub(cpu).div_f64(real(u64::try_from(times)?));
        Ok(Pages { took: Spread::of(took_ms), cpu })
    }

    async fn read(&self, path: &str) -> Result<Duration, Failure> {
        let request = self.client.get(format!("{}{path}", origin())).header(header::COOKIE, &self.cookie);
        let request = request.header(header::ACCEPT_LANGUAGE, "ja").header(header::ACCEPT, "text/html");
        let began = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        answer.bytes().await?;
        let took = began.elapsed();
        if status == StatusCode::OK { Ok(took) } else { Err(format!("{path} answers {status}").into()) }
    }
}
