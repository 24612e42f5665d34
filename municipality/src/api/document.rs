//! `OpenAPI` 3.1: made of the handlers, so that it says what they do.

use axum::response::{IntoResponse as _, Response};
use utoipa::openapi::security::{ClientCredentials, Flow, OAuth2, Scopes, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::routes;

use super::access::{Access, RouteLimits, Table};
use super::problem::{ProblemBody, RowError};
use super::{files, notices, recipients, returns, sandbox, sendings, templates, token};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Notices",
        version = "1.0.0",
        description = "For an institution's own systems: one notice or a bulk, to people named by the institution's own link \
            codes. Every connection shows a client certificate that the institution gave; a token is asked for at \
            /oauth2/token and holds ten minutes, for the same certificate only. Every POST needs an Idempotency-Key. Errors \
            are RFC 9457 problems, with what is wrong where.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    components(schemas(ProblemBody, RowError)),
    modifiers(&Security),
    tags(
        (name = "token", description = "OAuth 2 client credentials, bound to the certificate"),
        (name = "notices", description = "One notice to one person or a few"),
        (name = "sendings", description = "A bulk: made, given its list, released; and how each sending stands"),
        (name = "templates", description = "Drafts for more than one time"),
        (name = "returns", description = "States, replies and receipts"),
        (name = "sandbox", description = "Trying out: nothing reaches anybody"),
    ),
)]
struct Api;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let flow = Flow::ClientCredentials(ClientCredentials::new("/oauth2/token", Scopes::new()));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("client", SecurityScheme::OAuth2(OAuth2::new([flow])));
    }
}

/// This description.
#[utoipa::path(
    get, path = "/api/openapi.json", tag = "token",
    responses((status = 200, description = "OpenAPI 3.1", body = Object)),
)]
async fn openapi() -> Response {
    axum::Json(document()).into_response()
}

/// `OpenAPI` 3.1 of all routes.
pub fn document() -> utoipa::openapi::OpenApi {
    table().router.into_openapi()
}

pub(super) fn table() -> Table {
    use Access::{Certificate, Client};
    use RouteLimits as L;
    Table::new(Api::openapi())
        .enter(Certificate, L::SHORT, routes!(token::token))
        .enter(Certificate, L::SHORT, routes!(token::metadata))
        .enter(Certificate, L::SHORT, routes!(openapi))
        .enter(Client, L::NOTICE, routes!(notices::post_notice))
        .enter(Client, L::NOTICE, routes!(sandbox::post_notice))
        .enter(Client, L::FILE, routes!(files::upload))
        .enter(Client, L::NOTICE, routes!(sendings::make::make, sendings::list::list))
        .enter(Client, L::SHORT, routes!(sendings::show::show))
        .enter(Client, L::SHORT, routes!(sendings::release::release))
        .enter(Client, L::SHORT, routes!(sendings::cancel::cancel))
        .enter(Client, L::SHORT, routes!(sendings::withdraw::withdraw))
        .enter(
            Client,
            L::STREAM,
            routes!(recipients::offset::offset, recipients::upload::upload, recipients::list::list),
        )
        .enter(Client, L::SHORT, routes!(recipients::errors::errors))
        .enter(Client, L::SHORT, routes!(recipients::receipt::receipt))
        .enter(Client, L::SHORT, routes!(returns::returns))
        .enter(Client, L::SHORT, routes!(templates::list_templates))
        .enter(Client, L::DRAFT, routes!(templates::put_template, templates::show_template, templates::delete_template))
}
