//! How long what may not be used any more is kept.

use std::num::NonZeroU32;

use jiff::SignedDuration;
use serde::Deserialize;

/// Periods after which something is deleted.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RetentionSettings {
    /// Days that a folder is kept after its person's code has ended: death, or a move abroad (P-FLD-5).
    ///
    /// No law names the number. Three years by default: a death or a departure that was reported wrongly is corrected long
    /// before, and a question about what happened in the folder's last days can still be answered with its login history.
    /// Little is in it, and nobody can read it meanwhile (P-FLD-6), so that a longer time would help nobody.
    pub folder_days: NonZeroU32,
}

impl Default for RetentionSettings {
    fn default() -> Self {
        Self { folder_days: NonZeroU32::new(1095).unwrap_or(NonZeroU32::MIN) }
    }
}

impl RetentionSettings {
    pub(crate) fn folders_for(self) -> SignedDuration {
        SignedDuration::from_hours(24 * i64::from(self.folder_days.get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_kept_for_three_years_unless_told_otherwise() {
        assert_eq!(RetentionSettings::default().folders_for(), SignedDuration::from_hours(24 * 365 * 3));
    }
}
