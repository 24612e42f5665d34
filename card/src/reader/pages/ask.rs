//! The page on which the person decides: who asks, what for, what is signed; card; PIN.

use domain::{CardPurpose, Locale};
use http::StatusCode;
use leptos::prelude::*;
use ui::{
    Button, ButtonLook, ButtonSize, Choice, Disclosure, ErrorSummary, FieldError, FieldText, SelectField, TextField,
    TextInput,
};

use super::{Hidden, Html, Notice, document, language_name};
use crate::chip::CardKey;
use crate::reader::asks::PendingAsk;
use crate::text::{Text, fill};

/// What the page shows.
pub(in crate::reader) struct AskPage {
    pub(in crate::reader) status: StatusCode,
    pub(in crate::reader) id: String,
    pub(in crate::reader) token: String,
    pub(in crate::reader) ask: PendingAsk,
    pub(in crate::reader) card: Option<CardInSlot>,
    pub(in crate::reader) cards: Vec<Choice>,
    pub(in crate::reader) owner_word: Option<String>,
    /// This machine can answer a login without a PIN.
    pub(in crate::reader) without_pin: bool,
    pub(in crate::reader) notice: Option<Notice>,
    /// What is wrong with the PIN just typed; the field itself is empty again.
    pub(in crate::reader) pin_error: Option<String>,
}

/// The card in the slot.
pub(in crate::reader) struct CardInSlot {
    pub(in crate::reader) name: String,
    pub(in crate::reader) who: String,
    pub(in crate::reader) condition: Condition,
}

/// Can it do what is asked?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::reader) enum Condition {
    /// The PIN may be tried so often, at least once.
    Ready {
        tries_left: u8,
    },
    PinLocked,
    Stopped,
    NotHandedOver,
    Damaged,
}

impl AskPage {
    pub(in crate::reader) fn html(self) -> Html {
        let title = Text::of(self.ask.locale).purpose(self.ask.purpose).title;
        let status = self.status;
        let body = document(self.ask.locale, title, false, None, |text| self.view(text));
        Html::new(status, body)
    }

    fn view(self, text: &'static Text) -> AnyView {
        let purpose = text.purpose(self.ask.purpose);
        let pin_error = self.pin_error.clone();
        let errors = pin_error.into_iter().map(|text| FieldError { field_id: "pin".into(), text }).collect();
        let origin = self.ask.portal.origin().to_owned();
        let document = self.ask.purpose.uses_signature_key().then(|| self.ask.document.clone());
        let ready = matches!(&self.card, Some(CardInSlot { condition: Condition::Ready { .. }, .. }));
        view! {
            <h1>{purpose.title}</h1>
            <ErrorSummary title=text.problem errors/>
            {self.notice.clone().map(|notice| notice.view(text))}
            <section class="flow">
                <h2>{text.asker_heading}</h2>
                <p>{fill(text.asker_line, &[("origin", &origin)])}</p>
            </section>
            <section class="flow">
                <h2>{text.purpose_heading}</h2>
                <p>{purpose.meaning}</p>
            </section>
            {document.map(|document| document_view(text, document))}
            <section class="flow">
                <h2>{text.card_heading}</h2>
                {self.card_view(text)}
            </section>
            {ready.then(|| self.pin_view(text))}
            {self.leave_form(text, ready)}
            {self.language_form(text)}
        }
        .into_any()
    }

    fn card_view(&self, text: &'static Text) -> AnyView {
        let Some(card) = &self.card else {
            return view! {
                <p>{text.slot_empty}</p>
                {self.insert_form(text, ButtonLook::Filled)}
            }
            .into_any();
        };
        let key = CardKey::of(self.ask.purpose);
        let trouble = match card.condition {
            Condition::Ready { .. } => None,
            Condition::PinLocked => Some(text.locked.of(key)),
            Condition::Stopped => Some(text.stopped),
            Condition::NotHandedOver => Some(text.not_handed_over),
            Condition::Damaged => Some(text.card_damaged),
        };
        let insert = self.insert_form(text, ButtonLook::Outline);
        view! {
            <p>{fill(text.slot_holds, &[("card", &card.name), ("who", &card.who)])}</p>
            {trouble.map(|line| Notice::bad(line).view(text))}
            <Disclosure summary=text.slot_other>{insert}</Disclosure>
        }
        .into_any()
    }

