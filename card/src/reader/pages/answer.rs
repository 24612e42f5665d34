//! The way back: a form that the person, or a script where there is one, posts to the portal.

use http::StatusCode;
use leptos::prelude::*;
use ui::{Button, ButtonSize};
use wire::reader::{Answer, AnswerKind};

use super::{Html, document};
use crate::reader::asks::PendingAsk;
use crate::text::Text;

/// The page never knows the PIN: only what the card gave.
pub(in crate::reader) fn answer_page(ask: &PendingAsk, answer: &Answer, nonce: String) -> Html {
    let fields = fields(answer);
    let result = answer.result;
    let action = ask.portal.answer_url();
    let script =
        view! { <script nonce=nonce.clone() inner_html="document.getElementById('answer').submit()"></script> };
    let body = document(ask.locale, Text::of(ask.locale).answer_title, false, Some(script.into_any()), |text| {
        let line = match result {
            AnswerKind::Signed => text.answer_signed,
            AnswerKind::Cancelled => text.answer_cancelled,
            AnswerKind::Locked | AnswerKind::Unusable => text.answer_refused,
        };
        let inputs = fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        view! {
            <h1>{text.answer_title}</h1>
            <p>{line}</p>
            <form id="answer" method="post" action=action>
                {inputs}
                <Button text=text.back size=ButtonSize::Large/>
            </form>
        }
        .into_any()
    });
    Html { posts_to: Some(ask.portal.origin().to_owned()), nonce: Some(nonce), ..Html::new(StatusCode::OK, body) }
}

/// The answer as form fields: all of its fields are strings.
fn fields(answer: &Answer) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(answer) else {
        return Vec::new();
    };
    let text = |(name, value): (String, serde_json::Value)| Some((name, value.as_str()?.to_owned()));
    fields.into_iter().filter_map(text).collect()
}
