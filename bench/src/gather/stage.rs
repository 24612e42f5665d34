//! A world with twenty institutions whose people are known to five, ten or all of them, and the programs over it: each in
//! a process of its own, as an operator runs them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use linkage::core::{Core, CoreFiles};
use linkage::entropy::Entropy;
use linkage::party::{CORE, DataDir, Directory, Party};
use runtime::{SystemClock, SystemRng};
use tokio::process::Command;

use crate::host::{Revocation, origin, settings};
use crate::places::{Places, address};
use crate::processes::{Program, nobody_listens};
use crate::{Failure, demo, say};

/// 10 in 12 of them are known to five institutions, 1 to ten, 1 to twenty.
const RESIDENTS: &str = "400";
const CARDS: &str = "280";
const INSTITUTIONS: &str = "20";

/// How long institutions take: log-normal, as times of people and machines that wait for one another are; half of them
/// answer within 80 ms, one in a hundred takes longer than 256 ms, nothing longer than half a second, so that a click
/// waits for an institution and never for a limit in time.
pub(crate) const LATENCY: linkage::institution::Latency =
    linkage::institution::Latency { seed: 1, median_ms: 80, sigma: 0.5, max_ms: 500 };

/// Which questions the whitelist lets the portal put to an institution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Questions {
    /// Every kind that the demo's whitelist has: up to ten to one city.
    AllKinds,
    /// One to each institution.
    One,
}

/// Programs at work over a world.
pub(crate) struct Stage {
    pub(crate) data: PathBuf,
    pub(crate) linkage: Program,
    pub(crate) portal: Program,
}

/// The world, made on the first call.
pub(crate) async fn world(places: &Places) -> Result<PathBuf, Failure> {
    let data = places.scratch.join("gather");
    if data.join("parties.toml").is_file() {
        return Ok(data);
    }
    let aside = places.scratch.join("gather.new");
    forget(&aside)?;
    forget(&data)?;
    say("making a world of twenty institutions");
    let words = ["world", "--seed", "1", "--residents", RESIDENTS, "--cards", CARDS, "--institutions", INSTITUTIONS];
    demo::linkage(places, &words, &aside).await?;
    demo::shift_ports(&aside.join("parties.toml"))?;
    std::fs::remove_file(aside.join("sites.toml"))?;
    let linkage::institution::Latency { seed, median_ms, sigma, max_ms } = LATENCY;
    let text = format!("[latency]\nseed = {seed}\nmedian_ms = {median_ms}\nsigma = {sigma}\nmax_ms = {max_ms}\n");
    std::fs::write(aside.join("linkage/institutions.toml"), text)?;
    std::fs::rename(&aside, &data)?;
    Ok(data)
}

/// A copy of the world where the whitelist lets the portal put one question to each institution; an amendment like any
/// other, loaded as an operator loads one.
pub(crate) async fn with_one_question(places: &Places, data: &Path) -> Result<PathBuf, Failure> {
    let copy = places.scratch.join("gather-one");
    forget(&copy)?;
    copy_folder(data, &copy)?;
    let dir = DataDir::new(&copy);
    let directory = Arc::new(Directory::read(&dir.parties_file())?);
    let party = Party::with_directory(&CORE, &dir, directory, Arc::new(SystemClock))?;
    let core = Core::open(&CoreFiles::of(&dir), party, Entropy::new(SystemRng)).await?;
    core.adopt_whitelist(&one_question()).await?;
    Ok(copy)
}

/// Version 3 of the whitelist, for measurements: what a person may look at, one kind at each institution.
fn one_question() -> String {
    let rows = [
        ("NTA", "income"),
        ("JPS", "pension-coverage"),
        ("KYOKAI", "insurance-coverage"),
        ("HELLOWORK", "employment-benefit"),
        ("JASSO", "scholarship"),
        ("municipality", "resident-record"),
        ("CORE", "access-records"),
    ];
    let row = |(provider, kind)| {
        format!(
            "[[row]]\nrequester = \"PORTAL\"\nprovider = \"{provider}\"\ninfo_kind = \"{kind}\"\nbp = \"self-view\"\n\
             circumstance = \"self_view\"\nmode = \"gateway\"\nbasis = [\"番号法附則第6条第3項\"]\n"
        )
    };
    let rows: Vec<String> = rows.into_iter().map(row).collect();
    format!("version = 3\nin_force_from = \"2026-04-01\"\n\n{}", rows.join("\n"))
}

/// Whether or not it is there.
pub(crate) fn forget(data: &Path) -> Result<(), Failure> {
    if data.exists() {
        std::fs::remove_dir_all(data)?;
    }
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

impl Stage {
    /// `linkage serve` and `my-portal serve`, ready.
    pub(crate) async fn start(places: &Places, data: PathBuf) -> Result<Self, Failure> {
        let linkage = demo::start_linkage(places, &data).await?;
        nobody_listens(&[address(8080), address(8081)]).await?;
        let config = data.join("portal.toml");
        std::fs::write(&config, settings(places, &data, "gather", Revocation::Ocsp))?;
        let mut command = Command::new(places.program("my-portal")?);
        command.arg("--config").arg(&config).args(["--log", "warn", "serve"]);
        let mut portal = Program::start(&mut command, &places.scratch.join("portal.log"))?;
        portal.listens(&[address(8081)]).await?;
        let ready = format!("http://{}/readyz", address(8081));
        let client = reqwest::Client::builder().no_proxy().build()?;
        while !client.get(&ready).send().await.is_ok_and(|answer| answer.status().is_success()) {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        Ok(Self { data, linkage, portal })
    }

    /// As browsers see the portal.
    pub(crate) fn origin() -> String {
        origin()
    }

    pub(crate) async fn stop(self) -> Result<(), Failure> {
        self.portal.stop().await?;
        self.linkage.stop().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whitelist_for_measurements_lets_the_portal_ask_each_institution_once() {
        let list = linkage::whitelist::parse(&one_question()).unwrap();
        assert_eq!((list.version(), list.rows().count()), (3, 7));
    }
}
