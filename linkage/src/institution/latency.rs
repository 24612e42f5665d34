//! How long institutions' own systems take to answer: `linkage/institutions.toml` in the data directory. Without the file
//! they answer at once, as the demo does; measurements let them take their time (P-INF-2).

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use domain::{LinkCode, OrgCode};
use sha2::{Digest as _, Sha256};

/// What is the same for all institutions. Unknown keys are refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InstitutionSettings {
    /// `[latency]`
    pub latency: Option<Latency>,
}

/// A log-normal distribution with an upper bound. A person's records in one institution always take the same time, so
/// that whoever measures knows the slowest; the draw follows from the seed, the institution and the person's code there.
#[derive(Clone, Copy, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Latency {
    /// Another seed, other times.
    pub seed: u64,
    /// Half of all answers take longer.
    pub median_ms: u32,
    /// Standard deviation of the logarithm.
    pub sigma: f64,
    /// Nothing takes longer.
    pub max_ms: u32,
}

/// The settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum InstitutionSettingsError {
    /// Not readable.
    #[error("cannot read {}", .path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Not the expected TOML.
    #[error("{} does not hold settings of institutions", .path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// Why, with line and column.
        #[source]
        source: Box<toml::de::Error>,
    },
}

impl InstitutionSettings {
    /// Reads the file, if there is one.
    pub fn read(path: &Path) -> Result<Self, InstitutionSettingsError> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text)
                .map_err(|source| InstitutionSettingsError::Form { path: path.to_owned(), source: Box::new(source) }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(InstitutionSettingsError::Read { path: path.to_owned(), source }),
        }
    }
}

impl Latency {
    /// How long this institution takes for whoever has this code there. A code that is bound to nobody takes its time as
    /// well (B-MED-4).
    pub fn of(&self, org: &OrgCode, link_code: &LinkCode) -> Duration {
        let digest = Sha256::new()
            .chain_update(b"latency/1")
            .chain_update(self.seed.to_be_bytes())
            .chain_update([u8::try_from(org.as_str().len()).unwrap_or(u8::MAX)])
            .chain_update(org.as_str())
            .chain_update(link_code.as_bytes())
            .finalize();
        let mut shares = digest.chunks_exact(8).map(|bytes| share(bytes.try_into().unwrap_or_default()));
        let normal = normal(shares.next().unwrap_or_default(), shares.next().unwrap_or_default());
        let drawn_ms = f64::from(self.median_ms) * (self.sigma * normal).exp();
        Duration::try_from_secs_f64(drawn_ms.min(f64::from(self.max_ms)) / 1e3).unwrap_or_default()
    }
}

/// Between 0 and 1, never 0.
#[expect(clippy::cast_precision_loss, reason = "53 bits are what a double holds")]
fn share(bytes: [u8; 8]) -> f64 {
    ((u64::from_be_bytes(bytes) >> 11) + 1) as f64 / (1_u64 << 53) as f64
}

/// Box and Muller: of two uniform draws, one of the normal distribution.
fn normal(one: f64, other: f64) -> f64 {
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * other).cos()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATENCY: Latency = Latency { seed: 1, median_ms: 120, sigma: 0.5, max_ms: 500 };

    fn code(n: u32) -> LinkCode {
        let mut bytes = [0; LinkCode::LEN];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        LinkCode::from(bytes)
    }

    fn drawn_ms(latency: &Latency) -> Vec<f64> {
        let mut all: Vec<f64> =
            (0..10_000).map(|n| latency.of(&"NTA".parse().unwrap(), &code(n)).as_secs_f64() * 1e3).collect();
        all.sort_by(f64::total_cmp);
        all
    }

    #[test]
    fn the_same_person_at_the_same_institution_always_takes_as_long() {
        let of = |latency: &Latency, org: &str, n| latency.of(&org.parse().unwrap(), &code(n));
        assert_eq!(of(&LATENCY, "NTA", 1), of(&LATENCY, "NTA", 1));
        assert_ne!(of(&LATENCY, "NTA", 1), of(&LATENCY, "NTA", 2));
        assert_ne!(of(&LATENCY, "NTA", 1), of(&LATENCY, "JPS", 1));
        assert_ne!(of(&LATENCY, "NTA", 1), of(&Latency { seed: 2, ..LATENCY }, "NTA", 1));
    }

    #[test]
    fn the_draws_are_log_normal() {
        let all = drawn_ms(&Latency { max_ms: 100_000, ..LATENCY });
        // Median, and one standard deviation of the logarithm to each side: 120 / e^0.5 and 120 · e^0.5.
        for (at, expected) in [(1587, 72.8), (5000, 120.0), (8413, 197.8)] {
            assert!((all[at] / expected - 1.0).abs() < 0.04, "{at}: {} instead of {expected}", all[at]);
        }
    }

    #[test]
    fn nothing_takes_longer_than_the_bound() {
        let all = drawn_ms(&Latency { max_ms: 150, ..LATENCY });
        assert!(all.iter().all(|ms| *ms <= 150.0) && all.last() == Some(&150.0));
    }

    #[test]
    fn a_distribution_that_is_none_never_waits_for_ever() {
        for sigma in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert!(drawn_ms(&Latency { sigma, ..LATENCY }).iter().all(|ms| *ms <= 500.0));
        }
    }

    #[test]
    fn without_a_file_institutions_answer_at_once_and_a_misspelt_key_is_refused() {
        assert_eq!(
            InstitutionSettings::read(Path::new("/nowhere/institutions.toml")).unwrap(),
            InstitutionSettings::default()
        );
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("institutions.toml");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            InstitutionSettings::read(&path)
        };
        let text = "[latency]\nseed = 1\nmedian_ms = 120\nsigma = 0.5\nmax_ms = 500\n";
        assert_eq!(read(text).unwrap().latency, Some(LATENCY));
        assert!(matches!(read("[latency]\nmedian = 120"), Err(InstitutionSettingsError::Form { .. })));
    }
}
