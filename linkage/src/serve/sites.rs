//! A site for people with browsers, beside an institution's listener for other parties: a municipality's counter, or the
//! place where people bind codes by card.

use std::sync::Arc;

use axum::Router;
use domain::OrgCode;
use runtime::{Clock, tls::Identity};
use tokio::net::TcpListener;

use super::{ServeError, running::Running};
use crate::{
    counter::{Counter, site::CounterSite},
    institution::{Institution, card_binding::BindingSite},
    numbers,
    party::{DataDir, Directory, SiteAddress},
};

/// What a site stands on.
pub(super) struct Ground<'a> {
    pub(super) data: &'a DataDir,
    pub(super) directory: &'a Arc<Directory>,
    pub(super) clock: &'a Arc<dyn Clock>,
}

impl Ground<'_> {
    pub(super) fn start(
        &self,
        running: Running,
        org: &OrgCode,
        institution: Option<&Arc<Institution>>,
        address: SiteAddress,
        socket: TcpListener,
    ) -> Result<Running, ServeError> {
        let tls = match &address.tls {
            Some(files) => {
                let failed = |source| ServeError::SiteTls { org: org.clone(), source };
                let (certificate, key) = (self.data.path().join(&files.certificate), self.data.path().join(&files.key));
                let identity = Identity::from_pem_files(&certificate, &key).map_err(|e| failed(e.into()))?;
                let clock = Arc::clone(self.clock);
                Some(runtime::tls::server_config(&identity, None, clock).map_err(|e| failed(e.into()))?)
            }
            None => None,
        };
        let router = self.router(org, institution, address)?;
        tracing::info!(%org, "the site for people listens");
        Ok(running.with_site(router, socket, tls))
    }

    fn router(
        &self,
        org: &OrgCode,
        institution: Option<&Arc<Institution>>,
        address: SiteAddress,
    ) -> Result<Router, ServeError> {
        if org.is_municipality() {
            let counter = Counter::new(self.data.clone(), Arc::clone(self.directory), Arc::clone(self.clock));
            return Ok(CounterSite::new(counter, org.clone(), address).router());
        }
        // Who may have numbers gets codes without asking anybody for a card.
        let institution =
            institution.filter(|_| !numbers::is_entitled(org)).ok_or_else(|| ServeError::NoSite(org.clone()))?;
        let site = BindingSite::new(Arc::clone(institution), self.data, address)
            .map_err(|source| ServeError::Site { org: org.clone(), source })?;
        Ok(site.router())
    }
}
