//! 持ち帰る: files of what was gathered, provable without this program, gone with the session (P-INF-7).

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use reqwest::StatusCode;
use stories::{Citizen, Page, Town};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

async fn gathered(town: &Town) -> (Citizen<'_>, Page) {
    let citizen = Citizen::with_card(town, "card-0001", "ja").await;
    citizen.opens_folder().await;
    let before = citizen.opens("/information").await;
    let page = citizen.browser.submits(&before, before.form("/information/gather")).await;
    (citizen, page)
}

/// Asks for a file, and waits as the page does, which asks again until it is there.
async fn makes(citizen: &Citizen<'_>, page: &Page, format: &str, records: bool) -> Page {
    let mut form = page.form("/information/files").with("format", format);
    if records {
        form = form.with("records", "yes");
    }
    let mut page = citizen.browser.submits(page, form).await;
    let made = async {
        while page.text().contains("用意しています") {
            tokio::task::yield_now().await;
            page = citizen.opens(page.path()).await;
        }
    };
    tokio::time::timeout(Duration::from_mins(2), made).await.unwrap();
    page
}

async fn downloads(citizen: &Citizen<'_>, page: &Page) -> (Page, Vec<u8>) {
    let url = page.url.join(&format!("{}/download", page.path())).unwrap();
    let cookie = citizen.browser.cookie("localhost", "__Host-session").unwrap();
    let client = reqwest::Client::new();
    let answer = client.get(url.clone()).header("cookie", format!("__Host-session={cookie}")).send().await.unwrap();
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = answer.bytes().await.unwrap().to_vec();
    (Page { url, status, headers, html: String::new() }, bytes)
}

