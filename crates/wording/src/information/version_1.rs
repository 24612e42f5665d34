//! Version 1 of the fields: what their values and periods mean beyond their units.

use domain::InfoKind;

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A number of its unit, or text where it has none.
    ByUnit,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// Which one it is, counted from 1: `2回目`.
    Dose,
    /// What a person reported as wrong: `income/total-income/2025` is kind, field and period.
    About,
}

/// Which year a year is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum YearKind {
    /// 年分: January to December.
    Calendar,
    /// 年度: from April on.
    Fiscal,
    /// Nobody said.
    Unsaid,
}

/// The form of a field.
pub(super) fn form(kind: &InfoKind, field: &str) -> Form {
    match (kind.as_str(), field) {
        ("resident-record", "birth-date" | "resident-since")
        | ("pension-coverage" | "insurance-coverage" | "nhi", "covered-since")
        | ("pension-benefit" | "employment-benefit", "entitled-since")
        | ("injury-allowance", "paid-from" | "paid-until")
        | ("vaccination", "given-on")
        | ("health-checkup", "held-on")
        | ("child-allowance", "paid-since")
        | ("long-term-care", "certified-from" | "certified-until")
        | ("disability-certificate", "issued-on")
        | ("scholarship", "granted-from" | "granted-until")
        | ("correction-report", "reported-on" | "answered-on") => Form::Day,
        ("correction-report", "about") => Form::About,
        ("vaccination", "dose") => Form::Dose,
        _ => Form::ByUnit,
    }
}

/// The year that a kind is reckoned by.
pub(super) fn year(kind: &InfoKind) -> YearKind {
    match kind.as_str() {
        "income" => YearKind::Calendar,
        "local-tax" | "nhi" | "pension-benefit" | "property-tax" => YearKind::Fiscal,
        _ => YearKind::Unsaid,
    }
}
