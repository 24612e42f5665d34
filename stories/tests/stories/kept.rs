//! 残す: what a person keeps beyond the session, how long, and that nothing else stays (P-PSH-7, P-INF-6, P-INF-7).

use domain::NoticeKind;
use jiff::SignedDuration;
use municipality::draft::Draft;
use sha2::{Digest as _, Sha256};
use stories::{Citizen, Engine, Form, Page, PortalProcess, Town};
use wire::notice::{Attachment, Line, MediaType};

use crate::backup::Operator;
use crate::inbox::{Scene, confirmed, link_of, says};
use crate::privacy::files;

pub(crate) const KEPT: &str = "/notices?place=kept";
const FILE: &[u8] = b"%PDF-1.7 a certificate of a canary";

/// A document with a file.
fn document(scene: &Scene<'_>, title: &str) -> Draft {
    let attachment = Attachment {
        name: Line::typed("証明書.pdf").unwrap(),
        media_type: MediaType::Pdf,
        bytes: u32::try_from(FILE.len()).unwrap(),
        sha256: hex::encode(Sha256::digest(FILE)),
    };
    Draft { kind: NoticeKind::Document, attachments: vec![attachment], ..scene.draft(title) }
}

/// From its own page.
pub(crate) async fn keeps(scene: &Scene<'_>, title: &str) -> Page {
    let page = scene.reads(title).await;
    scene.citizen.browser.submits(&page, page.form("/notices/act").with("act", "keep")).await
}

pub(crate) async fn leaves(citizen: &Citizen<'_>) -> Page {
    let home = citizen.opens("/home").await;
    let asked = citizen.browser.submits(&home, home.form("/logout")).await;
    if asked.path() == "/leaving" { citizen.browser.submits(&asked, confirmed(&asked)).await } else { asked }
}

pub(crate) async fn opens_kept(citizen: &Citizen<'_>, title: &str) -> Page {
    let list = citizen.opens(KEPT).await;
    citizen.browser.follows(&list, &link_of(&list, title)).await
}

async fn closes_folder(citizen: &Citizen<'_>) -> Page {
    let page = citizen.opens("/folder").await;
    citizen.browser.submits(&page, page.form("/folder/close").with("understood", "yes")).await
}

