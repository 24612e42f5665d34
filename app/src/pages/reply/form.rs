//! The questions as fields. What each takes stands in the notice; nothing of it becomes markup.

use leptos::prelude::*;
use portal::letter::{Choice, InLanguages, Line, Question, QuestionForm, ReplyForm};
use portal::{AnswerFault, AnswerFaults, answer_field};
use ui::{Button, ErrorSummary, FieldError};
use wording::key;

use crate::context::Here;
use crate::pages::notices::words;
use crate::paths;

#[component]
pub(super) fn AnswerForm(
    here: Here,
    number: i64,
    form: ReplyForm,
    fields: Vec<(String, String)>,
    faults: AnswerFaults,
) -> impl IntoView {
    let text = here.texts();
    let fault_of = |question: &Question| {
        faults.iter().find(|(name, _)| *name == question.name).map(|(_, fault)| said(&here, question, *fault))
    };
    let errors = form
        .questions
        .iter()
        .filter_map(|question| {
            let error = fault_of(question)?;
            let question_told = told(&here, &question.label).0;
            let values = [("question", question_told.into()), ("error", error.into())];
            Some(FieldError { field_id: first_id(question), text: here.format(key::REPLY_ERROR_AT, &values) })
        })
        .collect();
    let questions = form
        .questions
        .iter()
        .map(|question| {
            let name = answer_field(question);
            let typed = fields.iter().filter(|(field, _)| *field == name).map(|(_, value)| value.as_str()).collect();
            Asked { here: &here, question, name, typed, error: fault_of(question) }.shown()
        })
        .collect_view();
    let action = format!("{}/check", paths::reply(number));
    view! {
        <ErrorSummary title=text(key::REPLY_ERRORS) errors/>
        <form method="post" action=action class="stack apart" novalidate>
            {questions}
            <div class="actions"><Button text=text(key::REPLY_CHECK)/></div>
        </form>
    }
}

/// One question with what was typed.
struct Asked<'a> {
    here: &'a Here,
    question: &'a Question,
    name: String,
    typed: Vec<&'a str>,
    error: Option<String>,
}