    fn insert_form(&self, text: &'static Text, look: ButtonLook) -> AnyView {
        if self.cards.is_empty() {
            return view! { <p>{text.slot_no_cards}</p> }.into_any();
        }
        let choices = self.cards.clone();
        view! {
            <form class="flow" method="post" action="/v1/ask/card">
                {self.identity()}
                <SelectField id="card" name="card" text=FieldText::label(text.slot_choose) choices/>
                <Button text=text.slot_insert look/>
            </form>
        }
        .into_any()
    }

    fn pin_view(&self, text: &'static Text) -> impl IntoView + use<> {
        let key = CardKey::of(self.ask.purpose);
        let field =
            FieldText::label(text.pin_label.of(key)).support(text.pin_hint.of(key)).error(self.pin_error.clone());
        let (input, length_max) = match key {
            CardKey::Authentication => (TextInput::PinDigits, 4),
            CardKey::Signature => (TextInput::Password, 16),
        };
        let tries = match &self.card {
            Some(CardInSlot { condition: Condition::Ready { tries_left }, .. }) => text.tries(*tries_left),
            _ => None,
        };
        // Said once: after a wrong entry it stands in the error.
        let tries = tries.filter(|line| self.pin_error.as_ref().is_none_or(|error| !error.ends_with(line)));
        let without_pin = self.without_pin && self.ask.purpose == CardPurpose::Login;
        view! {
            <section class="flow">
                <h2>{text.pin_heading}</h2>
                {owner_word_view(text, self.owner_word.clone())}
                <form class="flow" method="post" action="/v1/pin">
                    {self.identity()}
                    <TextField id="pin" name="pin" text=field input length_max/>
                    {tries.map(|line| view! { <p>{line}</p> })}
                    <p>{text.pin_stays}</p>
                    <Button text=text.purpose(self.ask.purpose).button size=ButtonSize::Large/>
                </form>
                {without_pin.then(|| self.without_pin_form(text))}
            </section>
        }
    }

    fn without_pin_form(&self, text: &'static Text) -> impl IntoView + use<> {
        view! {
            <form class="flow" method="post" action="/v1/without-pin">
                {self.identity()}
                <p>{text.without_pin_note}</p>
                <Button text=text.without_pin look=ButtonLook::Outline/>
            </form>
        }
    }

    fn leave_form(&self, text: &'static Text, ready: bool) -> impl IntoView + use<> {
        let verb = if ready || self.card.is_none() { text.cancel } else { text.back };
        view! {
            <form method="post" action="/v1/leave">
                {self.identity()}
                <Button text=verb look=ButtonLook::Outline/>
            </form>
        }
    }

    fn language_form(&self, text: &'static Text) -> impl IntoView + use<> {
        let buttons = Locale::ALL
            .into_iter()
            .filter(|locale| *locale != self.ask.locale)
            .map(|locale| {
                view! {
                    <span lang=locale.html_lang()>
                        <Button text=language_name(locale) look=ButtonLook::Text name="lang" value=locale.name()/>
                    </span>
                }
            })
            .collect_view();
        view! {
            <form method="post" action="/v1/ask/language" aria-label=text.languages>
                {self.identity()}
                {buttons}
            </form>
        }
    }

    fn identity(&self) -> impl IntoView + use<> {
        view! {
            <Hidden name="ask" value=self.id.clone()/>
            <Hidden name="token" value=self.token.clone()/>
        }
    }
}

fn document_view(text: &'static Text, document: String) -> impl IntoView {
    view! {
        <section class="flow">
            <h2>{text.document_heading}</h2>
            <p>{text.document_note}</p>
            <div class="document document-plain">{document}</div>
        </section>
    }
}

fn owner_word_view(text: &'static Text, word: Option<String>) -> AnyView {
    match word {
        Some(word) => view! {
            <div class="notice-box">
                <p>{text.owner_yours} " " <strong>{word}</strong></p>
                <p>{text.owner_check}</p>
            </div>
        }
        .into_any(),
        None => Notice::careful(text.owner_unset).view(text).into_any(),
    }
}
