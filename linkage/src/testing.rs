//! A whole demo world in one process, for tests that tell whole stories: every party over mTLS at free ports, on a
//! clock that the test sets, with handles to make things fail.

#[cfg(test)]
mod access;
#[cfg(test)]
pub(crate) mod bare;

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
    time::Duration,
};

use domain::OrgCode;
use jiff::Timestamp;
use runtime::{Clock, SettableClock};

use crate::{
    counter::{Counter, CounterError},
    jpki::CardEvent,
    party::{DataDir, Directory, Party, PartyError, Sites},
    register::Change,
    serve::{Listeners, ListenersError, Parties, ServeError},
    simulate::{self, SimulateError, Tally},
    world::{self, Manifest, Options, Person, WorldError},
};

const HEARD_WITHIN: Duration = Duration::from_secs(5);

/// A world that runs. Dropping it stops everybody.
pub struct Demo {
    data: DataDir,
    manifest: Manifest,
    clock: Arc<SettableClock>,
    parties: Parties,
}

/// The world could not be made or run.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Made.
    #[error("the world could not be made")]
    World(#[from] WorldError),
    /// Its people.
    #[error("the world's people could not be made")]
    People(#[from] world::PeopleError),
    /// Run.
    #[error("the parties could not start")]
    Serve(#[from] ServeError),
    /// Sockets.
    #[error("a socket could not be opened")]
    Listeners(#[from] ListenersError),
    /// A client.
    #[error("a party could not be a client")]
    Party(#[from] PartyError),
    /// A file.
    #[error("a file of the world could not be written")]
    File(#[from] std::io::Error),
    /// `parties.toml`.
    #[error("parties.toml could not be written")]
    Directory(#[from] toml::ser::Error),
}

/// What to make.
#[derive(Clone, Copy, Debug)]
pub struct DemoOptions {
    /// The moment at which the world is made and its clock stands.
    pub now: Timestamp,
    /// Where the portal under test listens for the other parties.
    pub portal: SocketAddr,
    /// Seed, people, cards.
    pub world: Options,
}

impl DemoOptions {
    /// The demo's own people, seed 1.
    pub fn at(now: Timestamp) -> Self {
        let portal = SocketAddr::from((Ipv4Addr::LOCALHOST, 9100));
        Self { now, portal, world: Options { seed: 1, residents: None, cards: None, institutions: None } }
    }

    /// The same with the portal listening there.
    #[must_use]
    pub fn with_portal_at(self, portal: SocketAddr) -> Self {
        Self { portal, ..self }
    }
}

impl Demo {
    /// Makes a world in `folder` (which may be empty, or hold a world made before with the same options) and runs it.
    /// `parties.toml` there tells the free ports, so that a portal or a reader configured with it finds everybody.
    pub async fn start(folder: &Path, options: &DemoOptions) -> Result<Self, DemoError> {
        runtime::tls::install_provider();
        let data = DataDir::new(folder);
        let clock = Arc::new(SettableClock::new(options.now));
        let shared: Arc<dyn Clock> = Arc::clone(&clock) as _;
        let manifest = world::build(&data, &options.world, &shared, &|_| ()).await?;
        let (mut listeners, directory) = Listeners::at_free_ports(options.portal).await?;
        for (org, site) in world::orgs::default_sites().0 {
            listeners = listeners.with_site_at_free_port(org, site.reader).await?;
        }
        std::fs::write(data.parties_file(), directory.to_toml()?)?;
        std::fs::write(data.sites_file(), listeners.sites().to_toml()?)?;
        let parties = Parties::start(data.clone(), Arc::new(directory), listeners, shared).await?;
        Ok(Self { data, manifest, clock, parties })
    }

    /// Where the world lies.
    pub fn data(&self) -> &DataDir {
        &self.data
    }

    /// From what it was made.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The clock of everybody.
    pub fn clock(&self) -> &Arc<SettableClock> {
        &self.clock
    }

    /// Everybody, with handles to stop and start them.
    pub fn parties(&self) -> &Parties {
        &self.parties
    }

    /// Addresses.
    pub fn directory(&self) -> &Arc<Directory> {
        self.parties.directory()
    }

    /// Where institutions have sites for people.
    pub fn sites(&self) -> &Sites {
        self.parties.sites()
    }

    /// The demo's own people.
    pub fn people(&self) -> Result<Vec<Person>, DemoError> {
        Ok(world::people(self.manifest.seed, self.manifest.made_at)?)
    }

    /// Card of a person by key, e.g. `takahashi-misaki` → `card-0002`.
    pub fn card_of(&self, person: &str) -> Result<Option<String>, DemoError> {
        let people = self.people()?;
        let mut holders = people.iter().filter(|p| p.card.is_some()).zip(1..);
        Ok(holders.find(|(holder, _)| holder.key == person).map(|(_, n)| world::card_id(n)))
    }

    /// A client with the certificate of any organisation.
    pub fn client_of(&self, org: &OrgCode) -> Result<Party, DemoError> {
        Ok(self.parties.client_of(org)?)
    }

    /// Nobody answers at this party's address any more.
    pub async fn stop_party(&mut self, org: &OrgCode) {
        self.parties.stop_party(org).await;
    }

    /// The party is back, with its database.
    pub async fn start_party(&mut self, org: &OrgCode) -> Result<(), DemoError> {
        Ok(self.parties.start_party(org).await?)
    }

    /// CRL and OCSP cannot be reached any more.
    pub async fn stop_jpki_http(&mut self) {
        self.parties.stop_jpki_http().await;
    }

    /// CRL and OCSP are back.
    pub async fn start_jpki_http(&mut self) -> Result<(), DemoError> {
        Ok(self.parties.start_jpki_http().await?)
    }

    /// The counter, for its officers.
    pub fn counter(&self) -> Counter {
        Counter::new(self.data.clone(), Arc::clone(self.parties.directory()), Arc::clone(&self.clock) as _)
    }

    /// Something happens to a card.
    pub async fn card_event(&self, card: &str, event: CardEvent) -> Result<(), CounterError> {
        self.counter().card_event(card, event).await
    }

    /// Something happens to a card's owner. When this returns, JPKI and the core have heard of it from the register,
    /// unless one of them is stopped: then it will hear when it is back.
    pub async fn owner_event(&self, card: &str, change: Change) -> Result<(), CounterError> {
        self.counter().owner_event(card, change).await?;
        let told = self.parties.register().wait_until_told();
        // An Err says that one of them does not answer now.
        let _ = tokio::time::timeout(HEARD_WITHIN, told).await;
        Ok(())
    }

    /// Lets exchanges of past days happen; the clock then stands where it stood.
    pub async fn simulate(&self, options: &simulate::Options) -> Result<Tally, SimulateError> {
        let people = world::people(self.manifest.seed, self.manifest.made_at)?;
        simulate::run_on(&self.parties, &people, options, &self.clock, self.clock.now(), &|_| ()).await
    }

    /// Stops everybody in good order.
    pub async fn stop(self) {
        self.parties.stop().await;
    }
}
