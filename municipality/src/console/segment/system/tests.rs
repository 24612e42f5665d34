use std::net::SocketAddr;
use std::path::Path;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::http::Uri;
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::get;
use futures::StreamExt as _;
use jiff::SignedDuration;
use pki::issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity};
use pki::{KeyKind, SigningKey};
use runtime::{SystemClock, SystemRng};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use super::*;

const CSV: &str = "text/csv; charset=utf-8";

/// A system of the institution's, and what the console shows to it.
struct Records {
    folder: TempDir,
    address: SocketAddr,
    stop: CancellationToken,
}

impl Drop for Records {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

impl Records {
    async fn answers(router: Router) -> Self {
        tls::install_provider();
        let folder = tempfile::tempdir().unwrap();
        let authority = authority(folder.path(), "anchor.pem");
        identity(&authority, folder.path(), "records");
        identity(&authority, folder.path(), "console");
        identity(&self::authority(folder.path(), "stranger-anchor.pem"), folder.path(), "stranger");
        let of = |name: &str| folder.path().join(name);
        let own = Identity::from_pem_files(of("records.pem"), of("records.key")).unwrap();
        let anchors = tls::anchors_from_pem_file(of("anchor.pem")).unwrap();
        let config = tls::server_config(&own, Some(&anchors), Arc::new(SystemClock)).unwrap();
        let listener = runtime::serve::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        tokio::spawn(runtime::serve::serve(listener, Some(config), router, stop.clone()));
        Self { folder, address, stop }
    }

    fn set(&self, url: String, who: &str) -> SegmentSystem {
        let of = |name: String| self.folder.path().join(name);
        SegmentSystem {
            url,
            anchor: of("anchor.pem".to_owned()),
            certificate: of(format!("{who}.pem")),
            key: of(format!("{who}.key")),
        }
    }

    /// What the console hears at this path.
    async fn tell(&self, path: &str, who: &str, fields: &[&str], time: Duration) -> (String, Option<Broken>) {
        let set = self.set(format!("https://{}{path}", self.address), who);
        let system = System::open(&set, &(Arc::new(SystemClock) as Arc<dyn Clock>)).unwrap();
        let fields = fields.iter().map(|field| (*field).to_owned()).collect();
        let pieces: Vec<_> = system.ask("s", &fields, time).collect().await;
        let broken = pieces.iter().find_map(|piece| piece.as_ref().err().copied());
        let bytes: Vec<u8> = pieces.into_iter().filter_map(Result::ok).flatten().collect();
        (String::from_utf8(bytes).unwrap(), broken)
    }

