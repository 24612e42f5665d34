//! Sockets of all parties, opened before anybody starts, so that a port in use is said at once.

use std::{
    collections::BTreeMap,
    io,
    net::{Ipv4Addr, SocketAddr},
};

use domain::OrgCode;
use runtime::serve::{BindError, bind};
use tokio::net::TcpListener;

use crate::{
    party::{Directory, DirectoryError, JpkiHttp, PORTAL, SiteAddress, Sites},
    world::orgs,
};

/// Open sockets.
pub struct Listeners {
    pub(super) parties: BTreeMap<OrgCode, TcpListener>,
    pub(super) jpki_http: TcpListener,
    /// Sites of institutions, with their addresses.
    pub(super) sites: BTreeMap<OrgCode, (SiteAddress, TcpListener)>,
}

/// A socket cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ListenersError {
    /// The address, named by the error.
    #[error("cannot listen for {who}")]
    Bind {
        /// For whom.
        who: String,
        /// Which address, and why.
        source: BindError,
    },
    /// The directory.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The directory has no such party.
    #[error("{0} is not in parties.toml")]
    Unknown(OrgCode),
    /// The system does not tell an open socket's address.
    #[error("an open socket has no address")]
    Address(#[source] io::Error),
}

impl Listeners {
    /// At the addresses of the directory: everybody but the portal, which is a program of its own.
    pub async fn bind(directory: &Directory) -> Result<Self, ListenersError> {
        let mut parties = BTreeMap::new();
        for org in directory.parties.keys().filter(|org| **org != *PORTAL) {
            parties.insert(org.clone(), Self::one(directory, org).await?);
        }
        Ok(Self { parties, jpki_http: Self::http(directory).await?, sites: BTreeMap::new() })
    }

    /// And those of institutions' own sites.
    pub async fn with_sites(mut self, sites: Sites) -> Result<Self, ListenersError> {
        for (org, address) in sites.0 {
            let socket = Self::site(&org, &address).await?;
            self.sites.insert(org, (address, socket));
        }
        Ok(self)
    }

    /// And one for a site, at a free port under a host name of its own, so that no cookie is shared.
    pub async fn with_site_at_free_port(mut self, org: OrgCode, reader: String) -> Result<Self, ListenersError> {
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let socket = open(&site_name(&org), free).await?;
        let listen = socket.local_addr().map_err(ListenersError::Address)?;
        let origin = orgs::site_origin(&org, listen.port());
        self.sites.insert(org, (SiteAddress { listen, origin, reader, tls: None }, socket));
        Ok(self)
    }

    /// Where the sites are.
    pub fn sites(&self) -> Sites {
        Sites(self.sites.iter().map(|(org, (address, _))| (org.clone(), address.clone())).collect())
    }

    /// At free ports for the whole demo, with the directory that tells them; `portal` is where the portal listens.
    pub async fn at_free_ports(portal: SocketAddr) -> Result<(Self, Directory), ListenersError> {
        Self::at_free_ports_for(orgs::default_directory().parties.into_keys(), portal).await
    }

    /// The same for some parties only.
    pub async fn at_free_ports_for(
        orgs: impl IntoIterator<Item = OrgCode>,
        portal: SocketAddr,
    ) -> Result<(Self, Directory), ListenersError> {
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut parties = BTreeMap::new();
        let mut addresses = BTreeMap::from([((*PORTAL).clone(), portal)]);
        for org in orgs.into_iter().filter(|org| *org != *PORTAL) {
            let socket = open(org.as_str(), free).await?;
            addresses.insert(org.clone(), socket.local_addr().map_err(ListenersError::Address)?);
            parties.insert(org, socket);
        }
        let jpki_http = open("JPKI over plain HTTP", free).await?;
        let http = format!("http://{}", jpki_http.local_addr().map_err(ListenersError::Address)?);
        let directory = Directory { parties: addresses, jpki: JpkiHttp { http } };
        Ok((Self { parties, jpki_http, sites: BTreeMap::new() }, directory))
    }

    pub(super) async fn one(directory: &Directory, org: &OrgCode) -> Result<TcpListener, ListenersError> {
        let address = directory.address(org).ok_or_else(|| ListenersError::Unknown(org.clone()))?;
        open(org.as_str(), address).await
    }

    pub(super) async fn site(org: &OrgCode, address: &SiteAddress) -> Result<TcpListener, ListenersError> {
        open(&site_name(org), address.listen).await
    }

    pub(super) async fn http(directory: &Directory) -> Result<TcpListener, ListenersError> {
        open("JPKI over plain HTTP", directory.jpki_http_address()?).await
    }
}

fn site_name(org: &OrgCode) -> String {
    format!("the site of {org}")
}

async fn open(who: &str, address: SocketAddr) -> Result<TcpListener, ListenersError> {
    bind(address).await.map_err(|source| ListenersError::Bind { who: who.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_port_in_use_is_named_with_its_party() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut directory = orgs::default_directory();
        let address = taken.local_addr().unwrap();
        directory.parties = BTreeMap::from([("CORE".parse().unwrap(), address)]);
        let error = crate::party::chain(&Listeners::bind(&directory).await.err().unwrap());
        assert!(error.contains("CORE") && error.contains(&address.to_string()), "{error}");
    }

    #[tokio::test]
    async fn a_port_in_use_is_named_with_its_site() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (listeners, _) = Listeners::at_free_ports_for([], taken.local_addr().unwrap()).await.unwrap();
        let mut sites = orgs::default_sites();
        sites.0.retain(|org, _| org.as_str() == "JASSO");
        for site in sites.0.values_mut() {
            site.listen = taken.local_addr().unwrap();
        }
        let error = crate::party::chain(&listeners.with_sites(sites).await.err().unwrap());
        assert!(error.contains("the site of JASSO"), "{error}");
    }
}
