//! Where the reader posts its answer, on the institution's own site: reached by browsers, not over mutual TLS.

use std::sync::Arc;

use axum::{
    Form, Router,
    extract::{DefaultBodyLimit, State, rejection::FormRejection},
    response::{IntoResponse, Response},
    routing::post,
};
use http::{StatusCode, header};
use wire::reader::Answer;

use super::{CardBinding, CardBindingError, CitizenError};
use crate::{institution::ObtainError, party::chain};

/// The path for the reader's allow-list.
pub const ANSWER_PATH: &str = "/card-bindings/answer";
const ANSWER_BYTES_MAX: usize = 16 * 1024;

impl CardBinding {
    /// The site's route for the reader's answer. Reads no cookie: the challenge says whose it is.
    pub fn router(self: &Arc<Self>) -> Router {
        Router::new()
            .route(ANSWER_PATH, post(answer))
            .layer(DefaultBodyLimit::max(ANSWER_BYTES_MAX))
            .with_state(Arc::clone(self))
    }
}

async fn answer(State(site): State<Arc<CardBinding>>, form: Result<Form<Answer>, FormRejection>) -> Response {
    let Ok(Form(answer)) = form else {
        return worded(&CardBindingError::Malformed);
    };
    match site.finish(&answer).await {
        Ok(_) => page(StatusCode::OK, "お申込みを受け付けました。符号は数秒のうちに結び付きます。"),
        Err(error) => {
            tracing::info!(error = chain(&error), "no code was bound by card");
            worded(&error)
        }
    }
}

fn worded(error: &CardBindingError) -> Response {
    let (status, sentence) = match error {
        CardBindingError::NotSigned(_) => (StatusCode::OK, "カードで署名されなかったため、申込みを取りやめました。"),
        CardBindingError::NothingWaits => {
            (StatusCode::GONE, "この申込みは終わっているか、5分を過ぎています。はじめからやり直してください。")
        }
        CardBindingError::Malformed | CardBindingError::Signature(_) => {
            (StatusCode::BAD_REQUEST, "カードからの返事を確かめられませんでした。はじめからやり直してください。")
        }
        CardBindingError::Citizen(CitizenError::Unreachable(_)) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "証明書が有効かどうかを今は確かめられません。時間をおいてやり直してください。",
        ),
        CardBindingError::Citizen(_) => {
            (StatusCode::FORBIDDEN, "この証明書は使えません。市区町村の窓口でお尋ねください。")
        }
        CardBindingError::OtherPerson | CardBindingError::NoSuchPerson => {
            (StatusCode::FORBIDDEN, "このカードは、この番号の方のものではありません。")
        }
        CardBindingError::Obtain(ObtainError::NotIdentified) => {
            (StatusCode::CONFLICT, "証明書の住所などが住民票と異なります。証明書を更新してからやり直してください。")
        }
        CardBindingError::Obtain(_) | CardBindingError::Db(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, "今は受け付けられません。時間をおいてやり直してください。")
        }
    };
    page(status, sentence)
}

fn page(status: StatusCode, sentence: &'static str) -> Response {
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, sentence).into_response()
}
