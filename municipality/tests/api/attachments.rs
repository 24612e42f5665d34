//! Files.

use base64ct::{Base64, Encoding as _};
use futures::StreamExt as _;
use municipality::store::{UploadedFile, UploadedFileId, WaitingFiles};
use reqwest::Method;
use runtime::Clock as _;
use serde_json::{Value, json};

use crate::harness::{City, System, errors, notice, problem};

const PDF: &[u8] = b"%PDF-1.7 a document";

async fn uploads(system: &System, key: &str, kind: &str, body: impl Into<reqwest::Body>) -> reqwest::Response {
    let request = system.api.request(Method::POST, "/api/v1/attachments").await.unwrap();
    request.header("idempotency-key", key).header("content-type", kind).body(body).send().await.unwrap()
}

fn with(file: &Value) -> Value {
    let mut body = notice(1);
    body["draft"]["attachments"] = json!([file]);
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_comes_with_its_notice_or_before_it() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let inside = json!({ "name": "案内.pdf", "media_type": "application/pdf", "content": Base64::encode_string(PDF) });
    assert_eq!(system.posts("/api/v1/notices", "k1", &with(&inside)).await.status(), 202);
    let kept = uploads(&system, "k2", "application/pdf", PDF).await;
    assert_eq!(kept.status(), 201);
    let upload = kept.json::<Value>().await.unwrap()["upload"].clone();
    let before = |name: &str, kind: &str| json!({ "name": name, "media_type": kind, "upload": upload });
    let as_it_is = before("案内.pdf", "application/pdf");
    assert_eq!(system.posts("/api/v1/notices", "k3", &with(&as_it_is)).await.status(), 202);
    let another_type =
        problem(system.posts("/api/v1/notices", "k4", &with(&before("案内.png", "image/png"))).await).await.2;
    assert_eq!(errors(&another_type), [("/draft/attachments/0/upload".to_owned(), "upload-unknown".to_owned())]);
    let anothers = problem(other.posts("/api/v1/notices", "k5", &with(&as_it_is)).await).await.2;
    assert_eq!(errors(&anothers)[0].1, "upload-unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_lies_about_its_type_is_refused_wherever_it_comes() {
    let city = City::starts().await;
    let system = city.system("kenko");
    for (place, (kind, bytes, code)) in [
        ("application/pdf", &b"MZ\x90 a program"[..], "attachment-type"),
        ("image/png", PDF, "attachment-type"),
        ("image/jpeg", b"<svg onload=alert(1)>", "attachment-type"),
        ("text/plain", b"\xff\xfe not utf-8", "attachment-type"),
        ("text/plain", "右\u{202e}左".as_bytes(), "attachment-type"),
        ("application/pkcs7-mime", b"\x30\x03\x02\x01\x01", "attachment-signature"),
    ]
    .into_iter()
    .enumerate()
    {
        let (status, _, said) = problem(uploads(&system, &format!("u{place}"), kind, bytes.to_vec()).await).await;
        assert_eq!((status, errors(&said)[0].1.as_str()), (422, code), "{kind}");
        let inside = json!({ "name": "a", "media_type": kind, "content": Base64::encode_string(bytes) });
        let said = problem(system.posts("/api/v1/notices", &format!("n{place}"), &with(&inside)).await).await.2;
        assert_eq!(errors(&said)[0], ("/draft/attachments/0".to_owned(), code.to_owned()), "{kind}");
    }
    let (status, ..) = problem(uploads(&system, "x", "application/zip", b"PK".to_vec()).await).await;
    assert_eq!(status, 415);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_whose_name_ends_as_another_type_s_is_refused_at_its_name() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let named = |name: &str, kind: &str| {
        with(&json!({ "name": name, "media_type": kind, "content": Base64::encode_string(PDF) }))
    };
    for (place, (name, kind)) in [
        ("案内.html", "application/pdf"),
        ("案内.pdf.exe", "application/pdf"),
        ("案内", "application/pdf"),
        ("案内.txt", "application/pdf"),
        ("案内.html", "text/plain"),
    ]
    .into_iter()
    .enumerate()
    {
        let said = problem(system.posts("/api/v1/notices", &format!("n{place}"), &named(name, kind)).await).await.2;
        let at_its_name = ("/draft/attachments/0/name".to_owned(), "attachment-ending".to_owned());
        assert_eq!(errors(&said), [at_its_name], "{name} {kind}");
    }
    let capital = named("案内.PDF", "application/pdf");
    assert_eq!(system.posts("/api/v1/notices", "k", &capital).await.status(), 202);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_megabytes_are_refused_without_being_read() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};
    let city = City::starts().await;
    let system = city.system("kenko");
    let sent = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&sent);
    let chunk = bytes::Bytes::from(vec![b'a'; 1 << 20]);
    let stream = futures::stream::repeat(chunk).take(200).map(move |chunk| {
        counted.fetch_add(chunk.len() as u64, Ordering::SeqCst);
        Ok::<_, std::io::Error>(chunk)
    });
    let request = system.api.request(Method::POST, "/api/v1/attachments").await.unwrap();
    let request = request.header("idempotency-key", "k").header("content-type", "application/pdf");
    let request = request.header("content-length", (200u64 << 20).to_string());
    let refused = request.body(reqwest::Body::wrap_stream(stream)).send().await.unwrap();
    assert_eq!(problem(refused).await.0, 413);
    assert!(sent.load(Ordering::SeqCst) < 8 << 20, "{} bytes were taken", sent.load(Ordering::SeqCst));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_say_its_length_is_refused_as_soon_as_it_is_too_long() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let chunk = bytes::Bytes::from(vec![b'a'; 1 << 20]);
    let stream = futures::stream::repeat(chunk).take(6).map(Ok::<_, std::io::Error>);
    let refused = uploads(&system, "k", "application/pdf", reqwest::Body::wrap_stream(stream)).await;
    assert_eq!(problem(refused).await.0, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_too_many_files_and_of_too_long_ones_the_rest_is_not_looked_for() {
    let city = City::starts().await;
    let system = city.system("kenko");
    let kept = uploads(&system, "u", "text/plain", vec![b'a'; 5 << 20]).await;
    assert_eq!(kept.status(), 201);
    let upload = kept.json::<Value>().await.unwrap()["upload"].clone();
    let named = |upload: &Value| json!({ "name": "案内.txt", "media_type": "text/plain", "upload": upload });
    let nobodys = named(&json!("00000000000000000000000000000000"));
    let too_many = vec![nobodys.clone(); 1000];
    let mut too_long = vec![named(&upload); 5];
    too_long.push(nobodys);
    for (nth, files) in [too_many, too_long].into_iter().enumerate() {
        let mut draft = notice(1)["draft"].clone();
        draft["attachments"] = json!(files);
        let notice = json!({ "draft": draft, "recipients": notice(1)["recipients"] });
        for (path, body) in [
            ("/api/v1/notices", &notice),
            ("/api/v1/sandbox/notices", &notice),
            ("/api/v1/sendings", &json!({ "draft": draft })),
        ] {
            let (status, _, said) = problem(system.posts(path, &format!("k{nth}"), body).await).await;
            let one = ("/draft/attachments".to_owned(), "attachments".to_owned());
            assert_eq!((status, errors(&said)), (422, vec![one]), "{path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_whose_files_wait_in_heaps_uploads_no_more_until_they_are_gone() {
    let city = City::starts().await;
    let (system, other) = (city.system("kenko"), city.system("zei"));
    let mut repository = city.running().store.begin().await.unwrap();
    for nth in 0..2000u128 {
        let file = UploadedFile {
            id: UploadedFileId::try_from(&nth.to_be_bytes()[..]).unwrap(),
            client: system.id.parse().unwrap(),
            made_at: city.clock.now(),
            media_type: "application/pdf".to_owned(),
            content: PDF.to_vec(),
        };
        let most = WaitingFiles { files: u64::MAX, bytes: u64::MAX };
        assert!(repository.insert_uploaded_file(&file, most).await.unwrap());
    }
    repository.commit().await.unwrap();
    let (status, kind, said) = problem(uploads(&system, "k", "application/pdf", PDF).await).await;
    assert_eq!((status, kind.as_str()), (409, "uploads-full"));
    assert!(said["detail"].as_str().unwrap().contains("24 hours"), "{said}");
    assert_eq!(uploads(&other, "k", "application/pdf", PDF).await.status(), 201);
    let mut repository = city.running().store.begin().await.unwrap();
    repository.forget_over(city.clock.now(), city.clock.now()).await.unwrap();
    repository.commit().await.unwrap();
    let again = uploads(&system, "k", "application/pdf", PDF).await;
    assert_eq!(again.status(), 201, "what was refused was not kept as answered");
}
