//! Sites that institutions have of their own, for people with browsers: `sites.toml` of the demo world.

use super::places::Places;
use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fs, net::SocketAddr, path::Path};

/// Where such a site takes the card reader's answers, and nowhere else.
const ANSWER_PATH: &str = "/card-bindings/answer";

/// By organisation code.
pub(super) type Sites = BTreeMap<String, Site>;

#[derive(Deserialize, Serialize)]
pub(super) struct Site {
    pub(super) listen: SocketAddr,
    /// As browsers see it.
    pub(super) origin: String,
    /// The card reader, as browsers see it.
    reader: String,
}

impl Site {
    /// An entry of the card reader's list of those who may ask.
    pub(super) fn allowed(&self) -> String {
        format!("{}={ANSWER_PATH}", self.origin)
    }
}

/// Whether people show their cards there; a municipality's counter asks no card.
pub(super) fn asks_cards(org: &str) -> bool {
    !org.bytes().all(|letter| letter.is_ascii_digit())
}

/// The sites of a world; older worlds have none.
pub(super) fn read(data: &Path) -> Result<Sites, Failure> {
    let path = data.join("sites.toml");
    if !path.is_file() {
        return Ok(Sites::new());
    }
    let text = fs::read_to_string(&path).map_err(Failure::at(&path))?;
    toml::from_str(&text).map_err(|source| Failure::Toml { path, source })
}

/// Moves every site of a new world, and tells them where this demo's card reader is.
pub(super) fn shift(data: &Path, places: &Places) -> Result<(), Failure> {
    let mut sites = read(data)?;
    if places.shift == 0 || sites.is_empty() {
        return Ok(());
    }
    for site in sites.values_mut() {
        let (before, after) = (site.listen.port(), places.shifted(site.listen.port()));
        site.listen.set_port(after);
        if let Some(name) = site.origin.strip_suffix(&format!(":{before}")) {
            site.origin = format!("{name}:{after}");
        }
        site.reader = places.reader_origin();
    }
    let path = data.join("sites.toml");
    let text = toml::to_string(&sites).map_err(|error| Failure::Said(format!("sites.toml: {error}")))?;
    fs::write(&path, text).map_err(Failure::at(&path))
}

/// What a person types there: number by card, by organisation code. Empty where the world tells none.
pub(super) fn numbers(data: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = fs::read_to_string(data.join("cards/site-numbers.toml")).unwrap_or_default();
    toml::from_str(&text).unwrap_or_default()
}

#[cfg(test)]
pub(super) mod tests {
    use super::{super::places::tests::places, *};

    const SITES: &str = "[141003]\nlisten = \"127.0.0.1:9196\"\norigin = \"http://counter.yokohama.localhost:9196\"\nreader = \"http://127.0.0.1:8790\"\n[JASSO]\nlisten = \"127.0.0.1:9195\"\norigin = \"http://jasso.localhost:9195\"\nreader = \"http://127.0.0.1:8790\"\n";

    pub(in crate::demo) fn write(data: &Path) {
        fs::create_dir_all(data.join("cards")).unwrap();
        fs::write(data.join("sites.toml"), SITES).unwrap();
        fs::write(data.join("cards/site-numbers.toml"), "[JASSO]\ncard-0016 = \"461-62-707770\"\n").unwrap();
    }

    #[test]
    fn a_world_without_sites_has_none() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read(folder.path()).unwrap().is_empty() && numbers(folder.path()).is_empty());
    }

    #[test]
    fn a_shifted_world_has_its_sites_and_their_reader_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path());
        shift(folder.path(), &places(None, 10_000)).unwrap();
        let mut sites = read(folder.path()).unwrap();
        assert_eq!(sites["141003"].origin, "http://counter.yokohama.localhost:19196");
        let site = sites.remove("JASSO").unwrap();
        assert_eq!(site.listen.port(), 19_195);
        assert_eq!(site.allowed(), "http://jasso.localhost:19195=/card-bindings/answer");
        assert_eq!(site.reader, "http://127.0.0.1:18790");
    }

    #[test]
    fn a_damaged_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("sites.toml"), "JASSO").unwrap();
        assert!(matches!(read(folder.path()), Err(Failure::Toml { path, .. }) if path.ends_with("sites.toml")));
    }
}
