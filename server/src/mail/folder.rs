//! Each letter a file, for demos and tests.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use portal::{AlertMail, Carried, CarryError, MailAddress, MailCarrier};

use super::written;

/// Writes letters into a folder, each as `NAME.eml`. The same letter again is the same file.
pub(crate) struct Folder {
    folder: PathBuf,
    sender: MailAddress,
}

impl Folder {
    pub(crate) fn new(folder: PathBuf, sender: MailAddress) -> Self {
        Self { folder, sender }
    }
}

impl MailCarrier for Folder {
    fn carry(&self, mail: AlertMail) -> Carried {
        let name = format!("{}.eml", mail.message_id);
        let (folder, letter) = (self.folder.clone(), written(mail, &self.sender));
        Box::pin(async move {
            let letter = letter.map_err(|_| CarryError::Never)?.formatted();
            let put = tokio::task::spawn_blocking(move || put(&folder, &name, &letter)).await;
            match put {
                Ok(Ok(())) => Ok(()),
                Ok(Err(error)) => {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "a letter could not be put into its folder"
                    );
                    Err(CarryError::Later)
                }
                Err(_) => Err(CarryError::Later),
            }
        })
    }
}

/// Whole or not at all.
fn put(folder: &Path, name: &str, letter: &[u8]) -> io::Result<()> {
    let aside = folder.join(format!("{name}.new"));
    let mut file = std::fs::File::create(&aside)?;
    file.write_all(letter)?;
    file.sync_all()?;
    std::fs::rename(&aside, folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{mail, sender};
    use super::*;

    #[tokio::test]
    async fn a_letter_sent_twice_lies_there_once() {
        let folder = tempfile::tempdir().unwrap();
        let carrier = Folder::new(folder.path().to_owned(), sender());
        for _ in 0..2 {
            carrier.carry(mail("hanako@mail.example")).await.unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["00112233445566778899aabbccddeeff.eml"]);
    }

    #[tokio::test]
    async fn a_folder_that_is_not_there_is_tried_again_later() {
        let carrier = Folder::new("/nowhere".into(), sender());
        assert_eq!(carrier.carry(mail("hanako@mail.example")).await, Err(CarryError::Later));
    }
}
