//! The reader's own pages, rendered on the server, complete without script.

mod answer;
mod ask;
mod refused;
mod slot;

use axum::response::{IntoResponse, Response};
use domain::Locale;
use http::StatusCode;
use http::header::{self, HeaderValue};
use leptos::prelude::*;
use ui::{Banner, Frame, Kind, Language, Page};

use crate::text::Text;

pub(super) use answer::answer_page;
pub(super) use ask::{AskPage, CardInSlot, Condition};
pub(super) use refused::{Refused, Why};
pub(super) use slot::SlotPage;

/// Address of the stylesheet.
pub(super) const STYLE_PATH: &str = "/style.css";

/// A finished page and what its Content-Security-Policy has to let through.
pub(super) struct Html {
    pub(super) status: StatusCode,
    pub(super) body: String,
    /// Besides `'self'`: the one origin that the page's form posts to.
    pub(super) posts_to: Option<String>,
    /// Of the page's one script.
    pub(super) nonce: Option<String>,
}

impl Html {
    pub(super) fn new(status: StatusCode, body: String) -> Self {
        Self { status, body, posts_to: None, nonce: None }
    }
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let script = self.nonce.map_or_else(|| "'none'".to_owned(), |nonce| format!("'nonce-{nonce}'"));
        let policy = format!(
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; img-src 'self'; \
             script-src {script}; form-action {}",
            self.posts_to.as_deref().unwrap_or("'self'")
        );
        let mut response = (self.status, axum::response::Html(self.body)).into_response();
        // A nonce is base64url and an origin was checked when it was listed: always a header value.
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// News for the person above the page's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) kind: Kind,
    pub(super) text: String,
}

impl Notice {
    pub(super) fn good(text: impl Into<String>) -> Self {
        Self { kind: Kind::Success, text: text.into() }
    }

    pub(super) fn careful(text: impl Into<String>) -> Self {
        Self { kind: Kind::Warning, text: text.into() }
    }

    pub(super) fn bad(text: impl Into<String>) -> Self {
        Self { kind: Kind::Error, text: text.into() }
    }

    fn view(self, text: &'static Text) -> impl IntoView {
        view! { <Banner kind=self.kind kind_label=text.kind(self.kind) title=self.text/> }
    }
}

/// A whole document. `languages` as links where the page can be opened by GET.
fn document(
    locale: Locale,
    title: &'static str,
    languages: bool,
    tail: Option<AnyView>,
    content: impl FnOnce(&'static Text) -> AnyView,
) -> String {
    let text = Text::of(locale);
    let frame = Frame {
        lang: locale.html_lang(),
        site_name: text.reader.to_owned(),
        home_href: format!("/?lang={}", locale.name()),
        stylesheet_href: STYLE_PATH.to_owned(),
        skip_link: text.skip_link.to_owned(),
        languages_label: text.languages.to_owned(),
        languages: if languages { language_links(locale) } else { Vec::new() },
        footer_notes: vec![text.reader_note.to_owned()],
        ..Frame::default()
    };
    ui::render(|| {
        let content = content(text);
        view! { <Page frame title=title head=None session=None tail>{content}</Page> }
    })
}

fn language_links(current: Locale) -> Vec<Language> {
    let link = |locale: Locale| Language {
        text: language_name(locale).to_owned(),
        lang: locale.html_lang(),
        href: format!("/?lang={}", locale.name()),
        current: locale == current,
    };
    Locale::ALL.map(link).to_vec()
}

fn language_name(locale: Locale) -> &'static str {
    match locale {
        Locale::Ja => "日本語",
        Locale::JaEasy => "やさしい日本語",
        Locale::En => "English",
    }
}

#[component]
fn Hidden(name: &'static str, #[prop(into)] value: String) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
