//! Every page in every language, with what a person might meet, held against the rules that all pages share.
//!
//! `GALLERY=<folder> cargo nextest run -p app --features ssr gallery` also writes them as files to look at.

mod alerts;
mod notices;
mod own_information;

use std::fmt::Write as _;
use std::{env, fs};

use domain::{
    AccessRecord, CardPurpose, ChallengeNonce, Circumstance, Dictionary, Locale, LoginFailure, LoginOutcome, Outcome,
    RemovalToken,
};
use jiff::Timestamp;
use leptos::prelude::*;
use portal::{
    AskError, CardAsk, Flash, Home, LoginEvent, LoginHistory, NoticeCounts, NoticeSummary, RecordsError, RecordsFilter,
    RecordsPage, RegistrationProgress, Urgent,
};

use super::accessibility::Accessibility;
use super::card_step::{CardStep, Nothing};
use super::error::{ErrorPageContext, error_page};
use super::help::Help;
use super::history::History;
use super::home::HomeView;
use super::login::Login;
use super::record::Record;
use super::records::{Offer, Records, failed, kind};
use super::register::{Register, opening, steps};
use super::signed_out::SignedOut;
use super::top::Top;
use crate::PageContext;
use crate::context::{Here, testing};

struct Shown {
    name: &'static str,
    locale: Locale,
    html: String,
}

fn every_page() -> Vec<Shown> {
    Locale::ALL
        .into_iter()
        .flat_map(|locale| {
            [pages_in(locale), own_information::pages_in(locale), notices::pages_in(locale), alerts::pages_in(locale)]
        })
        .flatten()
        .collect()
}

