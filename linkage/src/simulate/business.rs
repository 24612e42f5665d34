//! Which business an institution has with a person: who would ask whom for what, as the law and the person's life
//! bring it about.

use domain::{BpId, InfoKind, OrgCode};

use crate::world::{Person, people::Work};

/// One kind of question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Business {
    pub(super) bp: BpId,
    pub(super) info_kind: InfoKind,
    pub(super) requester: Side,
    pub(super) provider: Side,
}

/// A party of a business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Where the person lives on that day.
    Municipality,
    /// Where the person lived before.
    FormerMunicipality,
    /// An institution by code.
    Org(OrgCode),
}

const M: &str = "municipality";
const FORMER: &str = "former-municipality";

/// One rule: business, kind, requester, provider, and for whom.
type Rule = (&'static str, &'static str, &'static str, &'static str, fn(&Person) -> bool);

/// Rows of the whitelist with the people whom they concern.
const LAWFUL: [Rule; 21] = [
    ("nhi-premium-reduction", "income", M, "NTA", is_in_nhi),
    ("child-allowance", "pension-coverage", M, "JPS", brings_up_children),
    ("child-allowance", "local-tax", M, FORMER, brings_up_children),
    ("nhi-eligibility", "insurance-coverage", M, "KYOKAI", is_in_nhi),
    ("nhi-eligibility", "pension-coverage", M, "JPS", is_in_nhi),
    ("pension-premium-exemption", "local-tax", "JPS", M, may_be_exempt),
    ("old-age-pension", "resident-record", "JPS", M, |p| p.work == Work::Pensioner),
    ("old-age-pension-adjustment", "employment-benefit", "JPS", "HELLOWORK", |p| {
        p.work == Work::Pensioner && p.age < 70
    }),
    ("dependant-recognition", "local-tax", "KYOKAI", M, |p| p.work == Work::Dependant),
    ("dependant-recognition", "resident-record", "KYOKAI", M, |p| p.work == Work::Dependant),
    ("dependant-recognition", "employment-benefit", "KYOKAI", "HELLOWORK", |p| p.work == Work::Dependant),
    ("high-cost-medical", "local-tax", "KYOKAI", M, is_employed),
    ("injury-allowance-adjustment", "pension-benefit", "KYOKAI", "JPS", |p| p.facts.on_sick_leave_since.is_some()),
    ("employment-injury-benefit", "injury-allowance", "HELLOWORK", "KYOKAI", |p| p.work == Work::Unemployed),
    ("long-term-care-premium", "local-tax", M, FORMER, |p| p.age >= 40),
    ("long-term-care-burden", "pension-benefit", M, "JPS", |p| p.facts.care_level.is_some()),
    ("child-rearing-allowance", "pension-benefit", M, "JPS", is_single_parent),
    ("resident-tax", "income", M, "NTA", |p| p.facts.annual_earnings_jpy > 0 && p.work != Work::Dependant),
    ("resident-tax", "income", M, "NTA", |p| p.work == Work::SelfEmployed),
    ("public-housing-rent", "income", M, "NTA", |p| is_employed(p) && rents_with_little(p)),
    ("scholarship", "local-tax", "JASSO", M, |p| p.work == Work::Student),
];

/// Questions that the law does not allow: somebody tries, and the core refuses.
const UNLAWFUL: [Rule; 4] = [
    ("scholarship", "pension-coverage", "JASSO", "JPS", |p| p.work == Work::Student),
    ("dependant-recognition", "income", "KYOKAI", "NTA", is_employed),
    ("nhi-eligibility", "injury-allowance", M, "KYOKAI", is_in_nhi),
    ("resident-tax", "pension-benefit", M, "JPS", |p| p.work == Work::Pensioner),
];

/// What lawful business there is with a person.
pub(super) fn lawful(person: &Person) -> Vec<Business> {
    applicable(&LAWFUL, person)
}

/// What somebody might wrongly try with a person.
pub(super) fn unlawful(person: &Person) -> Vec<Business> {
    applicable(&UNLAWFUL, person)
}

fn applicable(rules: &[Rule], person: &Person) -> Vec<Business> {
    rules.iter().filter(|(.., concerns)| concerns(person)).filter_map(business).collect()
}

fn business((bp, info_kind, requester, provider, _): &Rule) -> Option<Business> {
    Some(Business {
        bp: bp.parse().ok()?,
        info_kind: info_kind.parse().ok()?,
        requester: side(requester)?,
        provider: side(provider)?,
    })
}

fn side(name: &str) -> Option<Side> {
    match name {
        M => Some(Side::Municipality),
        FORMER => Some(Side::FormerMunicipality),
        org => org.parse().ok().map(Side::Org),
    }
}

fn is_employed(person: &Person) -> bool {
    matches!(person.work, Work::Employee | Work::PartTime)
}

fn is_in_nhi(person: &Person) -> bool {
    match person.work {
        Work::SelfEmployed | Work::Unemployed => true,
        Work::Pensioner => person.age < 75,
        _ => false,
    }
}

fn brings_up_children(person: &Person) -> bool {
    !person.facts.children_born_on.is_empty()
}

fn is_single_parent(person: &Person) -> bool {
    brings_up_children(person) && usize::from(person.facts.household_members) == person.facts.children_born_on.len() + 1
}

fn may_be_exempt(person: &Person) -> bool {
    match person.work {
        Work::Student | Work::Unemployed => person.age >= 20,
        Work::SelfEmployed => person.age < 60 && person.facts.annual_earnings_jpy < 2_500_000,
        _ => false,
    }
}

fn rents_with_little(person: &Person) -> bool {
    !person.facts.owns_home && person.facts.annual_earnings_jpy < 2_500_000
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whitelist::{self, Tuple};

    fn on_whitelist(rule: &Rule) -> bool {
        let Business { bp, info_kind, requester, provider } = business(rule).unwrap();
        let org = |side, municipality: &str| match side {
            Side::Org(org) => org,
            Side::Municipality | Side::FormerMunicipality => municipality.parse().unwrap(),
        };
        let tuple = Tuple { requester: org(requester, "141003"), provider: org(provider, "011002"), info_kind, bp };
        whitelist::parse(whitelist::VERSION_1).unwrap().allows(&tuple).is_some()
    }

    #[test]
    fn lawful_business_stands_on_the_whitelist_and_the_rest_does_not() {
        for rule in &LAWFUL {
            assert!(on_whitelist(rule), "{rule:?}");
        }
        for rule in &UNLAWFUL {
            assert!(!on_whitelist(rule), "{rule:?}");
        }
    }

    #[test]
    fn everybody_but_children_has_some_business() {
        let people = crate::world::people(1, "2026-11-03T05:00:00Z".parse().unwrap()).unwrap();
        for person in people.iter().filter(|p| p.work != Work::Child) {
            assert!(!lawful(person).is_empty(), "{}", person.key);
        }
    }
}
