//! 「新しいお知らせがあります」 by mail: to whom asked for it twice, without a word of what it is, and no more once it is read.

use jiff::SignedDuration;
use portal::AlertRound;
use server::{MailSettings, Settings};
use stories::{Citizen, Engine, Letter, Mood, Page, PortalProcess, PostOffice, SenderAtWork, Town};

use crate::inbox::{Scene, link_of, says};
use crate::privacy::files;

const PAGE: &str = "/folder/alerts";
const ADDRESS: &str = "canary.hanako@mail.example";
/// What a notice says and a mail must not.
const TITLE: &str = "カナリアの健康診断";

pub(crate) fn mail_to(office: &PostOffice) -> impl FnOnce(&mut Settings) + use<> {
    let relay = office.relay.clone();
    move |settings| {
        let sender = Some("noreply@portal.example".to_owned());
        settings.mail = MailSettings { smtp: Some(relay), sender, ..MailSettings::default() };
    }
}

async fn enters(citizen: &Citizen<'_>, address: &str) -> Page {
    let page = citizen.opens(PAGE).await;
    let form = page.form("/folder/alerts/mail").with("mail", address);
    citizen.browser.submits(&page, form).await
}

async fn types(citizen: &Citizen<'_>, code: &str) -> Page {
    let page = citizen.opens(PAGE).await;
    let form = page.form("/folder/alerts/confirm").with("code", code);
    citizen.browser.submits(&page, form).await
}

/// Both steps. A minute later, so that what arrives now arrives afterwards.
pub(crate) async fn asks_for_mail(citizen: &Citizen<'_>, office: &PostOffice) -> Letter {
    says(&enters(citizen, ADDRESS).await, &["番号をメールで送りました"]);
    let letter = office.next().await;
    assert_eq!(letter.to, ADDRESS);
    says(&types(citizen, &letter.code()).await, &["番号を確かめました", ADDRESS]);
    citizen.town.passes(SignedDuration::from_mins(1));
    letter
}

pub(crate) fn is_bare(letter: &Letter) {
    assert_eq!(letter.to, ADDRESS);
    assert_eq!(letter.header("subject"), "新しいお知らせがあります（マイ・ポータル）");
    assert_eq!(letter.header("auto-submitted"), "auto-generated");
    let text = letter.text();
    for never in ["http", "www.", "横浜", "健康", "カナリア", "canary", "高橋"] {
        assert!(!text.contains(never), "{never} in {text}");
    }
    for part in ["マイ・ポータルに新しいお知らせがあります。", "心当たりがない場合", "There is a new notice"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!letter.header_names().iter().any(|name| name.starts_with("list-") || name.starts_with("x-")));
}

/// What was sent is noted.
pub(crate) async fn noted(town: &Town) {
    town.until("alert_address WHERE told_at IS NOT NULL AND claimed_until IS NULL", 1).await;
}

