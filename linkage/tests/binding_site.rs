//! B-ID-6 whole: a demo world, 日本学生支援機構's own site, a real card reader and a real card, over HTTP.
#![expect(clippy::unwrap_used, reason = "clippy sees helpers of an integration test as shipped code")]

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use card::{
    reader::{LoopbackNames, Portal},
    testing::{CardHolder, Page, RunningReader},
};
use domain::{CardPurpose, OrgCode};
use http::{StatusCode, header};
use jiff::SignedDuration;
use linkage::{
    institution::card_binding::ANSWER_PATH,
    jpki::CardEvent,
    party::JLIS,
    register::Change,
    testing::{Demo, DemoOptions},
};
use runtime::Clock;
use tempfile::TempDir;
use wire::{card_file::CardTable, reader::Ask};

const STUDENT: &str = "watanabe-sakura";
const OTHER: &str = "takahashi-misaki";

/// A town with the site, a reader that lists it, and a browser.
struct Town {
    demo: Demo,
    origin: String,
    _reader: RunningReader,
    holder: CardHolder,
    client: reqwest::Client,
    cookie: Mutex<Option<String>>,
    folder: TempDir,
}

impl Town {
    async fn starts() -> Self {
        let folder = TempDir::new_in(if Path::new("/dev/shm").is_dir() { "/dev/shm" } else { "/tmp" }).unwrap();
        let demo = Demo::start(folder.path(), &DemoOptions::at("2026-11-03T05:00:00Z".parse().unwrap())).await.unwrap();
        let origin = demo.sites().0.get(&jasso()).unwrap().origin.clone();
        let clock: Arc<dyn Clock> = Arc::clone(demo.clock()) as _;
        let portals = [Portal::new("http://localhost:8080", "/card/answer"), Portal::new(&origin, ANSWER_PATH)];
        let reader = RunningReader::start(folder.path(), &portals.map(Result::unwrap), clock).await.unwrap();
        let holder = reader.holder().unwrap();
        let builder = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let client = builder.dns_resolver(LoopbackNames).build().unwrap();
        Self { demo, origin, _reader: reader, holder, client, cookie: Mutex::default(), folder }
    }

    /// Card, signature PIN.
    fn card(&self, person: &str) -> (String, String) {
        let id = self.demo.card_of(person).unwrap().unwrap();
        let table = fs::read_to_string(self.folder.path().join("cards/cards.toml")).unwrap();
        let table: CardTable = toml::from_str(&table).unwrap();
        let row = table.cards.into_iter().find(|row| row.id == id).unwrap();
        (id, row.signature_pin)
    }

    /// 奨学生番号, as the demo tells whoever tries it.
    fn number(&self) -> String {
        let text = fs::read_to_string(self.folder.path().join("cards/site-numbers.toml")).unwrap();
        let mut table: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&text).unwrap();
        table.get_mut("JASSO").unwrap().remove(&self.card(STUDENT).0).unwrap()
    }

    async fn sends(&self, request: reqwest::RequestBuilder) -> Page {
        let response = request.send().await.unwrap();
        if let Some(line) = response.headers().get(header::SET_COOKIE) {
            *self.cookie.lock().unwrap() = line.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        let (status, headers) = (response.status(), response.headers().clone());
        Page { status, headers, html: response.text().await.unwrap() }
    }

    async fn opens(&self, path: &str) -> Page {
        let cookie = self.cookie.lock().unwrap().clone().unwrap_or_default();
        self.sends(self.client.get(format!("{}{path}", self.origin)).header(header::COOKIE, cookie)).await
    }

    /// From the first page to the one that leads to the reader.
    async fn starts_binding(&self) -> Ask {
        let first = self.opens("/").await;
        let form = first.form("/card-bindings/start").unwrap();
        assert!(form.has("number"));
        let url = format!("{}{}", self.origin, form.action());
        let request = self.client.post(url).header(header::ORIGIN, &self.origin).form(&[("number", self.number())]);
        let page = self.sends(request).await;
        let to_reader = page.forms().into_iter().find(|form| form.action().ends_with("/v1/ask")).unwrap();
        to_reader.read().unwrap()
    }

    /// The card answers at the reader, whose page posts it to where the allow-list says; then wherever that leads.
    async fn signs(&self, ask: &Ask, person: &str) -> Page {
        let (card, pin) = self.card(person);
        let (url, answer) = self.holder.answers(&self.origin, ask, &card, &pin).await.unwrap().answer().unwrap();
        assert_eq!(url, format!("{}{ANSWER_PATH}", self.origin));
        let answered = self.sends(self.client.post(url).header(header::ORIGIN, "null").form(&answer)).await;
        self.follows(answered).await
    }

    async fn follows(&self, mut page: Page) -> Page {
        while page.status == StatusCode::SEE_OTHER {
            page = self.opens(page.headers.get(header::LOCATION).unwrap().to_str().unwrap()).await;
        }
        page
    }
}

