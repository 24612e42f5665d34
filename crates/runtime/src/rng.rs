//! The one place that asks the machine for randomness.

use rand_core::{Infallible, TryCryptoRng, TryRng};

/// Randomness for keys, ids and challenges: a `ChaCha` generator per thread, seeded and reseeded by
/// the operating system. Zero-size; make one wherever a use case wants `&mut rng`.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRng;

#[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for randomness")]
fn ambient() -> rand::rngs::ThreadRng {
    rand::rng()
}

impl TryRng for SystemRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        ambient().try_next_u32()
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        ambient().try_next_u64()
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        ambient().try_fill_bytes(dst)
    }
}

impl TryCryptoRng for SystemRng {}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::{CryptoRng, Rng};

    fn challenge(rng: &mut (impl CryptoRng + ?Sized)) -> [u8; 32] {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        bytes
    }

    #[test]
    fn two_challenges_differ() {
        assert_ne!(challenge(&mut SystemRng), challenge(&mut SystemRng));
        assert_ne!(SystemRng.next_u64(), SystemRng.next_u64());
    }
}
