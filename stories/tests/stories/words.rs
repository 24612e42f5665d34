//! "Bad input gets a clear answer and loses nothing": each case has its own message in three languages and a status that
//! fits. One world; at its end every citizen still reaches the folder or knows why not.

use domain::Locale;
use jiff::SignedDuration;
use linkage::jpki::CardEvent;
use reqwest::Method;
use stories::{Browser, Citizen, Form, Page, Town};

/// Title, what happened and what to do next stand on the page, in this language.
fn told(page: &Page, case: &str, locale: Locale, status: u16) {
    let words = wording::ErrorCase::find(case).unwrap_or_else(|| panic!("no words for {case}")).words(locale);
    for part in [words.title, words.what, words.next] {
        assert!(
            page.text().contains(&part),
            "{case} {locale:?}: expected 「{part}」 on {}:\n{}",
            page.url,
            page.text()
        );
    }
    assert_eq!(page.status, status, "{case} {locale:?}");
    assert!(page.forms().iter().all(|form| form.action.path() != "/logout"), "{case}: somebody is logged in");
}

async fn three<'t>(town: &'t Town, card: &str) -> Vec<(Locale, Citizen<'t>)> {
    let mut citizens = Vec::new();
    for locale in Locale::ALL {
        citizens.push((locale, Citizen::speaking(town, card, locale).await));
    }
    citizens
}

async fn fresh_challenge(citizen: &Citizen<'_>) -> String {
    citizen.starts_login().await.form(wire::reader::ASK_PATH).value("challenge").unwrap().to_owned()
}

/// What the citizen's card signed just now for a login, kept back, and the page that would post it.
async fn signed(citizen: &Citizen<'_>) -> (Page, Form) {
    citizen.keeps_answer(&citizen.starts_login().await).await
}

