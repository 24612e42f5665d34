//! Writing a notice.

use axum::response::Response;
use domain::NoticeKind;
use leptos::prelude::*;
use ui::{
    Banner, Button, ButtonLook, ButtonSize, Checkbox, Choice, Disclosure, ErrorSummary, FieldError, FieldText, Kind,
    Need, SelectField, TextArea, TextField, TextInput,
};

use super::{Done, Sheet};
use crate::console::access::Drafter;
use crate::console::form::{DraftForm, QUESTIONS, QuestionNames};
use crate::console::{Console, words};
use crate::plain_words::{Place, Warning};
use crate::store::DraftId;
use crate::texts::{say, say_with};

/// The button with which the form was sent, and what it says where files, look and recipients come next.
pub(in crate::console) const BUTTON: &str = "then";
pub(in crate::console) const NEXT: &str = "next";

/// A draft as it stands.
pub(in crate::console) struct Standing {
    /// None: not saved yet.
    pub(in crate::console) id: Option<DraftId>,
    pub(in crate::console) form: DraftForm,
    pub(in crate::console) faults: Vec<FieldError>,
    pub(in crate::console) warnings: Vec<Warning>,
}

pub(in crate::console) fn draft(
    console: &Console,
    officer: &Drafter,
    standing: Standing,
    done: Option<Done>,
) -> Response {
    let title = if standing.id.is_some() { say("draft") } else { say("new") };
    Sheet::new(console, Some(officer), title).done(done).html(move || {
        let Standing { id, form, faults, warnings } = standing;
        let saved = id.is_some();
        let action = id.map_or_else(|| "/console/drafts".to_owned(), |id| format!("/console/drafts/{id}"));
        // What is not there yet is missing only after it was saved once.
        let faults = if saved { faults } else { Vec::new() };
        let dropped = id.map(|id| {
            view! {
                <form class="apart" method="post" action=format!("/console/drafts/{id}/drop")>
                    <Button text=say("draft-drop") look=ButtonLook::Text/>
                </form>
            }
        });
        let replaces = form.replaces().map(|_| {
            view! {
                <Banner kind=Kind::Info kind_label=say("notice") title=say("draft-replaces-title")>
                    <p>{say("draft-replaces")}</p>
                </Banner>
            }
        });
        view! {
            {replaces}
            <ErrorSummary title=say("draft-to-mend") errors=faults.clone()/>
            {super::sending::advice(&warnings)}
            <form class="flow" method="post" action=action>
                {fields(&form, &faults)}
                <p class="measured">{say("draft-next-lead")}</p>
                <div class="actions">
                    <Button text=say("draft-next") name=BUTTON value=NEXT size=ButtonSize::Large/>
                    <Button text=say("draft-save") look=ButtonLook::Outline size=ButtonSize::Large/>
                </div>
            </form>
            {dropped}
        }
        .into_any()
    })
}

fn fields(form: &DraftForm, faults: &[FieldError]) -> AnyView {
    let ask = Ask { form, faults };
    let kinds = std::iter::once(Choice::new("", say("draft-choose")))
        .chain(NoticeKind::ALL.iter().map(|kind| Choice::new(kind.name(), words::kind(*kind))))
        .collect();
    let hours =
        (6..=21).map(|hour| Choice::new(hour.to_string(), say_with("hour", &[("hour", hour.into())]))).collect();
    let hour = if form.field("starts_hour").is_empty() { "9" } else { form.field("starts_hour") }.to_owned();
    let body_help = say("draft-body-help");
    view! {
        <section class="flow">
            <h2>{say("draft-content")}</h2>
            <SelectField id="kind" name="kind" text=ask.text("kind", say("column-kind"), None, true) choices=kinds chosen=form.field("kind")/>
            {ask.line("title", "title", say("label-title"), Some(say("draft-title-help")), true)}
            {ask.lines("body", "body", say("label-body"), Some(body_help), true, 12)}
        </section>
        <section class="flow">
            <h2>{say("language-ja-easy")}</h2>
            {ask.line("easy-title", "easy_title", say("draft-easy-title"), None, false)}
            {ask.lines("easy-body", "easy_body", say("draft-easy-body"), Some(say("draft-easy-body-help")), false, 8)}
        </section>
        <section class="flow">
            <h2>"English"</h2>
            {ask.line("en-title", "en_title", say("draft-en-title"), None, false)}
            {ask.lines("en-body", "en_body", say("draft-en-body"), None, false, 8)}
        </section>
        <section class="flow">
            <h2>{say("face-office")}</h2>
            {ask.line("office", "office", say("label-office"), Some(say("draft-office-help")), true)}
            <div class="field-row">
                {ask.line("phone", "phone", say("label-phone"), None, false)}
                {ask.line("hours", "hours", say("label-hours"), Some(say("draft-hours-help")), false)}
            </div>
        </section>
        <section class="flow">
            <h2>{say("draft-days")}</h2>
            <div class="field-row">
                {ask.day("deadline", "deadline", say("label-deadline"), Some(say("draft-deadline-help")), false)}
                {ask.day("expires", "expires", say("label-expires"), Some(say("draft-expires-help")), true)}
            </div>
            <div class="field-row">
                {ask.day("starts", "starts", say("label-starts"), Some(say("draft-starts-help")), false)}
                <SelectField id="starts-hour" name="starts_hour" text=ask.text("starts-hour", say("draft-starts-hour"), Some(say("draft-starts-hour-help")), false) choices=hours chosen=hour/>
            </div>
        </section>
        <section class="flow">
            <h2>{say("face-questions")}</h2>
            <p class="measured">{say("draft-questions-lead")}</p>
            {ask.day("closes", "closes", say("label-closes"), None, false)}
            {QUESTIONS.iter().enumerate().map(|(index, names)| ask.question(index + 1, names)).collect_view()}
        </section>
        <section class="flow">
            <h2>{say("draft-states")}</h2>
            <Checkbox
                id="wants-states"
                name="wants_states"
                label=say("draft-wants-states")
                support=say("draft-wants-states-help")
                checked=form.field("wants_states") == "yes"
            />
        </section>
    }
    .into_any()
}

