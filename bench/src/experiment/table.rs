//! The data of the experiment as CSV.

use super::exposure::Exposure;
use super::{Findings, Read};
use crate::Failure;

/// A line for each click.
pub(super) fn response_times(findings: &Findings) -> Result<Vec<u8>, Failure> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "design",
        "institutions",
        "questions",
        "first_shown_ms",
        "all_shown_ms",
        "slowest_source_alone_ms",
    ])?;
    let ms = |ms: f64| format!("{ms:.2}");
    for sample in &findings.on_demand {
        let (institutions, questions) = (sample.institutions.to_string(), sample.questions.to_string());
        csv.write_record([
            "on-demand",
            &institutions,
            &questions,
            &ms(sample.first_ms),
            &ms(sample.all_ms),
            &ms(sample.floor_ms),
        ])?;
    }
    for Read { institutions, first_ms, all_ms } in &findings.beforehand {
        csv.write_record(["beforehand", &institutions.to_string(), "0", &ms(*first_ms), &ms(*all_ms), ""])?;
    }
    finished(csv)
}

/// A line for each rate of logins.
pub(super) fn exposures(exposures: &[Exposure]) -> Result<Vec<u8>, Failure> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record([
        "login_percent_a_month",
        "beforehand_person_days",
        "beforehand_person_days_of_people_who_never_look",
        "on_demand_person_days",
        "beforehand_people_found_at_one_moment",
        "on_demand_people_found_at_one_moment",
        "beforehand_messages",
        "on_demand_messages",
        "beforehand_wire_mb",
        "on_demand_wire_mb",
    ])?;
    for e in exposures {
        let values = [
            e.login_percent,
            e.beforehand_person_days,
            e.never_looked_person_days,
            e.on_demand_person_days,
            e.beforehand_found,
            e.on_demand_found,
            e.beforehand_messages,
            e.on_demand_messages,
            e.beforehand_wire_mb,
            e.on_demand_wire_mb,
        ];
        csv.write_record(values.map(|value| format!("{value:.1}")))?;
    }
    finished(csv)
}

fn finished(csv: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, Failure> {
    csv.into_inner().map_err(|error| error.into_error().into())
}

#[cfg(test)]
mod tests {
    use super::super::exposure;
    use super::super::tests::findings;
    use super::*;

    #[test]
    fn every_click_and_every_page_is_a_line() {
        let text = String::from_utf8(response_times(&findings()).unwrap()).unwrap();
        assert_eq!(text.lines().count(), 1 + 6 + 6);
        assert!(text.contains("on-demand,5,5,60.00,140.00,130.00\n"), "{text}");
        assert!(text.contains("beforehand,20,0,6.00,8.00,\n"), "{text}");
    }

    #[test]
    fn every_rate_of_logins_is_a_line() {
        let text = String::from_utf8(exposures(&exposure::of(&findings())).unwrap()).unwrap();
        assert_eq!(text.lines().count(), 7);
        assert!(text.lines().nth(1).unwrap().starts_with("1.0,3000000.0,2970000.0,6.9,100000.0,0.2,"), "{text}");
    }
}
