//! `linkage simulate`

use clap::Args;

use super::{Common, Outcome, say};
use crate::simulate::{self, Options};

/// How much.
#[derive(Args)]
pub(super) struct Arguments {
    /// So many days up to now
    #[arg(long, default_value_t = 90)]
    days: u32,
    /// Exchanges a working day, over all people
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    rate: u32,
    /// The same seed gives the same exchanges
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let options = Options { days: arguments.days, rate: arguments.rate, seed: arguments.seed };
    simulate::run(&common.data(), &options, &common.clock.clock(), &say).await?;
    Ok(())
}
