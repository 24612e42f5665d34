//! Signed notes (C2SP signed-note) with Ed25519.

mod secret;

use std::fmt;
use std::str::FromStr;

use base64ct::{Base64, Encoding as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// Most bytes of a note.
pub const NOTE_BYTES_MAX: usize = 64 * 1024;
/// Most signatures that are looked at; the specification asks for 16 at least.
const SIGNATURES_MAX: usize = 32;
const ED25519: u8 = 0x01;

/// Whose signature counts: name and key. Written `name+id+key`, as other verifiers take it.
#[derive(Clone, PartialEq, Eq)]
pub struct NoteKey {
    name: String,
    key: VerifyingKey,
}

/// Not a note key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Empty, with a space, a control character or `+`.
    #[error("a key's name is one word without a plus sign")]
    Name,
    /// Not `name+id+key` with an Ed25519 key whose identifier is the one given.
    #[error("not an Ed25519 note key")]
    Malformed,
}

/// Why a note is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Longer than [`NOTE_BYTES_MAX`], or too many signatures.
    #[error("the note is too long")]
    TooLong,
    /// No text, no signatures, control characters, or lines that are no signatures.
    #[error("not a signed note")]
    Malformed,
    /// A known key's signature is wrong.
    #[error("a signature of the note is wrong")]
    Signature,
    /// No known key has signed.
    #[error("no known key has signed the note")]
    UnknownKey,
}

impl NoteKey {
    /// Names a key.
    pub fn new(name: &str, key: &[u8; 32]) -> Result<Self, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        let key = VerifyingKey::from_bytes(key).map_err(|_| KeyError::Malformed)?;
        if key.is_weak() { Err(KeyError::Malformed) } else { Ok(Self { name: name.to_owned(), key }) }
    }

    /// The key's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// First four bytes of `SHA-256(name || 0x0A || 0x01 || key)`.
    fn id(&self) -> [u8; 4] {
        let hash = Sha256::new_with_prefix(&self.name).chain_update([b'\n', ED25519]).chain_update(self.key.as_bytes());
        let [a, b, c, d, ..] = <[u8; 32]>::from(hash.finalize());
        [a, b, c, d]
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

impl fmt::Display for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.id());
        let key = [&[ED25519][..], self.key.as_bytes()].concat();
        write!(f, "{}+{id:08x}+{}", self.name, Base64::encode_string(&key))
    }
}

impl fmt::Debug for NoteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteKey({self})")
    }
}

impl FromStr for NoteKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Malformed);
        };
        let bytes = Base64::decode_vec(key).map_err(|_| KeyError::Malformed)?;
        let [ED25519, key @ ..] = bytes.as_slice() else { return Err(KeyError::Malformed) };
        let read = Self::new(name, key.try_into().map_err(|_| KeyError::Malformed)?)?;
        // One way to write a key: the identifier is compared with it.
        if read.to_string() == text { Ok(read) } else { Err(KeyError::Malformed) }
    }
}

/// Signs notes; prints only its public half.
pub struct NoteSigner {
    key: NoteKey,
    secret: SigningKey,
}

impl NoteSigner {
    /// From the 32 secret bytes of an Ed25519 key (RFC 8032).
    pub fn new(name: &str, secret: &[u8; 32]) -> Result<Self, KeyError> {
        let secret = SigningKey::from_bytes(secret);
        Ok(Self { key: NoteKey::new(name, secret.verifying_key().as_bytes())?, secret })
    }

    /// What others need to verify.
    pub fn key(&self) -> &NoteKey {
        &self.key
    }

    /// Signs a text, which ends with a newline and has no other control characters.
    pub fn sign(&self, text: &str) -> Result<String, NoteError> {
        if text.len() > NOTE_BYTES_MAX / 2 {
            return Err(NoteError::TooLong);
        }
        if !is_text(text) {
            return Err(NoteError::Malformed);
        }
        let signature = [&self.key.id()[..], &self.secret.sign(text.as_bytes()).to_bytes()].concat();
        Ok(format!("{text}\n— {} {}\n", self.key.name, Base64::encode_string(&signature)))
    }
}

impl fmt::Debug for NoteSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteSigner({})", self.key)
    }
}

fn is_text(text: &str) -> bool {
    text.ends_with('\n') && !text.chars().any(|c| c < ' ' && c != '\n')
}

/// The text of a note that at least one of `keys` has signed, and no other of them wrongly. Signatures of unknown keys
/// are ignored.
pub fn open_note<'n>(note: &'n str, keys: &[NoteKey]) -> Result<&'n str, NoteError> {
    if note.len() > NOTE_BYTES_MAX {
        return Err(NoteError::TooLong);
    }
    let at = note.rfind("\n\n").ok_or(NoteError::Malformed)?;
    let (text, signatures) = (note.get(..=at), note.get(at + 2..));
    let (Some(text), Some(signatures)) = (text, signatures) else { return Err(NoteError::Malformed) };
    if !is_text(text) || !is_text(signatures) {
        return Err(NoteError::Malformed);
    }
    if signatures.lines().count() > SIGNATURES_MAX {
        return Err(NoteError::TooLong);
    }
    let mut signed = false;
    for line in signatures.lines() {
        let (name, bytes) = signature_line(line).ok_or(NoteError::Malformed)?;
        let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NoteError::Malformed)?;
        let Some(known) = keys.iter().find(|key| key.name == name && key.id() == *id) else { continue };
        let signature = Signature::from_slice(signature).map_err(|_| NoteError::Signature)?;
        known.key.verify_strict(text.as_bytes(), &signature).map_err(|_| NoteError::Signature)?;
        signed = true;
    }
    if signed { Ok(text) } else { Err(NoteError::UnknownKey) }
}

fn signature_line(line: &str) -> Option<(&str, Vec<u8>)> {
    let (name, signature) = line.strip_prefix("— ")?.split_once(' ')?;
    is_name(name).then_some(())?;
    Some((name, Base64::decode_vec(signature).ok()?))
}

#[cfg(test)]
mod tests;
