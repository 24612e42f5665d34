//! 記録を絞り込む: a plain GET form; the browser adds ready periods.

use domain::{InfoKind, OrgCode, Outcome};
use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::Offset};
use leptos::prelude::*;
use portal::{FilterError, RecordsFilter};
use ui::{Button, Choice, Disclosure, ErrorSummary, FieldError, FieldText, SelectField, TextField, TextInput};
use wording::key;

use crate::components::error_words;
use crate::context::Here;
use crate::islands::{Period, period};
use crate::paths;

/// What is filtered now, and what could be.
#[derive(Clone, Debug)]
pub(in crate::pages) struct Offer {
    pub(in crate::pages) filter: RecordsFilter,
    pub(in crate::pages) wrong: Option<FilterError>,
    pub(in crate::pages) institutions: Vec<OrgCode>,
    pub(in crate::pages) info_kinds: Vec<InfoKind>,
}

/// How many conditions a filter sets.
pub(super) fn conditions(filter: &RecordsFilter) -> usize {
    let period = filter.from.is_some() || filter.until.is_some();
    [period, filter.institution.is_some(), filter.info_kind.is_some(), filter.outcome.is_some()]
        .into_iter()
        .filter(|set| *set)
        .count()
}

#[component]
pub(super) fn FilterForm(here: Here, offer: Offer) -> impl IntoView {
    let Offer { filter, wrong, institutions, info_kinds } = offer;
    let (text, locale) = (here.texts(), here.locale());
    let summary = match conditions(&filter) {
        0 => text(key::RECORDS_FILTER),
        set => here.format(key::RECORDS_FILTER_ON, &[("count", set.into())]),
    };
    let open = conditions(&filter) > 0 || wrong.is_some();
    let errors = summary_of(&here, wrong.as_ref());
    let at_field = |id: &str| wrong.as_ref().and_then(|wrong| error_of(&here, wrong)).filter(|(field, _)| *field == id);
    let error = |id: &str| at_field(id).map(|(_, text)| text);
    // What was typed stays, also where it cannot be used.
    let typed = |name| here.asked(name).unwrap_or_default();
    let period = {
        let (from, until) = (typed(period::FROM), typed(period::UNTIL));
        let wrong = error(period::FROM).is_some() || error(period::UNTIL).is_some();
        let day = |key, field| FieldText::label(text(key)).error(error(field));
        PeriodOffer {
            chosen: if wrong { period::CUSTOM.to_owned() } else { format!("{from}..{until}") },
            choices: ready_periods(&here, here.context.now),
            from_text: day(key::RECORDS_FILTER_FROM, period::FROM),
            until_text: day(key::RECORDS_FILTER_UNTIL, period::UNTIL),
            from,
            until,
        }
    };

    let institution_text = FieldText::label(text(key::RECORDS_FILTER_INSTITUTION)).error(error("institution"));
    let kind_text = FieldText::label(text(key::RECORDS_FILTER_KIND)).error(error("kind"));
    let outcome_text = FieldText::label(text(key::RECORDS_FILTER_OUTCOME)).error(error("outcome"));
    let all = text(key::RECORDS_FILTER_ALL);
    let institution_choices = choices(&all, with_chosen(institutions, filter.institution.as_ref()), |code| {
        (code.to_string(), wording::organisation(locale, code))
    });
    let kind_choices = choices(&all, with_chosen(info_kinds, filter.info_kind.as_ref()), |code| {
        (code.to_string(), wording::info_kind(locale, code))
    });
    let outcome_choices =
        choices(&all, Outcome::ALL.to_vec(), |outcome| (outcome.name().to_owned(), wording::outcome(locale, *outcome)));
    let (chosen_institution, chosen_kind, chosen_outcome) = (typed("institution"), typed("kind"), typed("outcome"));
    let own = filter.own_views;
    view! {
        <ErrorSummary title=text(key::RECORDS_FILTER_ERROR_TITLE) errors/>
        <Disclosure summary open class="filter">
            <form method="get" action=paths::RECORDS class="stack">
                {own.then(|| view! { <input type="hidden" name="own" value="1"/> })}
                <PeriodFields here=here.clone() period/>
                <div class="field-row">
                    <SelectField
                        id="institution"
                        name="institution"
                        text=institution_text
                        choices=institution_choices
                        chosen=chosen_institution
                    />
                    <SelectField id="kind" name="kind" text=kind_text choices=kind_choices chosen=chosen_kind/>
                    <SelectField
                        id="outcome"
                        name="outcome"
                        text=outcome_text
                        choices=outcome_choices
                        chosen=chosen_outcome
                    />
                </div>
                <div class="actions">
                    <Button text=text(key::RECORDS_FILTER_APPLY)/>
                    <a href=paths::RECORDS>{text(key::RECORDS_FILTER_CLEAR)}</a>
                </div>
            </form>
        </Disclosure>
    }
}

