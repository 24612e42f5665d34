//! Command-line arguments that every program shares: `#[command(flatten)] shared: runtime::args::Shared`.

use std::path::PathBuf;

use clap::Args;

use crate::{ClockArg, LogFormat, logs};

/// `--config`, `--clock`, `--log-format`, `--log`.
#[derive(Args, Clone, Debug)]
pub struct Shared {
    /// Settings file (TOML); environment variables override it
    #[arg(long, env = "CONFIG", value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,

    /// Time to live in: `system`, an instant (RFC 3339; time stands still), or a shift (`+2h`, `-3d`)
    #[arg(long, env = "CLOCK", value_name = "TIME", default_value_t, allow_hyphen_values = true, global = true)]
    pub clock: ClockArg,

    /// How log lines look
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t, global = true)]
    pub log_format: LogFormat,

    /// What is logged, for example `info` or `warn,portal=debug`
    #[arg(long, env = "LOG", value_name = "FILTER", default_value = "info", global = true)]
    pub log: String,
}

impl Shared {
    /// Starts logging as these arguments say.
    ///
    /// # Errors
    /// As [`logs::init`].
    pub fn start_logs(&self) -> Result<(), logs::LogsError> {
        logs::init(self.log_format, &self.log)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use jiff::SignedDuration;

    #[derive(Parser, Debug)]
    struct Program {
        #[command(flatten)]
        shared: Shared,
    }

    #[test]
    fn a_program_lives_in_system_time_unless_told_otherwise() {
        let program = Program::parse_from(["program"]);
        assert_eq!(program.shared.clock, ClockArg::System);
        assert_eq!(program.shared.log_format, LogFormat::Text);
        assert_eq!(program.shared.log, "info");
    }

    #[test]
    fn a_clock_in_the_past_needs_no_equals_sign() {
        let program = Program::parse_from(["program", "--clock", "-3d", "--log-format", "json"]);
        let three_days = SignedDuration::from_hours(-72);
        assert_eq!(program.shared.clock, ClockArg::Offset(three_days));
        assert_eq!(program.shared.log_format, LogFormat::Json);
    }

    #[test]
    fn a_clock_with_a_typo_is_refused_by_name() {
        let refused = Program::try_parse_from(["program", "--clock", "tomorrow"]).unwrap_err();
        assert!(refused.to_string().contains("`tomorrow`"));
    }
}
