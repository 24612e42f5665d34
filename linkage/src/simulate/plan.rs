//! When who asks whom about whom.

use domain::OrgCode;
use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng, SeedableRng as _};

use crate::{
    simulate::{
        Options,
        business::{Business, Side, lawful, unlawful},
    },
    world::Person,
};

/// One in so many is not lawful.
const UNLAWFUL_ONE_IN: u32 = 24;
/// The newest exchanges fall into the last hours, whatever day it is.
const LAST_HOURS: i64 = 20;
/// Offices work from 8:45 to 17:30, Japan time.
const OFFICE_OPENS_S: i64 = 8 * 3600 + 45 * 60;
const OFFICE_OPEN_S: u32 = 8 * 3600 + 45 * 60;

/// One exchange to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occasion {
    pub(super) at: Timestamp,
    pub(super) business: Business,
    pub(super) requester: OrgCode,
    pub(super) provider: OrgCode,
    /// Index among the people.
    pub(super) person: usize,
}

/// The exchanges of the days up to `until`, oldest first. The same arguments give the same plan.
pub(super) fn plan(people: &[Person], options: &Options, until: Timestamp) -> Vec<Occasion> {
    let mut rng = ChaCha20Rng::seed_from_u64(options.seed);
    let mut moments = moments(options, until, &mut rng);
    moments.sort_unstable();
    moments.dedup();
    moments.into_iter().filter_map(|at| occasion(people, at, &mut rng)).collect()
}

fn moments(options: &Options, until: Timestamp, rng: &mut impl Rng) -> Vec<Timestamp> {
    let mut moments = Vec::new();
    let japan = TimeZone::fixed(jiff::tz::offset(9));
    let last_hours = until - SignedDuration::from_hours(LAST_HOURS);
    for back in 0..=i64::from(options.days) {
        let day = (until - SignedDuration::from_hours(24 * back)).to_zoned(japan.clone()).date();
        if matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            continue;
        }
        let Ok(midnight) = day.to_zoned(japan.clone()) else { continue };
        let opens = midnight.timestamp() + SignedDuration::from_secs(OFFICE_OPENS_S);
        for _ in 0..options.rate {
            let second = opens + SignedDuration::from_secs(i64::from(rng.next_u32() % OFFICE_OPEN_S));
            if second < last_hours {
                moments.push(second);
            }
        }
    }
    for _ in 0..options.rate.max(1) {
        let back_s = 60 + rng.next_u32() % (u32::try_from(LAST_HOURS).unwrap_or(1) * 3600 - 120);
        moments.push(until - SignedDuration::from_secs(i64::from(back_s)));
    }
    moments
}

fn occasion(people: &[Person], at: Timestamp, rng: &mut impl Rng) -> Option<Occasion> {
    // A few draws: whoever is a child, or dead by then, has no business on that day.
    for _ in 0..32 {
        let wrong = rng.next_u32().is_multiple_of(UNLAWFUL_ONE_IN);
        let person = below(rng, people.len());
        let Some(about) = people.get(person).filter(|p| p.died_at.is_none_or(|died| at < died)) else { continue };
        let choices = if wrong { unlawful(about) } else { lawful(about) };
        let Some(business) = choices.get(below(rng, choices.len())) else { continue };
        let (Some(requester), Some(provider)) =
            (org(&business.requester, about, at), org(&business.provider, about, at))
        else {
            continue;
        };
        if requester != provider && about.institutions().contains(&requester) {
            return Some(Occasion { at, business: business.clone(), requester, provider, person });
        }
    }
    None
}

/// Which organisation a side of a business was on that day.
fn org(side: &Side, about: &Person, at: Timestamp) -> Option<OrgCode> {
    let before_move = about.moved.as_ref().filter(|(_, moved_at)| at < *moved_at);
    match side {
        Side::Org(org) => Some(org.clone()),
        // Nobody asks where a protected person came from: the question itself would tell.
        Side::Municipality if before_move.is_some() && about.protected_since.is_some() => None,
        Side::FormerMunicipality if before_move.is_some() || about.protected_since.is_some() => None,
        Side::Municipality => {
            Some(before_move.map_or_else(|| about.municipality.clone(), |(former, _)| former.municipality.clone()))
        }
        Side::FormerMunicipality => about.moved.as_ref().map(|(former, _)| former.municipality.clone()),
    }
}

fn below(rng: &mut impl Rng, n: usize) -> usize {
    usize::try_from(rng.next_u32()).unwrap_or_default().checked_rem(n).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: Options = Options { days: 60, rate: 10, seed: 1 };

    fn until() -> Timestamp {
        // A Sunday night.
        "2026-11-01T14:00:00Z".parse().unwrap()
    }

    fn people() -> Vec<Person> {
        crate::world::people(1, until()).unwrap()
    }

    #[test]
    fn the_same_seed_plans_the_same_and_another_one_differently() {
        let people = people();
        assert_eq!(plan(&people, &OPTIONS, until()), plan(&people, &OPTIONS, until()));
        assert_ne!(plan(&people, &OPTIONS, until()), plan(&people, &Options { seed: 2, ..OPTIONS }, until()));
    }

    #[test]
    fn exchanges_fill_the_days_and_the_newest_is_of_the_last_day() {
        let plan = plan(&people(), &OPTIONS, until());
        let (first, last) = (plan.first().unwrap().at, plan.last().unwrap().at);
        assert!(plan.is_sorted_by_key(|occasion| occasion.at));
        assert!(last <= until() && last >= until() - SignedDuration::from_hours(24));
        assert!(first >= until() - SignedDuration::from_hours(24 * 62));
        assert!(plan.len() > 350, "{}", plan.len());
    }

    #[test]
    fn nobody_asks_itself_nor_about_the_dead_nor_where_a_protected_person_came_from() {
        let people = people();
        for occasion in plan(&people, &Options { days: 400, ..OPTIONS }, until()) {
            let about = &people[occasion.person];
            assert_ne!(occasion.requester, occasion.provider);
            assert!(about.died_at.is_none_or(|died| occasion.at < died));
            let former = about.moved.as_ref().map(|(former, _)| &former.municipality);
            assert!(about.protected_since.is_none() || former != Some(&occasion.provider));
        }
    }

    #[test]
    fn a_few_questions_are_not_lawful() {
        let (people, until) = (people(), until());
        let plan = plan(&people, &OPTIONS, until);
        let wrong = plan.iter().filter(|o| unlawful(&people[o.person]).contains(&o.business)).count();
        assert!(wrong > 3 && wrong * 8 < plan.len(), "{wrong} of {}", plan.len());
    }
}
