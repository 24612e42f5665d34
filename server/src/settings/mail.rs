//! How mail goes out.

use std::path::{Path, PathBuf};

use portal::{AddressFault, MailAddress, MailCarrier};
use runtime::settings::Secret;
use serde::Deserialize;

use crate::mail::{Folder, Relay, RelayError, RelayFault, SmtpRelay};

/// How mail goes out. Without `smtp` and without `folder` it is not offered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MailSettings {
    /// Who carries it on: `smtps://HOST[:465]` (TLS from the first byte), `smtp://HOST[:587]` (TLS by STARTTLS, or not at
    /// all); to this machine, `smtp://localhost[:25]`, without TLS.
    pub smtp: Option<String>,
    /// The relay's account, where it wants one.
    pub user: Option<String>,
    /// Its password, best as `password_file`.
    pub password: Option<Secret>,
    /// Whom to believe about the relay's name, PEM; the machine's own authorities where nothing is said.
    pub anchor: Option<PathBuf>,
    /// Who it is from: `noreply@portal.example`. Nobody reads answers.
    pub sender: Option<String>,
    /// In place of `smtp`: each letter is a file in this folder. For demos and tests.
    pub folder: Option<PathBuf>,
}

/// What is wrong with how mail goes out. Never an account or a password.
#[derive(Debug, thiserror::Error)]
pub enum MailFault {
    /// Two ways.
    #[error("mail.smtp and mail.folder are both given")]
    TwoWays,
    /// No address to send from.
    #[error("mail.sender is missing or is no mail address")]
    Sender(#[source] AddressFault),
    /// An account without password, or the other way round.
    #[error("mail.user and mail.password go together")]
    Account,
    /// No relay.
    #[error("mail.smtp is not smtps://HOST[:PORT] or smtp://HOST[:PORT]")]
    Relay(#[source] RelayFault),
    /// The file of `mail.anchor`.
    #[error("{} cannot be read", .0.display())]
    Anchor(PathBuf, #[source] std::io::Error),
    /// TLS to the relay cannot be used.
    #[error("the relay cannot be used as configured")]
    Unusable(#[source] RelayError),
    /// The folder cannot be made.
    #[error("{} cannot be made", .0.display())]
    Folder(PathBuf, #[source] std::io::Error),
}

impl MailSettings {
    /// Who carries mail; none: it is not offered.
    pub(crate) fn carrier(&self) -> Result<Option<Box<dyn MailCarrier>>, MailFault> {
        let sender = || MailAddress::parse(self.sender.as_deref().unwrap_or_default()).map_err(MailFault::Sender);
        match (&self.smtp, &self.folder) {
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(MailFault::TwoWays),
            (None, Some(folder)) => {
                let sender = sender()?;
                std::fs::create_dir_all(folder).map_err(|error| MailFault::Folder(folder.clone(), error))?;
                Ok(Some(Box::new(Folder::new(folder.clone(), sender))))
            }
            (Some(smtp), None) => {
                let relay: Relay = smtp.parse().map_err(MailFault::Relay)?;
                let account = match (&self.user, &self.password) {
                    (None, None) => None,
                    (Some(user), Some(password)) => Some((user.as_str(), password.expose())),
                    _ => return Err(MailFault::Account),
                };
                let anchor = self.anchor.as_deref().map(read).transpose()?;
                let carrier = SmtpRelay::new(&relay, account, anchor.as_deref(), sender()?);
                Ok(Some(Box::new(carrier.map_err(MailFault::Unusable)?)))
            }
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, MailFault> {
    std::fs::read(path).map_err(|error| MailFault::Anchor(path.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(toml: &str) -> Result<bool, MailFault> {
        runtime::tls::install_provider();
        toml::from_str::<MailSettings>(toml).unwrap().carrier().map(|carrier| carrier.is_some())
    }

    #[test]
    fn without_a_way_mail_is_not_offered() {
        assert!(!settings("").unwrap());
        assert!(!settings("sender = 'noreply@portal.example'").unwrap());
    }

    #[tokio::test]
    async fn mail_goes_to_a_relay_or_into_a_folder_and_is_from_somebody() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("mail").display().to_string();
        assert!(settings(&format!("sender = 'noreply@portal.example'\nfolder = '{place}'")).unwrap());
        assert!(settings("sender = 'noreply@portal.example'\nsmtp = 'smtps://relay.example'").unwrap());
        assert!(matches!(settings("smtp = 'smtps://relay.example'"), Err(MailFault::Sender(_))));
        let both = format!("sender = 'noreply@portal.example'\nsmtp = 'smtps://relay.example'\nfolder = '{place}'");
        assert!(matches!(settings(&both), Err(MailFault::TwoWays)));
        let half = "sender = 'noreply@portal.example'\nsmtp = 'smtps://relay.example'\nuser = 'portal'";
        assert!(matches!(settings(half), Err(MailFault::Account)));
        let plain = "sender = 'noreply@portal.example'\nsmtp = 'http://relay.example'";
        assert!(matches!(settings(plain), Err(MailFault::Relay(_))));
    }
}
