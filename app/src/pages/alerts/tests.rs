use domain::{AlertAddressId, Locale};

use super::*;
use crate::context::testing;

pub(in crate::pages) fn place(byte: u8, at: AlertPlaceAt, state: AlertPlaceState) -> AlertPlace {
    AlertPlace { id: AlertAddressId::from([byte; 16]), at, state, told_at: None, failed_at: None }
}

pub(in crate::pages) fn mail_at() -> AlertPlaceAt {
    AlertPlaceAt::Mail("hanako@mail.example".to_owned())
}

pub(in crate::pages) fn phone() -> AlertPlaceAt {
    AlertPlaceAt::Device("Pixel 8".to_owned())
}

fn at(text: &str) -> jiff::Timestamp {
    text.parse().unwrap()
}

pub(in crate::pages) fn confirmed() -> AlertPlaceState {
    AlertPlaceState::Confirmed(at("2026-10-01T00:00:00Z"))
}

pub(in crate::pages) fn waiting(tries_left: u32) -> AlertPlaceState {
    AlertPlaceState::Waiting { until: at("2026-11-04T05:05:00Z"), tries_left }
}

pub(in crate::pages) fn offered(places: Vec<AlertPlace>) -> Alerts {
    Alerts { mail_offered: true, push_key: Some("BCVxsr7N".to_owned()), places }
}

/// Told in two places, one of which failed.
pub(in crate::pages) fn told() -> Alerts {
    let mut mail = place(1, mail_at(), confirmed());
    mail.told_at = Some(at("2026-11-02T03:00:00Z"));
    let mut device = place(2, phone(), confirmed());
    device.failed_at = Some(at("2026-11-02T04:00:00Z"));
    offered(vec![mail, device])
}

pub(in crate::pages) fn page(locale: Locale, alerts: Alerts) -> String {
    page_with(locale, alerts, Vec::new())
}

pub(in crate::pages) fn page_with(locale: Locale, alerts: Alerts, consents: Vec<StateConsent>) -> String {
    let here = testing::here(locale, "/folder/alerts", true);
    ui::render(|| view! { <AlertsView here alerts consents/> })
}

pub(in crate::pages) fn consents() -> Vec<StateConsent> {
    let given = |sender: &str, since| StateConsent { sender: sender.parse().unwrap(), given_at: at(since) };
    vec![given("141003", "2026-10-01T00:00:00Z"), given("NTA", "2026-11-02T03:00:00Z")]
}

#[test]
fn each_sender_to_whom_states_are_given_can_be_ended_by_itself() {
    let html = page_with(Locale::Ja, offered(Vec::new()), consents());
    assert_eq!(html.matches(r#"action="/folder/alerts/states/withhold""#).count(), 2);
    for part in [r#"name="sender" value="141003""#, "「横浜市」に知らせるのをやめる", "国税庁", "2026年10月1日"]
    {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn where_no_states_are_given_it_is_said_how_that_begins() {
    let html = page(Locale::Ja, offered(Vec::new()));
    assert!(!html.contains("/folder/alerts/states/withhold"));
    assert!(html.contains("どの差出人にも知らせていません。"), "{html}");
}

#[test]
fn nobody_is_told_anywhere_at_first() {
    let html = page(Locale::Ja, offered(Vec::new()));
    assert!(html.contains(r#"action="/folder/alerts/mail""#) && html.contains(r#"autocomplete="email""#), "{html}");
    assert!(!html.contains(r#"action="/folder/alerts/remove""#));
}

#[test]
fn what_is_not_offered_is_said() {
    let html = page(Locale::Ja, Alerts { mail_offered: false, push_key: None, places: Vec::new() });
    for form in ["/folder/alerts/mail", "/folder/alerts/device", "leptos-island data-component=\"AlertDevice"] {
        assert!(!html.contains(form), "{form} in {html}");
    }
    assert_eq!(html.matches("このポータルでは").count(), 2, "{html}");
}

#[test]
fn without_script_a_sentence_stands_where_the_form_would() {
    let html = page(Locale::Ja, offered(Vec::new()));
    let form = html.split("<form").find(|form| form.contains("alert-device")).unwrap();
    assert!(form.split('>').next().unwrap().contains("hidden"), "{form}");
    assert!(html.contains("スクリプト"), "{html}");
}

#[test]
fn a_code_is_typed_for_the_address_that_waits_for_it() {
    let html = page(Locale::Ja, offered(vec![place(1, mail_at(), waiting(4)), place(2, phone(), waiting(5))]));
    for part in ["hanako@mail.example", "Pixel 8", r#"autocomplete="one-time-code""#, "あと4回"] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(html.matches(r#"action="/folder/alerts/confirm""#).count(), 2);
}

#[test]
fn a_code_that_was_tried_too_often_cannot_be_typed_again() {
    let html = page(Locale::Ja, offered(vec![place(1, mail_at(), waiting(0))]));
    assert!(!html.contains(r#"action="/folder/alerts/confirm""#), "{html}");
    assert!(html.contains(r#"action="/folder/alerts/again""#), "{html}");
}

#[test]
fn each_place_can_be_ended_by_itself_and_a_failure_is_said() {
    let html = page(Locale::Ja, told());
    assert_eq!(html.matches(r#"action="/folder/alerts/remove""#).count(), 2);
    assert!(html.contains("届きませんでした"), "{html}");
}

#[test]
fn what_a_person_wrote_cannot_become_part_of_the_page() {
    let device = AlertPlaceAt::Device("<script>x</script>".to_owned());
    let html = page(Locale::Ja, offered(vec![place(1, device, confirmed())]));
    assert!(!html.contains("<script>x"), "{html}");
}

#[test]
fn with_five_devices_there_is_no_form_for_another() {
    let places = (1..=5).map(|byte| place(byte, phone(), confirmed())).collect();
    let html = page(Locale::Ja, offered(places));
    assert!(!html.contains(r#"action="/folder/alerts/device""#), "{html}");
}
