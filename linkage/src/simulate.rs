//! Past days of real business: institutions ask each other, lawfully nearly always, through the same messages and with
//! the same checks as ever. Only the clock is set, so that each exchange happens at its own moment.

mod business;
mod plan;

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use jiff::Timestamp;
use runtime::{Clock, SettableClock};

use crate::{
    institution::{ExchangeError, Received},
    party::{DataDir, Directory, DirectoryError},
    serve::{Listeners, ListenersError, Parties, ServeError},
    world::{self, Manifest, ManifestError, PeopleError, Person, Simulated},
};

use plan::{Occasion, plan};

/// How much to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// So many days up to now.
    pub days: u32,
    /// Exchanges a working day, over all people.
    pub rate: u32,
    /// Same seed, same exchanges.
    pub seed: u64,
}

/// How many exchanges ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Information was provided.
    pub provided: u32,
    /// Nothing was held.
    pub no_data_held: u32,
    /// The core refused.
    pub refused: u32,
}

/// The simulation stopped.
#[derive(Debug, thiserror::Error)]
pub enum SimulateError {
    /// No world, or a damaged one.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A world that is not complete.
    #[error("the world is not complete; run `linkage world` again first")]
    Incomplete,
    /// Its people.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Its addresses.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// The parties.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// Their sockets.
    #[error(transparent)]
    Listeners(#[from] ListenersError),
    /// An institution's database.
    #[error("an institution's database failed")]
    Db(#[from] db::DbError),
    /// An exchange ended in a way that no business foresees.
    #[error("the exchange for {bp} of {requester} failed")]
    Exchange {
        /// For which business.
        bp: String,
        /// Who asked.
        requester: String,
        /// Why.
        #[source]
        source: Box<ExchangeError>,
    },
}

/// Simulates in a process of its own, at free ports. The same simulation again does nothing: `None`.
pub async fn run(
    data: &DataDir,
    options: &Options,
    clock: &Arc<dyn Clock>,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Option<Tally>, SimulateError> {
    let mut manifest = Manifest::require(data)?;
    if !manifest.complete {
        return Err(SimulateError::Incomplete);
    }
    let is_same = |s: &Simulated| (s.days, s.rate, s.seed) == (options.days, options.rate, options.seed);
    if manifest.simulated.iter().any(is_same) {
        say("this simulation has been run already; nothing to do");
        return Ok(None);
    }
    let until = clock.now();
    let people = world::people(manifest.seed, manifest.made_at)?;
    let past = Arc::new(SettableClock::new(until));
    let portal = Directory::read(&data.parties_file())?
        .address(&crate::party::PORTAL)
        .unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 9100)));
    let (listeners, directory) = Listeners::at_free_ports(portal).await?;
    let parties = Parties::start(data.clone(), Arc::new(directory), listeners, Arc::clone(&past) as _).await?;
    let tally = run_on(&parties, &people, options, &past, until, say).await;
    parties.stop().await;
    let tally = tally?;
    manifest.simulated.push(Simulated { days: options.days, rate: options.rate, seed: options.seed, until });
    manifest.write(data)?;
    Ok(Some(tally))
}

/// Simulates on running parties whose clock is `past`; leaves the clock at `until`.
pub async fn run_on(
    parties: &Parties,
    people: &[Person],
    options: &Options,
    past: &SettableClock,
    until: Timestamp,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Tally, SimulateError> {
    let occasions = plan(people, options, until);
    let count = occasions.len();
    say(&format!("{count} exchanges in {} days", options.days));
    let mut tally = Tally::default();
    for (occasion, n) in occasions.iter().zip(1..) {
        past.set(occasion.at);
        make(parties, people, occasion, &mut tally).await?;
        if n % 100 == 0 {
            say(&format!("{n} of {count} exchanges"));
        }
    }
    past.set(until);
    say(&format!("provided {}, nothing held {}, refused {}", tally.provided, tally.no_data_held, tally.refused));
    Ok(tally)
}

async fn make(
    parties: &Parties,
    people: &[Person],
    occasion: &Occasion,
    tally: &mut Tally,
) -> Result<(), SimulateError> {
    let Occasion { business, requester, provider, person, .. } = occasion;
    let (Some(institution), Some(person)) = (parties.institution(requester), people.get(*person)) else {
        return Ok(());
    };
    // Whoever changed name or address since is looked up under today's items: then the institution has not synced yet.
    let Some(id) = institution.find(&person.four_info).await? else {
        return Ok(());
    };
    match institution.exchange(&business.bp, provider, &id, &business.info_kind).await {
        Ok(Received::Provided(_)) => tally.provided += 1,
        Ok(Received::NoDataHeld { .. }) => tally.no_data_held += 1,
        Err(ExchangeError::Refused { .. }) => tally.refused += 1,
        Err(source) => {
            return Err(SimulateError::Exchange {
                bp: business.bp.to_string(),
                requester: requester.to_string(),
                source: Box::new(source),
            });
        }
    }
    Ok(())
}
