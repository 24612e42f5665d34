//! The demo world: people, organisations, certificates, books, codes and cards, from a seed. Keys, signatures and
//! ciphertexts aside, the same seed on the same day gives the same world. Its people stand in `world/people.toml`.
//!
//! Everything is written once. A second run completes what is missing and changes nothing that is there.

mod bulk;
mod cards;
pub(crate) mod files;
mod former_card;
mod identities;
mod manifest;
pub mod orgs;
pub mod people;
mod seeding;
mod site_numbers;

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use jiff::SignedDuration;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;
use runtime::{Clock, SettableClock, SystemRng};

use crate::{
    party::DataDir,
    serve::{Listeners, ListenersError, Parties, ServeError},
};

pub use cards::CardsError;
pub(crate) use cards::{Factory, card_id, number_for_chip};
pub use files::FileError;
pub use former_card::FormerCardError;
pub use identities::IdentityError;
pub use manifest::{Manifest, ManifestError, Simulated};
pub use people::{PeopleError, Person, people};
pub use seeding::SeedingError;

/// Institutions had their codes long before the first simulated exchange.
const CODES_ISSUED_BEFORE: SignedDuration = SignedDuration::from_hours(24 * 400);

/// What to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Same seed, same world.
    pub seed: u64,
    /// People in all; more than the demo's own are made up by rule. `None`: only the demo's own.
    pub residents: Option<u32>,
    /// Demo cards in all. `None`: as many as the demo's own people have.
    pub cards: Option<u32>,
    /// Institutions in all, the demo's own first; then made-up residents are known to five, ten or all of them.
    /// `None`: only the demo's own, and made-up residents are known to their municipality and the tax office.
    pub institutions: Option<u32>,
}

