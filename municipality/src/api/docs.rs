//! The description for people: one page made of the document, without a script and without anything from elsewhere.

use std::fmt::Write as _;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use base64ct::{Base64, Encoding as _};
use http::header;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use utoipa::openapi::OpenApi;

use super::ApiState;

const PATH: &str = "/api/docs";
const STYLE: &str = "body{font:1rem/1.7 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;\
background:#fff}code{font-family:monospace;overflow-wrap:anywhere}h3{border-top:1px solid #767676;padding-top:1rem}\
table{border-collapse:collapse;width:100%}td,th{border:1px solid #767676;padding:.3rem .6rem;text-align:left;\
vertical-align:top}@media(prefers-color-scheme:dark){body{color:#eee;background:#111}a{color:#9db7f9}}";

/// `/api/docs`
pub(super) fn router(document: &OpenApi) -> Router<ApiState> {
    let page = serde_json::to_value(document).map(|document| page(&document)).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        Base64::encode_string(&Sha256::digest(STYLE.as_bytes()))
    );
    Router::new().route(PATH, get(move || async move { ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)) }))
}

fn page(document: &Value) -> String {
    let text = |at: &str| document.pointer(at).and_then(Value::as_str).unwrap_or_default();
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width, initial-scale=1\"><title>{0}</title><style>{STYLE}</style></head><body><main>\
         <h1>{0} {1}</h1><p>{2}</p><p><a href=\"/api/openapi.json\">OpenAPI 3.1</a></p><h2>Operations</h2>",
        escaped(text("/info/title")),
        escaped(text("/info/version")),
        escaped(text("/info/description")),
    );
    for (path, item) in members(document.get("paths")) {
        for (method, operation) in members(Some(item)).filter(|(_, operation)| operation.is_object()) {
            self::operation(&mut page, path, method, operation);
        }
    }
    page.push_str("<h2>Schemas</h2>");
    for (name, schema) in members(document.pointer("/components/schemas")) {
        let _ = write!(page, "<h3 id=\"{0}\">{0}</h3>", escaped(name));
        self::schema(&mut page, schema);
    }
    page.push_str("</main></body></html>");
    page
}

fn operation(page: &mut String, path: &str, method: &str, operation: &Value) {
    let text = |name: &str| escaped(operation.get(name).and_then(Value::as_str).unwrap_or_default());
    let method = method.to_uppercase();
    let _ = write!(
        page,
        "<h3><code>{method} {}</code></h3><p>{}</p><p>{}</p>",
        escaped(path),
        text("summary"),
        text("description")
    );
    page.push_str("<table><tr><th>part</th><th>name</th><th>what</th></tr>");
    for parameter in operation.get("parameters").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| escaped(parameter.get(name).and_then(Value::as_str).unwrap_or_default());
        row(page, &text("in"), &text("name"), &text("description"));
    }
    for (kind, content) in members(operation.pointer("/requestBody/content")) {
        row(page, "body", &escaped(kind), &kind_of(content.get("schema")));
    }
    for (status, response) in members(operation.get("responses")) {
        let said = escaped(response.get("description").and_then(Value::as_str).unwrap_or_default());
        let body: Vec<String> =
            members(response.get("content")).map(|(_, content)| kind_of(content.get("schema"))).collect();
        row(page, "answer", &escaped(status), &format!("{said} {}", body.join(" ")));
    }
    page.push_str("</table>");
}

fn schema(page: &mut String, schema: &Value) {
    let _ = write!(page, "<p>{}</p>", escaped(schema.get("description").and_then(Value::as_str).unwrap_or_default()));
    let all = std::iter::once(schema).chain(schema.get("oneOf").and_then(Value::as_array).into_iter().flatten());
    for one in all.filter(|one| one.get("properties").is_some()) {
        page.push_str("<table><tr><th>name</th><th>type</th><th>what</th></tr>");
        for (name, property) in members(one.get("properties")) {
            let said = escaped(property.get("description").and_then(Value::as_str).unwrap_or_default());
            row(page, &escaped(name), &kind_of(Some(property)), &said);
        }
        page.push_str("</table>");
    }
}

fn row(page: &mut String, first: &str, second: &str, third: &str) {
    let _ = write!(page, "<tr><td>{first}</td><td><code>{second}</code></td><td>{third}</td></tr>");
}

/// A link to a schema, or the name of a type.
fn kind_of(schema: Option<&Value>) -> String {
    let Some(schema) = schema else { return String::new() };
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.rsplit('/').next()) {
        let name = escaped(name);
        return format!("<a href=\"#{name}\">{name}</a>");
    }
    if let Some(items) = schema.get("items") {
        return format!("array of {}", kind_of(Some(items)));
    }
    if let Some(any) = schema.get("oneOf").and_then(Value::as_array) {
        return any.iter().map(|one| kind_of(Some(one))).collect::<Vec<_>>().join(" or ");
    }
    if let Some(only) = schema.get("enum").and_then(Value::as_array) {
        return only.iter().map(|one| escaped(&one.to_string())).collect::<Vec<_>>().join(", ");
    }
    match schema.get("type") {
        Some(Value::String(kind)) => escaped(kind),
        Some(Value::Array(kinds)) => escaped(&kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or ")),
        _ => String::new(),
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_stands_on_the_page_and_nothing_comes_from_elsewhere() {
        let document = crate::api::document();
        let page = page(&serde_json::to_value(&document).unwrap());
        for path in document.paths.paths.keys() {
            assert!(page.contains(path.as_str()), "{path}");
        }
        for elsewhere in ["<script", "src=", "href=\"http", "url("] {
            assert!(!page.contains(elsewhere), "{elsewhere}");
        }
    }
}