async fn has_folder(town: &Town, card: &str) {
    let citizen = Citizen::with_card(town, card, "ja").await;
    let home = citizen.opens_folder().await;
    assert_eq!(home.path(), "/home", "{}", home.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_an_answer_is_said_in_three_languages() {
    let town = Town::starts().await;
    let citizens = three(&town, "card-0001").await;
    for (locale, citizen) in &citizens {
        told(&citizen.logs_in().await, "not-registered", *locale, 200);
    }
    has_folder(&town, "card-0001").await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;

    for (locale, citizen) in &citizens {
        let told = |page: &Page, case: &str, status: u16| told(page, case, *locale, status);
        let posts = async |page: &Page, form: Form| citizen.browser.submits(page, form).await;

        let (page, form) = signed(citizen).await;
        told(
            &posts(&page, form.clone().with("challenge", &fresh_challenge(citizen).await)).await,
            "signature-mismatch",
            200,
        );
        let forged = stories::forged_authentication_certificate(town.now());
        let form = form.with("certificate", &forged).with("challenge", &fresh_challenge(citizen).await);
        told(&posts(&page, form.clone()).await, "certificate-untrusted", 200);
        told(&posts(&page, form.clone()).await, "challenge-used", 409);
        told(&posts(&page, form.clone().with("challenge", &"A".repeat(43))).await, "challenge-unknown", 400);
        let form = form.with("challenge", &fresh_challenge(citizen).await);
        told(&posts(&page, form.clone().with("pin", "absent")).await, "without-pin", 200);
        let form = form.with("challenge", &fresh_challenge(citizen).await);
        town.passes(SignedDuration::from_secs(301));
        told(&posts(&page, form).await, "challenge-late", 410);

        // The signature certificate, where the other one was asked for.
        let register = citizen.opens("/register").await;
        let asked = citizen.browser.submits(&register, register.form("/register/start")).await;
        let (page, form) = citizen.keeps_answer(&asked).await;
        told(
            &posts(&page, form.with("challenge", &fresh_challenge(citizen).await)).await,
            "certificate-wrong-usage",
            200,
        );

        // 「やめる」
        let at_reader = citizen.at_reader(&citizen.starts_login().await).await;
        let left = citizen.browser.submits(&at_reader, at_reader.form("/v1/leave")).await;
        told(&posts(&left, left.form("/card/answer")).await, "card-cancelled", 200);

        // Finished in a browser that did not start it.
        let (page, form) = signed(citizen).await;
        let back =
            citizen.browser.goes(Method::POST, form.action, Some(&page), form.fields, Some("/card/return")).await;
        let elsewhere = Browser::new("ja");
        elsewhere.opens(&town.portal(&format!("/?lang={}", locale.name()))).await;
        told(&elsewhere.opens(&town.portal(back.header("location"))).await, "other-browser", 200);

        // Another person's card at the binding.
        let applied = citizen.applies().await;
        let ready = citizen.waits_for_the_code(applied).await;
        let asked = citizen.browser.submits(&ready, ready.form("/register/bind/start")).await;
        let (page, form) = other.keeps_answer(&asked).await;
        told(&posts(&page, form).await, "other-person", 200);
    }
    assert_eq!(town.count("folder").await, 1);
    assert_eq!(citizens[0].1.logs_in().await.path(), "/home", "nothing is lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_a_card_is_said_in_three_languages() {
    let town = Town::starts().await;
    for card in ["card-0001", "card-0002"] {
        has_folder(&town, card).await;
    }
    let citizens = three(&town, "card-0001").await;

    // A wrong PIN is said by the reader, with the tries that are left; the right one sets them back.
    let words = ["あと2回まちがえると", "あと2回まちがえると", "After 2 more wrong tries"];
    for ((_, citizen), words) in citizens.iter().zip(words) {
        let asked = citizen.starts_login().await;
        let again = citizen.signs(&asked, "0000").await;
        assert!(again.text().contains(words), "{}", again.text());
        let right = again.form("/v1/pin").with("pin", citizen.authentication_pin());
        let answered = citizen.browser.submits(&again, right).await;
        assert_eq!(citizen.browser.submits(&answered, answered.form("/card/answer")).await.path(), "/home");
        let home = citizen.opens("/home").await;
        citizen.logs_out(&home).await;
    }

    // Three wrong ones lock the card; whoever comes with it then is told as well.
    let locked = three(&town, "card-0002").await;
    for (locale, citizen) in &locked {
        let mut page = citizen.at_reader(&citizen.starts_login().await).await;
        while let Some(form) = page.forms().into_iter().find(|form| form.action.path() == "/v1/pin") {
            page = citizen.browser.submits(&page, form.with("pin", "0000")).await;
        }
        let left = match page.forms().into_iter().find(|form| form.action.path() == "/v1/leave") {
            Some(form) => citizen.browser.submits(&page, form).await,
            None => page,
        };
        let portal = citizen.browser.submits(&left, left.form("/card/answer")).await;
        told(&portal, "card-locked", *locale, 200);
    }

    town.world.lock().await.stop_jpki_http().await;
    for (locale, citizen) in &citizens {
        told(&citizen.logs_in().await, "validity-unreachable", *locale, 200);
    }
    town.world.lock().await.start_jpki_http().await.unwrap();
    let now = town.now();
    town.clock.set(now - SignedDuration::from_hours(24 * 30));
    for (locale, citizen) in &citizens {
        told(&citizen.logs_in().await, "certificate-not-yet-valid", *locale, 200);
    }
    town.clock.set(now);
    assert_eq!(citizens[0].1.logs_in().await.path(), "/home", "nothing is lost");
    let home = citizens[0].1.opens("/home").await;
    citizens[0].1.logs_out(&home).await;

    town.world.lock().await.card_event("card-0001", CardEvent::Loss).await.unwrap();
    for (locale, citizen) in &citizens {
        told(&citizen.logs_in().await, "certificate-revoked", *locale, 200);
    }
    town.passes(SignedDuration::from_hours(24 * 366 * 6));
    for (locale, citizen) in &citizens {
        told(&citizen.logs_in().await, "certificate-expired", *locale, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_a_request_is_said_in_three_languages() {
    let town = Town::starts().await;
    has_folder(&town, "card-0001").await;
    for locale in Locale::ALL {
        let browser = Browser::new("ja");
        let login = browser.opens(&town.portal(&format!("/login?lang={}", locale.name()))).await;
        let sends = async |path: &str, fields: &[(&str, &str)]| {
            let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            browser.goes(Method::POST, town.portal(path), Some(&login), fields, None).await
        };
        told(&browser.opens(&town.portal("/no/such/page")).await, "not-found", locale, 404);
        told(&sends("/card/answer", &[("challenge", "x")]).await, "malformed", locale, 400);
        told(&sends("/login/start", &[("return_too", "/home")]).await, "malformed", locale, 400);
        let large = "A".repeat(200_000);
        for path in ["/card/answer", "/login/start", "/card/removed"] {
            told(&sends(path, &[("certificate", &large)]).await, "body-too-large", locale, 413);
            let raw = browser.sends_bytes(&login, town.portal(path), b"return_to=%FF%FE&challenge=\xff").await;
            told(&raw, "not-utf8", locale, 400);
        }
        let elsewhere = Page { url: "https://evil.example/".parse().unwrap(), ..login.clone() };
        let stranger = Browser::new("ja");
        let lang = [("lang".to_owned(), locale.name().to_owned())];
        let mut url = town.portal("/login/start");
        url.query_pairs_mut().extend_pairs(&lang);
        told(&stranger.goes(Method::POST, url, Some(&elsewhere), Vec::new(), None).await, "cross-site", locale, 403);
        for tampered in ["x", "é", "' OR 1=1 --"] {
            browser.sets_cookie("localhost", "__Host-session", tampered);
            told(&browser.opens(&town.portal("/home")).await, "session-tampered", locale, 400);
        }
    }
    let citizens = three(&town, "card-0001").await;
    for (locale, citizen) in &citizens {
        assert_eq!(citizen.logs_in().await.path(), "/home");
        let filtered = citizen.opens("/records?user=1").await;
        let words = wording::ErrorCase::find("unknown-filter").unwrap().words(*locale);
        assert_eq!(filtered.status, 400);
        assert!(filtered.text().contains(&words.what), "{}", filtered.text());
    }

    let core = "CORE".parse().unwrap();
    town.world.lock().await.stop_party(&core).await;
    for (locale, citizen) in &citizens {
        let records = citizen.opens("/records").await;
        let words = wording::ErrorCase::find("linkage-unreachable").unwrap().words(*locale);
        assert_eq!(records.status, 503);
        assert!(records.text().contains(&words.title) && records.text().contains(&words.next), "{}", records.text());
    }
    town.world.lock().await.start_party(&core).await.unwrap();
    town.world.lock().await.stop_party(&"JLIS".parse().unwrap()).await;
    for (locale, citizen) in &three(&town, "card-0002").await {
        told(&citizen.applies().await, "linkage-unreachable", *locale, 200);
    }
    town.world.lock().await.start_party(&"JLIS".parse().unwrap()).await.unwrap();
    has_folder(&town, "card-0002").await;
}
