//! お知らせ as its citizen has it: read, put away, taken along, told of, and gone at logout (P-PSH-4…7).

use domain::NoticeKind;
use jiff::SignedDuration;
use municipality::draft::{Draft, DraftReply};
use sha2::{Digest as _, Sha256};
use stories::{Citizen, Form, Page, SenderAtWork, Town, first_link};
use wire::notice::{Attachment, Choice, InLanguages, Line, MediaType, Question, QuestionForm};

use crate::privacy::files;

/// A citizen with a folder, and a municipality that can write to them.
pub(crate) struct Scene<'t> {
    pub(crate) citizen: Citizen<'t>,
    pub(crate) yokohama: SenderAtWork<'t>,
}

impl<'t> Scene<'t> {
    pub(crate) async fn opens(town: &'t Town) -> Self {
        let citizen = Citizen::with_card(town, "card-0001", "ja").await;
        citizen.opens_folder().await;
        Self { citizen, yokohama: SenderAtWork::starts(town, "141003").await }
    }

    pub(crate) fn draft(&self, title: &str) -> Draft {
        self.yokohama.draft(title, "本文です。")
    }

    pub(crate) async fn receives(&self, draft: &Draft, files: &[&[u8]]) {
        let hers = self.yokohama.holder_of("card-0001").await;
        let sent = self.yokohama.releases(draft, files, &[(hers, None)]).await;
        let row = self.yokohama.until_accepted(sent).await;
        assert_eq!(row.accepted, 1, "{row:?}");
    }

    pub(crate) async fn reads(&self, title: &str) -> Page {
        let list = self.citizen.opens("/notices").await;
        self.citizen.browser.follows(&list, &link_of(&list, title)).await
    }

    /// Presses a button of the list with this notice chosen.
    pub(crate) async fn does(&self, list: &str, title: &str, act: &str) -> Page {
        let list = self.citizen.opens(list).await;
        let number = link_of(&list, title).trim_start_matches("/notices/").to_owned();
        let form = list.form("/notices/act").with("letter", &number).with("act", act);
        self.citizen.browser.submits(&list, form).await
    }
}

