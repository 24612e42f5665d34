//! A notice as a PDF: what stands in it, who gets it, and what happens without a typesetter (P-INF-7, P-PSH-7).

use std::process::Command;

use domain::NoticeKind;
use municipality::draft::Draft;
use stories::{Citizen, Engine, Town};
use wire::notice::{Block, Line, NoticeText, Passage};

use crate::inbox::{Scene, says};
use crate::kept::{keeps, opens_kept};

/// What Poppler reads in a PDF.
fn text(pdf: &[u8], folder: &std::path::Path) -> String {
    let file = folder.join("notice.pdf");
    std::fs::write(&file, pdf).unwrap();
    let read = Command::new("pdftotext").arg("-raw").arg(&file).arg("-").output().unwrap();
    assert!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    String::from_utf8(read.stdout).unwrap().replace(['\n', '\u{c}', '\u{2060}'], "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_saved_as_a_pdf_in_the_language_that_was_read_and_by_its_person_alone() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    let mut draft = Draft {
        kind: NoticeKind::Deadline,
        deadline: Some("2026-11-10".parse().unwrap()),
        ..scene.draft("保険料の支払い 11/10まで")
    };
    draft.text.en = Some(NoticeText {
        title: Line::typed("Pay your insurance").unwrap(),
        body: vec![Block::Paragraph { text: Passage::typed("Please pay by bank transfer.").unwrap() }],
    });
    scene.receives(&draft, &[]).await;
    let page = scene.reads("保険料の支払い 11/10まで").await;
    says(&page, &["お知らせをPDFで保存する"]);

    let saved = async |query: &str| {
        let url = town.portal(&format!("{}/pdf{query}", page.path()));
        scene.citizen.browser.listens(&url, None).await
    };
    let japanese = saved("?text=ja").await;
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        (
            "content-disposition",
            "attachment; filename=\"___________ 11_10__.pdf\"; filename*=UTF-8''%E6%A8%AA%E6%B5%9C%E5%B8%82_\
             %E4%BF%9D%E9%99%BA%E6%96%99%E3%81%AE%E6%94%AF%E6%89%95%E3%81%84%2011_10%E3%81%BE%E3%81%A7.pdf",
        ),
    ] {
        assert_eq!(japanese.headers()[header], value);
    }
    let japanese = text(&japanese.bytes().await.unwrap(), town.data());
    for part in [
        "保険料の支払い 11/10まで",
        "横浜市",
        "差出人を確認しました",
        "期限：2026年11月10日まで",
        "本文です。",
        "健康推進課",
        "2026年11月3日（火）14時5分",
        "署名した機関の証明書",
        "1 / ",
    ] {
        assert!(japanese.contains(part), "{part} in {japanese}");
    }
    let english = text(&saved("?text=en").await.bytes().await.unwrap(), town.data());
    assert!(english.contains("Pay your insurance") && english.contains("Please pay by bank transfer."), "{english}");

    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    assert_eq!(other.opens(&format!("{}/pdf", page.path())).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_notice_is_saved_as_a_pdf_too_and_by_its_person_alone() {
    let town = Town::starts().await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    keeps(&scene, "図書館の休み").await;
    let page = opens_kept(&scene.citizen, "図書館の休み").await;
    says(&page, &["お知らせをPDFで保存する"]);
    assert!(page.html.contains(&format!("{}/pdf?text=ja", page.path())), "{}", page.html);

    let url = town.portal(&format!("{}/pdf?text=ja", page.path()));
    let saved = scene.citizen.browser.listens(&url, None).await;
    assert_eq!((saved.status().as_u16(), saved.headers()["content-type"].to_str().unwrap()), (200, "application/pdf"));
    let saved = text(&saved.bytes().await.unwrap(), town.data());
    for part in ["図書館の休み", "本文です。", "横浜市", "差出人を確認しました"] {
        assert!(saved.contains(part), "{part} in {saved}");
    }
    let other = Citizen::with_card(&town, "card-0002", "ja").await;
    other.opens_folder().await;
    assert_eq!(other.opens(&format!("{}/pdf", page.path())).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_typesetter_the_page_says_so_and_the_notice_can_be_read() {
    let town =
        Town::starts_with(Engine::Sqlite, |settings| settings.pdf.program = Some("/nowhere/my-portal-pdf".into()))
            .await;
    let scene = Scene::opens(&town).await;
    scene.receives(&scene.draft("図書館の休み"), &[]).await;
    let page = scene.reads("図書館の休み").await;
    assert_eq!(scene.citizen.opens(&format!("{}/pdf", page.path())).await.status, 503);
    says(&scene.reads("図書館の休み").await, &["本文です。"]);
}
