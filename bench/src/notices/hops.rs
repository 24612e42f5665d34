//! Each hop of a bulk apart, with the programs around it replaced by us: the city's outbox, the core with the conversion of
//! codes, the portal's intake.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::{LinkCode, NoticeId};
use linkage::party::{CORE, DataDir, PORTAL, Party};
use runtime::{Clock as _, SystemClock, SystemRng};
use wire::notice::{DELIVERIES_PATH, Deliveries, DeliveriesAnswer, Delivery, DeliveryOutcome};

use super::bulk::a_second;
use super::carrier::Carrier;
use super::codes::Codes;
use super::ground::{Engine, Ground};
use super::sizes::Sizes;
use super::stage::{self, City};
use super::strangers::Stranger;
use super::{floor, words};
use crate::figure::Figure;
use crate::processes::cpu_of;
use crate::{Failure, demo, say};

/// As many as one message of the city names.
const AT_ONCE: usize = 5_000;

/// See the module.
pub(super) async fn measure(ground: &Ground, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let mut figures = vec![outbox(ground, sizes.hop).await?, core(ground, sizes).await?];
    for engine in Engine::BOTH {
        figures.push(intake(ground, engine, sizes).await?);
    }
    Ok(figures)
}

/// From the release to the last recipient settled, with a core that takes everything at once.
async fn outbox(ground: &Ground, recipients: usize) -> Result<Figure, Failure> {
    say(&format!("the city's outbox alone, {recipients} recipients"));
    let core = Stranger::stands_for(ground, &CORE).await?;
    let city = City::start(ground, ground.empty_tables(Engine::Sqlite, "municipality").await?, None).await?;
    let sending = city.api.begin(&words::draft("お知らせ", 0, SystemClock.now())).await?;
    city.api.upload(&sending, ground.codes.list(recipients)?).await?;
    let (cpu, began) = (cpu_of(city.pid), Instant::now());
    city.api.release(&sending).await?;
    city.rests().await?;
    let took = began.elapsed();
    let cpu = cpu_of(city.pid).saturating_sub(cpu);
    let messages = core.deliveries();
    city.stop().await?;
    core.stop().await?;
    if messages == 0 {
        return Err("nothing came to the core".into());
    }
    let name = "hop: the city's outbox to a core that answers at once";
    Ok(rate(name, recipients, took).because(format!(
        "{messages} messages; {}; reads who is next, writes what became of them",
        cpu_each(recipients, cpu)
    )))
}

/// The core between us as the city and us as the portal: every code is decrypted, confirmed and converted.
async fn core(ground: &Ground, sizes: &Sizes) -> Result<Figure, Failure> {
    let recipients = sizes.hop;
    say(&format!("the core alone, {recipients} codes"));
    let portal = Stranger::stands_for(ground, &PORTAL).await?;
    let linkage = demo::start_linkage(&ground.places, &ground.data).await?;
    let city = Party::load(&ground.city, &DataDir::new(&ground.data), Arc::new(SystemClock))?;
    let notice = NoticeId::generate(&mut SystemRng);
    let codes = Codes::shuffled(sizes.bulk).take(recipients).map(|n| ground.codes.city(n).cloned());
    let codes: Vec<LinkCode> = codes.collect::<Result<_, _>>()?;
    let ask = async |recipients: &[LinkCode]| -> Result<(), Failure> {
        let message = Deliveries { items: vec![Delivery { notice, recipients: recipients.to_vec() }] };
        let answer: DeliveriesAnswer = city.peers.post(&CORE, DELIVERIES_PATH, &message).await?;
        match answer.items.as_slice() {
            [DeliveryOutcome::Taken { undeliverable, unknown, .. }]
                if undeliverable.is_empty() && unknown.is_empty() =>
            {
                Ok(())
            }
            _ => Err("the core did not know every code".into()),
        }
    };
    // The connection, the key, the statement.
    ask(codes.get(..1).unwrap_or_default()).await?;
    let (cpu, began) = (cpu_of(linkage.pid), Instant::now());
    for some in codes.chunks(AT_ONCE) {
        ask(some).await?;
    }
    let took = began.elapsed();
    let cpu = cpu_of(linkage.pid).saturating_sub(cpu);
    linkage.stop().await?;
    portal.stop().await?;
    let name = "hop: the core, conversion of codes included, to a portal that answers at once";
    Ok(rate(name, recipients, took).because(format!(
        "{}; each code decrypted, confirmed in the table, the portal's looked up; {AT_ONCE} a message",
        cpu_each(recipients, cpu)
    )))
}

/// The portal's intake from us as the core.
async fn intake(ground: &Ground, engine: Engine, sizes: &Sizes) -> Result<Figure, Failure> {
    let recipients = sizes.hop;
    let floor = floor::portal(ground, engine, sizes.bulk, recipients).await?;
    say(&format!("the portal's intake alone on {engine}, {recipients} recipients"));
    let tables = ground.portal_tables(engine, sizes.bulk).await?;
    let portal = stage::portal(ground, &tables).await?;
    let carrier = Carrier::of(ground)?;
    let notice = carrier.letter("お知らせ", 0).await?;
    let codes = Codes::shuffled(sizes.bulk).take(recipients).map(|n| ground.codes.portal(n).cloned());
    let codes: Vec<LinkCode> = codes.collect::<Result<_, _>>()?;
    let (cpu, began) = (cpu_of(portal.pid), Instant::now());
    for some in codes.chunks(AT_ONCE) {
        carrier.deliver(notice, some.to_vec()).await?;
    }
    let took = began.elapsed();
    let cpu = cpu_of(portal.pid).saturating_sub(cpu);
    portal.stop().await?;
    let name = format!("hop: the portal's intake on {engine}");
    Ok(rate(&name, recipients, took).because(format!(
        "{:.2} × the floor of its rows ({:.1} s against {:.1} s); {}; among {} folders",
        floor.div_duration_f64(took),
        took.as_secs_f64(),
        floor.as_secs_f64(),
        cpu_each(recipients, cpu),
        sizes.bulk
    )))
}

fn rate(name: &str, recipients: usize, took: Duration) -> Figure {
    Figure::plain(name, format!("{:.0} a second", a_second(recipients, took)))
}

fn cpu_each(recipients: usize, cpu: Duration) -> String {
    format!("{:.1} µs of its CPU each", 1e6 / a_second(recipients, cpu))
}
