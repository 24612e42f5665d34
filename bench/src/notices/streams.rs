//! Many pages that lie open: what each costs, and how soon all of them hear of one letter.

use std::time::{Duration, Instant};

use domain::LinkCode;
use futures::future::{join_all, try_join_all};

use super::carrier::Carrier;
use super::events::Events;
use super::ground::{Engine, Ground};
use super::sizes::Sizes;
use super::{sessions, stage};
use crate::figure::Figure;
use crate::measure::{Spread, ms, real};
use crate::processes::memory_bytes;
use crate::{Failure, say};

/// Pages of one browser: as many as may listen.
const EACH: usize = 4;
/// A page looks at most every two seconds.
const APART: Duration = Duration::from_millis(2_600);
/// What opening them needed for a moment is given back.
const REST: Duration = Duration::from_secs(3);
const OPENED_AT_ONCE: usize = 50;

/// See the module.
pub(super) async fn measure(ground: &Ground, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let [folders, ..] = sizes.folders;
    let tables = ground.portal_tables(Engine::Sqlite, folders).await?;
    let people: Vec<LinkCode> = ground.codes.folders(sizes.streams / EACH).to_vec();
    let cookies = sessions::begin(&tables, &people).await?;
    let portal = stage::portal(ground, &tables).await?;
    let carrier = Carrier::of(ground)?;
    let client = reqwest::Client::builder().no_proxy().http1_only().build()?;
    say(&format!("{} event streams of {} sessions", sizes.streams, people.len()));
    // Everybody's first look is over, and the portal knows its pace.
    let warm: Vec<&String> = cookies.iter().take(10).collect();
    drop(try_join_all(warm.into_iter().map(|cookie| Events::open(&client, cookie))).await?);
    tokio::time::sleep(REST).await;
    let pid = portal.pid.to_string();
    let before = memory_bytes(&pid, "VmRSS");
    let mut events = Vec::with_capacity(sizes.streams);
    let wanted: Vec<&String> = cookies.iter().flat_map(|cookie| [cookie; EACH]).collect();
    for some in wanted.chunks(OPENED_AT_ONCE) {
        events.extend(try_join_all(some.iter().map(|cookie| Events::open(&client, cookie))).await?);
    }
    tokio::time::sleep(REST).await;
    let grown = memory_bytes(&pid, "VmRSS").saturating_sub(before);

    let mut heard_ms = Vec::new();
    for ring in 0..sizes.rings {
        let letter = carrier.letter(&format!("お知らせ {ring:04}"), ring).await?;
        let began = Instant::now();
        let listening = join_all(events.iter_mut().map(async |events| {
            events.arrival().await?;
            Ok::<_, Failure>(began.elapsed())
        }));
        let (delivered, heard) = futures::join!(carrier.deliver(letter, people.clone()), listening);
        delivered?;
        for heard in heard {
            heard_ms.push(ms(heard?));
        }
        tokio::time::sleep(APART).await;
    }
    portal.stop().await?;
    let heard = Spread::of(heard_ms);
    let name = format!("{} open event streams", sizes.streams);
    let each = real(grown) / 1e3 / real(u64::try_from(sizes.streams)?);
    Ok(vec![
        Figure::plain(&format!("{name}: memory of the portal, a stream"), format!("{each:.1} kB")).because(format!(
            "growth of VmRSS by {:.1} MB; {} sessions, {EACH} pages each, plain HTTP",
            real(grown) / 1e6,
            people.len()
        )),
        Figure::plain(&format!("{name}: delivery at the portal to heard"), heard.to_string()).because(format!(
            "median / 90th / 99th percentile of {} letters to all {} people, at each of their pages; we and the portal on \
             the same cores",
            sizes.rings,
            people.len()
        )),
    ])
}
