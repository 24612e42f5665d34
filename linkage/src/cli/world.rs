//! `linkage world`

use clap::Args;

use super::{Common, Outcome, say};
use crate::world::{self, Options};

/// A country's largest city, three times.
const RESIDENTS_MAX: i64 = 10_000_000;
/// Names of cards have four digits.
const CARDS_MAX: i64 = 9_999;

/// What to make.
#[derive(Args)]
pub(super) struct Arguments {
    /// The same seed gives the same world, keys aside
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
    /// People in all, at most 10000000; more than the demo's own are made up by rule, for measurements
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=RESIDENTS_MAX), allow_negative_numbers = true)]
    residents: Option<u32>,
    /// Demo cards in all, at most 9999 and one a person
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=CARDS_MAX), allow_negative_numbers = true)]
    cards: Option<u32>,
    /// Institutions in all, 10 to 20: further cities take part, and people made up by rule are known to five, ten or all
    /// institutions, for measurements
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(10..=20), allow_negative_numbers = true)]
    institutions: Option<u32>,
}

pub(super) async fn run(common: &Common, arguments: &Arguments) -> Outcome {
    let Arguments { seed, residents, cards, institutions } = *arguments;
    let options = Options { seed, residents, cards, institutions };
    let manifest = world::build(&common.data(), &options, &common.clock.clock(), &say).await?;
    say(&format!("{} residents in {}", manifest.residents, common.data.display()));
    Ok(())
}