/// What an independent reader of ZIP files finds; the files stand in `into`.
fn unpacked(archive: &[u8], into: &Path) -> Vec<String> {
    let file = into.join("my-information.zip");
    std::fs::write(&file, archive).unwrap();
    let script = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; \
        z.extractall(sys.argv[2]); print('\\n'.join(z.namelist()))";
    let output = Command::new("python3").args(["-c", script]).arg(&file).arg(into).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_archive_holds_everything_and_openssl_believes_every_answer() {
    let town = Town::starts().await;
    town.lets_days_pass_for_institutions(3, 10).await;
    let (citizen, page) = gathered(&town).await;
    let ready = makes(&citizen, &page, "zip", true).await;
    assert!(ready.text().contains("できました"), "{}", ready.text());
    let (head, archive) = downloads(&citizen, &ready).await;
    assert_eq!(head.status, StatusCode::OK);
    assert_eq!(head.header("content-disposition"), "attachment; filename=\"my-information.zip\"");
    assert_eq!(head.header("cache-control"), "no-store");

    let folder = tempfile::tempdir().unwrap();
    let names = unpacked(&archive, folder.path());
    for name in ["viewer.html", "data.json", "manifest.json", "my-information.pdf"] {
        assert!(names.iter().any(|entry| entry == name), "{name} in {names:?}");
    }
    let answers: Vec<&String> = names.iter().filter(|name| name.starts_with("answers/")).collect();
    assert!(answers.len() >= 6, "{names:?}");
    for answer in answers {
        let output = Command::new("openssl")
            .args(["cms", "-verify", "-inform", "DER", "-in"])
            .arg(folder.path().join(answer))
            .arg("-CAfile")
            .arg(town.data().join("pki/org-ca.pem"))
            .args(["-purpose", "any", "-attime", &town.now().as_second().to_string()])
            .output()
            .unwrap();
        assert!(output.status.success(), "{answer}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(String::from_utf8_lossy(&output.stdout).contains("\"schema_version\""), "{answer}");
    }
    let data = std::fs::read_to_string(folder.path().join("data.json")).unwrap();
    assert!(data.contains("total-income") && data.contains("access_records"), "{data}");
    assert!(std::fs::read(folder.path().join("my-information.pdf")).unwrap().starts_with(b"%PDF-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_form_alone_is_a_file_of_its_kind() {
    let town = Town::starts().await;
    let (citizen, page) = gathered(&town).await;
    for (format, begins, kind) in [
        ("pdf", &b"%PDF-"[..], "application/pdf"),
        ("html", b"<!DOCTYPE html>", "text/html; charset=utf-8"),
        ("csv", "\u{feff}".as_bytes(), "text/csv; charset=utf-8"),
        ("json", b"{", "application/json"),
        ("records-csv", "\u{feff}".as_bytes(), "text/csv; charset=utf-8"),
    ] {
        let ready = makes(&citizen, &page, format, false).await;
        assert!(ready.text().contains("できました"), "{format}: {}", ready.text());
        let (head, bytes) = downloads(&citizen, &ready).await;
        assert!(bytes.to_ascii_lowercase().starts_with(&begins.to_ascii_lowercase()), "{format}");
        assert_eq!(head.header("content-type"), kind, "{format}");
        assert!(head.header("content-disposition").starts_with("attachment"), "{format}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_cancelled_or_erased_is_there_no_longer() {
    let town = Town::starts().await;
    let (citizen, page) = gathered(&town).await;
    let rows = town.count("held").await;
    let asked = citizen.browser.submits(&page, page.form("/information/files").with("format", "zip")).await;
    let cancel = format!("{}/cancel", asked.path());
    let back = citizen.browser.submits(&asked, asked.form(&cancel)).await;
    assert_eq!(back.path(), "/information");
    assert_eq!(town.count("held").await, rows);
    assert_eq!(citizen.opens(asked.path()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_counted_in_the_receipt_and_nobody_else_gets_them() {
    let town = Town::starts().await;
    let (citizen, page) = gathered(&town).await;
    let ready = makes(&citizen, &page, "json", false).await;
    let path = format!("{}/download", ready.path());

    let stranger = Citizen::with_card(&town, "card-0012", "ja").await;
    stranger.opens_folder().await;
    assert_eq!(stranger.opens(&path).await.status, StatusCode::NOT_FOUND);

    let asked = citizen.logs_out(&ready).await;
    assert!(asked.text().contains("持ち帰る"), "{}", asked.text());
    let form = asked.forms().into_iter().find(|form| form.value("confirmed") == Some("yes")).unwrap();
    let out = citizen.browser.submits(&asked, form).await;
    assert!(out.text().contains("持ち帰り用に作ったファイル 1件"), "{}", out.text());
    assert_eq!(citizen.opens(&path).await.path(), "/login");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typesetter_that_is_not_there_is_told_and_other_forms_go_on() {
    let town = Town::starts_with(stories::Engine::Sqlite, |settings| {
        settings.pdf.program = Some("/nowhere/my-portal-pdf".into());
    })
    .await;
    let (citizen, page) = gathered(&town).await;
    let failed = makes(&citizen, &page, "pdf", false).await;
    assert!(failed.text().contains("PDFを作れませんでした"), "{}", failed.text());
    assert!(makes(&citizen, &page, "html", false).await.text().contains("できました"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_is_interrupted_begins_again_and_goes_with_the_session() {
    let town = Town::starts().await;
    let (citizen, page) = gathered(&town).await;
    let made = makes(&citizen, &page, "json", false).await;
    let url = made.url.join(&format!("{}/download", made.path())).unwrap();
    let cookie = citizen.browser.cookie("localhost", "__Host-session").unwrap();
    // The line is cut when the first bytes are there.
    let mut line = tokio::net::TcpStream::connect((url.host_str().unwrap(), url.port().unwrap())).await.unwrap();
    let asked = format!("GET {} HTTP/1.1\r\nhost: localhost\r\ncookie: __Host-session={cookie}\r\n\r\n", url.path());
    line.write_all(asked.as_bytes()).await.unwrap();
    let mut first = [0; 12];
    line.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    drop(line);

    let (page, bytes) = downloads(&citizen, &made).await;
    assert_eq!(page.status, StatusCode::OK);
    let whole: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    assert!(whole.is_object());
    let home = citizen.opens("/home").await;
    let out = citizen.browser.submits(&home, home.form("/logout").with("confirmed", "yes")).await;
    assert!(out.text().contains("持ち帰り用に作ったファイル 1件"), "{}", out.text());
    assert_eq!(town.count("held").await, 0);
    assert_eq!(citizen.opens(url.path()).await.path(), "/login");
}
