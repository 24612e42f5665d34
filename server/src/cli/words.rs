//! Why the program does not start, in the words of whoever runs it: what happened, what was kept, what to do next.

use std::error::Error;

use domain::Locale;
use portal::LogError;
use portal::backup::{BackupError, RestoreError};
use runtime::serve::BindError;
use runtime::settings::SettingsError;
use wording::{Words, key};

use crate::ServeError;
use crate::settings::SettingsFault;

/// The language of the terminal (POSIX): `ja_JP.UTF-8`, `ja_JP.UTF-8@easy`; everything else is English.
pub(super) fn locale(variable: impl Fn(&str) -> Option<String>) -> Locale {
    let chosen = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
    match chosen.as_deref() {
        Some(value) if value.starts_with("ja") && value.ends_with("@easy") => Locale::JaEasy,
        Some(value) if value.starts_with("ja") => Locale::Ja,
        _ => Locale::En,
    }
}

/// One line; none where the error has no words of its own.
pub(super) fn worded(error: &(dyn Error + 'static), locale: Locale) -> Option<String> {
    let mut beneath = std::iter::successors(Some(error), |error| (**error).source());
    let (title, what, next) = beneath.find_map(|error| said(error, Words::of(locale)))?;
    Some([title, what, next].join(if locale == Locale::En { " — " } else { "／" }))
}

fn said(error: &(dyn Error + 'static), words: &Words) -> Option<(String, String, String)> {
    if let Some(BindError::InUse { address }) = error.downcast_ref() {
        let what = words.format(key::ERROR_PORT_IN_USE_WHAT_ADDRESS, &[("address", address.to_string().into())]);
        return Some((words.text(key::ERROR_PORT_IN_USE_TITLE), what, words.text(key::ERROR_PORT_IN_USE_NEXT)));
    }
    if let Some(worded) = kept(error, words) {
        return Some(worded);
    }
    let item = if let Some(error) = error.downcast_ref::<SettingsError>() {
        match error {
            SettingsError::Setting(fault) => fault.key().to_owned(),
            SettingsError::Unreadable { file, .. } | SettingsError::Malformed { file, .. } => {
                file.display().to_string()
            }
        }
    } else if let Some(fault) = error.downcast_ref::<SettingsFault>() {
        fault.key().to_owned()
    } else {
        match error.downcast_ref::<ServeError>()? {
            ServeError::Parties(_) => "party".to_owned(),
            ServeError::Tls(_) => "tls".to_owned(),
            _ => return None,
        }
    };
    let what = words.format(key::ERROR_CONFIGURATION_WHAT_ITEM, &[("item", item.into())]);
    Some((words.text(key::ERROR_CONFIGURATION_TITLE), what, words.text(key::ERROR_CONFIGURATION_NEXT)))
}

/// What `backup` and `restore` refuse, and what a restore leaves for the next start.
fn kept(error: &(dyn Error + 'static), words: &Words) -> Option<(String, String, String)> {
    if let Some(BackupError::Postgres(line)) = error.downcast_ref() {
        return Some(by_its_own_means(words, line));
    }
    if let Some(RestoreError::Postgres(line)) = error.downcast_ref() {
        return Some(by_its_own_means(words, line));
    }
    let case = if let Some(error) = error.downcast_ref::<BackupError>() {
        match error {
            BackupError::NotEmpty(_) => wording::error::BACKUP_FOLDER_TAKEN,
            _ => return None,
        }
    } else if let Some(error) = error.downcast_ref::<RestoreError>() {
        match error {
            RestoreError::NoManifest(_) | RestoreError::Damaged(_) => wording::error::BACKUP_DAMAGED,
            RestoreError::Newer(_) => wording::error::BACKUP_NEWER,
            RestoreError::InUse(_) => wording::error::DATABASE_IN_USE,
            RestoreError::Exists(_) => wording::error::DATABASE_THERE,
            _ => return None,
        }
    } else {
        match error.downcast_ref::<LogError>()? {
            LogError::Retired { .. } => wording::error::LOG_RETIRED,
            _ => return None,
        }
    };
    let said = case.words(words.locale());
    Some((said.title, said.what, said.next))
}

fn by_its_own_means(words: &Words, line: &str) -> (String, String, String) {
    let said = wording::error::BACKUP_POSTGRESQL.words(words.locale());
    let next = words.format(key::ERROR_BACKUP_POSTGRESQL_NEXT_LINE, &[("line", line.into())]);
    (said.title, said.what, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_says_something_decides() {
        let of = |values: &[(&str, &str)]| {
            locale(|name| values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(of(&[("LANG", "ja_JP.UTF-8")]), Locale::Ja);
        assert_eq!(of(&[("LANG", "ja_JP.UTF-8@easy")]), Locale::JaEasy);
        assert_eq!(of(&[("LC_ALL", "C"), ("LANG", "ja_JP.UTF-8")]), Locale::En);
        assert_eq!(of(&[("LC_ALL", ""), ("LC_MESSAGES", "ja"), ("LANG", "en_GB.UTF-8")]), Locale::Ja);
        assert_eq!(of(&[]), Locale::En);
    }
}
