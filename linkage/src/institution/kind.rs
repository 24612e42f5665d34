//! What is inside each kind of information: the fields that every provider's answer is normalised to.

use domain::InfoKind;

/// One kind of information.
#[derive(Debug)]
pub struct KindSpec {
    /// 情報種別
    pub name: &'static str,
    /// Number of the form or file in which legacy systems keep it.
    pub form_no: u16,
    /// Fields in the order in which a person reads them.
    pub fields: &'static [FieldSpec],
}

/// One field.
#[derive(Debug)]
pub struct FieldSpec {
    /// Code of the field.
    pub name: &'static str,
    /// What its value looks like.
    pub value: ValueKind,
    /// Unit, where there is one.
    pub unit: Option<&'static str>,
}

/// What a value looks like once normalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A whole number, not negative.
    Count,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// Text of at most so many characters, without spaces at either end.
    Text(usize),
}

/// Version of all fields below (`AnswerContent::schema_version`).
pub const SCHEMA_VERSION: u32 = 1;

impl KindSpec {
    /// The specification of a kind that institutions hold.
    pub fn of(kind: &InfoKind) -> Option<&'static Self> {
        KINDS.iter().find(|spec| spec.name == kind.as_str())
    }
}

const fn yen(name: &'static str) -> FieldSpec {
    FieldSpec { name, value: ValueKind::Count, unit: Some("JPY") }
}

const fn count(name: &'static str, unit: &'static str) -> FieldSpec {
    FieldSpec { name, value: ValueKind::Count, unit: Some(unit) }
}

const fn day(name: &'static str) -> FieldSpec {
    FieldSpec { name, value: ValueKind::Day, unit: None }
}

const fn text(name: &'static str, chars_max: usize) -> FieldSpec {
    FieldSpec { name, value: ValueKind::Text(chars_max), unit: None }
}

const fn kind(name: &'static str, form_no: u16, fields: &'static [FieldSpec]) -> KindSpec {
    KindSpec { name, form_no, fields }
}

/// Every kind that some institution holds.
pub const KINDS: &[KindSpec] = &[
    kind(
        "income",
        210,
        &[
            yen("total-income"),
            yen("employment-income"),
            yen("social-insurance-deduction"),
            count("dependants", "person"),
            yen("income-tax"),
        ],
    ),
    kind(
        "local-tax",
        310,
        &[
            yen("total-income"),
            yen("taxable-standard"),
            yen("income-based-levy"),
            yen("per-capita-levy"),
            text("levy-status", 12),
        ],
    ),
    kind(
        "resident-record",
        100,
        &[
            text("name", 60),
            text("address", 120),
            day("birth-date"),
            text("relation-to-head", 12),
            count("household-members", "person"),
            day("resident-since"),
        ],
    ),
    kind(
        "pension-coverage",
        510,
        &[
            text("insured-category", 12),
            day("covered-since"),
            count("contribution-months", "month"),
            count("exempted-months", "month"),
        ],
    ),
    kind(
        "pension-benefit",
        520,
        &[text("pension-kind", 20), yen("annual-amount"), day("entitled-since"), text("payment-status", 12)],
    ),
    kind(
        "insurance-coverage",
        410,
        &[text("insurer", 40), text("insured-status", 12), day("covered-since"), yen("standard-monthly-remuneration")],
    ),
    kind(
        "injury-allowance",
        420,
        &[yen("daily-amount"), count("days-paid", "day"), day("paid-from"), day("paid-until")],
    ),
    kind(
        "employment-benefit",
        610,
        &[day("entitled-since"), count("prescribed-days", "day"), count("remaining-days", "day"), yen("daily-amount")],
    ),
    kind("vaccination", 710, &[text("vaccine", 40), count("dose", "time"), day("given-on")]),
    kind("health-checkup", 720, &[text("checkup", 30), day("held-on"), count("height", "mm"), count("weight", "g")]),
    kind("child-allowance", 330, &[count("children", "person"), yen("monthly-amount"), day("paid-since")]),
    kind(
        "long-term-care",
        340,
        &[text("care-level", 12), day("certified-from"), day("certified-until"), count("burden", "percent")],
    ),
    kind("nhi", 320, &[day("covered-since"), yen("annual-premium"), count("reduction", "percent")]),
    kind("disability-certificate", 350, &[text("certificate-kind", 20), count("grade", "grade"), day("issued-on")]),
    kind("property-tax", 360, &[yen("assessed-land"), yen("assessed-building"), yen("annual-levy")]),
    kind(
        "scholarship",
        810,
        &[
            text("scholarship-kind", 20),
            yen("monthly-amount"),
            day("granted-from"),
            day("granted-until"),
            yen("balance"),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_kind_has_a_code_and_a_form_of_its_own() {
        let names: HashSet<_> = KINDS.iter().map(|kind| kind.name).collect();
        let forms: HashSet<_> = KINDS.iter().map(|kind| kind.form_no).collect();
        assert_eq!((names.len(), forms.len()), (KINDS.len(), KINDS.len()));
        for kind in KINDS {
            assert!(kind.name.parse::<InfoKind>().is_ok(), "{}", kind.name);
        }
    }

    #[test]
    fn every_kind_of_the_whitelist_can_be_held() {
        let list = crate::whitelist::parse(crate::whitelist::VERSION_1).unwrap();
        for row in list.rows() {
            let kind = &row.info_kind;
            let held = KindSpec::of(kind).is_some() || kind.as_str() == InfoKind::ACCESS_RECORDS;
            assert!(held, "{kind}");
        }
    }
}
