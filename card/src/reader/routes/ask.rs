//! `POST /v1/ask` from a listed portal's page; `POST /v1/ask/card` and `/v1/ask/language` from the page it opens.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::Locale;
use http::{HeaderMap, StatusCode};
use runtime::SystemRng;

use crate::reader::Reader;
use crate::reader::asks::{PendingAsk, TakenAsk};
use crate::reader::form::{FromPortal, Own, browser_locale};
use crate::reader::pages::{AskPage, Html, Notice, Refused, Why};
use crate::reader::removal::Told;
use crate::text::Text;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CardForm {
    ask: String,
    token: String,
    card: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageForm {
    ask: String,
    token: String,
    lang: Locale,
}

/// Opens the page; asks nothing of the card.
pub(super) async fn receive(State(reader): State<Arc<Reader>>, FromPortal(ask): FromPortal) -> Html {
    tracing::info!(purpose = ask.purpose.name(), "asked");
    let id = reader.asks.put(ask.clone(), reader.now(), &mut SystemRng);
    page(&reader, &id, ask, News::default()).await
}

pub(super) async fn insert_card(State(reader): State<Arc<Reader>>, Own { form, headers }: Own<CardForm>) -> Response {
    let ask = match redeem(&reader, &form.ask, &form.token, &headers).await {
        Ok(ask) => ask,
        Err(response) => return *response,
    };
    let text = Text::of(ask.locale);
    let news = match reader.put_in(&form.card).await {
        Ok(Told::NotEverybody) => News::ok(Notice::careful(text.slot_removed_untold)),
        Ok(Told::Nobody | Told::Everybody) => News::default(),
        Err(error) => News::of(StatusCode::CONFLICT, error.notice(text)),
    };
    page(&reader, &form.ask, ask, news).await.into_response()
}

pub(super) async fn change_language(
    State(reader): State<Arc<Reader>>,
    Own { form, headers }: Own<LanguageForm>,
) -> Response {
    let mut ask = match redeem(&reader, &form.ask, &form.token, &headers).await {
        Ok(ask) => ask,
        Err(response) => return *response,
    };
    ask.locale = form.lang;
    reader.asks.change_locale(&form.ask, form.lang);
    page(&reader, &form.ask, ask, News::default()).await.into_response()
}

/// What is new on the page.
pub(super) struct News {
    pub(super) status: StatusCode,
    pub(super) notice: Option<Notice>,
    pub(super) pin_error: Option<String>,
}

impl Default for News {
    fn default() -> Self {
        Self { status: StatusCode::OK, notice: None, pin_error: None }
    }
}

impl News {
    pub(super) fn of(status: StatusCode, notice: Notice) -> Self {
        Self { status, notice: Some(notice), pin_error: None }
    }

    fn ok(notice: Notice) -> Self {
        Self::of(StatusCode::OK, notice)
    }

    /// The PIN field is to be filled again.
    pub(super) fn pin(error: String) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, notice: None, pin_error: Some(error) }
    }
}

/// The ask's page with a fresh token and the card as it is now.
pub(super) async fn page(reader: &Arc<Reader>, id: &str, ask: PendingAsk, news: News) -> Html {
    let (looking, asked) = (Arc::clone(reader), ask.clone());
    let look = move || (looking.card_for(&asked), looking.other_cards(), looking.owner_word.read());
    let (card, cards, owner_word) = tokio::task::spawn_blocking(look).await.unwrap_or_default();
    let page = AskPage {
        status: news.status,
        id: id.to_owned(),
        token: reader.form_token(id),
        ask,
        card,
        cards,
        owner_word: owner_word.map(|word| word.as_str().to_owned()),
        without_pin: reader.without_pin.is_some(),
        notice: news.notice,
        pin_error: news.pin_error,
    };
    page.html()
}

/// Uses up the token of a form on the ask's page. A form that was sent before does nothing and gets a fresh page.
pub(super) async fn redeem(
    reader: &Arc<Reader>,
    id: &str,
    token: &str,
    headers: &HeaderMap,
) -> Result<PendingAsk, Box<Response>> {
    let expired = || Box::new(Refused::in_language(browser_locale(headers), Why::Expired).into_response());
    let ask = reader.asks.peek(id, reader.now()).ok_or_else(expired)?;
    if reader.tokens.redeem(token, id, reader.now()).is_ok() {
        return Ok(ask);
    }
    let news = News::of(StatusCode::CONFLICT, Notice::careful(Text::of(ask.locale).used));
    Err(Box::new(page(reader, id, ask, news).await.into_response()))
}

/// As [`redeem`], and takes the ask out: nobody else can answer it meanwhile.
pub(super) async fn take(
    reader: &Arc<Reader>,
    id: &str,
    token: &str,
    headers: &HeaderMap,
) -> Result<TakenAsk, Box<Response>> {
    let ask = redeem(reader, id, token, headers).await?;
    let expired = || Box::new(Refused::in_language(ask.locale, Why::Expired).into_response());
    reader.asks.take(id, reader.now()).ok_or_else(expired)
}
