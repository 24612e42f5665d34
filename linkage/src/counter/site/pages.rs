//! The counter's pages, rendered here, complete without script.

use axum::response::{IntoResponse, Response};
use domain::OrgCode;
use http::{
    StatusCode,
    header::{self, HeaderValue},
};
use jiff::{Timestamp, tz::TimeZone};
use leptos::prelude::*;
use ui::{
    Banner, Button, ButtonLook, Choice, DescriptionList, Fact, FieldText, Frame, Kind, LinkButton, Need, Page, Row,
    SelectField, Table, TextField,
};
use wire::card_file::CardState;

use super::{Act, CounterSite, refused::Why, routes};
use crate::{
    counter::CardView,
    jpki::{CardEvent, CertificateStanding},
    register::JpkiChange,
    world::orgs,
};

const POLICY: &str = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'; img-src 'self'; \
                      form-action 'self'";

/// A finished page.
pub(super) struct Html {
    status: StatusCode,
    body: String,
}

impl IntoResponse for Html {
    fn into_response(self) -> Response {
        let mut response = (self.status, axum::response::Html(self.body)).into_response();
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        response
    }
}

/// Every card, and the form for somebody who has none.
pub(super) fn list(site: &CounterSite, cards: Vec<CardView>, people: Vec<(String, String)>) -> Html {
    let now = site.counter.clock.now();
    page(site, StatusCode::OK, "カードの一覧", move || {
        let rows = cards.into_iter().map(|card| {
            let standing = card.standing.as_ref();
            let unused = standing.is_some_and(|standing| standing.ended_unused);
            let certificate = |of: Option<&CertificateStanding>| words_of(of, unused, now).into_any();
            Row {
                head: view! { <a href=routes::card_path(&card.id)>{card.id.clone()}</a> }.into_any(),
                cells: vec![
                    card.who.clone().into_any(),
                    state_words(card.state).into_any(),
                    certificate(standing.and_then(|s| s.authentication.as_ref())),
                    certificate(standing.and_then(|s| s.signature.as_ref())),
                ],
            }
        });
        let columns =
            ["カード", "持ち主", "状態", "利用者証明用の証明書", "署名用の証明書"].map(str::to_owned).to_vec();
        let words = Act::FirstIssue.words();
        let choices: Vec<Choice> = people.into_iter().map(|(key, name)| Choice::new(key, name)).collect();
        let form = if choices.is_empty() {
            view! { <p>"カードを持っていない人はいません。"</p> }.into_any()
        } else {
            let text = FieldText { need: Some(required()), ..FieldText::label("だれのカードを作りますか") };
            view! {
                <form class="flow" method="post" action=routes::FIRST_ISSUE_PATH>
                    <SelectField id="person" name="person" text choices/>
                    <Button text=words.button/>
                </form>
            }
            .into_any()
        };
        view! {
            <p>"カードを選ぶと、そのカードと持ち主について届け出を受け付けられます。"</p>
            <Table caption="デモのカード" columns rows=rows.collect()/>
            <h2>{words.title}</h2>
            <p>{words.before}</p>
            {form}
        }
        .into_any()
    })
}

/// One card: how it stands, what was done just now, and everything that can be done.
pub(super) fn card(site: &CounterSite, card: &CardView, done: Option<Act>) -> Html {
    let now = site.counter.clock.now();
    let (id, who) = (card.id.clone(), card.who.clone());
    let standing = card.standing.clone();
    let (state, locked) = (state_words(card.state), card.state == Some(CardState::Locked));
    page(site, StatusCode::OK, "カードの届け出", move || {
        let banner = done.map(|act| {
            let words = act.words();
            view! {
                <Banner kind=Kind::Success kind_label="完了" title=format!("{}を受け付けました", words.title)/>
                <p>{words.after}</p>
            }
        });
        let unused = standing.as_ref().is_some_and(|standing| standing.ended_unused);
        let certificate = |of: Option<&CertificateStanding>| words_of(of, unused, now);
        let authentication = certificate(standing.as_ref().and_then(|s| s.authentication.as_ref()));
        let signature = certificate(standing.as_ref().and_then(|s| s.signature.as_ref()));
        let facts = vec![
            Fact::new("カード", id.clone()),
            Fact::new("持ち主", who),
            Fact::new("状態", state),
            Fact::new("利用者証明用の証明書", authentication),
            Fact::new("署名用の証明書", signature),
        ];
        let events = standing.map(|standing| standing.events).unwrap_or_default();
        let events = events
            .into_iter()
            .map(|(name, at)| Row { head: date(at).into_any(), cells: vec![event_words(&name).into_any()] });
        let possible = |act: &Act| *act != Act::HandOver || locked;
        let forms = Act::OF_A_CARD.into_iter().filter(possible).map(|act| form(act, &id)).collect_view();
        view! {
            {banner}
            <DescriptionList facts/>
            <p><LinkButton text="カードの一覧へ" href="/" look=ButtonLook::Outline/></p>
            <Table
                caption="これまでの届け出"
                columns=vec!["日時".to_owned(), "内容".to_owned()]
                rows=events.collect()
            />
            <h2>"受け付けられる届け出"</h2>
            {forms}
        }
        .into_any()
    })
}

