//! Sessions: rotated at login, ended by idle time, by the clock, by logout, by the card's removal.

use jiff::SignedDuration;
use stories::{Browser, Citizen, Town};

const COOKIE: &str = "__Host-session";
const MARK: &str = "__Host-started";

#[tokio::test(flavor = "multi_thread")]
async fn a_session_known_before_login_is_worth_nothing_after() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    // What went wrong is said on the next page: that browser has a session before anybody is logged in.
    citizen.opens("/card/return").await;
    let before = citizen.browser.cookie("localhost", COOKIE).unwrap();
    let asked = citizen.starts_login().await;
    assert_eq!(citizen.browser.cookie("localhost", COOKIE).unwrap(), before);
    citizen.answers_with_pin(&asked, citizen.authentication_pin()).await;
    let after = citizen.browser.cookie("localhost", COOKIE).unwrap();
    assert_eq!(town.count("session").await, 1, "the one before is gone");
    assert_ne!(before, after);
    let thief = Browser::new("ja");
    thief.sets_cookie("localhost", COOKIE, &before);
    assert_ne!(thief.opens(&town.portal("/home")).await.path(), "/home");
}

/// Only a mark ties a login to the browser that starts it; the session begins with the login, and the mark ends.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_a_session_before_they_are_logged_in() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    let asked = citizen.starts_login().await;
    assert_eq!(town.count("session").await, 0);
    let mark = citizen.browser.cookie("localhost", MARK).unwrap();
    assert_eq!(town.count("challenge WHERE answered_at IS NULL").await, 1);
    let home = citizen.answers_with_pin(&asked, citizen.authentication_pin()).await;
    assert_eq!((home.path(), town.count("session").await), ("/home", 1));
    assert_eq!(citizen.browser.cookie("localhost", MARK).filter(|left| !left.is_empty()), None);
    let thief = Browser::new("ja");
    thief.sets_cookie("localhost", MARK, &mark);
    assert_eq!(thief.opens(&town.portal("/home")).await.path(), "/login", "a mark is no session");
}

/// Two tabs of one browser are one browser.
#[tokio::test(flavor = "multi_thread")]
async fn a_login_started_twice_in_one_browser_can_be_finished_from_either_tab() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    let first = citizen.starts_login().await;
    let mark = citizen.browser.cookie("localhost", MARK).unwrap();
    citizen.starts_login().await;
    assert_eq!(citizen.browser.cookie("localhost", MARK).unwrap(), mark);
    assert_eq!(citizen.answers_with_pin(&first, citizen.authentication_pin()).await.path(), "/home");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_logout_the_session_is_gone_on_the_server() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    let cookie = citizen.browser.cookie("localhost", COOKIE).unwrap();
    let out = citizen.logs_out(&home).await;
    assert_eq!(out.path(), "/signed-out");
    assert!(out.text().contains("ログアウトしました"), "{}", out.text());
    assert_eq!(town.count("session WHERE folder_id IS NOT NULL").await, 0);
    let thief = Browser::new("ja");
    thief.sets_cookie("localhost", COOKIE, &cookie);
    assert_ne!(thief.opens(&town.portal("/home")).await.path(), "/home");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_fifteen_minutes_without_activity_the_person_is_told_why() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    town.passes(SignedDuration::from_mins(14));
    assert_eq!(citizen.opens("/home").await.path(), "/home");
    town.passes(SignedDuration::from_mins(14));
    assert_eq!(citizen.opens("/history").await.path(), "/history");
    town.passes(SignedDuration::from_mins(15));
    let out = citizen.opens("/history").await;
    assert_eq!(out.path(), "/signed-out");
    assert!(out.url.query().unwrap_or_default().contains("return_to=%2Fhistory"), "{}", out.url);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_promises_no_more_time_than_the_session_has() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let left_s = async |path| {
        let page = citizen.opens(path).await;
        let (_, left) = page.html.split_once("data-left-s=\"").unwrap();
        left.split('"').next().unwrap().parse::<u64>().unwrap()
    };
    town.passes(SignedDuration::from_mins(2));
    assert_eq!(left_s("/home").await, 900);
    // Within a minute of the last, activity is not written down.
    town.passes(SignedDuration::from_secs(30));
    assert_eq!(left_s("/history").await, 870);
    town.passes(SignedDuration::from_secs(30));
    assert_eq!(left_s("/history").await, 900);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_twelve_hours_a_session_ends_however_busy_it_was() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    for _ in 0..(12 * 60 / 14) {
        town.passes(SignedDuration::from_mins(14));
        assert_eq!(citizen.opens("/home").await.path(), "/home");
    }
    town.passes(SignedDuration::from_mins(14));
    assert_eq!(citizen.opens("/home").await.path(), "/signed-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tampered_cookie_is_nobodys() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let cookie = citizen.browser.cookie("localhost", COOKIE).unwrap();
    let of_our_form = cookie.replace(&cookie[..2], "AA");
    for tampered in [of_our_form.clone(), "x".to_owned(), "é".repeat(3), "A".repeat(4000)] {
        let thief = Browser::new("ja");
        thief.sets_cookie("localhost", COOKIE, &tampered);
        let page = thief.opens(&town.portal("/home")).await;
        // One of our form may have been a session that has ended; any other never was one.
        let expected = if tampered == of_our_form { ("/signed-out", 200) } else { ("/home", 400) };
        assert_eq!((page.path(), page.status.as_u16()), expected, "{tampered}");
        assert!(page.forms().iter().all(|form| form.action.path() != "/logout"), "somebody is logged in");
        assert_eq!(thief.opens(&town.portal("/login")).await.status, 200, "the way to the login is open");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_shared_device_removing_the_card_ends_the_session() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    let login = citizen.opens("/login").await;
    let shared = login.form("/login/start").with("shared", "yes");
    let asked = citizen.browser.submits(&login, shared).await;
    let home = citizen.answers_with_pin(&asked, citizen.authentication_pin()).await;
    assert_eq!(home.path(), "/home");
    citizen.removes_card().await;
    for _ in 0..200 {
        if town.count("session WHERE folder_id IS NOT NULL").await == 0 {
            break;
        }
        tokio::task::yield_now().await;
        drop(citizen.opens("/help").await);
    }
    assert_eq!(citizen.opens("/home").await.path(), "/signed-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_that_was_left_is_returned_to_after_login() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    let home = citizen.opens_folder().await;
    citizen.logs_out(&home).await;
    let login = citizen.opens("/history").await;
    assert_eq!(login.path(), "/login", "{}", login.url);
    let asked = citizen.browser.submits(&login, login.form("/login/start")).await;
    let page = citizen.answers_with_pin(&asked, citizen.authentication_pin()).await;
    assert_eq!(page.path(), "/history");
}