/// 「すべて」, then one choice a code, by its words.
fn choices<T>(all: &str, codes: Vec<T>, worded: impl Fn(&T) -> (String, String)) -> Vec<Choice> {
    let each = codes.iter().map(|code| {
        let (value, text) = worded(code);
        Choice::new(value, text)
    });
    [Choice::new("", all)].into_iter().chain(each).collect()
}

/// What was chosen stays in the list, also when none of this person's records has it.
fn with_chosen<T: Clone + PartialEq>(mut codes: Vec<T>, chosen: Option<&T>) -> Vec<T> {
    if let Some(chosen) = chosen.filter(|chosen| !codes.contains(chosen)) {
        codes.push(chosen.clone());
    }
    codes
}

/// 期間: what is chosen, and what could be.
struct PeriodOffer {
    chosen: String,
    choices: Vec<Choice>,
    from_text: FieldText,
    until_text: FieldText,
    from: String,
    until: String,
}

/// The ready periods sleep until the island wakes them; the two days are there for everybody.
#[component]
fn PeriodFields(here: Here, period: PeriodOffer) -> impl IntoView {
    let known = period.choices.iter().any(|choice| choice.value == period.chosen);
    let chosen = if known { period.chosen } else { period::CUSTOM.to_owned() };
    view! {
        <div id=period::READY hidden>
            <SelectField
                id=period::CHOICE
                text=FieldText::label(here.text(key::RECORDS_FILTER_PERIOD))
                choices=period.choices
                chosen
            />
        </div>
        <div class="field-row" id=period::DAYS>
            <TextField
                id=period::FROM
                name=period::FROM
                text=period.from_text
                input=TextInput::Date
                value=period.from
            />
            <TextField
                id=period::UNTIL
                name=period::UNTIL
                text=period.until_text
                input=TextInput::Date
                value=period.until
            />
        </div>
        <Period/>
    }
}

/// Periods that end today, in Japan; the first is no period at all, the last leaves the days to the person.
fn ready_periods(here: &Here, now: Timestamp) -> Vec<Choice> {
    let today = Offset::constant(9).to_datetime(now).date();
    let since = |span: Span| today.checked_sub(span).and_then(Date::tomorrow).map(|day| format!("{day}.."));
    let spans = [
        (key::RECORDS_FILTER_PERIOD_MONTH, Span::new().months(1)),
        (key::RECORDS_FILTER_PERIOD_QUARTER, Span::new().months(3)),
        (key::RECORDS_FILTER_PERIOD_YEAR, Span::new().years(1)),
    ];
    let ready = spans.into_iter().filter_map(|(text, span)| Some(Choice::new(since(span).ok()?, here.text(text))));
    [Choice::new("..", here.text(key::RECORDS_FILTER_PERIOD_ALL))]
        .into_iter()
        .chain(ready)
        .chain([Choice::new(period::CUSTOM, here.text(key::RECORDS_FILTER_PERIOD_CUSTOM))])
        .collect()
}

