//! `linkage backup` and `linkage restore`

use std::path::PathBuf;

use clap::Args;

use super::{Common, Outcome, say};
use crate::backup;

/// Where to.
#[derive(Args)]
pub(super) struct BackupArguments {
    /// A directory that does not exist yet, or is empty
    into: PathBuf,
}

/// Where from.
#[derive(Args)]
pub(super) struct RestoreArguments {
    /// A directory that `linkage backup` wrote
    from: PathBuf,
}

pub(super) async fn back_up(common: &Common, arguments: &BackupArguments) -> Outcome {
    let made = backup::backup(&common.data(), &arguments.into, common.clock.clock().now()).await?;
    let bytes: u64 = made.manifest.files.iter().map(|file| file.bytes).sum();
    say(&format!(
        "{} files, {} KiB, in {}; writers waited {} ms",
        made.manifest.files.len(),
        bytes / 1024,
        arguments.into.display(),
        made.held.as_millis()
    ));
    Ok(())
}

pub(super) async fn restore(common: &Common, arguments: &RestoreArguments) -> Outcome {
    let manifest = backup::restore(&arguments.from, &common.data()).await?;
    say(&format!(
        "{} files of {} are in {}; whatever happened since is not among them",
        manifest.files.len(),
        manifest.made_at,
        common.data.display()
    ));
    Ok(())
}
