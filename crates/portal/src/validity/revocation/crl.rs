//! Lists: fetched beforehand and from time to time, verified once, looked up in an index; swapped while logins go on.

use std::sync::Arc;

use jiff::Timestamp;
use pki::crl::{CRL_BYTES_MAX, CrlIndex, Freshness, LiveCrls};
use pki::{Certificate, RevocationProvider as _, RevocationUnknown};
use tokio::sync::Mutex;

use super::RevocationFault;
use super::fetch::fetch;

pub(in crate::validity) struct Crl {
    client: reqwest::Client,
    url: String,
    lists: Arc<LiveCrls>,
    /// One fetch at a time; whoever waits finds the list there.
    fetching: Mutex<()>,
}

impl Crl {
    pub(super) fn new(client: &reqwest::Client, url: &str) -> Self {
        let lists = Arc::new(LiveCrls::new(Freshness::default()));
        Self { client: client.clone(), url: url.to_owned(), lists, fetching: Mutex::new(()) }
    }

    /// The lists, fetched first where one is absent or too old.
    pub(super) async fn ask(&self, links: &[(Certificate, Certificate)], now: Timestamp) -> Arc<LiveCrls> {
        let lacks = |lists: &LiveCrls| {
            links.iter().any(|(certificate, issuer)| {
                let status = lists.status(certificate, issuer, now);
                matches!(status, Err(RevocationUnknown::NoSource | RevocationUnknown::Stale))
            })
        };
        if lacks(&self.lists) {
            let _only = self.fetching.lock().await;
            if lacks(&self.lists) {
                let issuers: Vec<Certificate> = links.iter().map(|(_, issuer)| issuer.clone()).collect();
                if let Err(fault) = self.renew(&issuers).await {
                    fault.log();
                }
            }
        }
        Arc::clone(&self.lists)
    }

    pub(super) async fn refresh(&self, issuers: &[Certificate]) {
        let _only = self.fetching.lock().await;
        if let Err(fault) = self.renew(issuers).await {
            fault.log();
        }
    }

    async fn renew(&self, issuers: &[Certificate]) -> Result<(), RevocationFault> {
        let der = fetch(self.client.get(&self.url), CRL_BYTES_MAX).await.map_err(RevocationFault::Fetch)?;
        let (issuers, lists) = (issuers.to_vec(), Arc::clone(&self.lists));
        // A million entries take a moment: not on a thread that serves people.
        let taken = tokio::task::spawn_blocking(move || {
            let mut refusal = pki::crl::CrlRefusal::Malformed;
            for issuer in &issuers {
                match CrlIndex::from_der(&der, issuer).and_then(|index| lists.publish(index)) {
                    Ok(index) => return Ok(index.len()),
                    Err(why) => refusal = why,
                }
            }
            Err(refusal)
        });
        let entries = taken.await.map_err(RevocationFault::Interrupted)?.map_err(RevocationFault::Crl)?;
        tracing::info!(entries, "a revocation list is in use");
        Ok(())
    }
}
