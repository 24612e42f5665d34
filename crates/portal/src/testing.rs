//! For tests.

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng as _;

/// Draws the same every time.
pub(crate) fn rng() -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(1)
}
