//! One handler a step. Nothing happens on a GET but the last step, which needs a single-use code and the cookie.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{
        DefaultBodyLimit, Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use domain::{RemovalToken, TicketCode};
use http::{HeaderMap, StatusCode, header};
use wire::reader::{Answer, Removed};

use super::{
    BindingSite, browser,
    ending::{Ending, Why},
    guard::{guard, is_own},
    journeys::Lost,
    pages::{self, Html, STYLE_PATH},
};
use crate::{institution::InternalId, party::chain};

/// The path for the reader's allow-list: the only one that it posts answers to.
pub const ANSWER_PATH: &str = "/card-bindings/answer";
pub(super) const START_PATH: &str = "/card-bindings/start";
const RETURN_PATH: &str = "/card-bindings/return";
const RESULT_PATH: &str = "/card-bindings/result";
/// Where the reader tells every asker that the card was removed. Nobody is logged in here: nothing ends by it.
const REMOVED_PATH: &str = "/card/removed";

const BODY_BYTES_MAX: usize = 16 * 1024;

pub(super) fn router(site: Arc<BindingSite>) -> Router {
    Router::new()
        .route("/", get(open))
        .route(START_PATH, post(start))
        .route(ANSWER_PATH, post(answer))
        .route(RETURN_PATH, get(come_back))
        .route(RESULT_PATH, get(result))
        .route(REMOVED_PATH, post(removed))
        .route(STYLE_PATH, get(style))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .fallback(|State(site): State<Arc<BindingSite>>| async move { pages::refused(&site, Why::NotFound) })
        .method_not_allowed_fallback(|State(site): State<Arc<BindingSite>>| async move {
            pages::refused(&site, Why::WrongMethod)
        })
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn_with_state(Arc::clone(&site), guard))
        .with_state(site)
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct StartForm {
    number: String,
}

#[derive(serde::Deserialize)]
struct ReturnQuery {
    code: TicketCode,
}

async fn open(State(site): State<Arc<BindingSite>>) -> Html {
    pages::start(&site, None)
}

/// From the site's own form only: makes a challenge for this browser.
async fn start(
    State(site): State<Arc<BindingSite>>,
    headers: HeaderMap,
    form: Result<Form<StartForm>, FormRejection>,
) -> Response {
    if !is_own(&site, &headers) {
        return pages::refused(&site, Why::ForeignForm).into_response();
    }
    let typed = form.map(|Form(form)| form.number).unwrap_or_default();
    let Some(number) = InternalId::typed(site.institution().org(), &typed) else {
        return pages::start(&site, Some(&typed)).into_response();
    };
    let mut rng = site.institution().rng.clone();
    let (cookie, here) = browser::new(&mut rng);
    match site.binding.begin_in(&number, Some(&here)).await {
        Ok(ask) => {
            let mut response = pages::ask(&site, &ask, RemovalToken::generate(&mut rng)).into_response();
            response.headers_mut().extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
            response
        }
        Err(error) => {
            tracing::error!(error = chain(&error), "no binding could begin");
            pages::refused(&site, Why::from(&error)).into_response()
        }
    }
}

/// From the reader's page, across sites. Reads no cookie and binds nothing: it only uses up the challenge.
async fn answer(State(site): State<Arc<BindingSite>>, form: Result<Form<Answer>, FormRejection>) -> Response {
    let Ok(Form(answer)) = form else {
        return pages::refused(&site, Why::Unreadable).into_response();
    };
    let waiting = match site.binding.use_up(&answer.challenge).await {
        Ok(waiting) => waiting,
        Err(error) => {
            tracing::info!(error = chain(&error), "an answer came for which nothing waits");
            return pages::refused(&site, Why::from(&error)).into_response();
        }
    };
    let verdict = site.binding.judge(&waiting, &answer).await.map_err(|error| {
        tracing::info!(error = chain(&error), "no code is bound by card");
        Why::from(&error)
    });
    let code = site.journeys.keep(waiting.browser, verdict, site.now(), &mut site.institution().rng.clone());
    Redirect::to(&format!("{RETURN_PATH}?code={}", code.expose())).into_response()
}

/// The browser that started comes back: now the code is asked for.
async fn come_back(
    State(site): State<Arc<BindingSite>>,
    headers: HeaderMap,
    query: Result<Query<ReturnQuery>, QueryRejection>,
) -> Response {
    let Ok(Query(ReturnQuery { code })) = query else {
        return pages::refused(&site, Why::Ended).into_response();
    };
    let here = browser::of(&headers);
    let verdict = match site.journeys.take(&code, here.as_ref(), site.now()) {
        Ok(verdict) => verdict,
        Err(Lost::Unknown) => return pages::refused(&site, Why::Ended).into_response(),
        Err(Lost::OtherBrowser) => {
            tracing::warn!("another browser than the one that started wanted to end a binding");
            return pages::refused(&site, Why::OtherBrowser).into_response();
        }
    };
    let ending = match verdict {
        Err(why) => Ending::Refused(why),
        Ok(shown) => match site.binding.bind(&shown).await {
            Ok(()) => {
                // Late is no error: the last page looks again.
                let _ = tokio::time::timeout(site.code_within, site.institution().wait_for_code(&shown.person)).await;
                Ending::Asked(shown.person)
            }
            Err(error) => {
                tracing::warn!(error = chain(&error), "a code could not be asked for");
                Ending::Refused(Why::from(&error))
            }
        },
    };
    if let Some(here) = here {
        site.journeys.end(here, ending, site.now());
    }
    Redirect::to(RESULT_PATH).into_response()
}

/// How it ended, for as long as this browser wants to read it.
async fn result(State(site): State<Arc<BindingSite>>, headers: HeaderMap) -> Html {
    match browser::of(&headers).and_then(|here| site.journeys.ending(&here, site.now())) {
        None => pages::refused(&site, Why::Ended),
        Some(Ending::Refused(why)) => pages::refused(&site, why),
        Some(Ending::Asked(person)) => match site.has_code(&person).await {
            Ok(true) => pages::bound(&site),
            Ok(false) => pages::on_its_way(&site),
            Err(error) => {
                tracing::error!(error = chain(&error), "a person's code cannot be looked up");
                pages::refused(&site, Why::Failed)
            }
        },
    }
}

async fn removed(form: Result<Form<Removed>, FormRejection>) -> StatusCode {
    form.map_or(StatusCode::BAD_REQUEST, |_| StatusCode::NO_CONTENT)
}

async fn style() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], ui::STYLE)
}