pub(crate) async fn until(town: &Town, rows: &str, count: i64) {
    for _ in 0..3000 {
        if town.count(rows).await == count {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("never {count} rows of {rows}")
}

pub(crate) async fn sweeps_after(town: &Town, time: SignedDuration) {
    town.stops_portal().await;
    town.passes(time);
    town.starts_portal().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_outlives_the_session_with_its_file_and_signature_and_goes_after_120_days() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&document(&scene, "所得の証明書"), &[FILE]).await;
    let list = keeps(&scene, "所得の証明書").await;
    says(&list, &["お知らせ1件を保管に移しました", "120日たつと消えます", "保管（1件）", "受信（0件、未読0件）"]);
    assert_eq!((town.count("notice").await, town.count("letter_words").await), (0, 0));
    assert_eq!(leaves(&scene.citizen).await.path(), "/signed-out", "nothing goes, so nobody is asked");

    scene.citizen.logs_in().await;
    says(&scene.citizen.opens(KEPT).await, &["所得の証明書", "横浜市", "2027年3月3日に消えます", "いま1件"]);
    let page = opens_kept(&scene.citizen, "所得の証明書").await;
    says(&page, &["差出人を確認しました", "2026年11月3日（火）14時5分に保管した写しです", "本文です。"]);
    let saved = scene.citizen.opens(&format!("{}/files/0", page.path())).await;
    assert_eq!((saved.html.as_bytes(), saved.header("content-type")), (FILE, "application/pdf"));
    assert!(saved.header("content-security-policy").starts_with("sandbox;"));
    let letter = scene.citizen.browser.listens(&town.portal(&format!("{}/letter", page.path())), None).await;
    let signed = pki::cms::verify(&letter.bytes().await.unwrap(), None).unwrap();
    assert_eq!(pki::org_code(&signed.signer).unwrap().as_str(), "141003");

    sweeps_after(&town, SignedDuration::from_hours(24 * 119)).await;
    scene.citizen.logs_in().await;
    assert_eq!(scene.citizen.opens(page.path()).await.status, 200, "the letter itself expired long ago");
    sweeps_after(&town, SignedDuration::from_hours(24)).await;
    until(&town, "kept_notice", 0).await;
    assert_eq!(town.count("kept_attachment").await, 0);
    scene.citizen.logs_in().await;
    assert_eq!(scene.citizen.opens(page.path()).await.status, 404);
    says(&scene.citizen.opens(KEPT).await, &["保管したお知らせはありません"]);
}

/// The canary test: after a logout nothing of any notice can be read in any file of the portal, and 保管 alone has
/// ciphertext; what was read and not kept is not even there as ciphertext.
#[tokio::test(flavor = "multi_thread")]
async fn after_logout_no_file_has_a_word_and_only_what_is_kept_has_ciphertext() {
    let town = Town::without_portal(Engine::Sqlite, |_| {}).await;
    let parties = town.world.lock().await.directory().as_ref().clone();
    let portal = PortalProcess::starts(&town.settings_file(&parties), town.now()).await;
    let words = ["カナリアを飼う人へ", "カナリアを逃がす人へ", "カナリアは本文です。"].map(str::to_owned);
    let searched = [words.to_vec(), vec![String::from_utf8_lossy(FILE).into_owned()]].concat();
    {
        let scene = Scene::opens(&town).await;
        for title in &words[..2] {
            let body = scene.yokohama.draft(title, &words[2]);
            let with_file = Draft { text: body.text, ..document(&scene, title) };
            scene.receives(&with_file, &[FILE]).await;
        }
        keeps(&scene, &words[0]).await;
        scene.reads(&words[1]).await;
        let sealed = sealed_bodies(&town).await;
        assert_eq!(sealed.len(), 1, "the kept one is no letter of the portal's any more");
        says(&leaves(&scene.citizen).await, &["お知らせ 1件"]);

        assert_eq!((town.count("notice").await, town.count("letter_attachment").await), (0, 0));
        assert_eq!((town.count("kept_notice").await, town.count("kept_attachment").await), (1, 1));
        let mut bytes_searched = 0;
        for (path, bytes) in files(town.database.parent().unwrap()) {
            bytes_searched += bytes.len();
            assert_eq!(stories::texts_in(&bytes, &searched), [""; 0], "{}", path.display());
            for body in &sealed {
                let middle = &body[body.len() / 2..body.len() / 2 + 24];
                let found = bytes.windows(middle.len()).any(|window| window == middle);
                assert!(!found, "ciphertext of what was read is in {}", path.display());
            }
        }
        assert!(bytes_searched > 10_000, "the search looked at something");
    }
    assert_eq!(stories::texts_in(portal.log().as_bytes(), &searched), [""; 0]);
    assert_eq!(portal.remembers(&searched).await, [""; 0], "what is freed is wiped, and hashes leave no block behind");
    portal.is_killed().await;
}

/// Of letters whose words are there.
async fn sealed_bodies(town: &Town) -> Vec<Vec<u8>> {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", town.database.display())).await.unwrap();
    let bodies = sqlx::query_scalar("SELECT body FROM letter_words").fetch_all(&pool).await.unwrap();
    pool.close().await;
    bodies
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_folder_takes_its_key_along_and_a_backup_of_before_stays_closed() {
    let town = Town::starts().await;
    let operator = Operator::of(&town).await;
    let scene = Scene::opens(&town).await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    scene.receives(&document(&scene, "所得の証明書"), &[FILE]).await;
    keeps(&scene, "所得の証明書").await;
    assert_eq!(town.count_keys().await, 1, "who keeps nothing needs no key");
    operator.hears(&["backup", &operator.backup()], 0, "The backup is in").await;
    let wrapped = wrapped_key(&town).await;
    assert!(!anywhere(std::path::Path::new(&operator.backup()), &wrapped), "no key is in a backup");

    let out = closes_folder(&scene.citizen).await;
    says(&out, &["フォルダを閉じました", "保管したお知らせ 1件", "フォルダ 1つ"]);
    assert_eq!((town.count("kept_notice").await, town.count("kept_attachment").await), (0, 0));
    assert_eq!(town.count_keys().await, 0);
    assert!(!anywhere(town.database.parent().unwrap(), &wrapped), "the key's pages are overwritten");

    town.stops_portal().await;
    operator.hears(&["restore", &operator.backup(), "--force"], 0, "is restored").await;
    town.starts_portal().await;
    assert_eq!(town.count("kept_notice").await, 1, "the ciphertext is back");
    assert_eq!(scene.citizen.logs_in().await.path(), "/home", "the folder is back, as the page for operators says");
    let list = scene.citizen.opens(KEPT).await;
    says(&list, &["開けないお知らせ", "だれにも開けません"]);
    assert!(!list.text().contains("所得の証明書"), "{}", list.text());
    let number = list.html.split(r#"name="kept" value=""#).nth(1).unwrap().split('"').next().unwrap();
    let page = scene.citizen.opens(&format!("/kept/{number}")).await;
    assert_eq!(page.status, 500);
    says(&page, &["この保管は開けません"]);
    // It can be thrown away, and keeping goes on under a new key.
    let thrown = list.form("/kept/act").with("kept", number).with("understood", "yes");
    says(&scene.citizen.browser.submits(&list, thrown).await, &["保管したお知らせ1件を消しました"]);
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    keeps(&scene, "図書館の休み").await;
    says(&opens_kept(&scene.citizen, "図書館の休み").await, &["本文です。"]);
}

pub(crate) async fn wrapped_key(town: &Town) -> Vec<u8> {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", town.key_file().display())).await.unwrap();
    let wrapped = sqlx::query_scalar("SELECT wrapped FROM folder_key").fetch_one(&pool).await.unwrap();
    pool.close().await;
    wrapped
}

fn anywhere(below: &std::path::Path, needle: &[u8]) -> bool {
    files(below).iter().any(|(_, bytes)| bytes.windows(needle.len()).any(|window| window == needle))
}

/// As after `kill -9` between the two databases: the folder went, its key did not. And a key of a folder that there is
/// stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_whose_folder_is_gone_goes_at_the_next_start() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    keeps(&scene, "図書館の休み").await;
    town.stops_portal().await;
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", town.key_file().display())).await.unwrap();
    sqlx::query("INSERT INTO folder_key VALUES (x'00112233445566778899aabbccddeeff', x'00', 1)")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    assert_eq!(town.count_keys().await, 2);
    town.starts_portal().await;
    assert_eq!(town.count_keys().await, 1);
    scene.citizen.logs_in().await;
    says(&opens_kept(&scene.citizen, "図書館の休み").await, &["本文です。"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_folder_keeps_is_there_for_no_other() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&document(&scene, "所得の証明書"), &[FILE]).await;
    keeps(&scene, "所得の証明書").await;
    let hers = link_of(&scene.citizen.opens(KEPT).await, "所得の証明書");
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    for path in [hers.clone(), format!("{hers}/letter"), format!("{hers}/calendar"), format!("{hers}/files/0")] {
        assert_eq!(other.opens(&path).await.status, 404, "{path}");
    }
    let fields = [("kept", hers.trim_start_matches("/kept/")), ("understood", "yes")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let form = Form { action: town.portal("/kept/act"), method: reqwest::Method::POST, fields };
    let own = other.opens("/folder").await;
    let page = other.browser.submits(&own, form).await;
    assert!(!page.text().contains("消しました"), "{}", page.text());
    assert_eq!((town.count("kept_notice").await, town.count_keys().await), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_thrown_away_at_once_and_only_when_that_was_understood() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    for title in ["図書館の休み", "道の工事"] {
        scene.receives(&scene.draft(title), &[]).await;
        says(&scene.does("/notices", title, "keep").await, &["お知らせ1件を保管に移しました"]);
    }
    let page = opens_kept(&scene.citizen, "道の工事").await;
    let asked = scene.citizen.browser.submits(&page, page.form("/kept/act")).await;
    says(&asked, &["まだ捨てていません", "道の工事", "保管（2件）"]);
    let thrown = scene.citizen.browser.submits(&page, page.form("/kept/act").with("understood", "yes")).await;
    says(&thrown, &["保管したお知らせ1件を消しました", "保管（1件）", "図書館の休み"]);
    assert_eq!(town.count("kept_notice").await, 1);
    assert_eq!(scene.citizen.opens(page.path()).await.status, 404);
    let none = scene.citizen.browser.submits(&thrown, thrown.form("/kept/act").with("understood", "yes")).await;
    says(&none, &["お知らせが選ばれていません", "保管（1件）"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn before_a_logout_what_goes_is_named_and_can_be_kept() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    for title in ["図書館の休み", "道の工事", "読まないもの"] {
        scene.receives(&scene.draft(title), &[]).await;
    }
    scene.reads("図書館の休み").await;
    let page = scene.reads("道の工事").await;
    let asked = scene.citizen.browser.submits(&page, page.form("/logout")).await;
    says(&asked, &["読んだお知らせと、ごみ箱のお知らせ 2件", "横浜市 図書館の休み", "道の工事", "120日"]);
    assert!(!asked.text().contains("読まないもの"), "{}", asked.text());
    let number = page.path().trim_start_matches("/notices/");
    let form = asked.form("/notices/act").with("letter", number).with("act", "keep");
    let again = scene.citizen.browser.submits(&asked, form).await;
    assert_eq!(again.path(), "/leaving");
    says(&again, &["お知らせ1件を保管に移しました", "読んだお知らせと、ごみ箱のお知らせ 1件"]);
    let out = scene.citizen.browser.submits(&again, confirmed(&again)).await;
    says(&out, &["お知らせ 1件"]);
    scene.citizen.logs_in().await;
    says(&scene.citizen.opens(KEPT).await, &["道の工事", "保管（1件）", "受信（1件、未読1件）"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_there_is_no_room_it_is_said_and_nothing_is_lost() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    keeps(&scene, "図書館の休み").await;
    let many = "INSERT INTO kept_notice (folder_id, mark, headline, body, size, kept_at, expires_at)
        WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 199)
        SELECT folder_id, randomblob(32), randomblob(64), randomblob(64), 128, kept_at, expires_at
        FROM kept_notice, counted";
    town.alters_database(&[many.to_owned()]).await;
    scene.receives(&scene.draft("道の工事"), &[]).await;
    let full = scene.does("/notices", "道の工事", "keep").await;
    says(&full, &["保管がいっぱいです", "元の場所に残っています", "道の工事", "受信（1件、未読1件）", "保管（200件）"]);
    assert_eq!(town.count("kept_notice").await, 200);

    // A few large ones fill it just as well.
    let few = "DELETE FROM kept_notice WHERE size = 128".to_owned();
    let large = format!("UPDATE kept_notice SET size = {}", 32 * 1024 * 1024);
    town.alters_database(&[few, large]).await;
    says(&scene.does("/notices", "道の工事", "keep").await, &["保管がいっぱいです", "受信（1件、未読1件）"]);
    let one = opens_kept(&scene.citizen, "図書館の休み").await;
    scene.citizen.browser.submits(&one, one.form("/kept/act").with("understood", "yes")).await;
    says(&scene.does("/notices", "道の工事", "keep").await, &["お知らせ1件を保管に移しました", "保管（1件）"]);
}

/// On PostgreSQL, where the keys are in another database.
#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_of_a_kept_notice_holds_on_postgresql_too() {
    let town = Town::starts_with(Engine::Postgres, |_| {}).await;
    let scene = Scene::opens(&town).await;
    scene.receives(&document(&scene, "所得の証明書"), &[FILE]).await;
    keeps(&scene, "所得の証明書").await;
    leaves(&scene.citizen).await;
    scene.citizen.logs_in().await;
    let page = opens_kept(&scene.citizen, "所得の証明書").await;
    says(&page, &["差出人を確認しました", "本文です。"]);
    let saved = scene.citizen.opens(&format!("{}/files/0", page.path())).await;
    assert_eq!(saved.html.as_bytes(), FILE);
    assert_eq!(town.count_keys().await, 1);
    says(&closes_folder(&scene.citizen).await, &["保管したお知らせ 1件"]);
    assert_eq!((town.count("kept_notice").await, town.count_keys().await), (0, 0));
}