fn pages_in(locale: Locale) -> Vec<Shown> {
    let open = |address: &str| testing::here(locale, address, false);
    let personal = |address: &str| testing::here(locale, address, true);
    let shown = |name, html| Shown { name, locale, html };
    let here = open("/register/card");
    let register_card = {
        let (title, lead) = (here.text(wording::key::REGISTER_CARD_TITLE), here.text(wording::key::REGISTER_CARD_LEAD));
        let pin = here.text(wording::key::REGISTER_CARD_PIN);
        let trail = (here.text(wording::key::REGISTER_TITLE), "/register");
        let steps = steps(&here, 1);
        ui::render(|| view! { <CardStep here ask=ask(locale) title lead pin back="/register" trail steps/> })
    };
    vec![
        shown("top", ui::render(|| view! { <Top here=open("/")/> })),
        shown("register", ui::render(|| view! { <Register here=open("/register")/> })),
        shown("register-card", register_card),
        shown("register-opening", waiting(open("/register/opening"), RegistrationProgress::WaitingForCode)),
        shown("register-ready", waiting(open("/register/opening"), RegistrationProgress::ReadyToBind)),
        shown("register-stopped", waiting(open("/register/opening"), RegistrationProgress::GivenUp)),
        shown("register-done", waiting(open("/register/opening"), RegistrationProgress::Done)),
        shown("card-nothing", {
            let here = open("/login/card");
            ui::render(|| Nothing::page(here, &AskError::NothingStarted, wording::key::CARD_PAGE_AGAIN_LOGIN, "/login"))
        }),
        shown("login", ui::render(|| view! { <Login here=open("/login")/> })),
        shown("login-refused", {
            let here = with_flash(open("/login"), Flash::error("card-locked"));
            ui::render(|| view! { <Login here/> })
        }),
        shown("home-first", {
            let here = with_flash(personal("/home"), Flash::success("registered"));
            ui::render(
                || view! { <HomeView here home=Home { previous_login_at: None, failed_logins_since: 0, certificate_ends_at: None, shared_device: false } notices=Some(NoticeSummary::default())/> },
            )
        }),
        shown("home", {
            let home = Home {
                previous_login_at: Some(at(-30)),
                failed_logins_since: 2,
                certificate_ends_at: Some(at(30)),
                shared_device: true,
            };
            let counts = NoticeCounts { unopened: 2, inbox: 5, to_do: 1, ..NoticeCounts::default() };
            let urgent = Urgent { notices: vec![super::notices::tests::emergency()], more: false };
            let notices = Some(NoticeSummary { counts, urgent });
            let here = personal("/home").with_unread(Some(2), 1);
            ui::render(|| view! { <HomeView here home notices/> })
        }),
        shown("records", records(personal("/records"), "", some_records())),
        shown(
            "records-filtered",
            records(
                personal("/records?from=2026-01-01&institution=141003"),
                "from=2026-01-01&institution=141003",
                some_records(),
            ),
        ),
        shown(
            "records-wrong",
            records(
                personal("/records?from=2026-02-02&until=2026-01-01"),
                "from=2026-02-02&until=2026-01-01",
                some_records(),
            ),
        ),
        shown("records-empty", records(personal("/records"), "", Vec::new())),
        shown("records-none", records(personal("/records?outcome=refused"), "outcome=refused", Vec::new())),
        shown("records-down", {
            let error = RecordsError::LinkageUnreachable("silence".into());
            ui::render(|| failed(personal("/records"), &error))
        }),
        shown("records-code-ended", ui::render(|| failed(personal("/records"), &RecordsError::CodeEnded))),
        shown("records-own", records(personal("/records?own=1"), "own=1", vec![record(5, Circumstance::SelfView)])),
        shown("record", {
            let words = wording::record(locale, &record(0, Circumstance::ByLaw));
            ui::render(|| view! { <Record here=personal("/records/x") words kind=kind(Outcome::Provided)/> })
        }),
        shown("history", ui::render(|| view! { <History here=personal("/history") history=history()/> })),
        shown("signed-out", ui::render(|| view! { <SignedOut here=open("/signed-out?why=logout")/> })),
        shown("signed-out-suspended", ui::render(|| view! { <SignedOut here=open("/signed-out?why=suspended")/> })),
        shown("signed-out-closed", ui::render(|| view! { <SignedOut here=open("/signed-out?why=closed")/> })),
        shown(
            "signed-out-ended",
            ui::render(|| view! { <SignedOut here=open("/signed-out?why=ended&return_to=/records")/> }),
        ),
        shown("help", ui::render(|| view! { <Help here=open("/help")/> })),
        shown("accessibility", ui::render(|| view! { <Accessibility here=open("/accessibility")/> })),
        shown("error", wrong(&open("/"), 503, "unavailable")),
        shown("error-not-found", wrong(&open("/"), 404, "not-found")),
        shown("error-too-many", wrong(&open("/"), 429, "too-many-requests")),
    ]
}

fn wrong(here: &Here, status: u16, case: &str) -> String {
    error_page(&ErrorPageContext {
        locale: here.locale(),
        nonce: "n0nce".to_owned(),
        assets: here.context.assets.clone(),
        status,
        case: case.to_owned(),
        reference: "4F2A-91CD".to_owned(),
    })
}

fn at(days: i64) -> Timestamp {
    let now: Timestamp = "2026-11-03T05:05:00Z".parse().unwrap();
    now + jiff::SignedDuration::from_hours(24 * days)
}

fn with_flash(here: Here, flash: Flash) -> Here {
    let context = PageContext { flash: Some(flash), ..(*here.context).clone() };
    Here { context: context.into(), ..here }
}

fn ask(locale: Locale) -> CardAsk {
    let when = wording::date_time(locale, at(0));
    let words = wording::Words::of(locale);
    CardAsk {
        purpose: CardPurpose::Register,
        challenge: ChallengeNonce::from([1; 32]),
        document: words.format(wording::key::APPLICATION_FOLDER, &[("when", when.into())]),
        removal_token: RemovalToken::from([2; 32]),
        reader_url: "http://127.0.0.1:8790/v1/ask".to_owned(),
        expires_at: at(0),
    }
}

fn waiting(here: Here, progress: RegistrationProgress) -> String {
    ui::render(|| opening(here, progress))
}

