//! A signer as text, for the file that keeps it: `PRIVATE+KEY+name+id+key`, as Go's package `note` first wrote it.

use std::str::FromStr;

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::{ED25519, KeyError, NoteSigner};

const HEAD: &str = "PRIVATE+KEY+";

impl NoteSigner {
    /// The whole key, for a file that nobody else can read.
    pub fn to_secret_text(&self) -> Zeroizing<String> {
        let secret = Zeroizing::new(self.secret.to_bytes());
        let tagged = Zeroizing::new([&[ED25519][..], secret.as_slice()].concat());
        let encoded = Zeroizing::new(Base64::encode_string(&tagged));
        let id = u32::from_be_bytes(self.key.id());
        Zeroizing::new(format!("{HEAD}{}+{id:08x}+{}", self.key.name(), *encoded))
    }
}

impl FromStr for NoteSigner {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut parts = text.strip_prefix(HEAD).ok_or(KeyError::Malformed)?.splitn(3, '+');
        let (Some(name), Some(_), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Malformed);
        };
        let tagged = Zeroizing::new(Base64::decode_vec(key).map_err(|_| KeyError::Malformed)?);
        let [ED25519, secret @ ..] = tagged.as_slice() else { return Err(KeyError::Malformed) };
        let secret: &[u8; 32] = secret.try_into().map_err(|_| KeyError::Malformed)?;
        let read = Self::new(name, secret)?;
        // One way to write a key: the identifier is compared with it.
        if read.to_secret_text().as_str() == text { Ok(read) } else { Err(KeyError::Malformed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::signer;

    /// The example of Go's package `note`.
    const SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    #[test]
    fn the_known_signer_has_the_known_key() {
        let signer: NoteSigner = SECRET.parse().unwrap();
        assert_eq!(signer.key().to_string(), "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assert_eq!(signer.to_secret_text().as_str(), SECRET);
    }

    #[test]
    fn a_signer_signs_as_before_when_it_was_written_and_read() {
        let read: NoteSigner = signer().to_secret_text().parse().unwrap();
        assert_eq!(read.sign("text\n"), signer().sign("text\n"));
    }

    #[test]
    fn what_is_no_signer_is_refused() {
        for text in [
            String::new(),
            signer().key().to_string(),
            SECRET.replace("c74f20a3", "c74f20a4"),
            SECRET.replace("PeterNeumann", "Peter Neumann"),
            SECRET.replace("+AY", "+BY"),
            format!("{SECRET}\n"),
            SECRET[..SECRET.len() - 4].to_owned(),
        ] {
            assert!(text.parse::<NoteSigner>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_signer_prints_nothing_of_its_secret() {
        let signer: NoteSigner = SECRET.parse().unwrap();
        assert!(!format!("{signer:?}").contains("AYEKFALVFGyNhPJEMzD1QIDr"));
    }
}
