//! `linkage world`

use clap::Args;

use super::{Common, Outcome, say};
use crate::world::{self, Options};

/// What to make.
#[derive(Args)]
pub(super) struct Arguments {
    /// The same seed gives the same world, keys aside
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// People in all; more than the demo's own are made up by rule, for measurements
    #[arg(long, value_name = "N")]
    residents: Option<u32>,
    /// Demo cards in all
    #[arg(long, value_name = "N")]
    cards: Option<u32>,
}

pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let options = Options { seed: arguments.seed, residents: arguments.residents, cards: arguments.cards };
    let manifest = world::build(&common.data(), &options, &common.clock.clock(), &say).await?;
    say(&format!("{} residents, {} cards in {}", manifest.residents, manifest.cards, common.data.display()));
    Ok(())
}
