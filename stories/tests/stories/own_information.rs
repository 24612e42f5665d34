//! わたしの情報: gathered on demand, shown with who answered, held as ciphertext, erased with a receipt (P-INF-4…9).

use jiff::SignedDuration;
use reqwest::StatusCode;
use stories::{Citizen, Engine, Page, Town};

/// A citizen whom the institutions know: the demo's father of a family in Yokohama.
async fn at_home(town: &Town) -> Citizen<'_> {
    let citizen = Citizen::with_card(town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    citizen
}

/// 「情報を取り寄せる」, and the page that fills until every institution has answered.
async fn gathers(citizen: &Citizen<'_>) -> Page {
    let before = citizen.opens("/information").await;
    citizen.browser.submits(&before, before.form("/information/gather")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_institutions_hold_is_shown_with_who_answered() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    let before = citizen.opens("/information").await;
    assert!(before.text().contains("いま取り寄せて見られます"), "{}", before.text());
    assert_eq!(town.count("held").await, 0);

    let page = gathers(&citizen).await;
    assert_eq!((page.path(), page.status), ("/information", StatusCode::OK));
    assert_eq!(page.header("cache-control"), "no-store");
    for part in ["国税庁が答えました", "日本年金機構が答えました", "総所得金額", "円", "署名を確かめてあります"]
    {
        assert!(page.text().contains(part), "{part} in {}", page.text());
    }
    assert!(page.html.contains("</html>"), "the page ended");
    let again = citizen.opens("/information").await;
    for part in ["届いた情報", "情報がないと答えた機関", "総所得金額"] {
        assert!(again.text().contains(part), "{part} in {}", again.text());
    }
    let answers = again.html.matches("class=\"source\"").count();
    let nothing = again.html.matches("の情報は持っていません").count();
    assert!(answers >= 6 && answers + nothing >= 12, "{answers} answers, {nothing} hold nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_look_is_an_access_record_of_the_persons_own() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    gathers(&citizen).await;
    let own = citizen.opens("/records?own=1").await;
    assert!(own.text().contains("国税庁"), "{}", own.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_again_asks_nobody_a_second_time() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    let page = gathers(&citizen).await;
    let rows = town.count("held").await;
    let form = before_form(&page);
    let again = citizen.browser.submits(&page, form).await;
    assert_eq!(again.path(), "/information");
    assert_eq!(town.count("held").await, rows);
    assert_eq!(town.count("gathering").await, 1);
}

/// The form as it stood before the gathering, as a second tab still shows it.
fn before_form(page: &Page) -> stories::Form {
    let action = page.url.join("/information/gather").unwrap();
    stories::Form { action, method: reqwest::Method::POST, fields: Vec::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_asks_first_then_erases_and_gives_a_receipt() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let town = Town::starts_with(engine, |_| {}).await;
        let citizen = at_home(&town).await;
        let page = gathers(&citizen).await;
        let asked = citizen.logs_out(&page).await;
        assert_eq!(asked.path(), "/leaving");
        assert!(asked.text().contains("消える情報"), "{}", asked.text());
        if engine == Engine::Sqlite {
            assert!(town.count("held").await > 0, "nothing goes before the person says so");
        }

        let form = asked.forms().into_iter().find(|form| form.value("confirmed") == Some("yes")).unwrap();
        let out = citizen.browser.submits(&asked, form).await;
        assert_eq!(out.path(), "/signed-out");
        for part in ["ポータルから消した情報", "取り寄せた情報", "受領証を保存する"] {
            assert!(out.text().contains(part), "{part} in {}", out.text());
        }
        for table in ["held", "gathering", "session"].into_iter().filter(|_| engine == Engine::Sqlite) {
            assert_eq!(town.count(table).await, 0, "{table}");
        }
        let receipt = stories::first_link(&out, "/receipts/").unwrap();
        let file = citizen.opens(&receipt).await;
        assert!(
            file.html.contains(r#""reason":"logout""#) && file.html.contains(r#""class":"answer""#),
            "{}",
            file.html
        );
        let proof = citizen.opens(&format!("{receipt}.tlog-proof")).await;
        let receipt = portal::Receipt::from_json(file.html.as_bytes()).unwrap();
        receipt.verify(&proof.html, Town::log_signer().key()).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logout_without_gathered_information_asks_nothing() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    let home = citizen.opens("/home").await;
    let out = citizen.logs_out(&home).await;
    assert_eq!(out.path(), "/signed-out");
    assert!(!out.text().contains("受領証"), "{}", out.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_session_takes_what_it_held_with_it_and_shows_the_receipt() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    gathers(&citizen).await;
    town.passes(SignedDuration::from_mins(16));
    let out = citizen.opens("/information").await;
    assert_eq!(out.path(), "/signed-out");
    assert!(out.text().contains("ポータルから消した情報"), "{}", out.text());
    assert_eq!(town.count("held").await, 0);
    assert_eq!(town.count("gathering").await, 0);
    // The place survives the login.
    assert!(out.html.contains("/login?return_to=%2Finformation"), "{}", out.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_stopped_portal_held_is_gone_when_it_starts_again() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    gathers(&citizen).await;
    town.stops_portal().await;
    assert!(town.count("held").await > 0);
    town.starts_portal().await;
    assert_eq!(town.count("held").await, 0);
    assert_eq!(town.count("log_entry").await, 1);
    // The session lives on, and the person asks again.
    let again = citizen.opens("/information").await;
    assert!(again.text().contains("情報を取り寄せる"), "{}", again.text());
    assert!(gathers(&citizen).await.text().contains("総所得金額"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_leaves_a_shared_device_takes_everything_with_it() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    citizen.logs_out(&citizen.opens("/home").await).await;
    let login = citizen.opens("/login").await;
    let asked = citizen.browser.submits(&login, login.form("/login/start").with("shared", "yes")).await;
    citizen.answers_with_pin(&asked, citizen.authentication_pin()).await;
    gathers(&citizen).await;
    citizen.removes_card().await;
    let out = citizen.opens("/information").await;
    assert_eq!(out.path(), "/signed-out");
    assert_eq!(town.count("held").await, 0);
    assert!(out.text().contains("ポータルから消した情報"), "{}", out.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_session_of_the_same_person_holds_nothing() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    gathers(&citizen).await;
    let elsewhere = Citizen::with_card(&town, "card-0001", "ja").await;
    elsewhere.logs_in().await;
    let page = elsewhere.opens("/information").await;
    assert!(page.text().contains("情報を取り寄せる"), "{}", page.text());
    assert!(!page.text().contains("総所得金額"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_log_out_leave_one_receipt() {
    let town = Town::starts().await;
    let citizen = at_home(&town).await;
    let page = gathers(&citizen).await;
    let asked = citizen.logs_out(&page).await;
    let form = asked.forms().into_iter().find(|form| form.value("confirmed") == Some("yes")).unwrap();
    let (one, other) =
        tokio::join!(citizen.browser.submits(&asked, form.clone()), citizen.browser.submits(&asked, form.clone()));
    for out in [one, other] {
        assert_eq!((out.path(), out.status), ("/signed-out", StatusCode::OK));
    }
    assert_eq!(town.count("log_entry").await, 1);
    assert_eq!(town.count("held").await, 0);
}
