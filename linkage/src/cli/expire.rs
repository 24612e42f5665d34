//! `linkage expire-access-records`

use std::num::NonZeroU32;

use clap::Args;
use runtime::SystemRng;

use super::{Common, Outcome, say};
use crate::{
    core::{Core, CoreFiles, CoreSettings},
    entropy::Entropy,
    party::{CORE, Party},
    world::Manifest,
};

/// How long.
#[derive(Args)]
pub(super) struct Arguments {
    /// Records are kept for so many days [default: `retention.access_record_days` of linkage/core.toml]
    #[arg(long)]
    days: Option<NonZeroU32>,
}

/// Nobody said how long.
#[derive(Debug, thiserror::Error)]
#[error("records are kept for ever: set retention.access_record_days in {0}, or say --days")]
struct ForEver(String);

/// An operator's act on the core's own database; a running core shows nothing that has expired from then on.
pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let data = common.data();
    Manifest::require(&data)?;
    let files = CoreFiles::of(&data);
    let set = CoreSettings::read(&files.settings)?.retention.access_record_days;
    let days = arguments.days.or(set).ok_or_else(|| ForEver(files.settings.display().to_string()))?;
    let party = Party::load(&CORE, &data, common.clock.clock())?;
    let core = Core::open(&files, party, Entropy::new(SystemRng)).await?;
    let run = core.expire(days).await?;
    say(&format!("run {}: removed {} records of accesses before {}", run.run, run.removed, run.accessed_before));
    Ok(())
}
