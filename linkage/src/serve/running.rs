//! One listener at work, with its background work.

use std::sync::Arc;

use axum::Router;
use domain::OrgCode;
use tokio::{net::TcpListener, task::JoinHandle};
use tokio_util::sync::CancellationToken;

use crate::party::Service;

/// Stops when told; dropping it without [`Running::stop`] ends it too, but nobody waits for it.
pub(super) struct Running {
    name: String,
    stop: CancellationToken,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    pub(super) fn start(
        org: &OrgCode,
        service: Service,
        socket: TcpListener,
        tls: Option<Arc<rustls::ServerConfig>>,
        stop: CancellationToken,
    ) -> Self {
        let (router, work) = service.into_parts();
        let mut tasks = vec![listen(org.to_string(), socket, tls, router, stop.clone())];
        tasks.extend(work.into_iter().map(tokio::spawn));
        Self { name: org.to_string(), stop, tasks }
    }

    /// And a second listener: a site for people, which stops with the party.
    pub(super) fn with_site(
        mut self,
        router: Router,
        socket: TcpListener,
        tls: Option<Arc<rustls::ServerConfig>>,
    ) -> Self {
        self.tasks.push(listen(format!("the site of {}", self.name), socket, tls, router, self.stop.clone()));
        self
    }

    pub(super) fn start_plain(name: &str, router: Router, socket: TcpListener) -> Self {
        let stop = CancellationToken::new();
        let task = listen(name.to_owned(), socket, None, router, stop.clone());
        Self { name: name.to_owned(), stop, tasks: vec![task] }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// True when something that should run does not run any more.
    pub(super) fn has_ended(&self) -> bool {
        self.tasks.iter().any(JoinHandle::is_finished)
    }

    pub(super) fn ask_to_stop(&self) {
        self.stop.cancel();
    }

    pub(super) async fn stop(mut self) {
        self.stop.cancel();
        for task in std::mem::take(&mut self.tasks) {
            if let Err(error) = task.await {
                tracing::error!(party = self.name, %error, "a task of a party did not end well");
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn listen(
    name: String,
    socket: TcpListener,
    tls: Option<Arc<rustls::ServerConfig>>,
    router: Router,
    stop: CancellationToken,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        if let Err(error) = runtime::serve::serve(socket, tls, router, stop).await {
            tracing::error!(party = name, %error, "a listener ended");
        }
    })
}
