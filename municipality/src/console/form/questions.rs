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
}

/// Every question's; also the ids of the fields.
pub(in crate::console) const QUESTIONS: [QuestionNames; 5] = [
    QuestionNames { label: "q1-label", form: "q1-form", choices: "q1-choices", required: "q1-required" },
    QuestionNames { label: "q2-label", form: "q2-form", choices: "q2-choices", required: "q2-required" },
    QuestionNames { label: "q3-label", form: "q3-form", choices: "q3-choices", required: "q3-required" },
    QuestionNames { label: "q4-label", form: "q4-form", choices: "q4-choices", required: "q4-required" },
    QuestionNames { label: "q5-label", form: "q5-form", choices: "q5-choices", required: "q5-required" },
];

pub(super) fn is_name(name: &str) -> bool {
    QUESTIONS.iter().any(|one| [one.label, one.form, one.choices, one.required].contains(&name))
}

/// Those that were written. `last`: a day may be chosen until then.
pub(super) fn read(form: &DraftForm, faults: &mut Faults, last: Option<Date>) -> Vec<Question> {
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
            "day" => {
                let last = last.unwrap_or(Date::MAX);
                QuestionForm::Day { first: last.saturating_sub(jiff::Span::new().days(366)), last }
            }
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

/// As they would be typed; only as many as the form has places for.
pub(super) fn write(questions: &[Question], put: &mut dyn FnMut(&str, String)) {
    for (question, names) in questions.iter().zip(&QUESTIONS) {
        put(names.label, question.label.ja.as_str().to_owned());
        if question.required {
            put(names.required, "yes".to_owned());
        }
        let (form, of) = match &question.form {
            QuestionForm::One { of } => ("one", &of[..]),
            QuestionForm::Any { of } => ("any", &of[..]),
            QuestionForm::Words { .. } => ("words", &[][..]),
            QuestionForm::Day { .. } => ("day", &[][..]),
        };
        put(names.form, form.to_owned());
        if !of.is_empty() {
            put(names.choices, of.iter().map(|one| one.label.ja.as_str()).collect::<Vec<_>>().join("\n"));
        }
    }
}
