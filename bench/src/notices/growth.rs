//! What must not grow with the number of folders: the intake of letters, and a person's inbox.

use std::time::Instant;

use domain::LinkCode;

use super::carrier::Carrier;
use super::codes::Codes;
use super::ground::{Engine, Ground};
use super::inbox::{Reader, fill};
use super::sizes::Sizes;
use super::{sessions, stage};
use crate::figure::Figure;
use crate::measure::{median, ms, real, us};
use crate::processes::cpu_of;
use crate::{Failure, say};

/// Within 20 %.
const GROWTH_MAX: f64 = 1.2;
/// Notices of the person whose page is read: a page and a little.
const NOTICES: usize = 60;

/// What it costs among so many folders.
#[derive(Clone, Copy)]
struct Costs {
    /// A letter to many, each of them.
    many_us: f64,
    /// Its CPU at the portal.
    many_cpu_us: f64,
    /// A letter to one.
    one_ms: f64,
    /// A page of the inbox.
    page_ms: f64,
    page_cpu_us: f64,
}

impl Costs {
    /// Of what was seen again and again.
    fn median(seen: &[Self]) -> Self {
        let of = |what: fn(&Self) -> f64| median(seen.iter().map(what).collect());
        Self {
            many_us: of(|costs| costs.many_us),
            many_cpu_us: of(|costs| costs.many_cpu_us),
            one_ms: of(|costs| costs.one_ms),
            page_ms: of(|costs| costs.page_ms),
            page_cpu_us: of(|costs| costs.page_cpu_us),
        }
    }
}

/// See the module; on each engine. All sizes in turn, and again: a machine that is slower for a while is so for all of them.
pub(super) async fn measure(ground: &Ground, sizes: &Sizes) -> Result<Vec<Figure>, Failure> {
    let mut figures = Vec::new();
    for engine in Engine::BOTH {
        let mut seen = sizes.folders.map(|folders| (folders, Vec::new()));
        for round in 1..=sizes.rounds {
            for (folders, costs) in &mut seen {
                say(&format!("intake and inbox among {folders} folders, on {engine}, round {round}"));
                costs.push(among(ground, engine, *folders, sizes).await?);
            }
        }
        let costs = seen.map(|(_, costs)| Costs::median(&costs));
        figures.extend(told(engine, &costs, sizes));
    }
    Ok(figures)
}

async fn among(ground: &Ground, engine: Engine, folders: usize, sizes: &Sizes) -> Result<Costs, Failure> {
    let tables = ground.portal_tables(engine, folders).await?;
    let person = ground.codes.portal(0)?.clone();
    let cookies = sessions::begin(&tables, std::slice::from_ref(&person)).await?;
    let portal = stage::portal(ground, &tables).await?;
    let carrier = Carrier::of(ground)?;
    fill(&carrier, &person, NOTICES).await?;
    let reader = Reader::with(cookies.first().ok_or("no session")?)?;
    let pages = reader.reads(portal.pid, "/notices", sizes.pages).await?;

    let mut one_ms = Vec::new();
    let everybody = Codes::shuffled(folders).cycle();
    for (nth, n) in everybody.clone().take(sizes.letters).enumerate() {
        let to = vec![ground.codes.portal(n)?.clone()];
        let began = Instant::now();
        let letter = carrier.letter("お知らせ", nth).await?;
        carrier.deliver(letter, to).await?;
        one_ms.push(ms(began.elapsed()));
    }

    let (mut many_us, cpu) = (Vec::new(), cpu_of(portal.pid));
    let mut everybody = everybody;
    for nth in 0..sizes.letters {
        let letter = carrier.letter("お知らせ", nth).await?;
        let to = everybody.by_ref().take(sizes.each_letter).map(|n| ground.codes.portal(n).cloned());
        let to: Vec<LinkCode> = to.collect::<Result<_, _>>()?;
        let began = Instant::now();
        carrier.deliver(letter, to).await?;
        many_us.push(us(began.elapsed()) / real(u64::try_from(sizes.each_letter)?));
    }
    let cpu = cpu_of(portal.pid).saturating_sub(cpu);
    portal.stop().await?;
    let delivered = u64::try_from(sizes.letters * sizes.each_letter)?;
    Ok(Costs {
        many_us: median(many_us),
        many_cpu_us: us(cpu) / real(delivered),
        one_ms: median(one_ms),
        page_ms: pages.took.p50,
        page_cpu_us: us(pages.cpu),
    })
}

fn told(engine: Engine, costs: &[Costs], sizes: &Sizes) -> [Figure; 3] {
    let sizes_told = sizes.folders.map(|folders| folders.to_string()).join(", ");
    let each = |of: &dyn Fn(&Costs) -> String| costs.iter().map(of).collect::<Vec<_>>().join(", ");
    let figure = |what: &str, of: &dyn Fn(&Costs) -> f64, note: String| {
        let name = format!("among {sizes_told} folders on {engine}: {what}, the dearest against the cheapest");
        Figure::at_most(&name, growth(costs.iter().map(of)), GROWTH_MAX, "×").because(note)
    };
    [
        figure(
            &format!("intake of a letter to {} people", sizes.each_letter),
            &|costs| costs.many_us,
            format!(
                "{} µs for each, median of {} times {} letters, drawn from all folders; the portal's CPU {} µs",
                each(&|costs| format!("{:.1}", costs.many_us)),
                sizes.rounds,
                sizes.letters,
                each(&|costs| format!("{:.1}", costs.many_cpu_us))
            ),
        ),
        figure(
            "intake of a letter to one person",
            &|costs| costs.one_ms,
            format!(
                "{} ms, median of {} times {}",
                each(&|costs| format!("{:.2}", costs.one_ms)),
                sizes.rounds,
                sizes.letters
            ),
        ),
        figure(
            "a page of the inbox",
            &|costs| costs.page_ms,
            format!(
                "{} ms, median of {} times {}; {NOTICES} notices in the folder; the portal's CPU {} µs",
                each(&|costs| format!("{:.2}", costs.page_ms)),
                sizes.rounds,
                sizes.pages,
                each(&|costs| format!("{:.0}", costs.page_cpu_us))
            ),
        ),
    ]
}

fn growth(costs: impl Iterator<Item = f64> + Clone) -> f64 {
    let least = costs.clone().fold(f64::INFINITY, f64::min);
    costs.fold(0.0, f64::max) / least
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_is_the_most_against_the_least_in_any_order() {
        assert!((growth([2.0, 1.0, 3.0].into_iter()) - 3.0).abs() < f64::EPSILON);
        assert!((growth([5.0, 5.0].into_iter()) - 1.0).abs() < f64::EPSILON);
    }
}
