//! `backup` and `restore` (B-OPS-1).

use std::path::PathBuf;

use clap::Args;
use portal::backup::{self, LogAfter, Overwrite};
use runtime::args::Shared;
use wording::{Words, key};

use super::{Failure, words};
use crate::settings::Settings;

/// `backup`
#[derive(Args, Clone, Debug)]
pub(crate) struct BackupArguments {
    /// A directory that does not exist yet, or is empty
    #[arg(value_name = "DIR")]
    into: PathBuf,
}

/// `restore`
#[derive(Args, Clone, Debug)]
pub(crate) struct RestoreArguments {
    /// A directory that `my-portal backup` wrote
    #[arg(value_name = "DIR")]
    from: PathBuf,
    /// Replace the database that is there; the portal's own log in it is kept
    #[arg(long)]
    force: bool,
}

pub(super) async fn back_up(shared: &Shared, arguments: &BackupArguments) -> Result<(), Failure> {
    let settings = Settings::load(shared.config.as_deref())?;
    let signer = settings.log.signer()?;
    let now = shared.clock.clock().now();
    let made = backup::backup(&settings.target()?, signer.key(), &arguments.into, now).await?;
    let told = [
        ("place", arguments.into.display().to_string().into()),
        ("kib", made.bytes.div_ceil(1024).to_string().into()),
        ("entries", made.log.size.to_string().into()),
    ];
    println!("{}", terminal().format(key::BACKUP_MADE, &told));
    Ok(())
}

pub(super) async fn restore(shared: &Shared, arguments: &RestoreArguments) -> Result<(), Failure> {
    let settings = Settings::load(shared.config.as_deref())?;
    let signer = settings.log.signer()?;
    let now = shared.clock.clock().now();
    let overwrite = if arguments.force { Overwrite::Yes } else { Overwrite::No };
    let restored = backup::restore(&arguments.from, &settings.target()?, signer.key(), overwrite, now).await?;
    let words = terminal();
    let at = restored.manifest.made_at.to_string();
    println!("{}", words.format(key::BACKUP_RESTORED, &[("when", at.into())]));
    let log = match restored.log {
        LogAfter::Kept { size } => words.format(key::BACKUP_LOG_KEPT, &[("entries", size.to_string().into())]),
        LogAfter::Retired { origins } => words.format(key::BACKUP_LOG_RETIRED, &[("logs", origins.join(", ").into())]),
    };
    println!("{log}");
    Ok(())
}

fn terminal() -> &'static Words {
    Words::of(words::locale(|name| std::env::var(name).ok()))
}