/// Which field, and what is wrong with it. None when it is no field of this page.
fn error_of(here: &Here, wrong: &FilterError) -> Option<(&'static str, String)> {
    let (field, text) = match wrong {
        FilterError::Period => ("until", key::RECORDS_FILTER_ERROR_PERIOD),
        FilterError::Value { field: "from" } => ("from", key::RECORDS_FILTER_ERROR_FROM),
        FilterError::Value { field: "until" } => ("until", key::RECORDS_FILTER_ERROR_UNTIL),
        FilterError::Value { field: field @ ("institution" | "kind" | "outcome") } => {
            (*field, key::RECORDS_FILTER_ERROR_VALUE)
        }
        FilterError::UnknownField | FilterError::Value { .. } => return None,
    };
    Some((field, here.text(text)))
}

fn summary_of(here: &Here, wrong: Option<&FilterError>) -> Vec<FieldError> {
    let Some(wrong) = wrong else { return Vec::new() };
    let (field_id, text) = error_of(here, wrong).unwrap_or_else(|| {
        let words = error_words(here, "unknown-filter");
        ("institution", format!("{}{}", words.what, words.next))
    });
    vec![FieldError { field_id: field_id.to_owned(), text }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::context::testing;
    use domain::Locale;

    fn html(query: &str) -> String {
        let parsed = RecordsFilter::parse(query);
        let offer = Offer {
            filter: parsed.clone().unwrap_or_default(),
            wrong: parsed.err(),
            institutions: vec!["141003".parse().unwrap()],
            info_kinds: vec!["income".parse().unwrap()],
        };
        let here = testing::here(Locale::Ja, &format!("/records?{query}"), true);
        ui::render(|| view! { <FilterForm here offer/> })
    }

    #[test]
    fn it_is_a_get_form_that_needs_no_script() {
        let html = html("");
        assert!(html.contains(r#"<form method="get" action="/records""#), "{html}");
        for name in ["from", "until", "institution", "kind", "outcome"] {
            assert!(html.contains(&format!(r#"name="{name}""#)), "{name}");
        }
    }

    #[test]
    fn without_script_the_days_are_shown_and_the_ready_periods_are_not() {
        let html = html("");
        assert!(html.contains("<div id=\"period-ready\" hidden>"), "{html}");
        assert!(html.contains("<div id=\"period-days\" class=\"field-row\">"), "{html}");
    }

    #[test]
    fn the_choice_of_periods_is_no_field_of_the_form() {
        assert!(!html("").contains(r#"name="period""#));
    }

    #[test]
    fn what_was_chosen_stays_chosen() {
        let html = html("institution=NTA&from=2026-10-01&outcome=refused");
        assert!(html.contains(r#"<option value="NTA" selected>国税庁</option>"#), "{html}");
        assert!(html.contains(r#"value="2026-10-01""#));
        assert!(html.contains("3つの条件を使っています"));
        assert!(html.contains("<details open"));
    }

    #[test]
    fn what_is_wrong_is_said_above_and_at_its_field() {
        let html = html("from=2026-11-02&until=2026-11-01");
        assert_eq!(html.matches("終わりの日が、はじめの日より前になっています。").count(), 2, "{html}");
        assert!(html.contains(r##"<a href="#until">"##));
    }

    #[test]
    fn what_was_typed_is_not_lost_when_it_cannot_be_used() {
        let html = html("from=2026-11-02&until=2026-11-01&outcome=refused");
        assert!(html.contains(r#"value="2026-11-02""#), "{html}");
        assert!(html.contains(r#"<option value="refused" selected>"#), "{html}");
    }

    #[test]
    fn a_condition_that_the_page_does_not_have_is_said_above() {
        assert!(html("user=1").contains("このページにない条件が指定されています"));
    }

    #[test]
    fn a_ready_period_ends_today_in_japan() {
        let here = testing::here(Locale::Ja, "/records", true);
        let ready = ready_periods(&here, "2026-11-02T15:00:00Z".parse().unwrap());
        let values: Vec<&str> = ready.iter().map(|choice| choice.value.as_str()).collect();
        assert_eq!(values, ["..", "2026-10-04..", "2026-08-04..", "2025-11-04..", "custom"]);
    }
}
