//! Notices, as the core brings them (P-PSH-2, P-PSH-8).

use axum::extract::{Json, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use http::Method;
use portal::IntakeError;
use runtime::SystemRng;
use wire::notice::{
    ATTACHMENT_MESSAGE_BYTES_MAX, ATTACHMENT_PATH, AttachmentDelivery, CERTIFICATE_PATH, DELIVERIES_MESSAGE_BYTES_MAX,
    DELIVERIES_PATH, Deliveries, ForPortal, LETTER_MESSAGE_BYTES_MAX, LETTER_PATH, RETURNS_PATH, ReturnsRequest,
    SealedLetter, WITHDRAWAL_PATH, WithdrawalDelivery, refusal,
};

use super::{ANSWER_MAX, Core, DELIVERY_BYTES_MAX, problem, unavailable};
use crate::routes::{Access, RouteLimits, Table};
use crate::state::AppState;

pub(super) fn table() -> Table {
    let limits = |body_bytes_max| RouteLimits { body_bytes_max, time_max: ANSWER_MAX };
    let small = limits(DELIVERY_BYTES_MAX * 4);
    Table::default()
        .enter(Method::POST, CERTIFICATE_PATH, Access::Core, small, post(certificate))
        .enter(Method::POST, LETTER_PATH, Access::Core, limits(LETTER_MESSAGE_BYTES_MAX), post(letter))
        .enter(Method::POST, ATTACHMENT_PATH, Access::Core, limits(ATTACHMENT_MESSAGE_BYTES_MAX), post(attachment))
        .enter(Method::POST, DELIVERIES_PATH, Access::Core, limits(DELIVERIES_MESSAGE_BYTES_MAX), post(deliveries))
        .enter(Method::POST, WITHDRAWAL_PATH, Access::Core, small, post(withdrawal))
        .enter(Method::POST, RETURNS_PATH, Access::Core, small, post(returns))
}

async fn certificate(State(state): State<AppState>, Core(core): Core) -> Response {
    Json(state.portal.notice_certificate(core)).into_response()
}

async fn letter(
    State(state): State<AppState>,
    Core(core): Core,
    Json(letter): Json<ForPortal<SealedLetter>>,
) -> Response {
    answered(state.portal.take_letter(core, &letter, state.clock.now(), &mut SystemRng).await)
}

async fn attachment(
    State(state): State<AppState>,
    Core(core): Core,
    Json(attachment): Json<ForPortal<AttachmentDelivery>>,
) -> Response {
    answered(state.portal.take_attachment(core, &attachment, state.clock.now(), &mut SystemRng).await)
}

async fn deliveries(
    State(state): State<AppState>,
    Core(core): Core,
    Json(deliveries): Json<ForPortal<Deliveries>>,
) -> Response {
    answered(state.portal.take_deliveries(core, &deliveries, state.clock.now()).await)
}

async fn withdrawal(
    State(state): State<AppState>,
    Core(core): Core,
    Json(withdrawal): Json<ForPortal<WithdrawalDelivery>>,
) -> Response {
    answered(state.portal.take_withdrawal(core, &withdrawal, state.clock.now()).await)
}

async fn returns(
    State(state): State<AppState>,
    Core(core): Core,
    Json(request): Json<ForPortal<ReturnsRequest>>,
) -> Response {
    answered(state.portal.returns(core, &request).await.map_err(IntakeError::Store))
}

fn answered(taken: Result<impl serde::Serialize, IntakeError>) -> Response {
    let error = match taken {
        Ok(taken) => return Json(taken).into_response(),
        Err(error) => error,
    };
    let title = error.to_string();
    match error {
        IntakeError::Unreadable => problem(400, refusal::UNREADABLE, &title),
        IntakeError::NotBelieved(_) => problem(403, refusal::NOT_BELIEVED, &title),
        IntakeError::IdTaken => problem(409, refusal::ID_TAKEN, &title),
        IntakeError::Expired => problem(410, refusal::EXPIRED, &title),
        IntakeError::LetterWanted => problem(409, refusal::LETTER_WANTED, &title),
        IntakeError::TooMuch => problem(413, refusal::TOO_MUCH, &title),
        IntakeError::Store(error) => unavailable(&error),
    }
}
