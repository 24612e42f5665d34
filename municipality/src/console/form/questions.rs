//! The questions of a form: up to five, each in fields of its own.

use jiff::civil::Date;
use wire::notice::{Choice, InLanguages, Line, Question, QuestionForm, TextFault};

use super::{DraftForm, Faults, fault_words};
use crate::texts::{say, say_with};

/// Most characters of an answer in words.
const WORDS_MAX: u16 = 500;

/// The names of one question's fields.
pub(in crate::console) struct QuestionNames {
    pub(in crate::console) label: &'static str,
    pub(in crate::console) form: &'static str,
    pub(in crate::console) choices: &'static str,
    pub(in crate::console) required: &'static str,
    /// The first day that may be chosen.
    pub(in crate::console) first: &'static str,
    /// The last one.
    pub(in crate::console) last: &'static str,
}

macro_rules! names {
    ($question:literal) => {
        QuestionNames {
            label: concat!($question, "-label"),
            form: concat!($question, "-form"),
            choices: concat!($question, "-choices"),
            required: concat!($question, "-required"),
            first: concat!($question, "-first"),
            last: concat!($question, "-last"),
        }
    };
}

/// Every question's; also the ids of the fields.
pub(in crate::console) const QUESTIONS: [QuestionNames; 5] =
    [names!("q1"), names!("q2"), names!("q3"), names!("q4"), names!("q5")];

pub(super) fn is_name(name: &str) -> bool {
    let names = |one: &QuestionNames| [one.label, one.form, one.choices, one.required, one.first, one.last];
    QUESTIONS.iter().any(|one| names(one).contains(&name))
}

/// Those that were written. `days`: where a day is asked for and nothing else is said, from when, and until when.
pub(super) fn read(form: &DraftForm, faults: &mut Faults, days: (Date, Option<Date>)) -> Vec<Question> {
    let mut questions = Vec::new();
    for (index, names) in QUESTIONS.iter().enumerate() {
        if form.field(names.label).is_empty() {
            continue;
        }
        let Some(label) = faults.line(form, names.label, true) else { continue };
        let choices = choices(form, names, faults);
        let form_of = match form.field(names.form) {
            "any" => QuestionForm::Any { of: choices },
            "words" => QuestionForm::Words { chars_max: WORDS_MAX },
            "day" => day(form, names, faults, days),
            _ => QuestionForm::One { of: choices },
        };
        let enough = match &form_of {
            QuestionForm::One { of } => of.len() >= 2,
            QuestionForm::Any { of } => !of.is_empty(),
            QuestionForm::Words { .. } | QuestionForm::Day { .. } => true,
        };
        if !enough {
            faults.add(names.choices, say("form-choices"));
        }
        questions.push(Question {
            name: format!("q{}", index + 1),
            label: label.into(),
            help: None,
            required: form.field(names.required) == "yes",
            form: form_of,
        });
    }
    questions
}

fn day(form: &DraftForm, names: &QuestionNames, faults: &mut Faults, days: (Date, Option<Date>)) -> QuestionForm {
    let (from, until) = (faults.day(form, names.first), faults.day(form, names.last));
    let first = from.unwrap_or(days.0);
    let last = until.or(days.1).unwrap_or(Date::MAX);
    // Where nothing was said here, what is wrong is said of the notice's own days.
    if (from.is_some() || until.is_some()) && first > last {
        faults.add(names.last, say("form-question-days"));
    }
    QuestionForm::Day { first: first.min(last), last }
}

fn choices(form: &DraftForm, names: &QuestionNames, faults: &mut Faults) -> Vec<Choice> {
    let lines = form.field(names.choices).lines().map(str::trim).filter(|line| !line.is_empty());
    let mut of = Vec::new();
    for (index, line) in lines.enumerate() {
        match Line::typed(line) {
            Ok(label) => of.push(Choice { value: format!("c{}", index + 1), label: InLanguages::from(label) }),
            Err(fault) => faults.add(names.choices, said(index + 1, fault)),
        }
    }
    of
}

fn said(line: usize, fault: TextFault) -> String {
    say_with("choice-line", &[("line", line.into()), ("what", fault_words(fault).into())])
}

/// As they would be typed; only as many as the form has places for. Days that may be chosen stay open where they are those
/// of the notice itself: what is sent anew begins on another day.
pub(super) fn write(questions: &[Question], days: (Date, Date), put: &mut dyn FnMut(&str, String)) {
    for (question, names) in questions.iter().zip(&QUESTIONS) {
        put(names.label, question.label.ja.as_str().to_owned());
        if question.required {
            put(names.required, "yes".to_owned());
        }
        let (form, of) = match &question.form {
            QuestionForm::One { of } => ("one", &of[..]),
            QuestionForm::Any { of } => ("any", &of[..]),
            QuestionForm::Words { .. } => ("words", &[][..]),
            QuestionForm::Day { first, last } => {
                for (name, day, own) in [(names.first, first, days.0), (names.last, last, days.1)] {
                    if *day != own {
                        put(name, day.to_string());
                    }
                }
                ("day", &[][..])
            }
        };
        put(names.form, form.to_owned());
        if !of.is_empty() {
            put(names.choices, of.iter().map(|one| one.label.ja.as_str()).collect::<Vec<_>>().join("\n"));
        }
    }
}
