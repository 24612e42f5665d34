//! The service that brings notices, with every program at work in a process of its own: a letter to a million people, each
//! hop of it apart, single posts, more of them than can be done, inboxes, and pages that lie open.

mod api;
mod bulk;
mod carrier;
mod cluster;
mod codes;
mod events;
mod floor;
mod ground;
mod growth;
mod hops;
mod inbox;
mod lines;
mod lone;
mod open_loop;
mod overload;
mod seed;
mod seen;
mod sessions;
mod singles;
mod sizes;
mod stage;
mod strangers;
mod streams;
mod syncs;
mod words;

use std::time::Instant;

use clap::{Args, ValueEnum};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use self::ground::Ground;
use self::sizes::Sizes;
use crate::figure::Figure;
use crate::places::Places;
use crate::{Effort, Failure, say};

/// Connections of ours and of the portal, with room to spare.
const FILES: u64 = 16_384;

/// Which parts, and how large.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Options {
    /// Recipients of the bulk and folders at most, instead of a million
    #[arg(long)]
    recipients: Option<usize>,
    /// Some parts only
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
}

/// What can be measured apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// One letter to many people, against the floor
    Bulk,
    /// Each hop of it
    Hops,
    /// Single posts, and too many of them
    Singles,
    /// One notice from post to page
    Seen,
    /// Inbox of somebody with many notices
    Inbox,
    /// Open event streams
    Streams,
    /// What must not grow with the number of folders
    Growth,
}

/// All parts, or those that were asked for.
pub(crate) async fn measure(places: &Places, effort: Effort, options: &Options) -> Result<Vec<Figure>, Failure> {
    let sizes = Sizes::of(effort, options.recipients);
    more_files()?;
    let ground = Ground::lay(places, &sizes).await?;
    let mut figures = Vec::new();
    for part in Part::value_variants() {
        if !options.only.is_empty() && !options.only.contains(part) {
            continue;
        }
        let began = Instant::now();
        figures.extend(match part {
            Part::Bulk => bulk::measure(&ground, &sizes).await?,
            Part::Hops => hops::measure(&ground, &sizes).await?,
            Part::Singles => singles::measure(&ground, &sizes).await?,
            Part::Seen => seen::measure(&ground, &sizes).await?,
            Part::Inbox => inbox::measure(&ground, &sizes).await?,
            Part::Streams => streams::measure(&ground, &sizes).await?,
            Part::Growth => growth::measure(&ground, &sizes).await?,
        });
        say(&format!("{part:?} took {:.0} s", began.elapsed().as_secs_f64()));
    }
    Ok(figures)
}

/// Programs that we start have as many.
fn more_files() -> Result<(), Failure> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current.is_some_and(|current| current < FILES) {
        let current = Some(maximum.map_or(FILES, |maximum| maximum.min(FILES)));
        setrlimit(Resource::Nofile, Rlimit { current, maximum })?;
    }
    Ok(())
}
