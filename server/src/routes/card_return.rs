//! The starting browser comes back from the card reader.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{CardPurpose, TicketCode};
use http::request::Parts;
use portal::{Flash, NewSeat, RedeemError, Redeemed, SessionState};
use rand_core::Rng as _;
use runtime::SystemRng;
use serde::Deserialize;
use tower_sessions::session::Id;

use super::{led_to, session_failed, store_failed};
use crate::session::{Current, forget_mark, row_of};
use crate::state::AppState;

#[derive(Deserialize)]
pub(crate) struct ReturnQuery {
    code: TicketCode,
}

pub(crate) async fn card_return(
    State(state): State<AppState>,
    mut current: Current,
    parts: Parts,
    query: Result<Query<ReturnQuery>, QueryRejection>,
) -> Response {
    let Ok(Query(ReturnQuery { code })) = query else {
        return refuse(&state, &parts, &mut current, "/login", "challenge-unknown").await;
    };
    let (id, now) = (new_id(), state.clock.now());
    let row = |session: &SessionState| row_of(&id, session, now);
    let seat = NewSeat { replaces: current.stored(), row };
    match state.portal.redeem(current.state(), &code, seat, now, &mut SystemRng).await {
        Ok(Redeemed::Applied) => Redirect::to("/register/opening").into_response(),
        Ok(Redeemed::LoggedIn { session, return_to }) => match current.log_in(id, *session).await {
            Ok(()) => {
                let mut response = Redirect::to(return_to.as_deref().unwrap_or("/home")).into_response();
                forget_mark(&mut response, &parts.headers);
                response
            }
            Err(fault) => session_failed(&state, &parts, &fault),
        },
        Err(RedeemError::Unknown) => refuse(&state, &parts, &mut current, "/login", "challenge-used").await,
        Err(RedeemError::OtherBrowser) => refuse(&state, &parts, &mut current, "/login", "other-browser").await,
        Err(RedeemError::Refused(purpose, refusal)) => {
            let page = match purpose {
                CardPurpose::Login | CardPurpose::Sign => "/login",
                CardPurpose::Register => "/register",
                CardPurpose::Bind => "/register/opening",
            };
            refuse(&state, &parts, &mut current, page, refusal.name()).await
        }
        Err(RedeemError::Store(error)) => store_failed(&state, &parts, &error),
    }
}

/// 128 random bits, as tower-sessions draws them.
fn new_id() -> Id {
    let mut bytes = [0; 16];
    SystemRng.fill_bytes(&mut bytes);
    Id(i128::from_be_bytes(bytes))
}

async fn refuse(state: &AppState, parts: &Parts, current: &mut Current, page: &str, why: &str) -> Response {
    tracing::info!(why, "a card step was refused");
    metrics::counter!("card_steps_refused_total", "why" => why.to_owned()).increment(1);
    led_to(state, parts, current, Flash::error(why), page).await
}
