//! The pages, rendered here, complete without script but for the security key.

pub(super) mod access;
mod acts;
pub(super) mod audit;
pub(super) mod draft;
pub(super) mod face;
pub(super) mod list;
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
pub(super) struct Done(&'static str, &'static str);

const DONE: [Done; 13] = [
    Done("enrolled", "セキュリティキーを登録しました。このキーでログインできます。"),
    Done("logged-out", "ログアウトしました。"),
    Done("saved", "下書きを保存しました。"),
    Done("dropped", "下書きを捨てました。"),
    Done("file", "ファイルを付けました。"),
    Done("file-dropped", "ファイルを外しました。"),
    Done("submitted", "承認に出しました。ほかの承認者が確かめてから送ります。"),
    Done("released", "送り始めました。"),
    Done("rejected", "差し戻しました。書いた人の下書きに戻りました。"),
    Done("cancelled", "送るのをやめました。まだ届いていない人には届きません。"),
    Done("withdrawn", "取り下げました。まだ開いていない人の箱からは消え、開いた人には取り下げたことが伝わります。"),
    Done("replacing", "差し替えの下書きを作りました。なおしてから、もう一度承認に出してください。"),
    Done("discarded", "宛先を選び直せるように、下書きに戻しました。"),
];

impl Done {
    pub(super) fn named(name: &str) -> Option<Self> {
        DONE.into_iter().find(|done| done.0 == name)
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
            let list = Crumb { text: "お知らせの一覧".to_owned(), href: Some("/console".to_owned()) };
            vec![list, Crumb { text: title.clone(), href: None }]
        } else {
            Vec::new()
        };
        let label = self.officer.map(|officer| format!("{}（{}）", officer.label(), words::role(officer.role())));
        let (done, script) = (self.done, self.script);
        let body = ui::render(|| {
            let session = label.map(|label| {
                view! {
                    <form class="session-end" method="post" action="/console/logout">
                        <span class="small">{label}</span>
                        <Button text="ログアウトする" look=ButtonLook::Outline size=ButtonSize::Small/>
                    </form>
                }
                .into_any()
            });
            let head = script.then(|| view! { <script src=KEY_PATH defer></script> }.into_any());
            let heading = title.clone();
            let banner = done.map(|Done(_, words)| {
                view! { <Banner kind=Kind::Success kind_label="完了" title=words/> }
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
                let new = (role == Role::Draft).then(|| link("新しく書く", "/console/new"));
                let list = link("お知らせの一覧", "/console");
                std::iter::once(list).chain(new).chain([link("操作の記録", "/console/audit")]).collect()
            }
        };
        Frame {
            lang: "ja",
            site_name: format!("{} お知らせを送る", self.console.name),
            home_href: "/console".to_owned(),
            stylesheet_href: STYLE_PATH.to_owned(),
            skip_link: "本文へ移動".to_owned(),
            menu_label: "メニュー".to_owned(),
            menu,
            breadcrumb_label: "現在位置".to_owned(),
            footer_notes: vec!["職員のための画面です。操作は、だれがいつ行ったかを記録しています。".to_owned()],
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
