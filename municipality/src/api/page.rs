//! Pages of what is long.

use serde::Deserialize;
use utoipa::IntoParams;

use super::problem::{Problem, RowError};

const LIMIT: u32 = 100;
const LIMIT_MAX: u32 = 1000;

/// Where a page begins and how long it is.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PageQuery {
    /// What `next` said.
    pub(super) cursor: Option<String>,
    /// At most 1,000; 100 unless said.
    pub(super) limit: Option<u32>,
}

/// The cursor is none that `next` said.
pub(super) fn cursor_unknown() -> Problem {
    Problem::invalid(vec![RowError::at("", "cursor", "not what `next` said")])
}

/// Entries of a page.
pub(super) fn asked(limit: Option<u32>) -> u32 {
    limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX)
}
