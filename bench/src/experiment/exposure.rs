//! What lies at the portal, for how long, without its person looking; and what an intruder finds there at one moment.
//! Computed from what was measured and from assumptions that stand here.

use super::{Collected, Findings};
use crate::gather::SIZES;
use crate::measure::real;

/// People with a folder.
pub(super) const PEOPLE: f64 = 100_000.0;
/// In a month.
pub(super) const DAYS: f64 = 30.0;
/// Whoever logs in at all does so once a month, and stays this long with what was gathered.
pub(super) const SESSION_MINUTES: f64 = 10.0;
/// People who log in in a month, in percent.
const LOGIN_PERCENTS: [f64; 6] = [1.0, 5.0, 10.0, 30.0, 60.0, 100.0];
/// The portal is collected into at two in the morning, and people come at any hour.
pub(super) const STALE_HOURS_MEAN: f64 = 12.0;
pub(super) const STALE_HOURS_MAX: f64 = 24.0;

/// A month, at one rate of logins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Exposure {
    pub(super) login_percent: f64,
    /// Days × people whose information lies there.
    pub(super) beforehand_person_days: f64,
    /// Of these, of people who never look.
    pub(super) never_looked_person_days: f64,
    pub(super) on_demand_person_days: f64,
    /// People whose information an intruder finds who comes at one moment; readable, since the key is there too.
    pub(super) beforehand_found: f64,
    /// The same on demand: sealed under keys that are not there.
    pub(super) on_demand_found: f64,
    pub(super) beforehand_messages: f64,
    pub(super) on_demand_messages: f64,
    pub(super) beforehand_wire_mb: f64,
    pub(super) on_demand_wire_mb: f64,
}

/// For people whom five institutions know.
pub(super) fn of(findings: &Findings) -> Vec<Exposure> {
    at(findings, LOGIN_PERCENTS)
}

/// The same at every rate of logins, for a line.
pub(super) fn at_each_percent(findings: &Findings) -> Vec<Exposure> {
    at(findings, (1..=100).map(f64::from))
}

fn at(findings: &Findings, percents: impl IntoIterator<Item = f64>) -> Vec<Exposure> {
    let one = findings.person.iter().find(|(size, _)| *size == SIZES[0]).map(|(_, collected)| *collected);
    let one = one.unwrap_or_default();
    percents.into_iter().map(|percent| exposure(percent, &one)).collect()
}

/// `one`: what a person's information costs when it is collected once.
fn exposure(login_percent: f64, one: &Collected) -> Exposure {
    let looking = PEOPLE * login_percent / 100.0;
    let on_demand_person_days = looking * SESSION_MINUTES / (24.0 * 60.0);
    Exposure {
        login_percent,
        beforehand_person_days: PEOPLE * DAYS,
        never_looked_person_days: (PEOPLE - looking) * DAYS,
        on_demand_person_days,
        beforehand_found: PEOPLE,
        on_demand_found: on_demand_person_days / DAYS,
        beforehand_messages: PEOPLE * DAYS * real(one.messages),
        on_demand_messages: looking * real(one.messages),
        beforehand_wire_mb: PEOPLE * DAYS * one.wire_mb(),
        on_demand_wire_mb: looking * one.wire_mb(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Collected = Collected {
        people: 1,
        messages: 82,
        questions: 20,
        wire_bytes: 100_000,
        rows: 9,
        stored_bytes: 40_960,
        took_s: 0.3,
        read_ms: 1.0,
    };

    #[test]
    fn who_never_logs_in_is_exposed_every_day_and_on_demand_never() {
        let nobody = exposure(0.0, &ONE);
        assert!((nobody.never_looked_person_days - 3_000_000.0).abs() < f64::EPSILON);
        assert!(nobody.on_demand_person_days.abs() < f64::EPSILON && nobody.on_demand_messages.abs() < f64::EPSILON);
    }

    #[test]
    fn an_intruder_finds_everybody_or_those_few_who_are_looking() {
        let some = exposure(30.0, &ONE);
        assert!((some.beforehand_found - PEOPLE).abs() < f64::EPSILON);
        // 30,000 sessions of ten minutes in a month of 43,200 minutes.
        assert!((some.on_demand_found - 30_000.0 * 10.0 / 43_200.0).abs() < 1e-9);
    }

    #[test]
    fn even_if_everybody_looks_once_a_month_collecting_every_night_sends_thirty_times_as_much() {
        let all = exposure(100.0, &ONE);
        assert!((all.beforehand_messages / all.on_demand_messages - 30.0).abs() < 1e-9);
        assert!(all.never_looked_person_days.abs() < f64::EPSILON);
    }
}
