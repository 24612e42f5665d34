//! An institution's own site, beside its listener for other parties.

use std::sync::Arc;

use domain::OrgCode;
use runtime::{Clock, tls::Identity};
use tokio::net::TcpListener;

use super::{ServeError, running::Running};
use crate::{
    institution::{Institution, card_binding::BindingSite},
    numbers,
    party::{DataDir, SiteAddress},
};

pub(super) fn start(
    data: &DataDir,
    running: Running,
    org: &OrgCode,
    institution: Option<&Arc<Institution>>,
    address: SiteAddress,
    socket: TcpListener,
    clock: &Arc<dyn Clock>,
) -> Result<Running, ServeError> {
    // Who may have numbers gets codes without asking anybody for a card.
    let institution =
        institution.filter(|_| !numbers::is_entitled(org)).ok_or_else(|| ServeError::NoSite(org.clone()))?;
    let tls = match &address.tls {
        Some(files) => {
            let failed = |source| ServeError::SiteTls { org: org.clone(), source };
            let (certificate, key) = (data.path().join(&files.certificate), data.path().join(&files.key));
            let identity = Identity::from_pem_files(&certificate, &key).map_err(|e| failed(e.into()))?;
            Some(runtime::tls::server_config(&identity, None, Arc::clone(clock)).map_err(|e| failed(e.into()))?)
        }
        None => None,
    };
    let site = BindingSite::new(Arc::clone(institution), data, address)
        .map_err(|source| ServeError::Site { org: org.clone(), source })?;
    tracing::info!(%org, "the site for people listens");
    Ok(running.with_site(site.router(), socket, tls))
}
