use std::time::Duration;

use axum::extract::{ConnectInfo, Extension};
use axum::routing::get;
use jiff::SignedDuration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::*;
use crate::tls;
use crate::tls::testing::{Authority, world_time};
use crate::{Clock, SettableClock};

/// A running listener.
struct Server {
    address: SocketAddr,
    stop: CancellationToken,
    ended: JoinHandle<io::Result<()>>,
}

impl Server {
    async fn with(tls: Option<Arc<ServerConfig>>, router: Router, limits: Limits) -> Self {
        tls::install_provider();
        let listener = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let ended = tokio::spawn(serve_within(listener, tls, router, stop.clone(), limits));
        Self { address, stop, ended }
    }

    async fn plain(router: Router) -> Self {
        Self::with(None, router, Limits::default()).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn https(&self, path: &str) -> String {
        format!("https://{}{path}", self.address)
    }

    async fn ends(self) {
        self.stop.cancel();
        self.ended.await.unwrap().unwrap();
    }
}

fn http() -> reqwest::Client {
    tls::install_provider();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

/// Says who asks.
fn mirror() -> Router {
    async fn whoami(ConnectInfo(peer): ConnectInfo<SocketAddr>, cert: Option<Extension<PeerCertificate>>) -> String {
        let size = cert.map_or(0, |Extension(PeerCertificate(der))| der.len());
        format!("{} {size}", peer.ip())
    }
    Router::new().route("/", get(whoami))
}

/// A page that says when a request came in, and answers when it is told to.
fn slow_page() -> (Router, Arc<Notify>, Arc<Notify>) {
    let (came, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (Arc::clone(&came), Arc::clone(&go));
    let page = get(async move || {
        tell.notify_one();
        wait.notified().await;
        "done"
    });
    (Router::new().route("/slow", page), came, go)
}

#[tokio::test]
async fn a_handler_knows_who_is_connected() {
    let server = Server::plain(mirror()).await;
    let said = http().get(server.url("/")).send().await.unwrap().text().await.unwrap();
    assert_eq!(said, "127.0.0.1 0");
    server.ends().await;
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let first = bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = first.local_addr().unwrap();
    let refused = bind(address).await.unwrap_err();
    assert!(matches!(refused, BindError::InUse { .. }));
    assert!(refused.to_string().contains(&address.to_string()));
}

#[tokio::test]
async fn an_address_of_somebody_else_is_named() {
    let refused = bind("192.0.2.1:80".parse().unwrap()).await.unwrap_err();
    assert!(matches!(refused, BindError::Refused { .. }));
    assert!(refused.to_string().contains("192.0.2.1:80"));
}

#[tokio::test]
async fn a_graceful_stop_finishes_a_request_under_way() {
    let (router, came, go) = slow_page();
    let server = Server::plain(router).await;
    let asked = tokio::spawn(http().get(server.url("/slow")).send());
    came.notified().await;
    server.stop.cancel();
    let address = server.address;
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    go.notify_one();
    assert_eq!(asked.await.unwrap().unwrap().text().await.unwrap(), "done");
    server.ends().await;
}

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_the_server_from_stopping() {
    let (router, came, _go) = slow_page();
    let limits = Limits { drain: Duration::from_millis(50), ..Limits::default() };
    let server = Server::with(None, router, limits).await;
    let asked = tokio::spawn(http().get(server.url("/slow")).send());
    came.notified().await;
    server.ends().await;
    assert!(asked.await.unwrap().is_err());
}

#[tokio::test]
async fn idle_connections_do_not_delay_the_stop() {
    let server = Server::plain(mirror()).await;
    let client = http();
    client.get(server.url("/")).send().await.unwrap().text().await.unwrap();
    let silent = TcpStream::connect(server.address).await.unwrap();
    server.ends().await;
    drop((client, silent));
}

#[tokio::test]
async fn whoever_sends_half_a_head_is_cut_off() {
    let limits = Limits { head: Duration::from_millis(50), ..Limits::default() };
    let server = Server::with(None, mirror(), limits).await;
    let mut client = TcpStream::connect(server.address).await.unwrap();
    client.write_all(b"GET / HTTP/1.1\r\nHost: ").await.unwrap();
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.unwrap();
    assert!(!rest.starts_with(b"HTTP/1.1 200"));
    server.ends().await;
}

#[tokio::test]
async fn whoever_never_says_a_word_in_tls_is_cut_off() {
    let authority = Authority::new("parties");
    let clock = Arc::new(SettableClock::new(world_time()));
    let config = tls::server_config(&authority.issues("core.party"), None, clock).unwrap();
    let limits = Limits { handshake: Duration::from_millis(50), ..Limits::default() };
    let server = Server::with(Some(config), mirror(), limits).await;
    let mut client = TcpStream::connect(server.address).await.unwrap();
    let read = client.read(&mut [0]).await;
    assert!(matches!(read, Ok(0) | Err(_)));
    server.ends().await;
}

#[tokio::test]
async fn one_connection_more_than_the_cap_waits_for_a_place() {
    let limits = Limits { connections_max: 1, ..Limits::default() };
    let server = Server::with(None, mirror(), limits).await;
    let mut first = TcpStream::connect(server.address).await.unwrap();
    first.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    first.read_exact(&mut [0; 12]).await.unwrap();
    let mut second = TcpStream::connect(server.address).await.unwrap();
    second.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert!(timeout(Duration::from_millis(100), second.readable()).await.is_err());
    drop(first);
    let mut status = [0; 12];
    second.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 200");
    server.ends().await;
}

/// Two parties under one authority, a clock they share, and a listener of one of them.
struct Parties {
    authority: Authority,
    clock: Arc<SettableClock>,
    server: Server,
}

impl Parties {
    async fn meet() -> Self {
        let authority = Authority::new("parties");
        let clock = Arc::new(SettableClock::new(world_time()));
        let anchors = [authority.anchor()];
        let identity = authority.issues("core.party");
        let shared: Arc<dyn Clock> = clock.clone();
        let config = tls::server_config(&identity, Some(&anchors), shared).unwrap();
        let server = Server::with(Some(config), mirror(), Limits::default()).await;
        Self { authority, clock, server }
    }

    /// Calls the listener, as `identity`, trusting `authority`.
    async fn call(&self, identity: Option<&tls::Identity>, authority: &Authority) -> Result<String, reqwest::Error> {
        let clock: Arc<dyn Clock> = self.clock.clone();
        let config = tls::client_config(identity, &[authority.anchor()], clock).unwrap();
        let client = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(config).build()?;
        let response = client.get(self.server.https("/")).send().await?;
        assert_eq!(response.version(), http::Version::HTTP_2);
        response.text().await
    }
}

#[tokio::test]
async fn a_party_is_known_by_its_certificate() {
    let parties = Parties::meet().await;
    let nta = parties.authority.issues("nta.party");
    let said = parties.call(Some(&nta), &parties.authority).await.unwrap();
    assert_eq!(said, format!("127.0.0.1 {}", nta.leaf_bytes()));
    parties.server.ends().await;
}

#[tokio::test]
async fn a_caller_without_a_certificate_is_refused() {
    let parties = Parties::meet().await;
    assert!(parties.call(None, &parties.authority).await.is_err());
    parties.server.ends().await;
}

#[tokio::test]
async fn a_caller_of_another_authority_is_refused() {
    let parties = Parties::meet().await;
    let stranger = Authority::new("strangers").issues("nta.party");
    assert!(parties.call(Some(&stranger), &parties.authority).await.is_err());
    parties.server.ends().await;
}

#[tokio::test]
async fn an_authority_of_the_same_name_is_still_another_one() {
    let parties = Parties::meet().await;
    let impostor = Authority::new("parties").issues("nta.party");
    assert!(parties.call(Some(&impostor), &parties.authority).await.is_err());
    parties.server.ends().await;
}

#[tokio::test]
async fn a_listener_of_another_authority_is_not_called() {
    let parties = Parties::meet().await;
    let nta = parties.authority.issues("nta.party");
    assert!(parties.call(Some(&nta), &Authority::new("strangers")).await.is_err());
    parties.server.ends().await;
}

#[tokio::test]
async fn a_certificate_expires_on_the_clock_of_the_program() {
    let parties = Parties::meet().await;
    let nta = parties.authority.issues_for("nta.party", SignedDuration::from_hours(24));
    assert!(parties.call(Some(&nta), &parties.authority).await.is_ok());
    parties.clock.advance(SignedDuration::from_hours(25));
    assert!(parties.call(Some(&nta), &parties.authority).await.is_err());
    parties.clock.advance(SignedDuration::from_hours(-25));
    assert!(parties.call(Some(&nta), &parties.authority).await.is_ok());
    parties.clock.advance(SignedDuration::from_hours(-48));
    assert!(parties.call(Some(&nta), &parties.authority).await.is_err());
    parties.server.ends().await;
}

#[tokio::test]
async fn a_listener_whose_certificate_expired_is_not_called() {
    let parties = Parties::meet().await;
    let clock = Arc::new(SettableClock::new(world_time()));
    let short = parties.authority.issues_for("core.party", SignedDuration::from_hours(1));
    let config = tls::server_config(&short, None, clock).unwrap();
    let other = Server::with(Some(config), mirror(), Limits::default()).await;
    parties.clock.advance(SignedDuration::from_hours(2));
    let parties = Parties { server: other, ..parties };
    assert!(parties.call(None, &parties.authority).await.is_err());
    parties.server.ends().await;
}

#[tokio::test]
async fn tls_speaks_http_1_to_whoever_cannot_do_more() {
    let authority = Authority::new("demo");
    let clock: Arc<dyn Clock> = Arc::new(SettableClock::new(world_time()));
    let config = tls::server_config(&authority.issues("portal"), None, Arc::clone(&clock)).unwrap();
    let server = Server::with(Some(config), mirror(), Limits::default()).await;
    let mut config = tls::client_config(None, &[authority.anchor()], clock).unwrap();
    config.alpn_protocols.clear();
    let client = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(config).build().unwrap();
    let response = client.get(server.https("/")).send().await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_11);
    assert_eq!(response.text().await.unwrap(), "127.0.0.1 0");
    server.ends().await;
}
