//! `linkage rotate-key`

use clap::Args;
use domain::OrgCode;
use runtime::SystemRng;

use super::{Common, Outcome, say};
use crate::{
    core::{Core, CoreFiles},
    entropy::Entropy,
    party::{CORE, Party},
};

/// Whose.
#[derive(Args)]
pub(super) struct Arguments {
    /// Organisation code, e.g. 141003
    org: OrgCode,
}

/// An operator's act on the core's own databases; a running core brings the new codes to the organisation.
pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let data = common.data();
    let party = Party::load(&CORE, &data, common.clock.clock())?;
    let core = Core::open(&CoreFiles::of(&data), party, Entropy::new(SystemRng)).await?;
    let rotation = core.rotate_key(&arguments.org).await?;
    say(&format!("{}: {} codes are under key {} now", arguments.org, rotation.codes, rotation.key_index.0));
    Ok(())
}
