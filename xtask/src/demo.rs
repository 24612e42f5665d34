//! The demo: linkage backend, card reader, portal and two senders of notices in one process group.
//!
//! They start in this order, each only when the one before answers; they end together, whichever ends first, on
//! Ctrl-C and on SIGTERM. What they write goes to `DATA/log/`.

mod answers;
mod group;
mod host;
mod places;
mod portal;
mod programs;
mod secrets;
mod senders;
mod sites;
mod table;
mod world;

use crate::{failure::Failure, process, progress, project};
use group::Group;
use places::Places;
use std::{path::PathBuf, process::ExitCode};
use world::Wishes;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// The demo world; made where there is none
    #[arg(long, default_value = "data")]
    data: PathBuf,
    /// Which build to start
    #[arg(long, value_enum, default_value_t = Profile::Release)]
    profile: Profile,
    /// Serve TLS under this host name, for phones and televisions in the same network
    #[arg(long)]
    host: Option<String>,
    /// Added to every port, so that two demos can run side by side
    #[arg(long, default_value_t = 0)]
    shift: u16,
    /// Days of exchanges between institutions in a new world
    #[arg(long, default_value_t = 90)]
    days: u16,
    /// People in a new world; more than the demo's own are made up by rule
    #[arg(long)]
    residents: Option<u32>,
    /// Cards in a new world
    #[arg(long)]
    cards: Option<u32>,
    /// The clock of all programs: `system`, an instant, or an offset such as `+2h`
    #[arg(long, env = "CLOCK", default_value = "system")]
    clock: String,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Profile {
    Release,
    Debug,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let signals =
        process::listen().map_err(|source| Failure::Start { program: "signal handling".to_owned(), source })?;
    let places = places(options);
    let wishes = Wishes { days: options.days, residents: options.residents, cards: options.cards };
    world::make_where_absent(&places, &wishes, &options.clock)?;
    let tls = options.host.as_deref().map(|host| host::certificate(host, &places.data)).transpose()?;
    let mut group = Group::new(signals, places.data.join("log"));
    for program in programs::all(&places, tls.as_ref(), &options.clock)? {
        progress::step(&format!("starting {}", program.name));
        if let Some(code) = group.start(program)? {
            return Ok(code);
        }
    }
    table::print(&places, tls.as_ref())?;
    group.run_to_the_end()
}

fn places(options: &Options) -> Places {
    let folder = match options.profile {
        Profile::Release => "release",
        Profile::Debug => "debug",
    };
    Places {
        data: project::root().join(&options.data),
        programs: project::target().join(folder),
        site: project::path("site"),
        host: options.host.clone(),
        shift: options.shift,
    }
}