/// The world could not be made.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// Another world is there.
    #[error(
        "{path} holds the world of seed {seed} with {residents} residents and {cards} cards; choose another directory"
    )]
    Other {
        /// Where.
        path: String,
        /// Its seed.
        seed: u64,
        /// Its people.
        residents: u32,
        /// Its cards.
        cards: u32,
    },
    /// Fewer people than the demo's own.
    #[error("the demo's own people are {own} already: ask for as many or more, not for {residents}")]
    TooFewResidents {
        /// How many were asked for.
        residents: u32,
        /// How many there are in any case.
        own: u32,
    },
    /// More cards than people.
    #[error("{cards} cards cannot be given to {residents} residents")]
    TooManyCards {
        /// How many were asked for.
        cards: u32,
        /// For how many people.
        residents: u32,
    },
    /// The manifest.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A file.
    #[error(transparent)]
    File(#[from] FileError),
    /// The people.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// Keys and certificates.
    #[error("keys and certificates cannot be made")]
    Identity(#[from] IdentityError),
    /// The register.
    #[error("the register cannot be filled")]
    Register(#[source] db::DbError),
    /// The parties.
    #[error(transparent)]
    Serve(#[from] ServeError),
    /// Their sockets.
    #[error(transparent)]
    Listeners(#[from] ListenersError),
    /// Books and codes.
    #[error("the institutions' books cannot be filled")]
    Seeding(#[from] SeedingError),
    /// Cards.
    #[error("the cards cannot be made")]
    Cards(#[from] CardsError),
    /// `parties.toml` or `sites.toml`.
    #[error("parties.toml or sites.toml cannot be written")]
    Directory(#[from] toml::ser::Error),
}

/// Makes the world, or completes it. `say` is told each step.
pub async fn build(
    data: &DataDir,
    options: &Options,
    clock: &Arc<dyn Clock>,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<Manifest, WorldError> {
    let mut manifest = begin(data, options, clock)?;
    if manifest.complete {
        say("the world is there already; nothing to do");
        return Ok(manifest);
    }
    let people = people(manifest.seed, manifest.made_at)?;
    say("keys and certificates of all organisations and of JPKI");
    identities::complete(
        data,
        &orgs::all_of(manifest.institutions),
        manifest.made_at,
        &mut drawn(manifest.seed, Draw::Keys),
        &mut SystemRng,
    )?;

    files::folder(&data.path().join("linkage"))?;
    let past = Arc::new(SettableClock::new(manifest.made_at - CODES_ISSUED_BEFORE));
    let portal = SocketAddr::from((Ipv4Addr::LOCALHOST, 9100));
    let orgs = orgs::directory_of(manifest.institutions).parties.into_keys();
    let (listeners, directory) = Listeners::at_free_ports_for(orgs, portal).await?;
    let parties = Parties::start(data.clone(), Arc::new(directory), listeners, Arc::clone(&past) as _).await?;
    let made = fill(data, &manifest, &people, &parties, &past, say).await;
    parties.stop().await;
    made?;

    let directory = orgs::directory_of(manifest.institutions).to_toml()?;
    files::write_once(&data.parties_file(), directory.as_bytes(), files::Access::Everybody)?;
    let sites = orgs::default_sites().to_toml()?;
    files::write_once(&data.sites_file(), sites.as_bytes(), files::Access::Everybody)?;
    manifest.complete = true;
    manifest.write(data)?;
    say("the world is complete");
    Ok(manifest)
}

/// Keys and certificates of these organisations and of JPKI, and nobody in any register: for tests of single parties.
#[cfg(test)]
pub(crate) fn bare(data: &DataDir, orgs: &[domain::OrgCode], made_at: jiff::Timestamp) -> Result<(), WorldError> {
    identities::complete(data, orgs, made_at, &mut drawn(1, Draw::Keys), &mut SystemRng)?;
    Ok(files::folder(&data.path().join("linkage"))?)
}

async fn fill(
    data: &DataDir,
    manifest: &Manifest,
    people: &[Person],
    parties: &Parties,
    past: &SettableClock,
    say: &(dyn Fn(&str) + Send + Sync),
) -> Result<(), WorldError> {
    say(&format!("{} residents enter the register", people.len()));
    let residents: Vec<_> = people.iter().map(|person| person.to_resident(manifest.made_at)).collect();
    parties.register().enrol(&residents).await.map_err(WorldError::Register)?;
    say("institutions open their books and obtain link codes and numbers");
    seeding::fill_books(data, parties, people, manifest.made_at).await?;
    past.set(manifest.made_at);
    let holders = bulk::fill(parties, manifest, people, say).await?;
    // Children have no card of their own: there may be fewer holders than cards were asked for.
    say(&format!("{} cards are ordered", holders.len()));
    cards::order(data, parties, manifest, &holders).await?;
    site_numbers::tell(data, parties, &holders).await?;
    Ok(())
}

fn begin(data: &DataDir, options: &Options, clock: &Arc<dyn Clock>) -> Result<Manifest, WorldError> {
    let made_at = clock.now();
    let own = people(options.seed, made_at)?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let residents = options.residents.unwrap_or(count(own.len()));
    if residents < count(own.len()) {
        return Err(WorldError::TooFewResidents { residents, own: count(own.len()) });
    }
    let own_cards = count(own.iter().filter(|p| p.card.is_some()).count());
    let cards = options.cards.unwrap_or(own_cards);
    if cards > residents {
        return Err(WorldError::TooManyCards { cards, residents });
    }
    if let Some(there) = Manifest::read(data)? {
        let same = (there.seed, there.residents, there.cards, there.institutions)
            == (options.seed, residents, cards, options.institutions);
        if same {
            return Ok(there);
        }
        return Err(WorldError::Other {
            path: data.path().display().to_string(),
            seed: there.seed,
            residents: there.residents,
            cards: there.cards,
        });
    }
    let manifest = Manifest {
        seed: options.seed,
        residents,
        cards,
        institutions: options.institutions,
        made_at,
        complete: false,
        simulated: Vec::new(),
    };
    manifest.write(data)?;
    Ok(manifest)
}

/// What randomness is drawn for: each purpose has its own, so that one more draw here changes nothing there.
#[derive(Clone, Copy, Debug)]
enum Draw {
    Keys = 1,
    Cards = 2,
    Bulk = 3,
}

fn drawn(seed: u64, draw: Draw) -> ChaCha20Rng {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    rng.set_stream(draw as u64);
    rng
}
