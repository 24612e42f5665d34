//! `municipality officer …`: who works at the console.

use clap::{Args, Subcommand};
use runtime::SystemRng;

use super::Failure;
use crate::console::staff;
use crate::settings::Settings;
use crate::store::{Role, Store};

/// Which officer, and what is to be done.
#[derive(Args, Debug)]
pub(super) struct OfficerArguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Print a one-time code with which an officer enrols a security key, within 24 hours
    Invite {
        /// What the officer is called, and logs in as
        #[arg(long)]
        label: String,
        /// What they may do; needed for somebody new
        #[arg(long, value_enum)]
        role: Option<Role>,
    },
    /// Let an officer do something else from now on
    Role {
        /// Who
        #[arg(long)]
        label: String,
        /// What they may do
        #[arg(long, value_enum)]
        role: Role,
    },
    /// End an officer's keys, codes and sessions, as after a lost key; `invite` gives them a new one
    Revoke {
        /// Who
        #[arg(long)]
        label: String,
    },
    /// An officer leaves for good
    End {
        /// Who
        #[arg(long)]
        label: String,
    },
    /// Say who works here
    List,
}

pub(super) async fn run(shared: &runtime::args::Shared, arguments: &OfficerArguments) -> Result<(), Failure> {
    let settings = Settings::load(shared.config.as_deref())?;
    let target = settings.target()?;
    if let crate::store::Target::Sqlite(path) = &target
        && let Some(folder) = path.parent()
    {
        std::fs::create_dir_all(folder)?;
    }
    let store = Store::open(&target).await?;
    let now = shared.clock.clock().now();
    match &arguments.command {
        Command::Invite { label, role } => {
            println!("{}", staff::invite(&store, label, *role, now, &mut SystemRng).await?);
        }
        Command::Role { label, role } => staff::set_role(&store, label, *role, now).await?,
        Command::Revoke { label } => {
            println!("{} key(s) ended", staff::revoke(&store, label, now).await?);
        }
        Command::End { label } => staff::end(&store, label, now).await?,
        Command::List => {
            for officer in store.read().await?.officers().await? {
                let gone = if officer.ended_at.is_some() { "left" } else { "here" };
                println!("{}\t{}\t{} key(s)\t{gone}", officer.label, officer.role.name(), officer.keys);
            }
        }
    }
    Ok(())
}