impl Asked<'_> {
    fn shown(&self) -> AnyView {
        match &self.question.form {
            QuestionForm::One { of } => self.group(of, "radio").into_any(),
            QuestionForm::Any { of } => self.group(of, "checkbox").into_any(),
            QuestionForm::Words { .. } => {
                // A browser drops the first line break after the tag, and Leptos writes the content as it is.
                let typed = self.typed.first().copied().unwrap_or_default();
                let typed = ["\n", typed].concat().replace('&', "&amp;").replace('<', "&lt;");
                self.field(
                    view! {
                        <textarea
                            class="input input-lines"
                            id=self.name.clone()
                            name=self.name.clone()
                            rows="5"
                            aria-invalid=self.invalid()
                            aria-describedby=self.described_by()
                        >
                            {typed}
                        </textarea>
                    }
                    .into_any(),
                )
                .into_any()
            }
            QuestionForm::Day { first, last } => {
                let typed = self.typed.first().copied().unwrap_or_default().to_owned();
                self.field(
                    view! {
                        <input
                            type="date"
                            class="input input-short"
                            id=self.name.clone()
                            name=self.name.clone()
                            value=typed
                            min=first.to_string()
                            max=last.to_string()
                            aria-invalid=self.invalid()
                            aria-describedby=self.described_by()
                        />
                    }
                    .into_any(),
                )
                .into_any()
            }
        }
    }

    /// One field with its label.
    fn field(&self, input: AnyView) -> impl IntoView + use<> {
        view! {
            <div class="field">
                <label class="field-label" for=self.name.clone()>{self.label()}</label>
                {self.support()}
                {input}
                {self.error()}
            </div>
        }
    }

    /// Choices under one name.
    fn group(&self, of: &[Choice], kind: &'static str) -> impl IntoView + use<> {
        let choices = of
            .iter()
            .map(|choice| {
                let id = choice_id(self.question, choice);
                let chosen = self.typed.contains(&choice.value.as_str());
                let (label, lang) = told(self.here, &choice.label);
                view! {
                    <label class="checkbox" for=id.clone()>
                        <input
                            type=kind
                            id=id.clone()
                            name=self.name.clone()
                            value=choice.value.clone()
                            checked=chosen
                        />
                        <span lang=lang>{label}</span>
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="field" aria-describedby=self.described_by()>
                <legend class="field-legend">{self.label()}</legend>
                {self.support()}
                {choices}
                {self.error()}
            </fieldset>
        }
    }

    fn label(&self) -> impl IntoView + use<> {
        let (label, lang) = told(self.here, &self.question.label);
        let (need, data) = if self.question.required {
            (key::LAYOUT_REQUIRED, "required")
        } else {
            (key::LAYOUT_OPTIONAL, "optional")
        };
        let need = self.here.text(need);
        view! { <span lang=lang>{label}</span><span class="field-need" data-need=data>{need}</span> }
    }

    /// How it is answered, and what the sender says about that.
    fn support(&self) -> impl IntoView + use<> {
        let here = self.here;
        let how = match &self.question.form {
            QuestionForm::One { .. } => here.text(key::REPLY_ONE),
            QuestionForm::Any { .. } => here.text(key::REPLY_ANY),
            QuestionForm::Words { chars_max } => {
                here.format(key::REPLY_CHARS, &[("count", u32::from(*chars_max).into())])
            }
            QuestionForm::Day { .. } => days(here, self.question, key::REPLY_DAY),
        };
        let help = self.question.help.as_ref().map(|help| {
            let (help, lang) = told(here, help);
            view! { <span lang=lang>{help}</span>" " }
        });
        view! { <p class="field-support" id=format!("{}-support", self.name)>{help}{how}</p> }
    }

    fn error(&self) -> impl IntoView + use<> {
        let id = format!("{}-error", self.name);
        self.error.clone().map(|text| view! { <p class="field-error" id=id>{format!("＊{text}")}</p> })
    }

    fn described_by(&self) -> String {
        match self.error {
            Some(_) => format!("{0}-support {0}-error", self.name),
            None => format!("{}-support", self.name),
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }
}

/// Where a link from the summary leads.
fn first_id(question: &Question) -> String {
    match &question.form {
        QuestionForm::One { of } | QuestionForm::Any { of } => {
            of.first().map_or_else(|| answer_field(question), |choice| choice_id(question, choice))
        }
        QuestionForm::Words { .. } | QuestionForm::Day { .. } => answer_field(question),
    }
}

/// Two underscores stand in no name.
fn choice_id(question: &Question, choice: &Choice) -> String {
    format!("{}__{}", answer_field(question), choice.value)
}

fn said(here: &Here, question: &Question, fault: AnswerFault) -> String {
    match fault {
        AnswerFault::Missing => here.text(key::REPLY_MISSING),
        AnswerFault::NotOffered => here.text(key::REPLY_NOT_OFFERED),
        AnswerFault::TooLong { chars } => {
            let most = match question.form {
                QuestionForm::Words { chars_max } => u32::from(chars_max),
                _ => 0,
            };
            here.format(key::REPLY_TOO_LONG, &[("most", most.into()), ("count", chars.into())])
        }
        AnswerFault::Unprintable => here.text(key::REPLY_UNPRINTABLE),
        AnswerFault::NoDay => days(here, question, key::REPLY_NO_DAY),
    }
}

fn days(here: &Here, question: &Question, words: wording::Key) -> String {
    let day = |day| wording::date_in(here.locale(), day, here.years());
    match question.form {
        QuestionForm::Day { first, last } => {
            here.format(words, &[("first", day(first).into()), ("last", day(last).into())])
        }
        _ => String::new(),
    }
}

pub(super) fn told(here: &Here, line: &InLanguages<Line>) -> (String, Option<&'static str>) {
    let (line, lang) = words::told(here, line);
    (line.as_str().to_owned(), lang)
}
