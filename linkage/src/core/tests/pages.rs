//! What a page of records shows is what a plain look over all of them would find.

use domain::InfoKind;
use jiff::{SignedDuration, Timestamp};
use proptest::{option, prelude::*, sample::select};
use wire::access_records::OwnViews;

use super::{records::write, *};
use crate::core::trial::Resident;

const COUNT: u64 = 40;

#[derive(Clone, Debug)]
struct Filter {
    from_hours_ago: Option<i64>,
    before_hours_ago: Option<i64>,
    institution: Option<&'static str>,
    info_kind: Option<&'static str>,
    outcome: Option<Outcome>,
    offset: u32,
    limit: u32,
}

prop_compose! {
    fn filter()(
        from_hours_ago in option::of(0..50i64),
        before_hours_ago in option::of(0..50i64),
        institution in option::of(select(vec!["NTA", "JPS", "261009", "141003", "KYOKAI"])),
        info_kind in option::of(select(vec!["income", "local-tax", "vaccination"])),
        outcome in option::of(select(vec![Outcome::Provided, Outcome::NoDataHeld, Outcome::Refused, Outcome::Unanswered])),
        offset in 0..45u32,
        limit in 1..50u32,
    ) -> Filter {
        Filter { from_hours_ago, before_hours_ago, institution, info_kind, outcome, offset, limit }
    }
}

impl Filter {
    fn request(&self, code: &LinkCode, now: Timestamp) -> RecordsRequest {
        let ago = |hours: i64| now - SignedDuration::from_hours(hours);
        RecordsRequest {
            link_code: code.clone(),
            viewing: ViewingId("0a".repeat(16)),
            accessed_from: self.from_hours_ago.map(ago),
            accessed_before: self.before_hours_ago.map(ago),
            institution: self.institution.map(org),
            info_kind: self.info_kind.map(|kind| kind.parse::<InfoKind>().unwrap()),
            outcome: self.outcome,
            own_views: OwnViews::Hidden,
            offset: self.offset,
            limit: self.limit,
        }
    }
}

fn holds(request: &RecordsRequest, record: &domain::AccessRecord) -> bool {
    request.accessed_from.is_none_or(|from| record.accessed_at >= from)
        && request.accessed_before.is_none_or(|before| record.accessed_at < before)
        && request.institution.as_ref().is_none_or(|org| record.requester == *org || record.provider == *org)
        && request.info_kind.as_ref().is_none_or(|kind| record.info_kind == *kind)
        && request.outcome.is_none_or(|outcome| record.outcome == outcome)
}

#[test]
fn a_page_is_what_a_plain_look_over_all_records_finds() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (trial, code, all) = runtime.block_on(async {
        let trial = Trial::open(&[]).await;
        let hanako: Resident = trial.resident().await;
        let code = trial.linked("PORTAL", &hanako).await;
        write(&trial, &code, COUNT).await;
        let all = trial.records(&code).await.records;
        (trial, code, all)
    });
    assert_eq!(all.len(), usize::try_from(COUNT).unwrap());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(64));
    let shown = runner.run(&filter(), |filter| {
        let request = filter.request(&code, trial.now());
        let answer = runtime.block_on(trial.records_where(&request));
        let found: Vec<_> = all.iter().filter(|record| holds(&request, record)).collect();
        let (skip, take) = (usize::try_from(filter.offset).unwrap(), usize::try_from(filter.limit).unwrap());
        prop_assert_eq!(answer.total, u64::try_from(found.len()).unwrap());
        let expected: Vec<_> = found.into_iter().skip(skip).take(take).map(|record| record.id).collect();
        prop_assert_eq!(answer.records.iter().map(|record| record.id).collect::<Vec<_>>(), expected);
        Ok(())
    });
    shown.unwrap();
}
