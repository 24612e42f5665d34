use domain::Sex;
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::institution::kind::KINDS;

const TODAY: Date = date(2026, 11, 3);

fn four_info(born_on: Date) -> FourInfo {
    let born_on = born_on.to_string().parse().unwrap();
    FourInfo::new("佐藤一郎".into(), "神奈川県横浜市中区1-1".into(), born_on, Sex::Male).unwrap()
}

fn facts(occupation: Occupation, annual_earnings_jpy: u64) -> Facts {
    Facts {
        occupation,
        annual_earnings_jpy,
        children_born_on: vec![],
        dependants: 0,
        relation_to_head: "世帯主".into(),
        household_members: 1,
        resident_since: date(2015, 4, 1),
        disability_grade: None,
        care_level: None,
        owns_home: false,
        on_sick_leave_since: None,
        scholarship_since: None,
    }
}

fn held(facts: &Facts, kind: &str, born_on: Date) -> Vec<HoldingRecord> {
    let kind = KindSpec::of(&kind.parse().unwrap()).unwrap();
    facts.held(kind, &four_info(born_on), TODAY)
}

#[test]
fn an_employee_pays_tax_and_is_in_the_employees_insurance() {
    let facts = facts(Occupation::Employee, 4_800_000);
    let born_on = date(1984, 5, 6);
    let income = held(&facts, "income", born_on);
    assert_eq!(income[0].period.as_deref(), Some("2025"));
    assert_eq!(income[0].values[0], "3400000");
    assert!(held(&facts, "nhi", born_on).is_empty());
    assert_eq!(held(&facts, "insurance-coverage", born_on)[0].values[1], "被保険者");
}

#[test]
fn a_child_has_vaccinations_and_no_income() {
    let born_on = date(2022, 6, 1);
    let facts = facts(Occupation::Child, 0);
    assert!(held(&facts, "income", born_on).is_empty());
    assert!(held(&facts, "local-tax", born_on).is_empty());
    assert_eq!(held(&facts, "vaccination", born_on).len(), 8);
    assert_eq!(held(&facts, "health-checkup", born_on).len(), 3);
}

#[test]
fn allowance_counts_children_below_eighteen_only() {
    let mut facts = facts(Occupation::Employee, 4_800_000);
    facts.children_born_on = vec![date(2006, 1, 1), date(2017, 1, 1), date(2025, 1, 1)];
    let allowance = held(&facts, "child-allowance", date(1984, 5, 6));
    assert_eq!(allowance[0].values[..2], ["2", "25000"]);
}

#[test]
fn a_pensioner_draws_a_pension_and_is_asked_for_little() {
    let facts = facts(Occupation::Pensioner, 1_450_000);
    let born_on = date(1950, 2, 2);
    assert_eq!(held(&facts, "pension-benefit", born_on)[0].values[1], "1450000");
    assert_eq!(held(&facts, "local-tax", born_on)[0].values[4], "非課税");
}

proptest! {
    /// Whatever a world says, every legacy system can keep it.
    #[test]
    fn every_fact_fits_every_system(
        earnings in 0u64..60_000_000,
        occupation in 0usize..7,
        age in 0i16..110,
        dependants in 0u8..9,
        grade in prop::option::of(1u8..=6),
        care in prop::option::of(1u8..=5),
    ) {
        let occupation = [Occupation::Employee, Occupation::SelfEmployed, Occupation::JobSeeker, Occupation::Pensioner,
            Occupation::Student, Occupation::Dependant, Occupation::Child][occupation];
        let mut facts = facts(occupation, earnings);
        facts.dependants = dependants;
        facts.disability_grade = grade;
        facts.care_level = care;
        facts.owns_home = true;
        facts.on_sick_leave_since = Some(date(2026, 9, 1));
        facts.scholarship_since = Some(date(2024, 4, 1));
        facts.children_born_on = vec![date(2020, 2, 29)];
        for kind in KINDS {
            for record in facts.held(kind, &four_info(date(2026 - age, 3, 3)), TODAY) {
                prop_assert!(crate::institution::legacy::fits(kind, &record), "{} {:?}", kind.name, record);
            }
        }
    }
}
