//! One notice from the city's system to the page of somebody who is looking: with a card, a browser and an open page.

use std::sync::Arc;
use std::time::{Duration, Instant};

use card::testing::RunningReader;
use domain::LinkCode;
use http::header;
use rand_core::Rng as _;
use runtime::{Clock as _, SystemClock, SystemRng};

use super::events::Events;
use super::ground::{Engine, Ground, Tables};
use super::sizes::Sizes;
use super::stage::Stage;
use super::words;
use crate::citizen::{ANSWER_PATH, card_row, register};
use crate::figure::Figure;
use crate::host::origin;
use crate::measure::{Spread, ms};
use crate::{Failure, say};

/// A page looks at most every two seconds: whoever posts more often would measure that.
const APART: Duration = Duration::from_millis(2_100);
const MORE_MS: u32 = 400;
const PATIENCE: Duration = Duration::from_secs(30);

/// See the module.
pub(super) async fn measure(ground: &Ground, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let [folders, ..] = sizes.folders;
    let portal = ground.portal_tables(Engine::Sqlite, folders).await?;
    let stage = Stage::start(ground, ground.empty_tables(Engine::Sqlite, "municipality").await?, &portal).await?;
    say("a citizen registers with a card and opens a page");
    let asker = card::reader::Portal::new(&origin(), ANSWER_PATH)?;
    let reader = RunningReader::start(&ground.data, std::slice::from_ref(&asker), Arc::new(SystemClock)).await?;
    let browser = register(&origin(), &reader.holder()?, &card_row(&ground.data)?).await?;
    let cookie = browser.cookie().ok_or("no session")?;
    let person = ground.codes.city_of(&newest_folder(&portal).await?).ok_or("a citizen without a code at the city")?;

    let client = reqwest::Client::builder().no_proxy().http1_only().build()?;
    let mut events = Events::open(&client, &cookie).await?;
    say(&format!("{} notices, one after the other", sizes.seen));
    let (mut taken_ms, mut heard_ms, mut shown_ms) = (Vec::new(), Vec::new(), Vec::new());
    for nth in 0..sizes.seen {
        tokio::time::sleep(APART + Duration::from_millis(u64::from(SystemRng.next_u32() % MORE_MS))).await;
        // Without kinds that wait for the person: what is new stands first in the list.
        let title = format!("お知らせ {nth:05}");
        let body = words::post(&title, 0, person, None, SystemClock.now());
        stage.city.api.token().await?;
        let began = Instant::now();
        stage.city.api.send(body).await?;
        taken_ms.push(ms(began.elapsed()));
        tokio::time::timeout(PATIENCE, events.arrival()).await??;
        heard_ms.push(ms(began.elapsed()));
        let page =
            client.get(format!("{}/notices", origin())).header(header::COOKIE, &cookie).send().await?.text().await?;
        if !page.contains(&title) {
            return Err(format!("the page does not show {title}").into());
        }
        shown_ms.push(ms(began.elapsed()));
    }
    drop(events);
    stage.stop().await?;
    let [taken, heard, shown] = [taken_ms, heard_ms, shown_ms].map(Spread::of);
    Ok(vec![Figure::plain("one notice: post to visible in an open inbox", shown.to_string()).because(format!(
        "median / 90th / 99th percentile of {} notices, more than two seconds apart; accepted {taken}; the open page \
             hears of it {heard}; then the page is asked for and shows it; city, core and portal on SQLite",
        sizes.seen
    ))])
}

/// The portal's name of whoever registered last.
async fn newest_folder(portal: &Tables) -> Result<LinkCode, Failure> {
    let code = portal.look().await?.bytes("SELECT link_code FROM folder ORDER BY opened_at DESC LIMIT 1").await?;
    Ok(LinkCode::try_from(code.as_slice())?)
}
