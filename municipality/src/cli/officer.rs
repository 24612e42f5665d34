//! `municipality officer …`: who works at the console.

use clap::{Args, Subcommand};
use runtime::SystemRng;

use super::Failure;
use crate::console::staff;
use crate::settings::Settings;
use crate::store::{Role, Store};
use crate::texts::say_with;

/// Which officer, and what is to be done.
#[derive(Args, Debug)]
pub(super) struct OfficerArguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Print a one-time code with which an officer enrols a security key, within 24 hours; who left under that label is the
    /// same officer again
    Invite {
        /// What the officer is called, and logs in as; never the label of somebody else who left
        #[arg(long)]
        label: String,
        /// What they may do; needed for somebody new, and for somebody who left
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
    /// An officer leaves; drafts and notices remain theirs, also when they are invited again
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
            let again = staff::has_left(&store, label).await?;
            println!("{}", staff::invite(&store, label, *role, now, &mut SystemRng).await?);
            if again {
                eprintln!("{}", same_officer(label));
            }
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

/// What is said of somebody who comes back.
fn same_officer(label: &str) -> String {
    say_with("officer-invited-again", &[("label", label.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_back_is_said_to_be_the_same_officer() {
        let said = same_officer("田中");
        assert!(said.starts_with("田中さんは、前にもいた職員です。同じ人として、もう一度招待しました。"), "{said}");
        assert!(said.contains("前に書いた下書きとお知らせは、これからもこの人のものです。"), "{said}");
    }
}
