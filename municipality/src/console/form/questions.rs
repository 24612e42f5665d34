//! The questions of a form: up to five, each in fields of its own.

use domain::Locale;
use jiff::civil::Date;
use wire::notice::{Choice, InLanguages, Line, Question, QuestionForm};

use super::{DraftForm, Faults, fault_words, of_line};
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
    /// The same in やさしい日本語.
    pub(in crate::console) easy: WordNames,
    /// The same in English.
    pub(in crate::console) en: WordNames,
}

/// The names of what a question says in one more language.
pub(in crate::console) struct WordNames {
    pub(in crate::console) label: &'static str,
    /// As many as the Japanese ones, in their order.
    pub(in crate::console) choices: &'static str,
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
            easy: WordNames { label: concat!($question, "-label-easy"), choices: concat!($question, "-choices-easy") },
            en: WordNames { label: concat!($question, "-label-en"), choices: concat!($question, "-choices-en") },
        }
    };
}

/// Every question's; also the ids of the fields.
pub(in crate::console) const QUESTIONS: [QuestionNames; 5] =
    [names!("q1"), names!("q2"), names!("q3"), names!("q4"), names!("q5")];

impl QuestionNames {
    /// Those in which something is typed.
    fn typed(&self) -> [&'static str; 8] {
        let Self { easy, en, .. } = self;
        [self.label, self.choices, self.first, self.last, easy.label, easy.choices, en.label, en.choices]
    }

    /// Label and choices in each language.
    pub(super) fn in_languages(&self) -> [(Locale, &'static str, &'static str); 3] {
        [
            (Locale::Ja, self.label, self.choices),
            (Locale::JaEasy, self.easy.label, self.easy.choices),
            (Locale::En, self.en.label, self.en.choices),
        ]
    }

    /// Whether something was typed.
    pub(in crate::console) fn are_used(&self, form: &DraftForm) -> bool {
        self.typed().into_iter().any(|name| !form.field(name).is_empty())
    }
}

impl WordNames {
    /// Whether something was typed.
    pub(in crate::console) fn are_used(&self, form: &DraftForm) -> bool {
        [self.label, self.choices].into_iter().any(|name| !form.field(name).is_empty())
    }
}

pub(super) fn is_name(name: &str) -> bool {
    QUESTIONS.iter().any(|one| one.typed().contains(&name) || [one.form, one.required].contains(&name))
}

/// What a field is called on the page.
pub(super) fn label(name: &str) -> &'static str {
    match name.split_once('-').map_or("", |(_, field)| field) {
        "choices" => say("question-choices"),
        "label-easy" => say("question-easy"),
        "choices-easy" => say("question-choices-easy"),
        "label-en" => say("question-en"),
        "choices-en" => say("question-choices-en"),
        _ => say("label-question"),
    }
}

/// Those that were written. `days`: where a day is asked for and nothing else is said, from when, and until when.
pub(super) fn read(form: &DraftForm, faults: &mut Faults, days: (Date, Option<Date>)) -> Vec<Question> {
    let mut questions = Vec::new();
    for (index, names) in QUESTIONS.iter().enumerate() {
        if names.are_used(form)
            && let Some(question) = question(form, names, index + 1, faults, days)
        {
            questions.push(question);
        }
    }
    questions
}

fn question(
    form: &DraftForm,
    names: &QuestionNames,
    number: usize,
    faults: &mut Faults,
    days: (Date, Option<Date>),
) -> Option<Question> {
    let label = if form.field(names.label).is_empty() {
        // Whatever else stands there is not lost without a word.
        faults.add(names.label, say("form-question-ja"));
        None
    } else {
        faults.line(form, names.label, true)
    };
    let how = form.field(names.form);
    let least = match how {
        "words" | "day" => 0,
        "any" => 1,
        _ => 2,
    };
    let there = if least == 0 { Vec::new() } else { typed(form, names.choices) };
    let ja = lines(&there, names.choices, faults);
    if there.len() < least {
        faults.add(names.choices, say("form-choices"));
    }
    let asked_day = (how == "day").then(|| day(form, names, faults, days));
    let (easy, easy_choices) = another(form, &names.easy, there.len(), faults);
    let (en, en_choices) = another(form, &names.en, there.len(), faults);
    let of = choices(ja, &easy_choices, &en_choices);
    let form_of = match (how, asked_day) {
        (_, Some(day)) => day,
        ("words", None) => QuestionForm::Words { chars_max: WORDS_MAX },
        ("any", None) => QuestionForm::Any { of },
        (_, None) => QuestionForm::One { of },
    };
    Some(Question {
        name: format!("q{number}"),
        label: InLanguages { ja: label?, ja_easy: easy, en },
        help: None,
        required: form.field(names.required) == "yes",
        form: form_of,
    })
}

/// What it says in one more language. `choices`: how many there are in Japanese; where there is none, those of other
/// languages are not read, because nobody chooses, or because the Japanese ones are asked for already.
fn another(form: &DraftForm, names: &WordNames, choices: usize, faults: &mut Faults) -> (Option<Line>, Vec<Line>) {
    let said = faults.line(form, names.label, false);
    let there = if choices == 0 { Vec::new() } else { typed(form, names.choices) };
    if !there.is_empty() && there.len() != choices {
        let about = [("label", label(names.choices).into()), ("count", there.len().into()), ("wanted", choices.into())];
        faults.add(names.choices, say_with("form-choices-count", &about));
    }
    (said, lines(&there, names.choices, faults))
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

/// The lines of a field, each with its number; empty ones are none.
fn typed<'f>(form: &'f DraftForm, name: &str) -> Vec<(usize, &'f str)> {
    (1..).zip(form.field(name).lines().map(str::trim)).filter(|(_, line)| !line.is_empty()).collect()
}

fn lines(typed: &[(usize, &str)], name: &str, faults: &mut Faults) -> Vec<Line> {
    let mut read = Vec::new();
    for (number, line) in typed {
        match Line::typed(line) {
            Ok(line) => read.push(line),
            Err(fault) => faults.add(name, of_line(name, *number, fault_words(fault))),
        }
    }
    read
}

fn choices(ja: Vec<Line>, easy: &[Line], en: &[Line]) -> Vec<Choice> {
    let one = |(place, ja): (usize, Line)| Choice {
        value: format!("c{}", place + 1),
        label: InLanguages { ja, ja_easy: easy.get(place).cloned(), en: en.get(place).cloned() },
    };
    ja.into_iter().enumerate().map(one).collect()
}

/// As they would be typed; only as many as the form has places for. Days that may be chosen stay open where they are those
/// of the notice itself: what is sent anew begins on another day.
pub(super) fn write(questions: &[Question], days: (Date, Date), put: &mut dyn FnMut(&str, String)) {
    for (question, names) in questions.iter().zip(&QUESTIONS) {
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
        for (locale, label, choices) in names.in_languages() {
            let (words, told) = question.label.told_in(locale);
            if told == locale {
                put(label, words.as_str().to_owned());
            }
            // Where only some are in a language, its readers see the Japanese ones between them.
            if of.iter().any(|one| one.label.told_in(locale).1 == locale) {
                let lines: Vec<&str> = of.iter().map(|one| one.label.told_in(locale).0.as_str()).collect();
                put(choices, lines.join("\n"));
            }
        }
    }
}
