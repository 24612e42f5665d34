//! Tells portals that the card was removed: an HTTP POST of the reader's own, not through the browser.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use runtime::Clock;
use wire::reader::Removed;

use super::loopback::LoopbackNames;
use super::slot::Duty;

const TIMEOUT: Duration = Duration::from_secs(3);

/// How telling ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nobody had asked to be told.
    Nobody,
    /// Everybody knows.
    Everybody,
    /// Somebody could not be reached; their session ends by itself later.
    NotEverybody,
}

/// The client that reports removals cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum ReporterError {
    /// The trust anchors of portals cannot be read.
    #[error("the portals' trust anchors cannot be read")]
    Anchors(#[from] runtime::tls::PemError),
    /// They cannot be used.
    #[error("the portals' trust anchors cannot be used")]
    Tls(#[from] runtime::tls::TlsError),
    /// No client.
    #[error("no HTTP client")]
    Client(#[from] reqwest::Error),
}

pub(crate) struct Reporter {
    client: reqwest::Client,
}

impl Reporter {
    /// Without anchors only portals without TLS can be told.
    pub(crate) fn new(anchors: Option<&Path>, clock: Arc<dyn Clock>) -> Result<Self, ReporterError> {
        let anchors = anchors.map(runtime::tls::anchors_from_pem_file).transpose()?.unwrap_or_default();
        let tls = runtime::tls::client_config(None, &anchors, clock)?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .dns_resolver(LoopbackNames)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()?;
        Ok(Self { client })
    }

    /// Tells all at once; returns after three seconds at the latest.
    pub(crate) async fn tell(&self, duties: Vec<Duty>) -> Told {
        if duties.is_empty() {
            return Told::Nobody;
        }
        let mut calls = tokio::task::JoinSet::new();
        for duty in duties {
            calls.spawn(post(self.client.clone(), duty));
        }
        let untold = calls.join_all().await.into_iter().filter(|told| !told).count();
        if untold == 0 {
            Told::Everybody
        } else {
            tracing::warn!(untold, "card removal could not be reported");
            Told::NotEverybody
        }
    }
}

async fn post(client: reqwest::Client, duty: Duty) -> bool {
    let removed = Removed { removal_token: duty.token };
    let answer = client.post(&duty.url).form(&removed).send().await;
    answer.is_ok_and(|response| response.status().is_success())
}