fn record(days_ago: i64, circumstance: Circumstance) -> AccessRecord {
    let own = circumstance == Circumstance::SelfView;
    let code = |by_law: &str, own_view: &str| if own { own_view.to_owned() } else { by_law.to_owned() };
    AccessRecord {
        id: [0xab; 16].into(),
        accessed_at: at(-days_ago),
        bp: code("nhi-premium-reduction", "self-view").parse().unwrap(),
        whitelist_version: Some(1),
        circumstance,
        requester: code("141003", "PORTAL").parse().unwrap(),
        provider: code("NTA", "CORE").parse().unwrap(),
        info_kind: code("income", "access-records").parse().unwrap(),
        outcome: Outcome::Provided,
        dictionary: Dictionary::CURRENT,
    }
}

fn some_records() -> Vec<AccessRecord> {
    let pension = AccessRecord {
        bp: "old-age-pension".parse().unwrap(),
        requester: "JPS".parse().unwrap(),
        provider: "141003".parse().unwrap(),
        info_kind: "resident-record".parse().unwrap(),
        outcome: Outcome::NoDataHeld,
        ..record(9, Circumstance::ByLaw)
    };
    let refused = AccessRecord {
        bp: "scholarship".parse().unwrap(),
        requester: "JASSO".parse().unwrap(),
        provider: "JPS".parse().unwrap(),
        info_kind: "pension-coverage".parse().unwrap(),
        whitelist_version: None,
        outcome: Outcome::Refused,
        ..record(40, Circumstance::ByLaw)
    };
    let unanswered = AccessRecord { outcome: Outcome::Unanswered, ..record(80, Circumstance::ByLaw) };
    vec![record(0, Circumstance::ByLaw), pension, refused, unanswered]
}

fn records(here: Here, query: &str, records: Vec<AccessRecord>) -> String {
    let parsed = RecordsFilter::parse(query);
    let institutions = vec!["141003".parse().unwrap(), "JPS".parse().unwrap(), "NTA".parse().unwrap()];
    let info_kinds = vec!["income".parse().unwrap(), "resident-record".parse().unwrap()];
    let offer = Offer {
        filter: parsed.clone().unwrap_or_default(),
        wrong: parsed.err(),
        institutions: institutions.clone(),
        info_kinds: info_kinds.clone(),
    };
    let pages = if records.len() > 1 { 3 } else { 1 };
    let page = RecordsPage {
        total: if pages > 1 { 134 } else { records.len() as u64 },
        records,
        own_views: 5,
        kept_since: Some(at(-900)),
        institutions,
        info_kinds,
        page: 1,
        pages,
    };
    ui::render(|| view! { <Records here offer page/> })
}

fn history() -> LoginHistory {
    let event = |days, outcome| LoginEvent { at: at(days), outcome };
    LoginHistory {
        events: vec![
            event(0, LoginOutcome::Succeeded),
            event(-3, LoginOutcome::Failed(LoginFailure::OtherBrowser)),
            event(-30, LoginOutcome::Succeeded),
            event(-31, LoginOutcome::Failed(LoginFailure::WithoutPin)),
        ],
        page: 1,
        pages: 2,
    }
}

/// All values of an attribute.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    html.split(begin.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The opening tags of an element.
fn tags<'a>(html: &'a str, element: &str) -> Vec<&'a str> {
    let begin = format!("<{element}");
    let at_name_end = |rest: &&str| rest.starts_with([' ', '>', '/']);
    html.split(begin.as_str()).skip(1).filter(at_name_end).filter_map(|rest| rest.split('>').next()).collect()
}

#[test]
fn the_gallery_shows_every_page_in_every_language() {
    let pages = every_page();
    if let Ok(folder) = env::var("GALLERY") {
        fs::create_dir_all(&folder).unwrap();
        fs::write(format!("{folder}/s.css"), ui::STYLE).unwrap();
        for page in &pages {
            let html = page.html.replace("/pkg/s.css", "s.css");
            fs::write(format!("{folder}/{}.{}.html", page.name, page.locale.name()), html).unwrap();
        }
    }
    assert_eq!(pages.len() % Locale::ALL.len(), 0);
}

