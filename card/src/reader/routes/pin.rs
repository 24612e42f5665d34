//! `POST /v1/pin` and `POST /v1/without-pin`

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use base64ct::{Base64UrlUnpadded, Encoding as _};
use http::{HeaderMap, StatusCode};
use wire::reader::Answer;

use super::ask::{News, page, take};
use crate::chip::{CardKey, Chip, ChipError, OpenError, Pin};
use crate::reader::answer::{AnswerError, signed, signed_without_pin};
use crate::reader::asks::{PendingAsk, TakenAsk};
use crate::reader::form::Own;
use crate::reader::pages::{Html, Notice, Refused, Why, answer_page};
use crate::reader::slot::Duty;
use crate::reader::{Reader, random};
use crate::secret::SecretText;
use crate::text::Text;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PinForm {
    ask: String,
    token: String,
    pin: SecretText,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WithoutPinForm {
    ask: String,
    token: String,
}

/// The only place where a PIN arrives.
pub(super) async fn enter(State(reader): State<Arc<Reader>>, Own { form, headers }: Own<PinForm>) -> Response {
    let taken = match take(&reader, &form.ask, &form.token, &headers).await {
        Ok(taken) => taken,
        Err(response) => return *response,
    };
    let key = CardKey::of(taken.ask.purpose);
    let Ok(pin) = Pin::parse(key, form.pin.expose()) else {
        let news = News::pin(Text::of(taken.ask.locale).pin_form.of(key).to_owned());
        return again(&reader, &form.ask, taken, news).await.into_response();
    };
    let now = reader.now();
    finish(&reader, &form.ask, taken, move |chip, ask| signed(chip, ask, &pin, now)).await
}

/// On a machine of an institution only; the answer says that there was no PIN.
pub(super) async fn skip(State(reader): State<Arc<Reader>>, Own { form, headers }: Own<WithoutPinForm>) -> Response {
    let Some(institution) = reader.without_pin.clone() else {
        return not_here(&headers);
    };
    let taken = match take(&reader, &form.ask, &form.token, &headers).await {
        Ok(taken) => taken,
        Err(response) => return *response,
    };
    finish(&reader, &form.ask, taken, move |chip, ask| signed_without_pin(chip, ask, &institution)).await
}

fn not_here(headers: &HeaderMap) -> Response {
    Refused::to(headers, Why::NotFound).into_response()
}

/// Lets the card sign, and leads back to the portal; or says on the same page what is wrong.
async fn finish(
    reader: &Arc<Reader>,
    id: &str,
    taken: TakenAsk,
    sign: impl FnOnce(&dyn Chip, &PendingAsk) -> Result<Answer, AnswerError> + Send + 'static,
) -> Response {
    let text = Text::of(taken.ask.locale);
    let Some(insertion) = reader.slot.inserted() else {
        let news = News::of(StatusCode::CONFLICT, Notice::bad(text.card_missing));
        return again(reader, id, taken, news).await.into_response();
    };
    if let Err(error) = reader.make_ready(&insertion.card).await {
        let news = News::of(StatusCode::CONFLICT, error.notice(text));
        return again(reader, id, taken, news).await.into_response();
    }
    let (chip, ask) = (reader.chip(&insertion.card), taken.ask.clone());
    let signed = tokio::task::spawn_blocking(move || sign(&*chip, &ask)).await.unwrap_or(Err(AnswerError::CutOff));
    let duty = Duty { url: taken.ask.portal.removed_url(), token: taken.ask.removal_token.clone() };
    let signed = signed
        .and_then(|answer| if reader.slot.remember(&insertion, duty) { Ok(answer) } else { Err(AnswerError::Taken) });
    match signed {
        Ok(answer) => {
            tracing::info!(purpose = taken.ask.purpose.name(), pin = answer.pin, "answered");
            answer_page(&taken.ask, &answer, nonce()).into_response()
        }
        Err(error) => {
            if let Some(news) = news_of(text, &error) {
                return again(reader, id, taken, news).await.into_response();
            }
            let locale = taken.ask.locale;
            reader.asks.put_back(taken);
            Reader::failed(locale, &error).into_response()
        }
    }
}

/// What the person can be told; `None` if something broke. The state of the card stands on the page anyway.
fn news_of(text: &Text, error: &AnswerError) -> Option<News> {
    let only = |status| Some(News { status, ..News::default() });
    match error {
        AnswerError::Open(OpenError::Wrong { tries_left }) => {
            let tries = text.tries(*tries_left).unwrap_or_default();
            Some(News::pin(format!("{}{}{tries}", text.pin_wrong, text.between_sentences)))
        }
        AnswerError::Open(OpenError::Locked) => only(StatusCode::LOCKED),
        AnswerError::Open(OpenError::Chip(ChipError::Unusable(_))) => only(StatusCode::CONFLICT),
        AnswerError::Open(OpenError::Chip(ChipError::NotPersonalised)) => {
            Some(News::of(StatusCode::CONFLICT, Notice::bad(text.card_damaged)))
        }
        AnswerError::Taken => Some(News::of(StatusCode::CONFLICT, Notice::bad(text.card_taken))),
        AnswerError::OtherKey => only(StatusCode::FORBIDDEN),
        AnswerError::Open(OpenError::Chip(ChipError::File(_) | ChipError::Key(_)))
        | AnswerError::Cms(_)
        | AnswerError::Certificate(_)
        | AnswerError::CutOff => None,
    }
}

async fn again(reader: &Arc<Reader>, id: &str, taken: TakenAsk, news: News) -> Html {
    let ask = taken.ask.clone();
    reader.asks.put_back(taken);
    page(reader, id, ask, news).await
}

pub(super) fn nonce() -> String {
    Base64UrlUnpadded::encode_string(&random::<16>())
}
