//! A push service on this machine, and a browser that opens what it passes on.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path as At, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use runtime::tls::{self, Identity};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// A status, and a header with it.
type Says = (StatusCode, Option<(HeaderName, HeaderValue)>);

/// A service that runs, and is gone with the value.
pub struct PushService {
    /// `localhost:PORT`, for the list of services.
    pub host: String,
    /// Whom to believe about its name.
    pub anchor: PathBuf,
    says: Arc<Mutex<Says>>,
    silent: Arc<Mutex<Option<String>>>,
    pushed: tokio::sync::Mutex<UnboundedReceiver<Pushed>>,
    _working: tokio_util::sync::DropGuard,
}

/// What came for a browser.
#[derive(Clone, Debug)]
pub struct Pushed {
    /// Which.
    pub browser: String,
    /// With which headers.
    pub headers: HeaderMap,
    /// What the service cannot read.
    pub body: Vec<u8>,
}

#[derive(Clone)]
struct Counter {
    says: Arc<Mutex<Says>>,
    silent: Arc<Mutex<Option<String>>>,
    tells: UnboundedSender<Pushed>,
}

impl PushService {
    /// Opens; its certificate lies in `folder`.
    pub async fn opens(folder: &Path, clock: Arc<dyn runtime::Clock>) -> Self {
        tls::install_provider();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate");
        let (anchor, key) = (folder.join("push.pem"), folder.join("push-service.key"));
        std::fs::write(&anchor, made.cert.pem()).expect("a file");
        std::fs::write(&key, made.signing_key.serialize_pem()).expect("a file");
        let identity = Identity::from_pem_files(&anchor, &key).expect("an identity");
        let tls = tls::server_config(&identity, None, clock).expect("TLS");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let (tells, pushed) = unbounded_channel();
        let says = Arc::new(Mutex::new((StatusCode::CREATED, None)));
        let router = Router::new().route("/push/{browser}", post(takes));
        let silent = Arc::new(Mutex::new(None));
        let router = router.with_state(Counter { says: Arc::clone(&says), silent: Arc::clone(&silent), tells });
        let stop = tokio_util::sync::CancellationToken::new();
        tokio::spawn(runtime::serve::serve(listener, Some(tls), router, stop.clone()));
        let host = format!("localhost:{port}");
        Self { host, anchor, says, silent, pushed: pushed.into(), _working: stop.drop_guard() }
    }

    /// What it answers from now on.
    pub fn says(&self, status: u16, header: Option<(&'static str, &str)>) {
        let header = header.map(|(name, value)| (HeaderName::from_static(name), value.parse().expect("a value")));
        *self.says.lock().unwrap() = (StatusCode::from_u16(status).expect("a status"), header);
    }

    /// Takes messages for this browser and never says so.
    pub fn is_silent_about(&self, browser: Option<&str>) {
        *self.silent.lock().unwrap() = browser.map(ToOwned::to_owned);
    }

    /// Where it takes messages for a browser.
    pub fn endpoint(&self, browser: &str) -> String {
        format!("https://{}/push/{browser}", self.host)
    }

    /// The next message.
    pub async fn next(&self) -> Pushed {
        let mut pushed = self.pushed.lock().await;
        let next = tokio::time::timeout(std::time::Duration::from_mins(1), pushed.recv());
        next.await.expect("a message in time").expect("a message")
    }

    /// Whether no message lies here.
    pub async fn is_empty(&self) -> bool {
        self.pushed.lock().await.is_empty()
    }
}

async fn takes(State(counter): State<Counter>, At(browser): At<String>, headers: HeaderMap, body: Bytes) -> Response {
    let silent = counter.silent.lock().unwrap().as_ref() == Some(&browser);
    let _ = counter.tells.send(Pushed { browser, headers, body: body.to_vec() });
    if silent {
        std::future::pending::<()>().await;
    }
    let (status, header) = counter.says.lock().unwrap().clone();
    let mut answer = status.into_response();
    if let Some((name, value)) = header {
        answer.headers_mut().insert(name, value);
    }
    answer
}

/// A browser that subscribed.
pub struct PushedBrowser {
    key: PrivateKey,
    auth: [u8; 16],
}

impl PushedBrowser {
    /// With a key of its own.
    pub fn new(number: u8) -> Self {
        Self { key: PrivateKey::generate(&ECDH_P256).expect("a key"), auth: [number; 16] }
    }

    /// As its script writes it.
    pub fn subscription(&self, endpoint: &str) -> String {
        let keys = serde_json::json!({
            "p256dh": Base64UrlUnpadded::encode_string(self.public().as_slice()),
            "auth": Base64UrlUnpadded::encode_string(&self.auth),
        });
        serde_json::json!({ "endpoint": endpoint, "expirationTime": null, "keys": keys }).to_string()
    }

    /// What its service worker gets to see (RFC 8291); None: sealed for somebody else.
    pub fn opens(&self, body: &[u8]) -> Option<serde_json::Value> {
        let (salt, rest) = body.split_at_checked(16)?;
        let (record, rest) = rest.split_at_checked(4)?;
        let record = u32::from_be_bytes(record.try_into().expect("four bytes"));
        let (length, rest) = rest.split_first()?;
        let (theirs, sealed) = rest.split_at_checked(usize::from(*length))?;
        assert!((sealed.len()..=4096).contains(&(record as usize)), "one record");
        let shared = agree(&self.key, UnparsedPublicKey::new(&ECDH_P256, theirs), (), |shared| Ok(shared.to_vec()));
        let public = self.public();
        let prk = Salt::new(HKDF_SHA256, &self.auth).extract(&shared.ok()?);
        let input: [u8; 32] = derived(&prk, &[b"WebPush: info\0", public.as_slice(), theirs]);
        let prk = Salt::new(HKDF_SHA256, salt).extract(&input);
        let key: [u8; 16] = derived(&prk, &[b"Content-Encoding: aes128gcm\0"]);
        let nonce: [u8; 12] = derived(&prk, &[b"Content-Encoding: nonce\0"]);
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).ok()?);
        let mut opened = sealed.to_vec();
        let plain = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut opened).ok()?;
        let last = plain.iter().rposition(|byte| *byte != 0)?;
        assert_eq!(plain[last], 2, "the last record");
        Some(serde_json::from_slice(&plain[..last]).expect("JSON"))
    }

    fn public(&self) -> Vec<u8> {
        self.key.compute_public_key().expect("a key").as_ref().to_vec()
    }
}

fn derived<const N: usize>(prk: &Prk, info: &[&[u8]]) -> [u8; N] {
    struct Length(usize);
    impl KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    let mut key = [0; N];
    prk.expand(info, Length(N)).expect("a length").fill(&mut key).expect("a length");
    key
}