#[test]
fn every_page_is_a_document_in_its_language_with_one_main_heading() {
    for page in every_page() {
        let lang = format!("<!DOCTYPE html><html lang=\"{}\">", page.locale.html_lang());
        assert!(page.html.starts_with(&lang), "{}", page.name);
        assert_eq!(tags(&page.html, "h1").len(), 1, "{}", page.name);
        assert_eq!(tags(&page.html, "main").len(), 1, "{}", page.name);
        assert_eq!(tags(&page.html, "title").len(), 1, "{}", page.name);
    }
}

#[test]
fn no_heading_skips_a_level() {
    for page in every_page() {
        let dialog = page.html.find("<dialog").unwrap_or(page.html.len());
        let mut before = 0;
        for rest in page.html[..dialog].split("<h").skip(1) {
            let Some(level) = rest.chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(level <= before + 1, "{} in {}: h{level} after h{before}", page.name, page.locale.name());
            before = level;
        }
    }
}

#[test]
fn every_id_is_there_once_and_every_reference_leads_to_one() {
    for page in every_page() {
        let mut ids = values(&page.html, "id");
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{}", page.name);
        for attribute in ["for", "aria-labelledby", "aria-describedby"] {
            for id in values(&page.html, attribute).iter().flat_map(|value| value.split(' ')) {
                assert!(ids.contains(&id), "{}: {attribute}={id}", page.name);
            }
        }
    }
}

#[test]
fn every_field_has_a_label() {
    for page in every_page() {
        let labelled = values(&page.html, "for");
        let fields = tags(&page.html, "input").into_iter().chain(tags(&page.html, "select"));
        for field in fields.filter(|field| !field.contains("type=\"hidden\"")) {
            let id = values(field, "id");
            assert!(id.iter().any(|id| labelled.contains(id)), "{}: {field}", page.name);
        }
    }
}

#[test]
fn a_strict_content_security_policy_holds() {
    for page in every_page() {
        assert!(!page.html.contains(" style=\""), "{}", page.name);
        assert!(!page.html.contains("<style"), "{}", page.name);
        assert!(!page.html.contains(" onclick="), "{}", page.name);
        for script in tags(&page.html, "script") {
            assert!(script.contains("nonce=\"n0nce\""), "{}: {script}", page.name);
        }
        let sheets = tags(&page.html, "link").into_iter().filter(|link| link.contains("stylesheet"));
        assert!(sheets.into_iter().all(|link| link.contains("nonce=\"n0nce\"")), "{}", page.name);
    }
}

#[test]
fn only_personal_pages_load_the_module() {
    for page in every_page() {
        let island = page.html.contains("<leptos-island");
        assert_eq!(page.html.contains("<script"), island, "{}", page.name);
        assert_eq!(page.html.contains("http-equiv=\"refresh\" content=\"900"), island, "{}", page.name);
    }
}

#[test]
fn everything_is_said_in_all_three_languages() {
    let (mut missing, pages) = (String::new(), every_page());
    for page in &pages {
        // A key without text renders nothing; an unfilled variable renders its name in braces.
        for empty in ["<h1></h1>", "<h2></h2>", "<p></p>", "<li></li>", "<dd></dd>", "{$", "{ $"] {
            if page.html.contains(empty) {
                let _ = writeln!(missing, "{} in {}: {empty}", page.name, page.locale.name());
            }
        }
    }
    assert_eq!(missing, "");
}

#[test]
fn english_pages_hold_no_japanese_but_the_names_of_the_languages() {
    let japanese = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    for page in every_page().into_iter().filter(|page| page.locale == Locale::En) {
        let text = page.html.replace("日本語", "").replace("やさしい", "");
        let found: String = text.chars().filter(|c| japanese(*c)).take(40).collect();
        assert_eq!(found, "", "{}", page.name);
    }
}