    async fn broken(&self, path: &str) -> Option<Broken> {
        self.tell(path, "console", &[], Duration::from_mins(1)).await.1
    }
}

fn authority(folder: &Path, file: &str) -> Authority {
    let now = SystemClock.now();
    let validity =
        Validity { not_before: now - SignedDuration::from_hours(1), not_after: now + SignedDuration::from_hours(24) };
    let name = AuthorityName { organization: "Test", unit: "Test", common_name: file };
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let authority = Authority::self_signed(&name, key, validity, Some(0), &mut SystemRng).unwrap();
    std::fs::write(folder.join(file), authority.certificate().to_pem()).unwrap();
    authority
}

fn identity(authority: &Authority, folder: &Path, name: &str) {
    let now = SystemClock.now();
    let validity =
        Validity { not_before: now - SignedDuration::from_hours(1), not_after: now + SignedDuration::from_hours(24) };
    let key = SigningKey::generate(KeyKind::P256).unwrap();
    let (org, ips) = ("141003".parse().unwrap(), ["127.0.0.1".parse().unwrap()]);
    let profile = OrganisationProfile { org: &org, usage: OrganisationUse::Tls, dns: &[], ips: &ips };
    let certificate = authority.organisation(&profile, key.spki_der(), validity, &mut SystemRng).unwrap();
    std::fs::write(folder.join(format!("{name}.pem")), certificate.to_pem()).unwrap();
    std::fs::write(folder.join(format!("{name}.key")), key.to_pkcs8_pem().unwrap().as_str()).unwrap();
}

fn list(uri: &Uri) -> String {
    format!("asked,{}\n", uri.query().unwrap_or_default())
}

#[tokio::test]
async fn a_system_names_people_and_is_told_which_fields_are_wanted() {
    let router =
        Router::new().route("/people", get(|uri: Uri| async move { ([(header::CONTENT_TYPE, CSV)], list(&uri)) }));
    let records = Records::answers(router).await;
    let told = records.tell("/people?born=1961", "console", &["day", "place"], Duration::from_mins(1)).await;
    assert_eq!(told, ("asked,born=1961&field=day&field=place\n".to_owned(), None));
}

#[tokio::test]
async fn a_system_that_refuses_or_leads_elsewhere_or_tells_no_list_is_told_apart() {
    let typed = |kind: &'static str| get(move || async move { ([(header::CONTENT_TYPE, kind)], "link_code\n") });
    let router = Router::new()
        .route("/forbidden", get(|| async { StatusCode::FORBIDDEN }))
        .route("/elsewhere", get(|| async { Redirect::to("/people") }))
        .route("/page", typed("text/html"))
        .route("/shift-jis", typed("text/csv; charset=Shift_JIS"))
        .route("/people", typed("application/x-ndjson"));
    let records = Records::answers(router).await;
    assert_eq!(records.broken("/forbidden").await, Some(Broken::Refused));
    assert_eq!(records.broken("/elsewhere").await, Some(Broken::Refused));
    assert_eq!(records.broken("/nowhere").await, Some(Broken::Refused));
    assert_eq!(records.broken("/page").await, Some(Broken::NoList));
    assert_eq!(records.broken("/shift-jis").await, Some(Broken::NoList));
    assert_eq!(records.broken("/people").await, None);
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_cut() {
    let (breaks, broken) = tokio::sync::oneshot::channel::<()>();
    let broken = Arc::new(Mutex::new(Some(broken)));
    let half = move || {
        let broken = broken.lock().unwrap().take().unwrap();
        let dead = futures::stream::once(async {
            broken.await.unwrap();
            Err(std::io::Error::other("the line went dead"))
        });
        let pieces = futures::stream::iter([Ok("link_code\n")]).chain(dead);
        async { ([(header::CONTENT_TYPE, CSV)], Body::from_stream(pieces)).into_response() }
    };
    let records = Records::answers(Router::new().route("/people", get(half))).await;
    let set = records.set(format!("https://{}/people", records.address), "console");
    let system = System::open(&set, &(Arc::new(SystemClock) as Arc<dyn Clock>)).unwrap();
    let mut told = Box::pin(system.ask("s", &BTreeSet::new(), Duration::from_mins(1)));
    assert_eq!(told.next().await, Some(Ok(Bytes::from_static(b"link_code\n"))));
    breaks.send(()).unwrap();
    assert_eq!((told.next().await, told.next().await), (Some(Err(Broken::Cut)), None));
}

#[tokio::test]
async fn who_does_not_answer_in_time_is_slow() {
    let router = Router::new().route("/people", get(|| async { std::future::pending::<()>().await }));
    let records = Records::answers(router).await;
    assert_eq!(records.tell("/people", "console", &[], Duration::ZERO).await.1, Some(Broken::Slow));
}

#[tokio::test]
async fn only_who_has_a_certificate_of_the_right_authority_asks_and_is_believed() {
    let router =
        Router::new().route("/people", get(|uri: Uri| async move { ([(header::CONTENT_TYPE, CSV)], list(&uri)) }));
    let records = Records::answers(router).await;
    assert_eq!(records.broken("/people").await, None);
    let minute = Duration::from_mins(1);
    let (told, broken) = records.tell("/people", "stranger", &[], minute).await;
    assert!(told.is_empty() && broken.is_some(), "{told}");
    let believing = |anchor: &str| {
        let set = records.set(format!("https://{}/people", records.address), "console");
        let set = SegmentSystem { anchor: records.folder.path().join(anchor), ..set };
        System::open(&set, &(Arc::new(SystemClock) as Arc<dyn Clock>)).unwrap()
    };
    let pieces: Vec<_> = believing("stranger-anchor.pem").ask("s", &BTreeSet::new(), minute).collect().await;
    assert_eq!(pieces, [Err(Broken::Unreachable)]);
}

#[tokio::test]
async fn an_address_is_one_of_https_without_names_and_passwords() {
    let records = Records::answers(Router::new()).await;
    for url in ["http://127.0.0.1/a", "https://me:secret@example.jp/a", "file:///etc/passwd", "people"] {
        let set = records.set(url.to_owned(), "console");
        let opened = System::open(&set, &(Arc::new(SystemClock) as Arc<dyn Clock>));
        assert!(matches!(opened, Err(SystemError::Address)), "{url}");
    }
}
