//! 「まちがいを知らせる」: from the citizen's words to the institution's answer, past everybody who need not read them
//! (P-INF-12, N-5).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::OrgCode;
use linkage::institution::{Finding, Institution};
use reqwest::StatusCode;
use stories::{Citizen, Engine, Page, PortalProcess, Town};

const INCOME: &str = "「所得と所得税」のまちがいを知らせる";
const ANSWERS: &str = "まちがいの知らせへの答え";

async fn gathers(citizen: &Citizen<'_>) -> Page {
    let before = citizen.opens("/information").await;
    citizen.browser.submits(&before, before.form("/information/gather")).await;
    citizen.opens("/information").await
}

/// The page behind the link at the income.
async fn about_income(citizen: &Citizen<'_>, gathered: &Page) -> Page {
    let before = gathered.html.split(INCOME).next().filter(|before| before.len() < gathered.html.len());
    let href = before.and_then(|before| before.rsplit("href=\"").next()?.split('"').next());
    citizen.opens(href.unwrap_or_else(|| panic!("no link in {}", gathered.text()))).await
}

async fn sends(citizen: &Citizen<'_>, page: &Page, words: &str) -> Page {
    let form = page.forms().into_iter().find(|form| form.action.path().ends_with("/report/send")).unwrap();
    citizen.browser.submits(page, form.with("field", "0").with("words", words)).await
}

async fn nta(town: &Town) -> Arc<Institution> {
    let org: OrgCode = "NTA".parse().unwrap();
    Arc::clone(town.world.lock().await.parties().institution(&org).unwrap())
}

