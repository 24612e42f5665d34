//! One handler a form. Nothing happens on a GET.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{
        DefaultBodyLimit, Path, Query, Request, State,
        rejection::{FormRejection, QueryRejection},
    },
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::OrgCode;
use http::{HeaderMap, StatusCode, header};

use super::{Act, CounterSite, pages, refused::Why};
use crate::{
    counter::{CounterError, NewCard},
    jpki::CardEvent,
    party::chain,
    register::Change,
    site_guard,
    world::orgs,
};

pub(super) const STYLE_PATH: &str = "/style.css";
pub(super) const FIRST_ISSUE_PATH: &str = "/first-issues";
const BODY_BYTES_MAX: usize = 16 * 1024;

pub(super) fn card_path(card: &str) -> String {
    format!("/cards/{card}")
}

pub(super) fn acts_path(card: &str) -> String {
    format!("/cards/{card}/acts")
}

pub(super) fn router(site: Arc<CounterSite>) -> Router {
    Router::new()
        .route("/", get(list))
        .route("/cards/{card}", get(card))
        .route("/cards/{card}/acts", post(act))
        .route(FIRST_ISSUE_PATH, post(first_issue))
        .route(STYLE_PATH, get(style))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .fallback(|State(site): State<Arc<CounterSite>>| async move { pages::refused(&site, Why::NotFound) })
        .method_not_allowed_fallback(|State(site): State<Arc<CounterSite>>| async move {
            pages::refused(&site, Why::WrongMethod)
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard))
        .with_state(site)
}

async fn guard(State(site): State<Arc<CounterSite>>, request: Request, next: Next) -> Response {
    site_guard::guard(&site.address, request, next, || pages::refused(&site, Why::WrongHost).into_response()).await
}

/// What was done just now, in the address of the page after it.
#[derive(serde::Deserialize)]
struct Done {
    done: Option<Act>,
}

/// One form for every act; what an act does not need is left out or empty.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct ActForm {
    act: Act,
    #[serde(default)]
    address: String,
    #[serde(default)]
    municipality: String,
    #[serde(default)]
    name: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FirstIssueForm {
    person: String,
}

async fn list(State(site): State<Arc<CounterSite>>) -> Response {
    let cards = site.counter.cards().await;
    let people = site.counter.people_without_card();
    match (cards, people) {
        (Ok(cards), Ok(people)) => pages::list(&site, cards, people).into_response(),
        (Err(error), _) | (_, Err(error)) => failed(&site, &error),
    }
}

async fn card(
    State(site): State<Arc<CounterSite>>,
    Path(card): Path<String>,
    query: Result<Query<Done>, QueryRejection>,
) -> Response {
    let done = query.ok().and_then(|Query(Done { done })| done);
    match site.counter.cards().await {
        Ok(cards) => match cards.into_iter().find(|view| view.id == card) {
            Some(view) => pages::card(&site, &view, done).into_response(),
            None => pages::refused(&site, Why::CardUnknown).into_response(),
        },
        Err(error) => failed(&site, &error),
    }
}

/// From the site's own form only.
async fn act(
    State(site): State<Arc<CounterSite>>,
    Path(card): Path<String>,
    headers: HeaderMap,
    form: Result<Form<ActForm>, FormRejection>,
) -> Response {
    if !site_guard::is_own(&site.address, &headers) {
        return pages::refused(&site, Why::ForeignForm).into_response();
    }
    let Ok(Form(form)) = form else {
        return pages::refused(&site, Why::Unreadable).into_response();
    };
    let act = form.act;
    match does(&site, &card, form).await {
        Ok(Ok(shown)) => done(&shown, act),
        Ok(Err(error)) => failed(&site, &error),
        Err(why) => pages::refused(&site, why).into_response(),
    }
}

/// Which card to show then.
async fn does(site: &CounterSite, card: &str, form: ActForm) -> Result<Result<String, CounterError>, Why> {
    let counter = &site.counter;
    let event = |event| counter.card_event(card, event);
    let done = match form.act {
        Act::Renewal => return Ok(counter.issues_again(card, NewCard::Renewal).await),
        Act::Reissue => return Ok(counter.issues_again(card, NewCard::Reissue).await),
        Act::FirstIssue => return Err(Why::Unreadable),
        Act::HandOver => counter.hands_over(card).await,
        Act::Loss => event(CardEvent::Loss).await,
        Act::Damage => event(CardEvent::Damage).await,
        Act::Lapse => event(CardEvent::Lapse).await,
        Act::Return => event(CardEvent::Return).await,
        Act::Disposal => event(CardEvent::Disposal).await,
        Act::FaceChange => event(CardEvent::FaceChange).await,
        Act::ChipChange => event(CardEvent::ChipChange).await,
        Act::Leave => counter.owner_event(card, Change::Left).await,
        Act::Death => counter.owner_event(card, Change::Died).await,
        Act::Move => {
            let known = orgs::institutions().into_iter().filter(OrgCode::is_municipality);
            let municipality = known.into_iter().find(|org| org.as_str() == form.municipality);
            let municipality = municipality.ok_or(Why::Unreadable)?;
            counter.owner_event(card, Change::Moved { address: written(form.address)?, municipality }).await
        }
        Act::Rename => counter.owner_event(card, Change::Renamed { name: written(form.name)? }).await,
    };
    Ok(done.map(|()| card.to_owned()))
}

/// A name or an address as a register writes it.
fn written(text: String) -> Result<String, Why> {
    if text.trim().is_empty() || text.chars().any(char::is_control) { Err(Why::Unwritten) } else { Ok(text) }
}

/// From the site's own form only.
async fn first_issue(
    State(site): State<Arc<CounterSite>>,
    headers: HeaderMap,
    form: Result<Form<FirstIssueForm>, FormRejection>,
) -> Response {
    if !site_guard::is_own(&site.address, &headers) {
        return pages::refused(&site, Why::ForeignForm).into_response();
    }
    let Ok(Form(FirstIssueForm { person })) = form else {
        return pages::refused(&site, Why::Unreadable).into_response();
    };
    match site.counter.issues_first(&person).await {
        Ok(card) => done(&card, Act::FirstIssue),
        Err(error) => failed(&site, &error),
    }
}

fn done(card: &str, act: Act) -> Response {
    tracing::info!(card.id = card, act = act.name(), "the counter acted");
    Redirect::to(&format!("{}?done={}", card_path(card), act.name())).into_response()
}

fn failed(site: &CounterSite, error: &CounterError) -> Response {
    tracing::warn!(error = chain(error), "the counter could not act");
    pages::refused(site, Why::from(error)).into_response()
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], ui::STYLE)
}
