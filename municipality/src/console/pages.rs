//! The pages, rendered here, complete without script but for the security key.

pub(super) mod access;
mod acts;
pub(super) mod audit;
pub(super) mod draft;
pub(super) mod face;
pub(super) mod list;
pub(super) mod next;
pub(super) mod replies;
pub(super) mod sending;

use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use http::header::{self, HeaderValue};
use leptos::prelude::*;
use ui::{Banner, Button, ButtonLook, ButtonSize, Crumb, Frame, Kind, LinkButton, MenuLink, Page};

use super::access::Officer;
use super::refused::Why;
use super::{Console, words};
use crate::store::Role;
use crate::texts::{say, say_with};

pub(super) const STYLE_PATH: &str = "/style.css";
pub(super) const KEY_PATH: &str = "/console/key.js";

const POLICY: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; img-src 'self'; \
                      form-action 'self'";
const KEY_POLICY: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; \
                          img-src 'self'; form-action 'self'; script-src 'self'";
const FRAMING_POLICY: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; \
                              img-src 'self'; form-action 'self'; frame-src 'self'";

/// What was done just now, in the address of the page after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Done(&'static str);

const DONE: [&str; 15] = [
    "enrolled",
    "logged-out",
    "kept",
    "saved",
    "dropped",
    "file",
    "file-dropped",
    "submitted",
    "approved",
    "released",
    "rejected",
    "cancelled",
    "withdrawn",
    "replacing",
    "discarded",
];

impl Done {
    pub(super) fn named(name: &str) -> Option<Self> {
        DONE.into_iter().find(|known| *known == name).map(Self)
    }

    fn words(self) -> &'static str {
        say(&format!("done-{}", self.0))
    }
}

/// How a page is framed.
pub(super) struct Sheet<'a> {
    pub(super) console: &'a Console,
    pub(super) officer: Option<&'a Officer>,
    pub(super) title: String,
    pub(super) status: StatusCode,
    pub(super) done: Option<Done>,
    /// Below the list: the list itself leads back.
    pub(super) below: bool,
    /// Seconds until the page renews itself, and the address then.
    pub(super) renew: Option<(u32, String)>,
    policy: &'static str,
    script: bool,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(console: &'a Console, officer: Option<&'a Officer>, title: impl Into<String>) -> Self {
        Self {
            console,
            officer,
            title: title.into(),
            status: StatusCode::OK,
            done: None,
            below: officer.is_some(),
            renew: None,
            policy: POLICY,
            script: false,
        }
    }

    pub(super) fn done(mut self, done: Option<Done>) -> Self {
        self.done = done;
        self
    }

    /// It hands something to a security key.
    fn with_key(mut self) -> Self {
        self.policy = KEY_POLICY;
        self.script = true;
        self
    }

    /// It shows pages of its own in frames.
    fn framing(mut self) -> Self {
        self.policy = FRAMING_POLICY;
        self
    }

    pub(super) fn html(self, content: impl FnOnce() -> AnyView) -> Response {
        let frame = self.frame();
        let title = self.title;
        let breadcrumbs = if self.below {
            let list = Crumb { text: say("list-title").to_owned(), href: Some("/console".to_owned()) };
            vec![list, Crumb { text: title.clone(), href: None }]
        } else {
            Vec::new()
        };
        let label = self.officer.map(|officer| {
            say_with("by-at", &[("who", officer.label().into()), ("at", words::role(officer.role()).into())])
        });
        let (done, script) = (self.done, self.script);
        let body = ui::render(|| {
            let session = label.map(|label| {
                view! {
                    <form class="session-end" method="post" action="/console/logout">
                        <span class="small">{label}</span>
                        <Button text=say("logout") look=ButtonLook::Outline size=ButtonSize::Small/>
                    </form>
                }
                .into_any()
            });
            let head = script.then(|| view! { <script src=KEY_PATH defer></script> }.into_any());
            let heading = title.clone();
            let banner = done.map(|done| {
                view! { <Banner kind=Kind::Success kind_label=say("done") title=done.words()/> }
            });
            let content = content();
            view! {
                <Page frame title breadcrumbs head session tail=None>
                    <h1>{heading}</h1>
                    {banner}
                    {content}
                </Page>
            }
        });
        let mut response = (self.status, Html(body)).into_response();
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(self.policy));
        if let Some((seconds, address)) = self.renew
            && let Ok(value) = HeaderValue::from_str(&format!("{seconds}; url={address}"))
        {
            response.headers_mut().insert(header::REFRESH, value);
        }
        response
    }

    fn frame(&self) -> Frame {
        let link = |text: &str, href: &str| MenuLink {
            text: text.to_owned(),
            href: href.to_owned(),
            current: self.title == text,
        };
        let menu = match self.officer.map(Officer::role) {
            None => Vec::new(),
            Some(role) => {
                let new = (role == Role::Draft).then(|| link(say("new"), "/console/new"));
                let list = link(say("list-title"), "/console");
                std::iter::once(list).chain(new).chain([link(say("audit-title"), "/console/audit")]).collect()
            }
        };
        Frame {
            lang: "ja",
            site_name: say_with("site-name", &[("name", self.console.name.as_str().into())]),
            home_href: "/console".to_owned(),
            stylesheet_href: STYLE_PATH.to_owned(),
            skip_link: say("skip").to_owned(),
            menu_label: say("menu").to_owned(),
            menu,
            breadcrumb_label: say("breadcrumb").to_owned(),
            footer_notes: vec![say("footer").to_owned()],
            ..Frame::default()
        }
    }
}

/// Nothing was done.
pub(super) fn refused(console: &Console, why: Why) -> Response {
    let words = why.words();
    let mut sheet = Sheet::new(console, None, words.title);
    sheet.status = words.status;
    let (href, text) = words.way;
    sheet.html(move || {
        view! {
            <p class="measured">{words.what}</p>
            <p class="measured">{words.next}</p>
            <p><LinkButton text href/></p>
        }
        .into_any()
    })
}
