//! The server loop of every listener: HTTP/1.1, HTTP/2 where TLS agrees on it, time-outs for
//! whoever connects and says nothing, a cap on connections, and a graceful end.

mod connection;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use rustls::ServerConfig;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use connection::Connection;

/// The client's certificate (leaf, DER), in the extensions of every request that came over a
/// mutually authenticated connection. TLS has verified it.
#[derive(Clone, Debug)]
pub struct PeerCertificate(pub Arc<[u8]>);

/// A listener cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Somebody else listens there.
    #[error("{address} is already in use: stop the program that listens there, or choose another port")]
    InUse {
        /// Which address.
        address: SocketAddr,
    },
    /// The system refuses (not our address, a port below 1024 …).
    #[error("cannot listen on {address}")]
    Refused {
        /// Which address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
}

/// Opens a listener on `address`.
///
/// # Errors
/// See [`BindError`]; the address is always named.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse { address },
        _ => BindError::Refused { address, source },
    })
}

/// How long the server waits for others, and how many it serves at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections served at once; more wait in the system's queue.
    pub connections_max: usize,
    /// A TLS handshake must end within this time.
    pub handshake: Duration,
    /// A request's head must arrive within this time; an idle HTTP/1.1 connection ends after it.
    pub head: Duration,
    /// Requests under way when the server stops get this long to finish.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections_max: 4096,
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(30),
            drain: Duration::from_secs(10),
        }
    }
}

/// Serves `router` until `stop` is cancelled, then lets requests under way finish (at most 10 s).
/// Puts `axum::extract::ConnectInfo<SocketAddr>` and, over mutual TLS, [`PeerCertificate`] into
/// the extensions of each request.
///
/// # Errors
/// The listener is broken.
pub async fn serve(
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    router: Router,
    stop: CancellationToken,
) -> io::Result<()> {
    serve_within(listener, tls, router, stop, Limits::default()).await
}

/// As [`serve`], with limits of one's own.
///
/// # Errors
/// The listener is broken.
pub async fn serve_within(
    listener: TcpListener,
    tls: Option<Arc<ServerConfig>>,
    router: Router,
    stop: CancellationToken,
    limits: Limits,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    let connections = Connection::new(router, tls, limits);
    let places = Arc::new(Semaphore::new(limits.connections_max));
    let graceful = GracefulShutdown::new();
    // Whatever is left when this function returns (or is dropped) ends with it.
    let end = CancellationToken::new();
    let _end = end.clone().drop_guard();
    while let Some((place, socket, peer)) = next(&listener, &places, &stop).await {
        let serving = connections.clone().serve(socket, peer, stop.clone(), graceful.watcher());
        let end = end.clone();
        tokio::spawn(async move {
            end.run_until_cancelled(serving).await;
            drop(place);
        });
    }
    drop(listener);
    if timeout(limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!(%address, "requests were still under way when the drain time ended");
    }
    Ok(())
}

type Accepted = (OwnedSemaphorePermit, TcpStream, SocketAddr);

/// The next connection, once there is a place for it; `None` when it is time to stop.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>, stop: &CancellationToken) -> Option<Accepted> {
    let place = stop.run_until_cancelled(Arc::clone(places).acquire_owned()).await?.ok()?;
    loop {
        match stop.run_until_cancelled(listener.accept()).await? {
            Ok((socket, peer)) => return Some((place, socket, peer)),
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                // Out of file descriptors, most likely: others must close before this can go on.
                tracing::error!(%error, "cannot accept connections");
                stop.run_until_cancelled(sleep(Duration::from_secs(1))).await?;
            }
        }
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests;
