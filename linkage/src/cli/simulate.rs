//! `linkage simulate`

use clap::Args;

use super::{Common, Outcome, say};
use crate::simulate::{self, Options};

/// Institutions of a new world have their codes for 400 days.
const DAYS_MAX: i64 = 390;
const RATE_MAX: i64 = 100_000;

/// How much.
#[derive(Args)]
pub(super) struct Arguments {
    /// So many days up to now, 1 to 390: institutions had no codes before
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=DAYS_MAX), allow_negative_numbers = true)]
    days: u32,
    /// Exchanges a working day, over all people, 1 to 100000
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=RATE_MAX), allow_negative_numbers = true)]
    rate: u32,
    /// The same seed gives the same exchanges
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
}

pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let options = Options { days: arguments.days, rate: arguments.rate, seed: arguments.seed };
    simulate::run(&common.data(), &options, &common.clock.clock(), &say).await?;
    Ok(())
}
