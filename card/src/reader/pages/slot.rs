//! The reader's own front page: card in, card out, the owner's word.

use domain::Locale;
use http::StatusCode;
use leptos::prelude::*;
use ui::{Button, ButtonLook, Choice, FieldText, SelectField, TextField};

use super::{Hidden, Html, Notice, document};
use crate::text::{Text, fill};

/// What the page shows.
pub(in crate::reader) struct SlotPage {
    pub(in crate::reader) status: StatusCode,
    pub(in crate::reader) locale: Locale,
    pub(in crate::reader) token: String,
    /// Name and holder of the card that is in.
    pub(in crate::reader) inserted: Option<(String, String)>,
    pub(in crate::reader) cards: Vec<Choice>,
    pub(in crate::reader) owner_word: Option<String>,
    /// What is wrong with the word just typed.
    pub(in crate::reader) owner_word_error: bool,
    pub(in crate::reader) notices: Vec<Notice>,
}

impl SlotPage {
    pub(in crate::reader) fn html(self) -> Html {
        let title = Text::of(self.locale).slot_title;
        let status = self.status;
        let body = document(self.locale, title, true, None, |text| self.view(text));
        Html::new(status, body)
    }

    fn view(self, text: &'static Text) -> AnyView {
        let (locale, token) = (self.locale, self.token);
        let notices = self.notices.into_iter().map(|notice| notice.view(text)).collect_view();
        let is_in = self.inserted.is_some();
        let holds = match &self.inserted {
            Some((card, who)) => fill(text.slot_holds, &[("card", card), ("who", who)]),
            None => text.slot_empty.to_owned(),
        };
        let word_error = self.owner_word_error.then(|| text.owner_bad.to_owned());
        let word_text = FieldText::label(text.owner_label).support(text.owner_why).error(word_error);
        view! {
            <h1>{text.slot_title}</h1>
            {notices}
            <p>{holds}</p>
            {is_in.then(|| remove_form(text, locale, token.clone()))}
            {insert_form(text, locale, token.clone(), self.cards, is_in)}
            <section class="flow">
                <h2>{text.owner_heading}</h2>
                <form class="flow" method="post" action="/v1/owner-word">
                    <Hidden name="token" value=token/>
                    <Hidden name="lang" value=locale.name()/>
                    <TextField id="word" name="word" text=word_text value=self.owner_word.unwrap_or_default() length_max=20/>
                    <Button text=text.owner_save look=ButtonLook::Outline/>
                </form>
            </section>
        }
        .into_any()
    }
}

fn remove_form(text: &'static Text, locale: Locale, token: String) -> impl IntoView {
    view! {
        <form method="post" action="/v1/card/remove">
            <Hidden name="token" value=token/>
            <Hidden name="lang" value=locale.name()/>
            <Button text=text.slot_remove/>
        </form>
    }
}

fn insert_form(text: &'static Text, locale: Locale, token: String, cards: Vec<Choice>, is_in: bool) -> AnyView {
    if cards.is_empty() {
        return view! { <p>{text.slot_no_cards}</p> }.into_any();
    }
    let look = if is_in { ButtonLook::Outline } else { ButtonLook::Filled };
    view! {
        <form class="flow" method="post" action="/v1/card/insert">
            <Hidden name="token" value=token/>
            <Hidden name="lang" value=locale.name()/>
            <SelectField id="card" name="card" text=FieldText::label(text.slot_choose) choices=cards/>
            <Button text=text.slot_insert look/>
        </form>
    }
    .into_any()
}