async fn leaves(citizen: &Citizen<'_>, page: &Page) {
    let asked = citizen.logs_out(page).await;
    let form = asked.forms().into_iter().find(|form| form.value("confirmed") == Some("yes")).unwrap();
    citizen.browser.submits(&asked, form).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_reports_a_mistake_and_reads_the_institutions_answer() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let gathered = gathers(&citizen).await;
    assert!(!gathered.text().contains(ANSWERS), "nobody reads ten times that there are none");
    let page = about_income(&citizen, &gathered).await;
    assert!(page.text().contains("国税庁だけが読めるように暗号にして送ります"), "{}", page.text());

    let wrote = "給与の額が多すぎます。\n源泉徴収票では違います。";
    let done = sends(&citizen, &page, wrote).await;
    assert_eq!(done.path(), "/information");
    let nta = nta(&town).await;
    let kept = nta.correction_reports().await.unwrap();
    let [report] = kept.as_slice() else { panic!("one report, not {}", kept.len()) };
    assert_eq!(report.words.as_str(), wrote);
    assert!(report.field.is_some());
    assert!(done.text().contains(&format!("国税庁に知らせました（受付番号 {}）", report.number)), "{}", done.text());
    // Sent twice, as by an impatient finger: the same report, the same number.
    let again = sends(&citizen, &page, wrote).await;
    assert!(again.text().contains(report.number.as_str()), "{}", again.text());
    assert_eq!(nta.correction_reports().await.unwrap().len(), 1);

    let answer = "源泉徴収票のとおりになおしました。".to_owned().try_into().unwrap();
    assert!(nta.answer_report(&report.number, Finding::Corrected, &answer).await.unwrap());
    leaves(&citizen, &again).await;
    citizen.logs_in().await;
    let read = gathers(&citizen).await;
    for part in [
        ANSWERS,
        report.number.as_str(),
        "なおしました",
        "源泉徴収票のとおりになおしました。",
        "給与の額が多すぎます。",
    ] {
        assert!(read.text().contains(part), "{part} in {}", read.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_said_at_the_field_and_stands_there_as_it_was_typed() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let gathered = gathers(&citizen).await;
    let page = about_income(&citizen, &gathered).await;
    for (typed, said) in [
        (" \n ".to_owned(), "何がまちがっているかを書いてください。"),
        ("多い".repeat(501), "1,000字までにしてください。いまは1,002字あります。"),
        ("多い\u{202e}です".to_owned(), "目に見えない文字が入っています。"),
    ] {
        let refused = sends(&citizen, &page, &typed).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(said), "{said} in {}", refused.text());
        let form = refused.forms().into_iter().find(|form| form.action.path().ends_with("/report/send")).unwrap();
        assert_eq!((form.value("field"), form.value("words")), (Some("0"), Some(typed.as_str())));
        assert_eq!(refused.header("cache-control"), "no-store");
    }
    assert!(nta(&town).await.correction_reports().await.unwrap().is_empty());

    let org: OrgCode = "NTA".parse().unwrap();
    town.world.lock().await.stop_party(&org).await;
    let silent = sends(&citizen, &page, "多すぎます。").await;
    assert_eq!(silent.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(silent.text().contains("国税庁につながりませんでした。"), "{}", silent.text());
    town.world.lock().await.start_party(&org).await.unwrap();
    let done = sends(&citizen, &silent, "多すぎます。").await;
    assert!(done.text().contains("国税庁に知らせました"), "{}", done.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_reported_very_often_is_told_to_wait_and_keeps_what_they_wrote() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let gathered = gathers(&citizen).await;
    let page = about_income(&citizen, &gathered).await;
    for number in 1..=20 {
        let done = sends(&citizen, &page, &format!("{number}回目の知らせです。")).await;
        assert_eq!(done.path(), "/information", "{number}");
    }
    let typed = "まだあります。";
    for (language, said) in [
        ("ja", "答えを待っている知らせが国税庁に20件あるので、いまは送れません。"),
        ("ja-easy", "いまは 送れません"),
        ("en", "already has 20 of your reports from the last day"),
    ] {
        citizen.opens(&format!("/?lang={language}")).await;
        let refused = sends(&citizen, &page, typed).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.text().contains(said), "{said} in {}", refused.text());
        let form = refused.forms().into_iter().find(|form| form.action.path().ends_with("/report/send")).unwrap();
        assert_eq!(form.value("words"), Some(typed));
    }
    let nta = nta(&town).await;
    let kept = nta.correction_reports().await.unwrap();
    assert_eq!(kept.len(), 20);
    let answer = "なおしました。".to_owned().try_into().unwrap();
    assert!(nta.answer_report(&kept[0].number, Finding::Corrected, &answer).await.unwrap());
    assert_eq!(sends(&citizen, &page, typed).await.path(), "/information");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reports_about_an_answer_that_they_do_not_hold() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let gathered = gathers(&citizen).await;
    let page = about_income(&citizen, &gathered).await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    assert_eq!(other.opens(page.path()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(sends(&other, &page, "多すぎます。").await.status, StatusCode::NOT_FOUND);
    assert!(nta(&town).await.correction_reports().await.unwrap().is_empty());
}

fn files(below: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(below).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Which files hold a text.
fn holding(paths: &[PathBuf], texts: &[String]) -> Vec<PathBuf> {
    let holds = |path: &&PathBuf| !stories::texts_in(&std::fs::read(path).unwrap_or_default(), texts).is_empty();
    paths.iter().filter(holds).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_words_of_a_report_are_in_no_file_of_portal_or_core_and_in_no_log() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let portal = PortalProcess::starts(&town.settings_file(&parties), town.now()).await;
    let canary = vec!["カナリアが鳴いた夜".to_owned()];
    let at_portal = files(town.database.parent().unwrap());
    {
        let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
        citizen.opens_folder().await;
        let gathered = gathers(&citizen).await;
        let page = about_income(&citizen, &gathered).await;
        // Refused first: what was typed comes back and is kept nowhere.
        let refused = sends(&citizen, &page, &canary[0].repeat(120)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = sends(&citizen, &refused, &canary[0]).await;
        assert!(done.text().contains("国税庁に知らせました"), "{}", done.text());
        assert_eq!(holding(&files(town.database.parent().unwrap()), &canary), Vec::<PathBuf>::new());
        // Read again with its answer, while it is held for the session.
        leaves(&citizen, &done).await;
        citizen.logs_in().await;
        let read = gathers(&citizen).await;
        assert!(read.text().contains(&canary[0]), "{}", read.text());
        assert_eq!(holding(&files(town.database.parent().unwrap()), &canary), Vec::<PathBuf>::new());
        leaves(&citizen, &read).await;
    }
    assert!(!at_portal.is_empty());
    let linkage = files(&town.data().join("linkage"));
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    let who: Vec<String> = holding(&linkage, &canary).iter().map(name).collect();
    assert!(!who.is_empty() && who.iter().all(|file| file.to_lowercase().starts_with("nta.")), "{who:?}");
    assert_eq!(stories::texts_in(portal.log().as_bytes(), &canary), [""; 0]);
    assert_eq!(portal.remembers(&canary).await, [""; 0], "what is freed is wiped");
    portal.is_killed().await;
}