pub(crate) async fn tells(town: &Town) -> AlertRound {
    town.tells_who_has_something_new().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_brings_one_mail_without_content_and_reading_stops_further_ones() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    let code = asks_for_mail(&scene.citizen, &office).await;
    assert!(code.text().contains("心当たりがない場合"), "{}", code.text());

    scene.receives(&scene.draft(TITLE), &[]).await;
    is_bare(&office.next().await);
    noted(&town).await;
    // Another one within the hour is told with none of its own.
    town.passes(SignedDuration::from_mins(1));
    scene.receives(&scene.draft("二つ目"), &[]).await;
    assert_eq!(tells(&town).await.told, 0);
    // Read before the hour is over: nothing is left to tell.
    let list = scene.citizen.opens("/notices").await;
    scene.citizen.browser.follows(&list, &link_of(&list, "二つ目")).await;
    town.passes(SignedDuration::from_hours(1));
    tells(&town).await;
    assert_eq!(town.count("alert_address WHERE due_at IS NULL AND claimed_until IS NULL").await, 1);
    assert!(office.is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_within_the_hour_and_is_not_read_is_told_when_it_is_over() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    asks_for_mail(&scene.citizen, &office).await;
    scene.receives(&scene.draft("一つ目"), &[]).await;
    let first = office.next().await;
    noted(&town).await;
    town.passes(SignedDuration::from_mins(1));
    for title in ["二つ目", "三つ目"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    assert_eq!(tells(&town).await.told, 0);
    town.passes(SignedDuration::from_mins(59));
    tells(&town).await;
    let second = office.next().await;
    is_bare(&second);
    assert_ne!(first.header("message-id"), second.header("message-id"));
    // They are unread still, and were told.
    town.passes(SignedDuration::from_hours(1));
    assert_eq!(tells(&town).await.told, 0);
    assert!(office.is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_emergency_does_not_wait_and_is_told_after_the_logout_too() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    asks_for_mail(&scene.citizen, &office).await;
    let home = scene.citizen.opens("/home").await;
    scene.citizen.logs_out(&home).await;
    scene.receives(&scene.draft("一つ目"), &[]).await;
    office.next().await;
    noted(&town).await;
    town.passes(SignedDuration::from_mins(2));
    let mut urgent = scene.draft("津波のおそれ");
    urgent.kind = domain::NoticeKind::Emergency;
    scene.receives(&urgent, &[]).await;
    is_bare(&office.next().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_at_an_address_before_its_code_was_typed() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    enters(&scene.citizen, ADDRESS).await;
    let code = office.next().await.code();
    town.passes(SignedDuration::from_mins(1));
    scene.receives(&scene.draft(TITLE), &[]).await;
    assert_eq!((tells(&town).await, town.count("alert_arrival").await), (AlertRound::default(), 0));
    // What arrived before is told to nobody afterwards either.
    says(&types(&scene.citizen, &code).await, &["番号を確かめました"]);
    assert_eq!(tells(&town).await.told, 0);
    assert!(office.is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_for_a_day_and_five_tries() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    enters(&citizen, ADDRESS).await;
    let code = office.next().await.code();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for left in [4, 3, 2, 1] {
        says(&types(&citizen, wrong).await, &["番号が違います", &format!("あと{left}回")]);
    }
    says(&types(&citizen, wrong).await, &["番号が違います", "もう一度送ってください"]);
    // The right one is too late now: the form is gone, and whoever posts it all the same is refused.
    let page = citizen.opens(PAGE).await;
    assert!(page.forms().iter().all(|form| form.action.path() != "/folder/alerts/confirm"));
    let again = citizen.browser.submits(&page, page.form("/folder/alerts/again")).await;
    says(&again, &["番号をもう一度送りました"]);
    let second = office.next().await.code();
    if second != code {
        says(&types(&citizen, &code).await, &["番号が違います"]);
    }
    town.passes(SignedDuration::from_hours(24));
    citizen.logs_in().await;
    let page = citizen.opens(PAGE).await;
    if page.text().contains(ADDRESS) {
        says(&types(&citizen, &second).await, &["この番号は、もう使えません"]);
    }
    town.sweeps_alerts().await;
    assert_eq!(town.count("alert_address").await, 0, "what nobody confirmed is erased");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_can_flood_a_mailbox() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let one = Citizen::with_card(&town, "card-0001", "ja").await;
    one.opens_folder().await;
    for tag in ["", "+a", "+b"] {
        says(&enters(&one, &format!("Victim{tag}@mail.example")).await, &["番号をメールで送りました"]);
        office.next().await;
    }
    says(&enters(&one, "victim+c@mail.example").await, &["番号をたくさん送りました"]);
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    says(&enters(&other, "victim@mail.example").await, &["番号をたくさん送りました"]);
    // Elsewhere they may, up to ten a day.
    for number in 0..7 {
        says(&enters(&one, &format!("a{number}@mail.example")).await, &["番号をメールで送りました"]);
        office.next().await;
    }
    says(&enters(&one, "b@mail.example").await, &["番号をたくさん送りました"]);
    assert!(office.is_empty().await);
    town.passes(SignedDuration::from_hours(24));
    other.logs_in().await;
    says(&enters(&other, "victim@mail.example").await, &["番号をメールで送りました"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_sends_nothing() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let long = format!("a@{}.example", "b".repeat(300));
    for typed in
        ["a@b.example\r\nBcc: c@d.example", "a\u{202e}@b.example", long.as_str(), "a@192.0.2.1", "a b@c.example", ""]
    {
        says(&enters(&citizen, typed).await, &["メールアドレスを読み取れませんでした"]);
    }
    says(&enters(&citizen, "花子@mail.example").await, &["メールアドレスを読み取れませんでした"]);
    assert!(office.is_empty().await);
    assert_eq!(town.count("alert_address").await, 0);
    enters(&citizen, "hanako@日本語.jp").await;
    assert_eq!(office.next().await.to, "hanako@xn--wgv71a119e.jp");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_address_takes_the_old_ones_place_when_it_is_confirmed_and_what_is_removed_is_erased() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    asks_for_mail(&scene.citizen, &office).await;
    says(&enters(&scene.citizen, ADDRESS).await, &["もう知らせています"]);
    enters(&scene.citizen, "new@mail.example").await;
    let code = office.next().await.code();
    scene.receives(&scene.draft(TITLE), &[]).await;
    assert_eq!(office.next().await.to, ADDRESS, "the old one until the new one is confirmed");
    types(&scene.citizen, &code).await;
    assert_eq!(town.count("alert_address").await, 1);
    town.passes(SignedDuration::from_mins(1));
    scene.receives(&scene.draft("二つ目"), &[]).await;
    assert_eq!(office.next().await.to, "new@mail.example");

    let page = scene.citizen.opens(PAGE).await;
    let done = scene.citizen.browser.submits(&page, page.form("/folder/alerts/remove")).await;
    says(&done, &["知らせ先を消しました"]);
    assert_eq!(town.count("alert_address").await, 0);
    town.passes(SignedDuration::from_hours(2));
    scene.citizen.logs_in().await;
    town.passes(SignedDuration::from_mins(1));
    scene.receives(&scene.draft("三つ目"), &[]).await;
    assert_eq!(tells(&town).await, AlertRound::default());
    assert!(office.is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_elses_address_is_not_there() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let one = Citizen::with_card(&town, "card-0001", "ja").await;
    one.opens_folder().await;
    enters(&one, ADDRESS).await;
    let code = office.next().await.code();
    let theirs = one.opens(PAGE).await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    let page = other.opens(PAGE).await;
    assert!(!page.text().contains(ADDRESS));
    for path in ["/folder/alerts/confirm", "/folder/alerts/again"] {
        let form = theirs.form(path);
        let form = if path.ends_with("confirm") { form.with("code", &code) } else { form };
        assert_eq!(other.browser.submits(&page, form).await.status, 404, "{path}");
    }
    other.browser.submits(&page, theirs.form("/folder/alerts/remove")).await;
    assert_eq!(town.count("alert_address").await, 1);
    assert!(office.is_empty().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_suspended_is_told_nothing_and_one_that_is_closed_leaves_no_address() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    office.is(Mood::PutsOff);
    enters(&scene.citizen, ADDRESS).await;
    let code = office.next().await.code();
    office.is(Mood::Takes);
    types(&scene.citizen, &code).await;
    town.passes(SignedDuration::from_mins(1));
    // It waits to be told while the folder is suspended.
    office.is(Mood::PutsOff);
    scene.receives(&scene.draft(TITLE), &[]).await;
    office.next().await;
    let folder = scene.citizen.opens("/folder").await;
    scene.citizen.browser.submits(&folder, folder.form("/folder/suspend")).await;
    office.is(Mood::Takes);
    town.passes(SignedDuration::from_mins(10));
    assert_eq!(tells(&town).await.told, 0);
    assert!(office.is_empty().await);

    scene.citizen.opens_folder().await;
    assert_eq!(town.count("alert_address WHERE confirmed_at IS NOT NULL").await, 1, "it is the same folder");
    let folder = scene.citizen.opens("/folder").await;
    let form = folder.form("/folder/close").with("understood", "yes");
    let closed = scene.citizen.browser.submits(&folder, form).await;
    says(&closed, &["フォルダを閉じました", "新しいお知らせを知らせる先 1件"]);
    assert_eq!((town.count("alert_address").await, town.count("alert_arrival").await), (0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_relay_that_is_away_is_asked_again_and_one_that_refuses_is_said_on_the_page() {
    let office = PostOffice::opens().await;
    let town = Town::starts_with(Engine::Sqlite, mail_to(&office)).await;
    let scene = Scene::opens(&town).await;
    asks_for_mail(&scene.citizen, &office).await;
    office.is(Mood::PutsOff);
    scene.receives(&scene.draft(TITLE), &[]).await;
    let first = office.next().await;
    town.until("alert_address WHERE attempts = 1 AND claimed_until IS NULL", 1).await;
    assert_eq!(tells(&town).await, AlertRound::default(), "not before a minute has passed");
    office.is(Mood::Takes);
    town.passes(SignedDuration::from_mins(1));
    tells(&town).await;
    let second = office.next().await;
    assert_eq!(first.header("message-id"), second.header("message-id"), "it is the same letter");

    office.is(Mood::Refuses);
    town.passes(SignedDuration::from_hours(2));
    scene.receives(&scene.draft("二つ目"), &[]).await;
    town.until("alert_address WHERE failed_at IS NOT NULL AND due_at IS NULL", 1).await;
    scene.citizen.logs_in().await;
    says(&scene.citizen.opens(PAGE).await, &["届きませんでした"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_relay_mail_is_not_offered() {
    let town = Town::starts().await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let page = citizen.opens(PAGE).await;
    says(&page, &["このポータルでは、メールで知らせることができません。"]);
    assert!(page.forms().iter().all(|form| !form.action.path().starts_with("/folder/alerts/")));
}

/// At least once, whatever dies: the portal is killed while a letter is on its way, and after its restart the letter is
/// sent again under the same name. No file, log or metric of the portal has the address in the clear.
#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_is_killed_while_it_tells_tells_again_and_no_address_lies_open() {
    let office = PostOffice::opens().await;
    let town = Town::without_portal(Engine::Sqlite, mail_to(&office)).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let settings = town.settings_file(&parties);
    let portal = PortalProcess::starts(&settings, town.now()).await;
    let citizen = Citizen::with_card(&town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    asks_for_mail(&citizen, &office).await;
    portal.is_killed().await;

    let portal = PortalProcess::starts(&settings, town.now()).await;
    let yokohama = SenderAtWork::starts(&town, "141003").await;
    let hers = yokohama.holder_of("card-0001").await;
    office.is(Mood::Hangs);
    let sent = yokohama.sends(&yokohama.draft(TITLE, "本文です。"), std::slice::from_ref(&hers)).await;
    assert_eq!(yokohama.until_done(sent).await.accepted, 1);
    let lost = office.next().await;
    let log = portal.is_killed().await;
    assert_eq!(town.count("alert_address WHERE claimed_until IS NOT NULL").await, 1, "it was on its way");

    office.is(Mood::Takes);
    town.passes(SignedDuration::from_mins(10));
    let portal = PortalProcess::starts(&settings, town.now()).await;
    let again = office.next().await;
    is_bare(&again);
    assert_eq!(again.header("message-id"), lost.header("message-id"));
    town.until("alert_address WHERE told_at IS NOT NULL AND claimed_until IS NULL", 1).await;
    assert!(office.is_empty().await);

    let metrics = reqwest::get(format!("http://{}/metrics", portal.admin)).await.unwrap().text().await.unwrap();
    assert!(metrics.contains("alert_mails_total"), "{metrics}");
    let all = [ADDRESS.to_owned(), "canary.hanako".to_owned()];
    for text in [&log, &portal.is_killed().await, &metrics] {
        assert_eq!(stories::texts_in(text.as_bytes(), &all), [""; 0]);
    }
    let mut searched = 0;
    for (path, bytes) in files(town.database.parent().unwrap()) {
        searched += bytes.len();
        assert_eq!(stories::texts_in(&bytes, &all), [""; 0], "{}", path.display());
    }
    assert!(searched > 10_000, "the search looked at something");
}
