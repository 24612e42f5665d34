//! One accepted connection, from handshake to close.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::response::Response;
use http::Request;
use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::Watcher;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tokio_util::sync::CancellationToken;
use tower::Service as _;

use super::{Limits, PeerCertificate};

/// How each connection of a listener is served.
#[derive(Clone)]
pub(super) struct Connection {
    router: Router,
    tls: Option<TlsAcceptor>,
    http1: Builder<TokioExecutor>,
    http2: Builder<TokioExecutor>,
    handshake_max: Duration,
}

impl Connection {
    pub(super) fn new(router: Router, tls: Option<Arc<ServerConfig>>, limits: Limits) -> Self {
        Self {
            router,
            tls: tls.map(TlsAcceptor::from),
            http1: builder(limits).http1_only(),
            http2: builder(limits).http2_only(),
            handshake_max: limits.handshake,
        }
    }

    /// Serves the connection until it closes or, once `watcher` says so, until the requests under
    /// way are answered. A handshake that is still going on when `stop` comes is given up.
    pub(super) async fn serve(self, socket: TcpStream, address: SocketAddr, stop: CancellationToken, watcher: Watcher) {
        // Answers are small and wanted now; a socket that refuses the option still works.
        let _ = socket.set_nodelay(true);
        let peer = ConnectInfo(address);
        let Some(acceptor) = &self.tls else {
            let service = self.service(peer, None);
            return speak(&self.http1, socket, service, watcher).await;
        };
        let handshake = timeout(self.handshake_max, acceptor.accept(socket));
        match stop.run_until_cancelled(handshake).await {
            None => {}
            Some(Err(_)) => tracing::debug!(%address, "TLS handshake took too long"),
            Some(Ok(Err(error))) => tracing::debug!(%address, %error, "TLS handshake failed"),
            Some(Ok(Ok(stream))) => {
                let service = self.service(peer, certificate(&stream));
                let agreed = stream.get_ref().1.alpn_protocol();
                let builder = if agreed == Some(b"h2") { &self.http2 } else { &self.http1 };
                speak(builder, stream, service, watcher).await;
            }
        }
    }

    fn service(
        &self,
        peer: ConnectInfo<SocketAddr>,
        certificate: Option<PeerCertificate>,
    ) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send + 'static> + Send + 'static
    {
        let router = self.router.clone();
        service_fn(move |mut request: Request<Incoming>| {
            let extensions = request.extensions_mut();
            extensions.insert(peer);
            if let Some(certificate) = &certificate {
                extensions.insert(certificate.clone());
            }
            router.clone().call(request)
        })
    }
}

async fn speak<S, I>(builder: &Builder<TokioExecutor>, stream: I, service: S, watcher: Watcher)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send + 'static> + Send,
{
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    if let Err(error) = watcher.watch(connection).await {
        // The other side went away or spoke nonsense: nothing for the operator to do.
        tracing::debug!(%error, "connection ended early");
    }
}

fn certificate(stream: &TlsStream<TcpStream>) -> Option<PeerCertificate> {
    let chain = stream.get_ref().1.peer_certificates()?;
    chain.first().map(|leaf| PeerCertificate(leaf.as_ref().into()))
}

fn builder(limits: Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(64 * 1024);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.head)
        .keep_alive_timeout(limits.head)
        .max_concurrent_streams(256)
        .max_header_list_size(32 * 1024);
    builder
}
