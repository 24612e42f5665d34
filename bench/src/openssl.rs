//! The floor for everything with signatures.

use std::time::Duration;

use tokio::process::Command;

use crate::{Failure, measure, processes};

const ROUNDS: usize = 3;

/// One RSA-2048 verification as `openssl speed` has it: the median of several.
pub(crate) async fn rsa_verify() -> Result<Duration, Failure> {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let output = Command::new("openssl").args(["speed", "-mr", "-seconds", "1", "rsa2048"]).output().await?;
        rounds.push(verifications_a_second(&String::from_utf8_lossy(&output.stdout))?);
    }
    Ok(Duration::from_secs_f64(1.0 / measure::median(rounds)))
}

/// CPU of `openssl crl -noout` on a file: the median of several.
pub(crate) async fn read_crl(path: &std::path::Path) -> Result<Duration, Failure> {
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let before = processes::cpu_of_children();
        let status =
            Command::new("openssl").args(["crl", "-inform", "DER", "-noout", "-in"]).arg(path).status().await?;
        if !status.success() {
            return Err("openssl cannot read the revocation list".into());
        }
        rounds.push(processes::cpu_of_children().saturating_sub(before).as_secs_f64());
    }
    Ok(Duration::from_secs_f64(measure::median(rounds)))
}

/// `+F2:2:2048:SIGNATURES A SECOND:VERIFICATIONS A SECOND`, CPU seconds
fn verifications_a_second(text: &str) -> Result<f64, Failure> {
    let line = text.lines().find_map(|line| line.strip_prefix("+F2:"));
    let value = line.and_then(|line| line.split(':').nth(3)?.trim().parse().ok());
    value.filter(|rate| *rate > 1.0).ok_or_else(|| format!("openssl speed said something else: {text}").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_verifications_is_read() {
        let text = "+DTP:2048:public:rsa:1\n+R2:44912:2048:0.63\n+F2:2:2048:4075.000000:71288.888889\n";
        assert!((verifications_a_second(text).unwrap() - 71_288.9).abs() < 0.1);
    }
}
