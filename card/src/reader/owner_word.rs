//! The word that the owner chose. Every PIN page shows it; no other site can read it.

use std::fs;
use std::io;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;

use crate::card_file::replace_durably;

/// Most characters of the word.
const CHARS_MAX: usize = 20;

/// A word of the owner. Prints only its type's name.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OwnerWord(String);

/// Empty, too long, or with characters that do not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an owner's word has 1 to 20 visible characters")]
pub(crate) struct OwnerWordError;

impl OwnerWord {
    pub(crate) fn parse(text: &str) -> Result<Self, OwnerWordError> {
        let text = text.trim();
        let well_formed = (1..=CHARS_MAX).contains(&text.chars().count())
            && !text.chars().any(super::asks::cannot_be_shown_in_a_line);
        if well_formed { Ok(Self(text.to_owned())) } else { Err(OwnerWordError) }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for OwnerWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OwnerWord")
    }
}

/// `DATA/reader/owner-word`, 0600.
pub(crate) struct OwnerWordFile {
    folder: PathBuf,
}

impl OwnerWordFile {
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// `None` until the owner chooses one.
    pub(crate) fn read(&self) -> Option<OwnerWord> {
        OwnerWord::parse(&fs::read_to_string(self.folder.join("owner-word")).ok()?).ok()
    }

    pub(crate) fn write(&self, word: &OwnerWord) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        replace_durably(&self.folder.join("owner-word"), word.0.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_kept_over_a_restart() {
        let data = tempfile::tempdir().unwrap();
        let file = || OwnerWordFile::new(data.path().join("reader"));
        assert_eq!(file().read(), None);
        file().write(&OwnerWord::parse(" 青い鳥 ").unwrap()).unwrap();
        assert_eq!(file().read().unwrap().as_str(), "青い鳥");
    }

    #[test]
    fn a_word_is_short_and_visible() {
        for bad in ["", "  ", "a\nb", "a\u{202e}b", &"あ".repeat(21)] {
            assert_eq!(OwnerWord::parse(bad), Err(OwnerWordError), "{bad:?}");
        }
        assert!(OwnerWord::parse(&"あ".repeat(20)).is_ok());
    }
}
