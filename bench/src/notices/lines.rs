//! Connections of callers who share the machine with the city. One thread drives them all, and a post takes little more than
//! its TLS: with a client for every purpose, on all cores, the callers took as much of the machine as the city itself.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use futures::future::try_join_all;
use http::{Request, header};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use runtime::SystemClock;
use runtime::tls::{Identity, anchors_from_pem_file, client_config};
use rustls_pki_types::ServerName;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::api::Told;
use crate::Failure;

pub(super) type Post = Request<Full<Bytes>>;
type Line = SendRequest<Full<Bytes>>;

/// Where the city listens, and as whom one calls.
#[derive(Clone)]
pub(super) struct Way {
    connector: TlsConnector,
    pub(super) address: SocketAddr,
}

/// See the module.
pub(super) struct Lines<'a> {
    way: &'a Way,
    /// Of nobody at the moment; the one that was used last is used first.
    idle: RefCell<Vec<Line>>,
}

impl Way {
    /// `client.pem` and `client.key` lie in the folder.
    pub(super) fn new(folder: &Path, anchor: &Path, address: SocketAddr) -> Result<Self, Failure> {
        let identity = Identity::from_pem_files(folder.join("client.pem"), folder.join("client.key"))?;
        let anchors = anchors_from_pem_file(anchor)?;
        let mut config = client_config(Some(&identity), &anchors, Arc::new(SystemClock))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { connector: TlsConnector::from(Arc::new(config)), address })
    }

    /// On this thread alone, over so many connections, opened before the work begins, and over more where they do not do.
    /// They are closed when it is done.
    pub(super) fn with<T>(
        &self,
        lines: usize,
        work: impl AsyncFnOnce(&Lines<'_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        tokio::task::block_in_place(|| {
            let here = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            here.block_on(async {
                let idle = RefCell::new(try_join_all((0..lines).map(|_| self.line())).await?);
                work(&Lines { way: self, idle }).await
            })
        })
    }

    async fn line(&self) -> Result<Line, Failure> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let stream = self.connector.connect(ServerName::from(self.address.ip()), stream).await?;
        let (line, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // How it ends is seen by whoever sends.
        tokio::spawn(async { drop(connection.await) });
        Ok(line)
    }
}

impl Lines<'_> {
    /// It goes, whatever becomes of it.
    pub(super) async fn post(&self, post: Post) -> Told {
        self.answered(post).await.unwrap_or(Told { status: 0, retry_after: false })
    }

    async fn answered(&self, mut post: Post) -> Result<Told, Failure> {
        loop {
            let kept = self.idle.borrow_mut().pop();
            let is_kept = kept.is_some();
            let mut line = match kept {
                Some(line) => line,
                None => self.way.line().await?,
            };
            match line.try_send_request(post).await {
                Ok(answer) => {
                    let status = answer.status().as_u16();
                    let retry_after = answer.headers().contains_key(header::RETRY_AFTER);
                    // Read to the end: the connection is free again.
                    answer.into_body().collect().await?;
                    if line.ready().await.is_ok() {
                        self.idle.borrow_mut().push(line);
                    }
                    return Ok(Told { status, retry_after });
                }
                // The city had closed it meanwhile: nothing went.
                Err(mut error) => match error.take_message() {
                    Some(again) if is_kept => post = again,
                    _ => return Err(error.into_error().into()),
                },
            }
        }
    }
}
