//! The randomness of one party, shared by its requests.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use rand_core::{CryptoRng, TryCryptoRng, TryRng};

/// A source of randomness that many requests draw from; each use clones it. The running programs put
/// `runtime::SystemRng` in; worlds and tests a seeded one, so that they come out the same again.
#[derive(Clone)]
pub struct Entropy(Arc<Mutex<dyn CryptoRng + Send>>);

impl Entropy {
    /// Shares a source.
    pub fn new(source: impl CryptoRng + Send + 'static) -> Self {
        Self(Arc::new(Mutex::new(source)))
    }

    fn draw<T>(&self, from: impl FnOnce(&mut (dyn CryptoRng + Send)) -> T) -> T {
        from(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl TryRng for Entropy {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.draw(|source| source.try_next_u32())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.draw(|source| source.try_next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.draw(|source| source.try_fill_bytes(bytes))
    }
}

impl TryCryptoRng for Entropy {}

impl std::fmt::Debug for Entropy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Entropy")
    }
}

#[cfg(test)]
pub(crate) fn seeded(seed: u64) -> rand_chacha::ChaCha20Rng {
    rand_core::SeedableRng::seed_from_u64(seed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::Rng as _;

    #[test]
    fn the_same_seed_gives_the_same_numbers_to_whoever_draws() {
        let source = || Entropy::new(seeded(1));
        let (mut one, mut other) = (source(), source());
        let mut sharer = other.clone();
        assert_eq!(one.next_u64(), other.next_u64());
        assert_eq!(one.next_u64(), sharer.next_u64());
    }
}
