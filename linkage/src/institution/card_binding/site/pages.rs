//! The site's pages, rendered here, complete without script.

use axum::response::{IntoResponse, Response};
use domain::{CardPurpose, RemovalToken};
use http::{
    StatusCode,
    header::{self, HeaderValue},
};
use leptos::prelude::*;
use ui::{
    Banner, Button, ButtonSize, ErrorSummary, FieldError, FieldText, Frame, Kind, LinkButton, Need, Page, TextField,
};
use wire::reader::{ASK_PATH, Ask};

use super::{BindingSite, ending::Why, routes, words};
use crate::institution::card_binding::CardBindingAsk;

/// Address of the stylesheet.
pub(super) const STYLE_PATH: &str = "/style.css";

/// A finished page.
pub(super) struct Html {
    status: StatusCode,
    body: String,
    /// The card reader, on the one page that posts to it.
    posts_to: Option<String>,
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let to = self.posts_to.as_deref().unwrap_or("'self'");
        let policy = format!(
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; img-src 'self'; \
             form-action {to}"
        );
        let asks_the_reader = self.posts_to.is_some();
        let mut response = (self.status, axum::response::Html(self.body)).into_response();
        let headers = response.headers_mut();
        // An origin was checked when it was read: always a header value.
        if let Ok(policy) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if asks_the_reader {
            headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("origin"));
        }
        response
    }
}

/// Who asks and why, and the number to bind to. `wrong`: what was typed and is no number.
pub(super) fn start(site: &BindingSite, wrong: Option<&str>) -> Html {
    let profile = site.institution().profile;
    let (name, number) = (profile.name, profile.person_number);
    let error = wrong.map(|_| format!("{number}を、数字とハイフンで、桁数どおりに入力してください。"));
    let errors = error.iter().map(|text| FieldError { field_id: "number".into(), text: text.clone() }).collect();
    let text = FieldText {
        need: Some(Need::Required("※必須".into())),
        ..FieldText::label(number).support("ハイフンはあってもなくてもかまいません。").error(error)
    };
    let value = wrong.unwrap_or_default().to_owned();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(site, status, "情報連携のための符号の結び付け", None, move || {
        view! {
            <ErrorSummary title="入力した内容を確かめてください" errors/>
            <p>
                {format!("{name}は、ほかの機関にあなたの情報を照会するときに使う符号を、あなたの{number}に結び付けます。")}
                "結び付けると、住民税の課税証明書などを出していただかなくて済むようになります。"
            </p>
            <ul>
                <li>{format!("{name}が、あなたのマイナンバー（個人番号）を知ることはありません。")}</li>
                <li>"マイナンバーカードの署名用電子証明書で、ご本人であることを確かめます。署名用パスワードは、カードリーダーの画面にだけ入力します。"</li>
                <li>"証明書の氏名・住所・生年月日・性別は、符号を求めるためにだけ使い、保存しません。"</li>
                <li>"結び付けるかどうかは、あなたが決められます。"</li>
            </ul>
            <form class="flow" method="post" action=routes::START_PATH>
                <TextField id="number" name="number" text value length_max=40/>
                <Button text="カードリーダーの準備へ進む" size=ButtonSize::Large/>
            </form>
        }
        .into_any()
    })
}

/// The document, and the way to the card reader.
pub(super) fn ask(site: &BindingSite, ask: &CardBindingAsk, removal_token: RemovalToken) -> Html {
    let name = site.institution().profile.name;
    let reader = site.address.reader.clone();
    let document = ask.document.clone();
    let fields = fields(&Ask {
        purpose: CardPurpose::Register,
        challenge: ask.challenge.clone(),
        document: document.clone(),
        removal_token,
        lang: "ja".to_owned(),
    });
    let (action, origin) = (format!("{reader}{ASK_PATH}"), site.address.origin.clone());
    page(site, StatusCode::OK, "カードで署名する", Some(reader), move || {
        let inputs = fields
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
            .collect_view();
        view! {
            <p>{format!("次の文に、カードで署名していただきます。カードリーダーの画面で、{name}（{origin}）からの申込みであることと、同じ文であることを確かめてください。")}</p>
            <div class="document">{document}</div>
            <p>"5分以内に署名してください。やめるときは、カードリーダーの画面で「やめる」を押してください。"</p>
            <form method="post" action=action>
                {inputs}
                <Button text="カードリーダーを開く" size=ButtonSize::Large/>
            </form>
        }
        .into_any()
    })
}

/// The code is there.
pub(super) fn bound(site: &BindingSite) -> Html {
    let number = site.institution().profile.person_number;
    page(site, StatusCode::OK, "符号を結び付けました", None, move || {
        view! {
            <Banner kind=Kind::Success kind_label="完了" title="手続きが終わりました"/>
            <p>{format!("情報連携のための符号が、あなたの{number}に結び付いています。")}</p>
            <p>"だれがあなたの情報を照会したかは、マイ・ポータルの「アクセス記録」で見られます。"</p>
        }
        .into_any()
    })
}

/// The code was asked for and is not there yet.
pub(super) fn on_its_way(site: &BindingSite) -> Html {
    page(site, StatusCode::ACCEPTED, "お申込みを受け付けました", None, || {
        view! {
            <Banner kind=Kind::Info kind_label="受付" title="符号が届くのを待っています"/>
            <p>"カードは確かめられました。情報連携のしくみから符号が届くと、結び付けは自動で終わります。もう一度申し込む必要はありません。"</p>
            <p>"10分以内であれば、このページを開きなおすと、今の状態を見られます。"</p>
        }
        .into_any()
    })
}

/// Nothing was bound.
pub(super) fn refused(site: &BindingSite, why: Why) -> Html {
    let words = words::of(why);
    page(site, words.status, words.title, None, move || {
        view! {
            <p>{words.what}</p>
            <p>{words.next}</p>
            <p>
                <LinkButton text="はじめのページへ" href="/"/>
            </p>
        }
        .into_any()
    })
}

fn page(
    site: &BindingSite,
    status: StatusCode,
    title: &'static str,
    posts_to: Option<String>,
    content: impl FnOnce() -> AnyView,
) -> Html {
    let name = site.institution().profile.name;
    let frame = Frame {
        lang: "ja",
        site_name: name.to_owned(),
        home_href: "/".to_owned(),
        stylesheet_href: STYLE_PATH.to_owned(),
        skip_link: "本文へ移動".to_owned(),
        footer_notes: vec![format!("デモのための模擬サイトです。実在の{name}とは関係ありません。")],
        ..Frame::default()
    };
    let body = ui::render(|| {
        let content = content();
        view! {
            <Page frame title head=None session=None tail=None>
                <h1>{title}</h1>
                {content}
            </Page>
        }
    });
    Html { status, body, posts_to }
}

/// The ask as form fields: all of its fields are strings.
fn fields(ask: &Ask) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(ask) else {
        return Vec::new();
    };
    let text = |(name, value): (String, serde_json::Value)| Some((name, value.as_str()?.to_owned()));
    fields.into_iter().filter_map(text).collect()
}
