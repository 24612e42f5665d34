//! What is going to be sent, and to whom.

use leptos::prelude::*;
use portal::letter::{Choice, Question, QuestionForm, ReplyAnswer, ReplyForm, ReplyValue};
use ui::{Button, ButtonLook, DescriptionList, Fact};
use wording::{Key, key};

use super::form::told;
use super::{About, Around};
use crate::context::Here;
use crate::paths;

#[component]
pub(super) fn Confirm(
    here: Here,
    about: About,
    answers: Vec<ReplyAnswer>,
    fields: Vec<(String, String)>,
) -> impl IntoView {
    let text = here.texts();
    let institution = wording::organisation(here.locale(), &about.opened.line.sender);
    let named = |key: Key| here.format(key, &[("institution", institution.as_str().into())]);
    let facts = facts(&here, &about.form, &answers);
    let next = [key::REPLY_NEXT_SEAL, key::REPLY_NEXT_PERSON, key::REPLY_NEXT_ONCE].map(|line| {
        let line = named(line);
        view! { <li>{line}</li> }
    });
    let (lead, send) = (named(key::REPLY_CONFIRM_LEAD), named(key::REPLY_SEND));
    let typed = |form: ReplyForm| {
        let own: Vec<String> = form.questions.iter().map(portal::answer_field).collect();
        let asked = fields.clone().into_iter().filter(move |(name, _)| own.contains(name));
        asked.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view()
    };
    let (send_fields, again_fields) = (typed(about.form.clone()), typed(about.form.clone()));
    let base = paths::reply(about.number());
    let (check, go) = (format!("{base}/check"), format!("{base}/send"));
    view! {
        <Around here=here.clone() about>
            <h2>{text(key::REPLY_CONFIRM)}</h2>
            <p class="measured">{lead}</p>
            <DescriptionList facts/>
            <ul class="flow-tight measured">{next}</ul>
            <div class="actions apart">
                <form method="post" action=go>
                    {send_fields}
                    <Button text=send/>
                </form>
                <form method="post" action=check>
                    {again_fields}
                    <Button text=text(key::REPLY_CHANGE) look=ButtonLook::Outline name="again" value="yes"/>
                </form>
            </div>
        </Around>
    }
}

fn facts(here: &Here, form: &ReplyForm, answers: &[ReplyAnswer]) -> Vec<Fact> {
    let fact = |question: &Question| {
        let given = answers.iter().find(|answer| answer.question == question.name);
        let given =
            given.map_or_else(|| here.text(key::REPLY_NOTHING), |answer| in_words(here, &question.form, &answer.value));
        Fact::of(told(here, &question.label).0, view! { <span class="passage">{given}</span> })
    };
    form.questions.iter().map(fact).collect()
}

fn in_words(here: &Here, form: &QuestionForm, value: &ReplyValue) -> String {
    let label = |of: &[Choice], value: &str| {
        of.iter().find(|choice| choice.value == value).map_or_else(String::new, |choice| told(here, &choice.label).0)
    };
    match (form, value) {
        (QuestionForm::One { of }, ReplyValue::One(chosen)) => label(of, chosen),
        (QuestionForm::Any { of }, ReplyValue::Any(chosen)) => {
            chosen.iter().map(|value| label(of, value)).collect::<Vec<_>>().join("\n")
        }
        (_, ReplyValue::Words(words)) => words.as_str().to_owned(),
        (_, ReplyValue::Day(day)) => wording::date_in(here.locale(), *day, here.years()),
        (_, ReplyValue::One(_) | ReplyValue::Any(_)) => String::new(),
    }
}
