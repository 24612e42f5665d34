//! The other parties, over mTLS: J-LIS, core and JPKI. The portal is party P (P-GEN-6).

mod access_records;
mod correction_report;
mod issuance;
mod pair;
mod self_view;
mod turns;

use std::collections::BTreeMap;
use std::net::SocketAddr;

use domain::OrgCode;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wire::Problem;
use zeroize::Zeroizing;

pub(crate) use access_records::RecordsFailure;
pub(crate) use issuance::MatchFailure;
use turns::Turns;

/// How a party is reached. The clients carry the portal's own certificate and trust the organisations' CA alone.
#[derive(Clone, Debug)]
pub struct Peers {
    clients: Clients,
    addresses: BTreeMap<OrgCode, SocketAddr>,
    turns: Turns,
    names: Parties,
}

/// Each has a time limit, no redirects and no proxy.
#[derive(Clone, Debug)]
pub struct Clients {
    /// For messages that come one by one: cheapest for each.
    pub single: reqwest::Client,
    /// For questions that are put side by side, hundreds of them when many people ask: all over one connection.
    pub side_by_side: reqwest::Client,
}

#[derive(Clone, Debug)]
struct Parties {
    core: OrgCode,
    jlis: OrgCode,
    jpki: OrgCode,
}

/// The parties cannot be reached as configured.
#[derive(Debug, thiserror::Error)]
pub enum PeersError {
    /// A party that the portal needs has no address.
    #[error("no address is configured for party {0}")]
    NoAddress(&'static str),
}

/// A conversation with a party failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PeerFailure {
    /// No connection, no answer in time, or an answer that cannot be read.
    #[error("party {0} could not be reached")]
    Unreachable(OrgCode, #[source] reqwest::Error),
    /// It answered more than anybody reads.
    #[error("party {0} answered too much")]
    TooMuch(OrgCode),
    /// No message of the agreed form.
    #[error("party {0} answered with something else than was agreed")]
    Unreadable(OrgCode, #[source] serde_json::Error),
    /// It answered with a problem.
    #[error("party {0} answered {1}")]
    Problem(OrgCode, u16, Option<Problem>),
}

impl Peers {
    /// Nothing is asked of anybody yet.
    pub fn new(clients: Clients, addresses: BTreeMap<OrgCode, SocketAddr>) -> Result<Self, PeersError> {
        let party = |name: &'static str| {
            let org = name.parse::<OrgCode>().ok().filter(|org| addresses.contains_key(org));
            org.ok_or(PeersError::NoAddress(name))
        };
        let names = Parties { core: party("CORE")?, jlis: party("JLIS")?, jpki: party("JPKI")? };
        let turns = Turns::at(addresses.keys());
        Ok(Self { clients, addresses, turns, names })
    }

    /// Whose turn it is to put a question to an institution.
    pub(crate) fn turns(&self) -> &Turns {
        &self.turns
    }

    /// Every party that the directory knows.
    pub(crate) fn organisations(&self) -> impl Iterator<Item = &OrgCode> {
        self.addresses.keys()
    }

    async fn post<R: DeserializeOwned>(
        &self,
        party: &OrgCode,
        path: &str,
        message: &impl Serialize,
    ) -> Result<R, PeerFailure> {
        let unreachable = |error: reqwest::Error| PeerFailure::Unreachable(party.clone(), error.without_url());
        let Some(address) = self.addresses.get(party) else {
            return Err(PeerFailure::Problem(party.clone(), 0, None));
        };
        let url = format!("https://{address}{path}");
        let answer = self.clients.single.post(url).json(message).send().await.map_err(unreachable)?;
        if answer.status().is_success() {
            return answer.json().await.map_err(unreachable);
        }
        let status = answer.status().as_u16();
        Err(PeerFailure::Problem(party.clone(), status, answer.json().await.ok()))
    }

    /// The same for an answer that carries what an institution wrote: no more than `bytes_max` of it are taken in, and
    /// what was read is wiped.
    async fn post_within<R: DeserializeOwned>(
        &self,
        party: &OrgCode,
        path: &str,
        message: &impl Serialize,
        bytes_max: usize,
    ) -> Result<R, PeerFailure> {
        let unreachable = |error: reqwest::Error| PeerFailure::Unreachable(party.clone(), error.without_url());
        let Some(address) = self.addresses.get(party) else {
            return Err(PeerFailure::Problem(party.clone(), 0, None));
        };
        let url = format!("https://{address}{path}");
        let mut answer = self.clients.side_by_side.post(url).json(message).send().await.map_err(unreachable)?;
        let status = answer.status();
        let mut body = Zeroizing::new(Vec::new());
        while let Some(chunk) = answer.chunk().await.map_err(unreachable)? {
            if body.len() + chunk.len() > bytes_max {
                return Err(PeerFailure::TooMuch(party.clone()));
            }
            body.extend_from_slice(&chunk);
        }
        if status.is_success() {
            return serde_json::from_slice(&body).map_err(|error| PeerFailure::Unreadable(party.clone(), error));
        }
        Err(PeerFailure::Problem(party.clone(), status.as_u16(), serde_json::from_slice(&body).ok()))
    }
}
