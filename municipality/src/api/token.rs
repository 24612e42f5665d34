//! OAuth 2: a token for a client's secret (RFC 6749 §4.4), bound to the certificate with which it was asked for (RFC 8705).

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Request, State};
use axum::response::{IntoResponse as _, Response};
use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use jiff::SignedDuration;
use runtime::SystemRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use utoipa::ToSchema;

use super::ApiState;
use super::body::ContentType;
use super::client::Thumbprint;
use super::problem::Problem;
use crate::store::{ClientRow, StoreError, TokenRow};

const TOKEN_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// What is asked. Id and secret come here, or by `Authorization: Basic`.
#[derive(Deserialize, ToSchema)]
#[schema(as = TokenRequest)]
pub(super) struct TokenForm {
    /// `client_credentials`
    grant_type: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

/// RFC 6749 §5.1
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Token)]
struct TokenView {
    access_token: String,
    /// `Bearer`
    token_type: String,
    /// Seconds.
    expires_in: i64,
}

/// RFC 6749 §5.2
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = TokenRefusal)]
struct RefusalView {
    error: String,
    error_description: String,
}

/// Why there is no token.
enum Refusal {
    Request(&'static str),
    Grant,
    Client,
    Other(Problem),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Other(error.into())
    }
}

/// Ask for a token: ten minutes, for requests with the same certificate only.
#[utoipa::path(
    post, path = "/oauth2/token", tag = "token",
    request_body(content = TokenForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "A token", body = TokenView),
        (status = 400, description = "RFC 6749 invalid_request or unsupported_grant_type", body = RefusalView),
        (status = 401, description = "RFC 6749 invalid_client", body = RefusalView),
        (status = 429, description = "Too often"),
    ),
)]
pub(super) async fn token(
    State(state): State<ApiState>,
    Thumbprint(thumbprint): Thumbprint,
    request: Request,
) -> Response {
    match answered(&state, thumbprint, request).await {
        Ok(view) => ([(header::CACHE_CONTROL, "no-store")], axum::Json(view)).into_response(),
        Err(Refusal::Request(said)) => refused(StatusCode::BAD_REQUEST, "invalid_request", said),
        Err(Refusal::Grant) => {
            refused(StatusCode::BAD_REQUEST, "unsupported_grant_type", "only client_credentials is granted here")
        }
        Err(Refusal::Client) => {
            let said = "no such client, another secret or certificate, revoked or expired";
            let mut response = refused(StatusCode::UNAUTHORIZED, "invalid_client", said);
            let basic = HeaderValue::from_static("Basic realm=\"notices\", charset=\"UTF-8\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, basic);
            response
        }
        Err(Refusal::Other(problem)) => problem.into_response(),
    }
}

async fn answered(state: &ApiState, thumbprint: [u8; 32], request: Request) -> Result<TokenView, Refusal> {
    state.limits.take_token(&thumbprint).map_err(Refusal::Other)?;
    let headers = request.headers().clone();
    let body = Bytes::from_request(request, state).await;
    let body = body.map_err(|rejection| Refusal::Other(Problem::of_status(rejection.into_response().status())))?;
    if ContentType::of(&headers).is_none_or(|kind| kind.essence != "application/x-www-form-urlencoded") {
        return Err(Refusal::Request("a form is expected: application/x-www-form-urlencoded"));
    }
    let form: TokenForm =
        serde_urlencoded::from_bytes(&body).map_err(|_| Refusal::Request("a field stands there twice, or no form"))?;
    match form.grant_type.as_deref() {
        None => return Err(Refusal::Request("grant_type is missing")),
        Some("client_credentials") => {}
        Some(_) => return Err(Refusal::Grant),
    }
    let (id, secret) = credentials(&headers, form)?;
    let now = state.clock.now();
    let client = match id.parse() {
        Ok(id) => state.store.read().await?.client(id).await?,
        Err(_) => None,
    };
    let client = client.filter(|client| believed(client, &secret, &thumbprint) && client.may(now));
    let client = client.ok_or(Refusal::Client)?;
    let token = drawn(&mut SystemRng);
    let row = TokenRow {
        hash: Sha256::digest(token.as_bytes()).into(),
        client: client.id,
        certificate_hash: thumbprint,
        expires_at: now + TOKEN_LIFE,
    };
    let mut repository = state.store.begin().await?;
    repository.insert_token(&row).await?;
    repository.commit().await?;
    Ok(TokenView { access_token: token, token_type: "Bearer".to_owned(), expires_in: TOKEN_LIFE.as_secs() })
}

/// One way, not both (RFC 6749 §2.3).
fn credentials(headers: &HeaderMap, form: TokenForm) -> Result<(String, String), Refusal> {
    let Some(authorization) = headers.get(header::AUTHORIZATION) else {
        return form.client_id.zip(form.client_secret).ok_or(Refusal::Client);
    };
    if form.client_secret.is_some() {
        return Err(Refusal::Request("the secret comes in the header or in the form, not in both"));
    }
    let basic = authorization.to_str().ok().and_then(|text| text.split_once(' '));
    let pair = basic.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic")).and_then(|(_, pair)| {
        let pair = String::from_utf8(Base64::decode_vec(pair.trim()).ok()?).ok()?;
        pair.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned()))
    });
    pair.ok_or(Refusal::Client)
}

fn believed(client: &ClientRow, secret: &str, thumbprint: &[u8; 32]) -> bool {
    let hash: [u8; 32] = Sha256::digest(secret.as_bytes()).into();
    (client.secret_hash.ct_eq(&hash) & client.certificate_hash.ct_eq(thumbprint)).into()
}

/// 256 bits, as they travel: nobody can guess them, so a plain hash of them may be kept.
pub(super) fn drawn(rng: &mut (impl rand_core::CryptoRng + ?Sized)) -> String {
    let mut bytes = [0; 32];
    rng.fill_bytes(&mut bytes);
    Base64UrlUnpadded::encode_string(&bytes)
}

fn refused(status: StatusCode, error: &str, said: &str) -> Response {
    let view = RefusalView { error: error.to_owned(), error_description: said.to_owned() };
    (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(view)).into_response()
}

/// RFC 8414: where tokens are, and how they are asked for.
#[utoipa::path(
    get, path = "/.well-known/oauth-authorization-server", tag = "token",
    responses((status = 200, description = "RFC 8414", body = Object)),
)]
pub(super) async fn metadata(request: Request) -> Response {
    let host = request.uri().authority().map(ToString::to_string);
    let named = || request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    let issuer = format!("https://{}", host.or_else(named).unwrap_or_default());
    let body = serde_json::json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/oauth2/token"),
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "tls_client_certificate_bound_access_tokens": true,
        "service_documentation": format!("{issuer}/api/docs"),
    });
    axum::Json(body).into_response()
}
