//! `GET /`, `POST /v1/card/insert`, `POST /v1/card/remove`

use std::sync::Arc;

use axum::extract::{Query, State};
use domain::Locale;
use http::{HeaderMap, StatusCode, Uri};

use crate::reader::Reader;
use crate::reader::form::{Own, accept_language};
use crate::reader::pages::{Html, Notice, SlotPage};
use crate::reader::removal::Told;
use crate::text::{Text, negotiate};

/// What the tokens of the slot page's forms are about.
pub(super) const SLOT: &str = "slot";

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InsertForm {
    token: String,
    lang: String,
    card: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemoveForm {
    token: String,
    lang: String,
}

pub(super) async fn show(State(reader): State<Arc<Reader>>, headers: HeaderMap, uri: Uri) -> Html {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(&uri).map(|Query(pairs)| pairs).unwrap_or_default();
    let wanted = pairs.iter().find(|(name, _)| name == "lang").map(|(_, value)| value.as_str());
    page(&reader, StatusCode::OK, negotiate(wanted, accept_language(&headers)), Vec::new()).await
}

pub(super) async fn insert(State(reader): State<Arc<Reader>>, Own { form, headers }: Own<InsertForm>) -> Html {
    let locale = negotiate(Some(&form.lang), accept_language(&headers));
    let text = Text::of(locale);
    if reader.tokens.redeem(&form.token, SLOT, reader.now()).is_err() {
        return used(&reader, locale).await;
    }
    match reader.put_in(&form.card).await {
        Ok(told) => {
            let mut notices = vec![Notice::good(text.slot_inserted)];
            notices.extend(removal_notice(text, told));
            page(&reader, StatusCode::OK, locale, notices).await
        }
        Err(error) => page(&reader, StatusCode::CONFLICT, locale, vec![error.notice(text)]).await,
    }
}

pub(super) async fn remove(State(reader): State<Arc<Reader>>, Own { form, headers }: Own<RemoveForm>) -> Html {
    let locale = negotiate(Some(&form.lang), accept_language(&headers));
    let text = Text::of(locale);
    if reader.tokens.redeem(&form.token, SLOT, reader.now()).is_err() {
        return used(&reader, locale).await;
    }
    let notices = match reader.slot.remove() {
        None => Vec::new(),
        Some(duties) => {
            tracing::info!("card removed");
            let told = reader.reporter.tell(duties).await;
            std::iter::once(Notice::good(text.slot_removed)).chain(removal_notice(text, told)).collect()
        }
    };
    page(&reader, StatusCode::OK, locale, notices).await
}

fn removal_notice(text: &Text, told: Told) -> Option<Notice> {
    match told {
        Told::Nobody => None,
        Told::Everybody => Some(Notice::good(text.slot_removed_told)),
        Told::NotEverybody => Some(Notice::careful(text.slot_removed_untold)),
    }
}

/// The form was sent before, or is too old: nothing happened, and here is a fresh one.
pub(super) async fn used(reader: &Arc<Reader>, locale: Locale) -> Html {
    page(reader, StatusCode::CONFLICT, locale, vec![Notice::careful(Text::of(locale).used)]).await
}

pub(super) async fn page(reader: &Arc<Reader>, status: StatusCode, locale: Locale, notices: Vec<Notice>) -> Html {
    data(reader, status, locale, notices).await.html()
}

pub(super) async fn data(reader: &Arc<Reader>, status: StatusCode, locale: Locale, notices: Vec<Notice>) -> SlotPage {
    let looking = Arc::clone(reader);
    let look = move || (looking.inserted_card(), looking.other_cards(), looking.owner_word.read());
    let (inserted, cards, owner_word) = tokio::task::spawn_blocking(look).await.unwrap_or_default();
    SlotPage {
        status,
        locale,
        token: reader.form_token(SLOT),
        inserted,
        cards,
        owner_word: owner_word.map(|word| word.as_str().to_owned()),
        owner_word_error: false,
        notices,
    }
}