pub(crate) fn link_of(list: &Page, title: &str) -> String {
    let before = list.html.split(&format!(">{title}</a>")).next().filter(|before| before.len() < list.html.len());
    let before = before.unwrap_or_else(|| panic!("no {title} in {}", list.text()));
    before.rsplit("href=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

pub(crate) fn says(page: &Page, parts: &[&str]) {
    for part in parts {
        assert!(page.text().contains(part), "{part} in {}: {}", page.url, page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_is_told_at_home_read_with_its_signature_and_gone_after_logout() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    scene.receives(&scene.draft("道の工事"), &[]).await;
    says(&scene.citizen.opens("/home").await, &["お知らせ（未読2件）", "未読が2件、やることが0件あります。"]);

    let page = scene.reads("図書館の休み").await;
    says(&page, &["差出人を確認しました", "横浜市が2026年11月3日（火）14時5分に電子署名した文書です。", "本文です。"]);
    says(&page, &["お知らせ（未読1件）"]);
    says(&scene.citizen.opens("/notices").await, &["受信（2件、未読1件）"]);

    let asked = scene.citizen.browser.submits(&page, page.form("/logout")).await;
    assert_eq!(asked.path(), "/leaving");
    says(&asked, &["読んだお知らせと、ごみ箱のお知らせ 1件"]);
    let out = scene.citizen.browser.submits(&asked, confirmed(&asked)).await;
    assert_eq!(out.path(), "/signed-out");
    says(&out, &["お知らせ 1件"]);

    assert_eq!((town.count("notice").await, town.count("letter_words").await), (1, 1));
    scene.citizen.logs_in().await;
    let list = scene.citizen.opens("/notices").await;
    says(&list, &["道の工事", "未読", "受信（1件、未読1件）"]);
    assert!(!list.text().contains("図書館の休み"), "{}", list.text());
}

/// The one that says that what goes was seen.
pub(crate) fn confirmed(leaving: &Page) -> Form {
    let forms = leaving.forms().into_iter().filter(|form| form.action.path() == "/logout");
    forms.into_iter().find(|form| form.fields.iter().any(|(name, _)| name == "confirmed")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_was_read_so_nobody_is_asked_at_logout_and_it_stays() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let home = scene.citizen.opens("/home").await;
    assert_eq!(scene.citizen.browser.submits(&home, home.form("/logout")).await.path(), "/signed-out");
    assert_eq!(town.count("notice").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_its_own_person_s_and_is_there_for_nobody_else() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    let hers = first_link(&scene.citizen.opens("/notices").await, "/notices/").unwrap();
    says(&other.opens("/notices").await, &["お知らせはありません", "機関からお知らせが届くと、ここに表示します。"]);
    for path in [hers.clone(), format!("{hers}/letter"), format!("{hers}/calendar"), format!("{hers}/files/0")] {
        assert_eq!(other.opens(&path).await.status, 404, "{path}");
    }
    let number = hers.trim_start_matches("/notices/");
    let own = other.opens("/folder").await;
    for act in ["read", "unread", "archive", "bin", "restore"] {
        let fields = [("act", act), ("letter", number)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let form = Form { action: town.portal("/notices/act"), method: reqwest::Method::POST, fields: fields.to_vec() };
        let page = other.browser.submits(&own, form).await;
        assert!(!page.text().contains("お知らせ1件を"), "{}", page.text());
    }
    assert_eq!(town.count("notice WHERE opened_at IS NULL AND archived_at IS NULL AND binned_at IS NULL").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_ones_are_put_away_and_taken_back_in_one_form() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let title = "図書館の休み";
    says(&scene.does("/notices", title, "read").await, &["お知らせ1件を既読にしました", "受信（1件、未読0件）"]);
    says(&scene.does("/notices", title, "unread").await, &["お知らせ1件を未読に戻しました", "受信（1件、未読1件）"]);
    says(&scene.does("/notices", title, "archive").await, &["よけたもの（1件）", "受信（0件、未読0件）"]);
    says(&scene.does("/notices?place=archive", title, "bin").await, &["ごみ箱（1件）", "よけたもの（0件）"]);
    let restored = scene.does("/notices?place=bin", title, "restore").await;
    says(&restored, &["お知らせ1件を受信に戻しました", "ごみ箱は空です"]);
    let list = scene.citizen.opens("/notices").await;
    let none = scene.citizen.browser.submits(&list, list.form("/notices/act").with("act", "bin")).await;
    says(&none, &["お知らせが選ばれていません", "受信（1件、未読1件）"]);
    let number = link_of(&list, title).trim_start_matches("/notices/").to_owned();
    let starred = scene.citizen.browser.submits(&list, list.form("/notices/act").with("star", &number)).await;
    says(&starred, &["印つき", "印をはずす"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_stands_first_and_is_found_again() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let due = Draft {
        kind: NoticeKind::Deadline,
        deadline: Some("2026-11-10".parse().unwrap()),
        ..scene.draft("保険料の支払い")
    };
    scene.receives(&due, &[]).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let list = scene.citizen.opens("/notices").await;
    let at = |part: &str| list.text().find(part).unwrap_or_else(|| panic!("{part} in {}", list.text()));
    assert!(at("やること") < at("保険料の支払い") && at("保険料の支払い") < at("そのほかのお知らせ"));
    assert!(at("そのほかのお知らせ") < at("図書館の休み"));
    says(&list, &["2026年11月10日まで（あと7日）"]);
    says(&scene.citizen.opens("/home").await, &["やることが1件"]);

    let search = |query: &'static str| scene.citizen.opens(query);
    let found = search("/notices?words=%E4%BF%9D").await;
    says(&found, &["保険料の支払い", "1つの条件を使っています"]);
    assert!(!found.text().contains("図書館の休み"));
    for query in ["/notices?due=yes", "/notices?todo=yes", "/notices?kind=deadline&sender=141003&unread=yes"] {
        let found = search(query).await;
        assert!(found.text().contains("保険料の支払い") && !found.text().contains("図書館の休み"), "{query}");
    }
    says(&search("/notices?words=nowhere").await, &["条件に合うお知らせはありません"]);
    assert_eq!(search("/notices?kind=spam").await.status, 400);

    let calendar = scene.citizen.opens(&format!("{}/calendar", link_of(&list, "保険料の支払い"))).await;
    assert!(calendar.header("content-type").starts_with("text/calendar"));
    assert!(calendar.html.contains("DTSTART;VALUE=DATE:20261110\r\n"), "{}", calendar.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_taken_along_with_its_file_and_its_signature() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let file = b"%PDF-1.7 a certificate";
    let attachment = Attachment {
        name: Line::typed("証明書.pdf").unwrap(),
        media_type: MediaType::Pdf,
        bytes: u32::try_from(file.len()).unwrap(),
        sha256: hex::encode(Sha256::digest(file)),
    };
    let draft =
        Draft { kind: NoticeKind::Document, attachments: vec![attachment], ..scene.draft("所得の証明書") };
    scene.receives(&draft, &[file]).await;
    let page = scene.reads("所得の証明書").await;
    says(&page, &["証明書.pdfを保存する", "PDF、1KB", "sha256sum FILE"]);

    let saved = scene.citizen.browser.follows(&page, &format!("{}/files/0", page.path())).await;
    assert_eq!(saved.html.as_bytes(), file);
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("content-disposition", "attachment; filename=\"___.pdf\"; filename*=UTF-8''%E8%A8%BC%E6%98%8E%E6%9B%B8.pdf"),
    ] {
        assert_eq!(saved.header(header), value);
    }
    assert!(saved.header("content-security-policy").starts_with("sandbox;"));
    assert_eq!(scene.citizen.opens(&format!("{}/files/1", page.path())).await.status, 404);

    let letter = scene.citizen.browser.listens(&town.portal(&format!("{}/letter", page.path())), None).await;
    let signed = pki::cms::verify(&letter.bytes().await.unwrap(), None).unwrap();
    assert_eq!(pki::org_code(&signed.signer).unwrap().as_str(), "141003");
    // As the page says that anybody can: the file is the one whose hash was signed.
    let notice: serde_json::Value = serde_json::from_slice(&signed.content).unwrap();
    let attached = &notice["attachments"][0];
    let hash = hex::encode(Sha256::digest(saved.html.as_bytes()));
    assert_eq!((attached["name"].as_str(), attached["sha256"].as_str()), (Some("証明書.pdf"), Some(hash.as_str())));
    let authority = scene.citizen.opens("/notices/authority").await;
    assert!(authority.html.starts_with("-----BEGIN CERTIFICATE-----"), "{}", authority.html);
}

/// P-PSH-5: the sender asked; the person decides; nothing is told before.
#[tokio::test(flavor = "multi_thread")]
async fn the_sender_hears_only_what_the_person_gives() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&Draft { wants_states: true, ..scene.draft("図書館の休み") }, &[]).await;
    let page = scene.reads("図書館の休み").await;
    says(&page, &["いまは、何も知らせていません。", "決めるのはあなたです。"]);
    assert_eq!(told(&town).await, 0);
    let form = |page: &Page| page.form(&format!("{}/states", page.path()));
    let given = scene.citizen.browser.submits(&page, form(&page)).await;
    says(&given, &["これからは、開いたことを差出人に知らせます", "知らせるのをやめる"]);
    assert_eq!(told(&town).await, 1);
    let withheld = scene.citizen.browser.submits(&given, form(&given)).await;
    says(&withheld, &["差出人に知らせるのをやめました", "いまは、何も知らせていません。"]);
    scene.receives(&Draft { wants_states: true, ..scene.draft("道の工事") }, &[]).await;
    scene.reads("道の工事").await;
    assert_eq!(told(&town).await, 1);
}

/// How much was ever told; the sender fetches it by and by.
async fn told(town: &Town) -> i64 {
    let once = town.count("notice_sender WHERE returned = 1").await;
    once + 2 * town.count("notice_sender WHERE returned > 1").await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_altered_at_rest_is_refused_and_was_not_read() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    town.alters_database(&["UPDATE letter_words SET body = zeroblob(length(body))".to_owned()]).await;
    let page = scene.reads("図書館の休み").await;
    assert_eq!(page.status, 500);
    says(&page, &["このお知らせは表示できません", "内容を出していません"]);
    assert!(!page.text().contains("本文です。") && !page.text().contains("差出人を確認しました"));
    assert_eq!(town.count("notice WHERE opened_at IS NOT NULL").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_whose_time_is_over_is_no_longer_there() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let hers = first_link(&scene.citizen.opens("/notices").await, "/notices/").unwrap();
    town.passes(SignedDuration::from_hours(24 * 31));
    scene.citizen.logs_in().await;
    says(&scene.citizen.opens("/notices").await, &["お知らせはありません"]);
    assert_eq!(scene.citizen.opens(&hers).await.status, 404);
}

/// P-PSH-6, A-24: asked, looked over, sent once, and read by the sender alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_up_from_the_notice_and_the_sender_alone_reads_it() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let until = town.now() + SignedDuration::from_hours(24);
    scene.receives(&asking(&scene, until), &[]).await;
    let notice = scene.reads("健康診断の申込み").await;
    let form = scene.citizen.browser.follows(&notice, &format!("{}/reply", notice.path())).await;
    says(&form, &["申し込む", "会場", "※必須", "要望"]);
    let check = format!("{}/check", form.path());

    let wrong = scene.citizen.browser.submits(&form, form.form(&check).with("q-wish", "午前が\nよいです")).await;
    assert_eq!((wrong.status.as_u16(), wrong.path()), (422, check.as_str()));
    says(&wrong, &["なおすところがあります", "＊答えを選ぶか、書いてください。"]);
    assert!(wrong.html.contains("午前が\nよいです"), "{}", wrong.html);

    let filled = wrong.form(&check).with("q-place", "north").with("q-wish", CANARY);
    let overview = scene.citizen.browser.submits(&wrong, filled).await;
    says(&overview, &["送る前に確かめてください", "北区役所", CANARY, "横浜市に送る"]);
    assert_eq!(told(&town).await, 0, "nothing goes before it was looked over");
    let path = format!("{}/send", form.path());
    let sent = scene.citizen.browser.submits(&overview, overview.form(&path)).await;
    assert_eq!(sent.path(), notice.path());
    says(&sent, &["横浜市に回答を送りました", "回答済み", "に回答しました。"]);
    assert_eq!(told(&town).await, 1);

    // Once, also from a page that was left open.
    let twice = scene.citizen.browser.submits(&overview, overview.form(&path)).await;
    assert_eq!(twice.status, 409);
    assert_eq!(told(&town).await, 1);
    let (answer, sender) = ([CANARY.to_owned()], ["141003".to_owned()]);
    let mut knows_the_sender = false;
    for (path, bytes) in files(town.database.parent().unwrap()) {
        let kept = stories::texts_in(&bytes, &answer);
        assert!(kept.is_empty(), "the portal keeps an answer in {}", path.display());
        knows_the_sender |= !stories::texts_in(&bytes, &sender).is_empty();
    }
    assert!(knows_the_sender, "the search finds what is there");
}

const CANARY: &str = "カナリアは鳴く";

#[tokio::test(flavor = "multi_thread")]
async fn after_the_last_moment_no_answer_is_taken() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&asking(&scene, town.now() + SignedDuration::from_mins(5)), &[]).await;
    let notice = scene.reads("健康診断の申込み").await;
    let form = scene.citizen.browser.follows(&notice, &format!("{}/reply", notice.path())).await;
    let check = form.form(&format!("{}/check", form.path())).with("q-place", "north");
    let asked = scene.citizen.browser.submits(&form, check).await;
    town.passes(SignedDuration::from_mins(5));
    let late = scene.citizen.browser.submits(&asked, asked.form(&format!("{}/send", form.path()))).await;
    assert_eq!(late.status, 409);
    says(&late, &["に締め切りました。"]);
    assert_eq!(told(&town).await, 0);
}

pub(crate) fn asking(scene: &Scene<'_>, closes_at: jiff::Timestamp) -> Draft {
    let line = |text: &str| -> InLanguages<Line> { Line::typed(text).unwrap().into() };
    let question = |name: &str, label: &str, required, form| Question {
        name: name.to_owned(),
        label: line(label),
        help: None,
        required,
        form,
    };
    let choice = |value: &str, label: &str| Choice { value: value.to_owned(), label: line(label) };
    let of = vec![choice("north", "北区役所"), choice("south", "南区役所")];
    let questions = vec![
        question("place", "会場", true, QuestionForm::One { of }),
        question("wish", "要望", false, QuestionForm::Words { chars_max: 200 }),
    ];
    Draft {
        kind: NoticeKind::SignUp,
        reply: Some(DraftReply { closes_at, questions }),
        ..scene.draft("健康診断の申込み")
    }
}
