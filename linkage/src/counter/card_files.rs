//! Card files as the counter handles them. The counter sees whose card it is and whether it may be used; keys, PINs and
//! 番号 on the chip are passed over unread, and a change of state leaves every other byte as it was.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use wire::card_file::{CardState, file_name};
use zeroize::Zeroizing;

use crate::{
    party::DataDir,
    world::files::{Access, FileError, replace},
};

/// What stands on every card file, blank or not.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
pub(super) struct CardHead {
    /// Whose card, in one phrase.
    pub(super) who: String,
    /// Handed over, or not, or stopped.
    pub(super) state: CardState,
}

/// A card file could not be used.
#[derive(Debug, thiserror::Error)]
pub enum CardFileError {
    /// Not readable or not writable.
    #[error(transparent)]
    File(#[from] FileError),
    /// Not a card.
    #[error("{0} is no card")]
    Malformed(PathBuf),
}

/// What a card tells; none: there is no such file.
pub(super) fn look(data: &DataDir, card: &str) -> Result<Option<CardHead>, CardFileError> {
    let path = path(data, card);
    let Some(text) = read(&path)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|_| CardFileError::Malformed(path))
}

/// Hands a card over, stops it or takes it back. False: there is no such file.
pub(super) fn change_state(data: &DataDir, card: &str, state: CardState) -> Result<bool, CardFileError> {
    let path = path(data, card);
    if !path.exists() {
        return Ok(false);
    }
    let _lock = lock(&path.with_extension("lock"))?;
    let Some(text) = read(&path)? else { return Ok(false) };
    let changed = with_state(&text, state).ok_or_else(|| CardFileError::Malformed(path.clone()))?;
    replace(&path, changed.as_bytes(), Access::Owner)?;
    Ok(true)
}

/// One at a time, over all processes; the reader takes the same lock on a card. Ends when dropped.
pub(super) fn lock(path: &Path) -> Result<File, FileError> {
    let failed = |source| FileError { path: path.to_owned(), source };
    let file = OpenOptions::new().create(true).append(true).mode(0o600).open(path).map_err(failed)?;
    file.lock().map_err(failed)?;
    Ok(file)
}

pub(super) fn path(data: &DataDir, card: &str) -> PathBuf {
    data.cards().join(file_name(card))
}

fn read(path: &Path) -> Result<Option<Zeroizing<String>>, FileError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(Zeroizing::new(text))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(FileError { path: path.to_owned(), source }),
    }
}

/// The same file with another state.
fn with_state(text: &str, state: CardState) -> Option<Zeroizing<String>> {
    #[derive(serde::Deserialize)]
    struct Place<'a> {
        state: &'a str,
    }
    // The borrowed text is a part of the file's: where it begins is where the state stands.
    let place: Place<'_> = serde_json::from_str(text).ok()?;
    let start = place.state.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    let (before, rest) = text.split_at_checked(start)?;
    let after = rest.strip_prefix(place.state)?;
    Some(Zeroizing::new([before, state.name(), after].concat()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_change_of_state_touches_nothing_else(who: String, secret: String, at in 0usize..3, to in 0usize..3) {
            let (from, to) = (CardState::ALL[at], CardState::ALL[to]);
            let card = serde_json::json!({
                "certificates": { "state": "ordered", "ticket": secret },
                "state": from.name(),
                "who": who,
            });
            let changed = with_state(&card.to_string(), to).unwrap();
            let mut expected = card;
            expected["state"] = to.name().into();
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&changed).unwrap(), expected);
        }
    }

    #[test]
    fn what_is_no_card_is_left_alone() {
        for text in ["", "{}", r#"{"state":7}"#, r#"{"state":"a","state":"b"}"#] {
            assert!(with_state(text, CardState::Active).is_none(), "{text}");
        }
    }
}
