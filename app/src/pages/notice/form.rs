//! What a notice asks.

use domain::NoticeKind;
use jiff::Timestamp;
use leptos::prelude::*;
use portal::letter::{Choice, InLanguages, Line, Question, QuestionForm, ReplyForm};
use wording::key;

use crate::context::Here;
use crate::pages::notices::words;

/// The questions, to be read; answering them is still being prepared.
#[component]
pub(super) fn Questions(here: Here, kind: NoticeKind, form: ReplyForm, replied_at: Option<Timestamp>) -> impl IntoView {
    let title = if kind == NoticeKind::SignUp { key::NOTICE_FORM_SIGN_UP } else { key::NOTICE_FORM_REQUEST };
    let at = |key, at: Timestamp| here.format(key, &[("when", here.when(at).into())]);
    let open = form.closes_at > here.context.now;
    let state = match replied_at {
        Some(replied_at) => at(key::NOTICE_FORM_REPLIED, replied_at),
        None if open => at(key::NOTICE_FORM_UNTIL, form.closes_at),
        None => at(key::NOTICE_FORM_CLOSED, form.closes_at),
    };
    let not_yet =
        (open && replied_at.is_none()).then(|| view! { <p class="measured">{here.text(key::NOTICE_FORM_NOT_YET)}</p> });
    let questions = form.questions.iter().map(|question| asked(&here, question)).collect_view();
    view! {
        <section class="notice-box">
            <h2>{here.text(title)}</h2>
            <p>{state}</p>
            {not_yet}
            <h3>{here.text(key::NOTICE_FORM_ASKED)}</h3>
            <ol class="flow-tight">{questions}</ol>
        </section>
    }
}

fn asked(here: &Here, question: &Question) -> impl IntoView + use<> {
    let how = match &question.form {
        QuestionForm::One { of } => choices(here, key::NOTICE_FORM_ONE, of).into_any(),
        QuestionForm::Any { of } => choices(here, key::NOTICE_FORM_ANY, of).into_any(),
        QuestionForm::Words { chars_max } => {
            let count = u32::from(*chars_max).into();
            view! { <p class="soft small">{here.format(key::NOTICE_FORM_WORDS, &[("count", count)])}</p> }.into_any()
        }
        QuestionForm::Day { first, last } => {
            let day = |day| wording::date_in(here.locale(), day, here.years());
            let values = [("first", day(*first).into()), ("last", day(*last).into())];
            view! { <p class="soft small">{here.format(key::NOTICE_FORM_DAY, &values)}</p> }.into_any()
        }
    };
    let help = question.help.as_ref().map(|help| {
        let (help, lang) = said(here, help);
        view! { <p class="soft small" lang=lang>{help}</p> }
    });
    let need = if question.required { key::LAYOUT_REQUIRED } else { key::LAYOUT_OPTIONAL };
    let data = if question.required { "required" } else { "optional" };
    let (label, lang) = said(here, &question.label);
    view! {
        <li>
            <p>
                <strong lang=lang>{label}</strong>
                <span class="field-need" data-need=data>{here.text(need)}</span>
            </p>
            {help}
            {how}
        </li>
    }
}

fn choices(here: &Here, how: wording::Key, of: &[Choice]) -> impl IntoView + use<> {
    let lines = of
        .iter()
        .map(|choice| {
            let (label, lang) = said(here, &choice.label);
            view! { <li lang=lang>{label}</li> }
        })
        .collect_view();
    view! { <p class="soft small">{here.text(how)}</p><ul>{lines}</ul> }
}

fn said(here: &Here, line: &InLanguages<Line>) -> (String, Option<&'static str>) {
    let (line, lang) = words::told(here, line);
    (line.as_str().to_owned(), lang)
}
