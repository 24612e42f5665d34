//! The demo world: made once, whole or not at all.

use super::{places::Places, sites};
use crate::{failure::Failure, process, progress};
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
};

const SEED: &str = "1";

/// What a new world shall be like.
pub(super) struct Wishes {
    /// Days of exchanges between institutions.
    pub(super) days: u16,
    /// People; the demo's own where nothing is said.
    pub(super) residents: Option<u32>,
    /// Cards; those of the demo's own people where nothing is said.
    pub(super) cards: Option<u32>,
}

impl Wishes {
    fn size(&self) -> Vec<String> {
        let wish = |name: &str, value: Option<u32>| value.map(|value| [format!("--{name}"), value.to_string()]);
        [wish("residents", self.residents), wish("cards", self.cards)].into_iter().flatten().flatten().collect()
    }
}

/// Makes residents, organisations, certificates and some months of exchanges, unless `DATA/parties.toml` is there.
pub(super) fn make_where_absent(places: &Places, wishes: &Wishes, clock: &str) -> Result<(), Failure> {
    if places.data.join("parties.toml").is_file() {
        return Ok(());
    }
    // Made aside and renamed: half a world is never taken for a whole one.
    let aside = beside(&places.data);
    if aside.exists() {
        fs::remove_dir_all(&aside).map_err(Failure::at(&aside))?;
    }
    let linkage = || Command::new(places.programs.join("linkage"));
    progress::step("making the demo world: residents, organisations, certificates");
    process::run(
        linkage().arg("world").arg("--data").arg(&aside).args(["--seed", SEED, "--clock", clock]).args(wishes.size()),
    )?;
    shift_ports(&aside.join("parties.toml"), places.shift)?;
    sites::shift(&aside, places)?;
    progress::step(&format!("letting {} days of exchanges between institutions pass", wishes.days));
    let days = wishes.days.to_string();
    process::run(linkage().arg("simulate").arg("--data").arg(&aside).args(["--days", &days, "--clock", clock]))?;
    if places.data.exists() {
        fs::remove_dir(&places.data).map_err(Failure::at(&places.data))?;
    }
    fs::rename(&aside, &places.data).map_err(Failure::at(&places.data))?;
    progress::done(&format!("the demo world is in {}", places.data.display()));
    Ok(())
}

/// Every address on which the linkage backend listens: all parties but the portal, and JPKI's plain HTTP.
pub(super) fn listeners(places: &Places) -> Result<Vec<SocketAddr>, Failure> {
    let directory = read(&places.data.join("parties.toml"))?;
    let plain = directory.jpki.http.trim_start_matches("http://").parse().ok();
    Ok(directory
        .parties
        .into_iter()
        .filter(|(org, _)| org != "PORTAL")
        .map(|(_, address)| address)
        .chain(plain)
        .collect())
}

/// Moves every listener of a new world, so that two worlds can run side by side.
fn shift_ports(path: &Path, shift: u16) -> Result<(), Failure> {
    if shift == 0 {
        return Ok(());
    }
    let mut directory = read(path)?;
    let moved = |mut address: SocketAddr| {
        address.set_port(address.port().saturating_add(shift));
        address
    };
    for address in directory.parties.values_mut() {
        *address = moved(*address);
    }
    if let Ok(plain) = directory.jpki.http.trim_start_matches("http://").parse() {
        directory.jpki.http = format!("http://{}", moved(plain));
    }
    let text = toml::to_string(&directory).map_err(|error| Failure::Said(format!("parties.toml: {error}")))?;
    fs::write(path, text).map_err(Failure::at(path))
}

fn read(path: &Path) -> Result<Directory, Failure> {
    let text = fs::read_to_string(path).map_err(Failure::at(path))?;
    toml::from_str(&text).map_err(|source| Failure::Toml { path: path.to_owned(), source })
}

fn beside(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    data.with_file_name(name)
}

/// `parties.toml`.
#[derive(Deserialize, serde::Serialize)]
struct Directory {
    parties: BTreeMap<String, SocketAddr>,
    jpki: Jpki,
}

#[derive(Deserialize, serde::Serialize)]
struct Jpki {
    http: String,
}

#[cfg(test)]
mod tests {
    use super::{super::places::tests::places, *};

    const DEMO: Wishes = Wishes { days: 90, residents: None, cards: None };
    const DIRECTORY: &str = "[parties]\nCORE = \"127.0.0.1:9101\"\nPORTAL = \"127.0.0.1:9100\"\n\n[jpki]\nhttp = \"http://127.0.0.1:9190\"\n";

    #[test]
    fn linkage_is_ready_when_all_but_the_portal_listen() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("parties.toml"), DIRECTORY).unwrap();
        let places = Places { data: folder.path().to_owned(), ..places(None, 0) };
        let addresses = listeners(&places).unwrap();
        assert_eq!(addresses, ["127.0.0.1:9101".parse().unwrap(), "127.0.0.1:9190".parse().unwrap()]);
    }

    #[test]
    fn a_shifted_world_listens_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("parties.toml");
        fs::write(&path, DIRECTORY).unwrap();
        shift_ports(&path, 10_000).unwrap();
        let directory = read(&path).unwrap();
        assert_eq!(directory.parties.get("CORE"), Some(&"127.0.0.1:19101".parse().unwrap()));
        assert_eq!(directory.jpki.http, "http://127.0.0.1:19190");
    }

    #[test]
    fn only_wishes_that_were_made_are_passed_on() {
        assert!(DEMO.size().is_empty());
        assert_eq!(Wishes { cards: Some(60), ..DEMO }.size(), ["--cards", "60"]);
    }

    #[test]
    fn a_world_that_is_there_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("parties.toml"), DIRECTORY).unwrap();
        let places = Places { data: folder.path().to_owned(), programs: "/nowhere".into(), ..places(None, 0) };
        make_where_absent(&places, &DEMO, "system").unwrap();
    }

    #[test]
    fn a_world_that_could_not_be_made_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let places = Places { data: data.clone(), programs: "/nowhere".into(), ..places(None, 0) };
        assert!(make_where_absent(&places, &DEMO, "system").is_err());
        assert!(!data.exists());
    }
}