struct Ask<'a> {
    form: &'a DraftForm,
    faults: &'a [FieldError],
}

impl Ask<'_> {
    fn text(&self, id: &str, label: &str, support: Option<&str>, required: bool) -> FieldText {
        let error = self.faults.iter().find(|fault| fault.field_id == id).map(|fault| fault.text.clone());
        // A draft may be saved half written: what is required is said, and asked for only before it is sent.
        let need = if required { words::required() } else { words::optional() };
        FieldText {
            label: label.to_owned(),
            support: support.map(str::to_owned),
            error,
            need: Some(Need::Optional(need)),
        }
    }

    fn line(&self, id: &'static str, name: &'static str, label: &str, support: Option<&str>, must: bool) -> AnyView {
        let text = self.text(id, label, support, must);
        view! { <TextField id name text value=self.form.field(name)/> }.into_any()
    }

    fn lines(
        &self,
        id: &'static str,
        name: &'static str,
        label: &str,
        support: Option<&str>,
        must: bool,
        rows: u32,
    ) -> AnyView {
        let text = self.text(id, label, support, must);
        view! { <TextArea id name text rows value=self.form.field(name)/> }.into_any()
    }

    fn day(&self, id: &'static str, name: &'static str, label: &str, support: Option<&str>, must: bool) -> AnyView {
        let text = self.text(id, label, support, must);
        view! { <TextField id name text input=TextInput::Date value=self.form.field(name)/> }.into_any()
    }

    fn question(&self, number: usize, names: &'static QuestionNames) -> AnyView {
        let forms = [
            ("one", say("question-one")),
            ("any", say("question-any")),
            ("words", say("question-words")),
            ("day", say("question-day")),
        ]
        .map(|(value, text)| Choice::new(value, text))
        .to_vec();
        let open = number == 1 || names.are_used(self.form);
        let chosen = self.form.field(names.form).to_owned();
        let form_text = self.text(names.form, say("question-form"), None, false);
        let required = self.form.field(names.required) == "yes";
        let question = self.line(names.label, names.label, say("label-question"), Some(say("question-help")), false);
        let choices = self.lines(
            names.choices,
            names.choices,
            say("question-choices"),
            Some(say("question-choices-help")),
            false,
            4,
        );
        let first_help = Some(say("question-first-help"));
        let first = self.day(names.first, names.first, say("question-first"), first_help, false);
        let last = self.day(names.last, names.last, say("question-last"), Some(say("question-last-help")), false);
        let languages = self.languages(names);
        view! {
            <Disclosure summary=say_with("question-number", &[("number", number.into())]) open=open>
                <div class="flow">
                    {question}
                    <SelectField id=names.form name=names.form text=form_text choices=forms chosen/>
                    {choices}
                    <div class="field-row">{first}{last}</div>
                    <Checkbox id=names.required name=names.required label=say("question-required") checked=required/>
                    {languages}
                </div>
            </Disclosure>
        }
        .into_any()
    }

    /// A question in other languages: closed until something stands there.
    fn languages(&self, names: &'static QuestionNames) -> AnyView {
        let open = names.easy.are_used(self.form) || names.en.are_used(self.form);
        let words = [
            (&names.easy, say("question-easy"), say("question-choices-easy")),
            (&names.en, say("question-en"), say("question-choices-en")),
        ]
        .map(|(names, label, choices)| {
            let help = Some(say("question-choices-same"));
            let label = self.line(names.label, names.label, label, None, false);
            let choices = self.lines(names.choices, names.choices, choices, help, false, 4);
            view! { {label} {choices} }
        });
        view! {
            <Disclosure summary=say("question-languages") open=open>
                <div class="flow">
                    <p class="measured">{say("question-languages-lead")}</p>
                    {words}
                </div>
            </Disclosure>
        }
        .into_any()
    }
}

/// Where a warning is, in words.
pub(super) fn place(warning: &Warning) -> String {
    let text = super::face::language(warning.locale);
    match warning.place {
        Place::Title => say_with("place-title", &[("text", text.into())]),
        Place::Block(number) => say_with("place-block", &[("text", text.into()), ("number", number.into())]),
        Place::Whole => say_with("place-whole", &[("text", text.into())]),
    }
}