fn form(act: Act, card: &str) -> AnyView {
    let words = act.words();
    let fields = match act {
        Act::Move => {
            let municipalities = orgs::institutions().into_iter().filter(OrgCode::is_municipality);
            let choices = municipalities.map(|org| Choice::new(org.as_str(), name_of(&org))).collect();
            let address = FieldText { need: Some(required()), ..FieldText::label("新しい住所") };
            let municipality = FieldText { need: Some(required()), ..FieldText::label("新しい市区町村") };
            view! {
                <TextField id="address" name="address" text=address length_max=200/>
                <SelectField id="municipality" name="municipality" text=municipality choices/>
            }
            .into_any()
        }
        Act::Rename => {
            let name = FieldText { need: Some(required()), ..FieldText::label("新しい氏名") };
            view! { <TextField id="name" name="name" text=name length_max=100/> }.into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <section class="flow">
            <h3>{words.title}</h3>
            <p>{words.before}</p>
            <form class="flow" method="post" action=routes::acts_path(card)>
                {fields}
                <Button text=words.button look=ButtonLook::Outline name="act" value=act.name()/>
            </form>
        </section>
    }
    .into_any()
}

/// Nothing was done.
pub(super) fn refused(site: &CounterSite, why: Why) -> Html {
    let words = why.words();
    page(site, words.status, words.title, move || {
        view! {
            <p>{words.what}</p>
            <p>{words.next}</p>
            <p><LinkButton text="カードの一覧へ" href="/"/></p>
        }
        .into_any()
    })
}

fn required() -> Need {
    Need::Required("※必須".into())
}

fn name_of(org: &OrgCode) -> String {
    let names =
        [("141003", "横浜市"), ("062049", "酒田市"), ("261009", "京都市"), ("472018", "那覇市"), ("011002", "札幌市")];
    names.iter().find(|(code, _)| *code == org.as_str()).map_or_else(|| org.to_string(), |(_, name)| (*name).to_owned())
}

fn state_words(state: Option<CardState>) -> &'static str {
    match state {
        None => "カードがまだ届いていません",
        Some(CardState::Locked) => "ロックされています（交付前）",
        Some(CardState::Active) => "交付されています",
        Some(CardState::Stopped) => "使えなくしました",
    }
}

fn words_of(certificate: Option<&CertificateStanding>, ended_unused: bool, now: Timestamp) -> String {
    match certificate {
        None if ended_unused => "発行されないまま終わりました".to_owned(),
        None => "まだありません".to_owned(),
        Some(CertificateStanding { revoked_at: Some(at), .. }) => format!("失効（{}）", date(*at)),
        Some(CertificateStanding { not_after, .. }) if *not_after < now => format!("期限切れ（{}）", date(*not_after)),
        Some(CertificateStanding { not_after, .. }) => format!("有効（{}まで）", date(*not_after)),
    }
}

fn event_words(name: &str) -> String {
    let of_card = CardEvent::from_name(name).map(|event| match event {
        CardEvent::FirstIssue => "新規の発行",
        CardEvent::Renewal => "更新で作られた",
        CardEvent::Reissue => "再発行で作られた",
        CardEvent::HandOver => "交付",
        CardEvent::Replaced => "新しいカードと引き換え",
        CardEvent::Loss => "紛失",
        CardEvent::Damage => "破損",
        CardEvent::Lapse => "失効",
        CardEvent::Return => "返納",
        CardEvent::Disposal => "廃棄",
        CardEvent::FaceChange => "券面の変更",
        CardEvent::ChipChange => "チップ内の変更",
    });
    let of_owner = JpkiChange::from_name(name).map(|change| match change {
        JpkiChange::NameChanged => "氏名の変更",
        JpkiChange::AddressChanged => "住所の変更",
        JpkiChange::Died => "死亡",
        JpkiChange::Left => "国外転出",
    });
    of_card.or(of_owner).unwrap_or("わからない届け出").to_owned()
}

fn date(at: Timestamp) -> String {
    let japan = at.to_zoned(TimeZone::fixed(jiff::tz::offset(9)));
    format!("{}年{}月{}日{}時{}分", japan.year(), japan.month(), japan.day(), japan.hour(), japan.minute())
}

fn page(site: &CounterSite, status: StatusCode, title: &'static str, content: impl FnOnce() -> AnyView) -> Html {
    let name = name_of(&site.municipality);
    let frame = Frame {
        lang: "ja",
        site_name: format!("{name} 窓口"),
        home_href: "/".to_owned(),
        stylesheet_href: routes::STYLE_PATH.to_owned(),
        skip_link: "本文へ移動".to_owned(),
        footer_notes: vec![format!(
            "デモのための模擬サイトです。実在の{name}とは関係ありません。職員の画面なので、日本語だけです。"
        )],
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
    Html { status, body }
}
