//! One letter to many people: from the first byte of the list at the city to the last notice in the portal's tables.

use std::time::{Duration, Instant};

use runtime::{Clock as _, SystemClock};

use super::floor;
use super::ground::{Engine, Ground};
use super::sizes::Sizes;
use super::stage::{Stage, Used, all_readable};
use super::words;
use crate::figure::Figure;
use crate::measure::real;
use crate::{Failure, say};

const FLOOR_MIN: f64 = 0.3;
const AIM: f64 = 0.5;
const PEAK_MAX_MB: f64 = 150.0;

/// How long it took, and what the programs used.
struct Bulk {
    recipients: usize,
    upload: Duration,
    whole: Duration,
    used: Used,
}

/// With the portal on each engine: end to end against the floor, the upload by itself, and memory.
pub(super) async fn measure(ground: &Ground, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    say(&format!("the floor of the city's tables, {} rows", sizes.bulk));
    let at_city = floor::city(ground, sizes.bulk).await?;
    for engine in Engine::BOTH {
        say(&format!("the floor of the portal's tables on {engine}, {} rows", sizes.bulk));
        let at_portal = floor::portal(ground, engine, sizes.bulk, sizes.bulk).await?;
        let small = bulk(ground, engine, sizes.bulk, sizes.small_bulk()).await?;
        let large = bulk(ground, engine, sizes.bulk, sizes.bulk).await?;
        figures.extend(told(engine, &large, at_city, at_portal));
        figures.push(memory(engine, &small, &large));
    }
    Ok(figures)
}

async fn bulk(ground: &Ground, engine: Engine, folders: usize, recipients: usize) -> Result<Bulk, Failure> {
    let portal = ground.portal_tables(engine, folders).await?;
    let city = ground.empty_tables(Engine::Sqlite, "municipality").await?;
    let list = ground.codes.list(recipients)?;
    let stage = Stage::start(ground, city, &portal).await?;
    let mut look = portal.look().await?;
    say(&format!("one letter to {recipients} people, the portal on {engine}"));
    let api = &stage.city.api;
    let sending = api.begin(&words::draft("児童手当の現況届を出してください", 3, SystemClock.now())).await?;
    let began = Instant::now();
    let kept = api.upload(&sending, list).await?;
    let upload = began.elapsed();
    if kept != u64::try_from(recipients)? {
        return Err(format!("the city kept {kept} of {recipients} recipients").into());
    }
    api.release(&sending).await?;
    all_readable(&mut look, &sending, recipients).await?;
    let whole = began.elapsed();
    stage.city.rests().await?;
    let notices = "SELECT count(*) FROM notice JOIN letter ON letter.id = notice.letter_id WHERE letter.notice_id = $1";
    let there = look.number_of(notices, sending.as_bytes()).await?;
    if there != kept {
        return Err(format!("{there} notices are in the portal's tables, and {kept} were sent").into());
    }
    let used = stage.used();
    stage.stop().await?;
    Ok(Bulk { recipients, upload, whole, used })
}

fn told(engine: Engine, bulk: &Bulk, at_city: Duration, at_portal: Duration) -> [Figure; 2] {
    let rate = |time: Duration| a_second(bulk.recipients, time);
    let floor = at_city + at_portal;
    let delivering = bulk.whole.saturating_sub(bulk.upload);
    let [city, linkage, portal] = bulk.used.cpu.map(|cpu| cpu.as_secs_f64());
    let name = format!("one letter to {} people, the portal on {engine}", bulk.recipients);
    let ratio = floor.div_duration_f64(bulk.whole);
    let aim = if ratio >= AIM { "reached" } else { "not reached" };
    [
        Figure::at_least(&format!("{name}: upload to readable, against the floor"), ratio, FLOOR_MIN, "×").because(format!(
            "{:.1} s ({:.0} a second) against {:.1} s: the city's rows {:.1} s, the portal's {:.1} s; the aim of {AIM} × is \
             {aim}; the list {:.1} s, then deliveries with conversion of every code {:.1} s; against the portal's rows alone \
             {:.2} ×; CPU of city, linkage backend and portal {city:.1} s, {linkage:.1} s, {portal:.1} s",
            bulk.whole.as_secs_f64(),
            rate(bulk.whole),
            floor.as_secs_f64(),
            at_city.as_secs_f64(),
            at_portal.as_secs_f64(),
            bulk.upload.as_secs_f64(),
            delivering.as_secs_f64(),
            at_portal.div_duration_f64(bulk.whole),
        )),
        Figure::plain(
            &format!("{name}: the list at the city, against the floor of its rows"),
            format!("{:.2} ×", at_city.div_duration_f64(bulk.upload)),
        )
        .because(format!("{:.0} lines a second, durable, each looked at as the notice that it becomes", rate(bulk.upload))),
    ]
}

fn memory(engine: Engine, small: &Bulk, large: &Bulk) -> Figure {
    let mb = |bytes: u64| real(bytes) / 1e6;
    let each = |bulk: &Bulk| {
        let [city, linkage, portal] = bulk.used.peak_bytes.map(mb);
        format!("{city:.0} / {linkage:.0} / {portal:.0} MB for {} people", bulk.recipients)
    };
    let most = large.used.peak_bytes.into_iter().map(mb).fold(0.0, f64::max);
    let name = format!("the same on {engine}: peak memory of the largest of the three processes");
    Figure::at_most(&name, most, PEAK_MAX_MB, "MB").because(format!(
        "VmHWM of city, linkage backend and portal: {}, {}",
        each(small),
        each(large)
    ))
}

/// So many in this time, as a rate.
pub(super) fn a_second(count: usize, time: Duration) -> f64 {
    real(u64::try_from(count).unwrap_or(u64::MAX)) / time.as_secs_f64()
}
