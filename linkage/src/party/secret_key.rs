//! A party's symmetric key in a file of its own, apart from its database.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use zeroize::{Zeroize as _, ZeroizeOnDrop, Zeroizing};

/// 32 random bytes; prints only its type's name, wiped when dropped.
#[derive(Clone, ZeroizeOnDrop)]
pub struct SecretKey([u8; 32]);

/// The key file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretKeyError {
    /// Not there, or not readable.
    #[error("cannot read the key file {path}")]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Not 64 hexadecimal digits.
    #[error("the key file {path} does not hold 64 hexadecimal digits")]
    Form {
        /// Which file.
        path: PathBuf,
    },
}

impl SecretKey {
    /// From bytes drawn elsewhere.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Draws a new one.
    pub fn generate(rng: &mut (impl rand_core::CryptoRng + ?Sized)) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits.
    pub fn read(path: &Path) -> Result<Self, SecretKeyError> {
        let text = Zeroizing::new(
            std::fs::read_to_string(path).map_err(|source| SecretKeyError::Read { path: path.to_owned(), source })?,
        );
        let mut bytes = [0; 32];
        if hex::decode_to_slice(text.trim(), &mut bytes).is_err() {
            bytes.zeroize();
            return Err(SecretKeyError::Form { path: path.to_owned() });
        }
        Ok(Self(bytes))
    }

    /// As the file holds it.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(self.0))
    }

    /// The bytes, for a keyed function.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_reads_back_what_was_written() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let key = SecretKey::from_bytes([9; 32]);
        std::fs::write(file.path(), key.to_hex().as_bytes()).unwrap();
        assert_eq!(SecretKey::read(file.path()).unwrap().as_bytes(), key.as_bytes());
        assert_eq!(format!("{key:?}"), "SecretKey");
    }

    #[test]
    fn a_damaged_key_file_is_named_and_not_shown() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abcd").unwrap();
        let error = SecretKey::read(file.path()).unwrap_err().to_string();
        assert!(error.contains("64 hexadecimal digits") && !error.contains("abcd"));
    }
}
