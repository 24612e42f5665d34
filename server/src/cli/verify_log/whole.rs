//! A whole log: a directory of its files, or the address where they are served.

use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Duration;

use http::StatusCode;
use tokio::runtime::Handle;

use super::Unreadable;

/// A full bundle of the longest entries.
const FILE_BYTES_MAX: usize = 256 * (2 + tlog::ENTRY_BYTES_MAX);
const ANSWER_MAX: Duration = Duration::from_secs(30);

/// Reads what is there. What is not there belongs to the judgement; what cannot be read ends it.
pub(super) struct Whole {
    place: Place,
    fault: RefCell<Option<Unreadable>>,
}

enum Place {
    Directory(PathBuf),
    Address { prefix: String, client: reqwest::Client },
}

impl Whole {
    pub(super) fn at(place: &str) -> Result<Self, Unreadable> {
        let place = if place.starts_with("http://") || place.starts_with("https://") {
            let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).timeout(ANSWER_MAX);
            let client = client.build().map_err(|error| Unreadable::Address(place.to_owned(), error.into()))?;
            Place::Address { prefix: place.trim_end_matches('/').to_owned(), client }
        } else {
            Place::Directory(PathBuf::from(place))
        };
        Ok(Self { place, fault: RefCell::default() })
    }

    /// One file by its path in the public format.
    pub(super) fn file(&self, path: &str) -> Option<Vec<u8>> {
        let read = match &self.place {
            Place::Directory(folder) => from_directory(folder.join(path)),
            Place::Address { prefix, client } => {
                let url = format!("{prefix}/{path}");
                let fetched = tokio::task::block_in_place(|| Handle::current().block_on(fetched(client, &url)));
                fetched.map_err(|error| Unreadable::Address(url, error))
            }
        };
        read.unwrap_or_else(|fault| {
            self.fault.borrow_mut().get_or_insert(fault);
            None
        })
    }

    /// Everything that was asked for was there, or was not there; nothing failed.
    pub(super) fn was_readable(self) -> Result<(), Unreadable> {
        self.fault.into_inner().map_or(Ok(()), Err)
    }
}

fn from_directory(path: PathBuf) -> Result<Option<Vec<u8>>, Unreadable> {
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Unreadable::File(path, error)),
    }
}

async fn fetched(
    client: &reqwest::Client,
    url: &str,
) -> Result<Option<Vec<u8>>, Box<dyn std::error::Error + Send + Sync>> {
    let mut answer = client.get(url).send().await.map_err(reqwest::Error::without_url)?;
    match answer.status() {
        StatusCode::NOT_FOUND => return Ok(None),
        StatusCode::OK => {}
        other => return Err(format!("it answered {other}").into()),
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(reqwest::Error::without_url)? {
        if bytes.len() + chunk.len() > FILE_BYTES_MAX {
            return Err("it is longer than any file of a log".into());
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}