fn jasso() -> OrgCode {
    "JASSO".parse().unwrap()
}

#[tokio::test]
async fn a_student_binds_a_code_with_card_and_reader() {
    let town = Town::starts().await;
    let ask = town.starts_binding().await;
    assert_eq!(ask.purpose, CardPurpose::Register);
    assert!(ask.document.contains("日本学生支援機構") && ask.document.contains(&town.number()));

    let at_reader = town.holder.brings(&town.origin, &ask).await.unwrap();
    assert!(at_reader.shows(&town.origin) && at_reader.shows(&ask.document), "who asks, and what is signed");
    let end = town.signs(&ask, STUDENT).await;
    assert_eq!(end.status, StatusCode::OK, "{}", end.html);
    assert!(end.shows("符号を結び付けました"));

    let removed = town.holder.removes().await.unwrap();
    assert!(removed.shows("カードを抜いたことを、ポータルに知らせました。"), "{}", removed.html);
}

#[tokio::test]
async fn a_site_that_the_reader_does_not_list_gets_no_pin_field() {
    let town = Town::starts().await;
    let ask = town.starts_binding().await;
    for other in ["http://jasso.localhost:1", "http://evil.localhost:9195", "null"] {
        let page = town.holder.brings(other, &ask).await.unwrap();
        assert!(page.status == StatusCode::FORBIDDEN && page.forms().is_empty(), "{other}");
    }
}

#[tokio::test]
async fn somebody_else_s_card_and_a_card_reported_lost_bind_nothing() {
    let town = Town::starts().await;
    let ask = town.starts_binding().await;
    let seen = town.signs(&ask, OTHER).await;
    assert!(seen.status == StatusCode::FORBIDDEN && seen.shows("番号とカードが合いません"));

    let ask = town.starts_binding().await;
    let (card, pin) = town.card(STUDENT);
    town.holder.answers(&town.origin, &ask, &card, &pin).await.unwrap().answer().unwrap();
    town.demo.card_event(&card, CardEvent::Loss).await.unwrap();
    let ask = town.starts_binding().await;
    let seen = town.signs(&ask, STUDENT).await;
    assert!(seen.status == StatusCode::FORBIDDEN && seen.shows("証明書は失効しています"), "{}", seen.html);
}

#[tokio::test]
async fn who_moved_since_the_card_was_issued_is_told_that_the_certificate_is_revoked() {
    let town = Town::starts().await;
    let (card, pin) = town.card(STUDENT);
    let ask = town.starts_binding().await;
    town.holder.answers(&town.origin, &ask, &card, &pin).await.unwrap().answer().unwrap();
    let moved =
        Change::Moved { address: "京都府京都市上京区1".into(), municipality: "261009".parse().unwrap() };
    town.demo.owner_event(&card, moved).await.unwrap();
    let seen = town.signs(&town.starts_binding().await, STUDENT).await;
    assert!(seen.shows("証明書は失効しています"), "{}", seen.html);
}

#[tokio::test]
async fn a_certificate_that_ran_out_is_said() {
    let town = Town::starts().await;
    let ask = town.starts_binding().await;
    town.signs(&ask, STUDENT).await;
    town.demo.clock().advance(SignedDuration::from_hours(24 * 366 * 6));
    let seen = town.signs(&town.starts_binding().await, STUDENT).await;
    assert!(seen.status == StatusCode::FORBIDDEN && seen.shows("証明書の有効期間が過ぎています"), "{}", seen.html);
}

#[tokio::test]
async fn without_jpki_or_j_lis_nothing_is_bound_and_both_say_so() {
    let mut town = Town::starts().await;
    let ask = town.starts_binding().await;
    town.signs(&ask, STUDENT).await;

    town.demo.stop_jpki_http().await;
    let seen = town.signs(&town.starts_binding().await, STUDENT).await;
    assert!(seen.status == StatusCode::SERVICE_UNAVAILABLE && seen.shows("証明書を今は確かめられません"));
    town.demo.start_jpki_http().await.unwrap();

    town.demo.stop_party(&JLIS).await;
    let seen = town.signs(&town.starts_binding().await, STUDENT).await;
    assert!(seen.status == StatusCode::SERVICE_UNAVAILABLE && seen.shows("符号を今は求められません"), "{}", seen.html);
    town.demo.start_party(&JLIS).await.unwrap();
    assert!(town.signs(&town.starts_binding().await, STUDENT).await.shows("符号を結び付けました"));
}

#[tokio::test]
async fn the_site_stops_and_starts_with_its_institution() {
    let mut town = Town::starts().await;
    town.demo.stop_party(&jasso()).await;
    assert!(town.client.get(&town.origin).send().await.is_err());
    town.demo.start_party(&jasso()).await.unwrap();
    assert_eq!(town.opens("/").await.status, StatusCode::OK);
}
