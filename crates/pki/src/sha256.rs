//! SHA-256 of what must not stay in memory (P-INF-9).

use aws_lc_rs::digest::{Context, SHA256};

/// Of the parts one after the other. A hash holds the last block of what it was given, and a short text is in it
/// whole; this one wipes its block, on whatever stack it lay.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    use super::*;

    #[test]
    fn parts_are_hashed_as_if_they_were_one() {
        let text = [b'a'; 200];
        for (first, second) in [(0, 0), (0, 1), (63, 64), (64, 64), (100, 200)] {
            let expected: [u8; 32] = Sha256::digest(&text[..second]).into();
            assert_eq!(sha256(&[&text[..first], &text[first..second]]), expected, "{first} {second}");
        }
        assert_eq!(hex::encode(sha256(&[b"abc"])), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
