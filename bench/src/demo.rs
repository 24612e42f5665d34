//! The world on which is measured, and the linkage backend beside the portal.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use domain::OrgCode;
use linkage::party::Directory;
use tokio::process::Command;

use crate::places::{Places, SHIFT};
use crate::processes::{self, Program};
use crate::{Failure, gather, say};

/// Days of simulated exchanges.
const DAYS: &str = "30";

/// The data directory, made on the first call.
pub(crate) async fn world(places: &Places) -> Result<PathBuf, Failure> {
    let data = places.data();
    if data.join("parties.toml").is_file() {
        return Ok(data);
    }
    let aside = places.scratch.join("world.new");
    if aside.exists() {
        std::fs::remove_dir_all(&aside)?;
    }
    say("making the world on which is measured");
    linkage(places, &["world", "--seed", "1"], &aside).await?;
    linkage(places, &["simulate", "--days", DAYS], &aside).await?;
    shift_ports(&aside.join("parties.toml"))?;
    // Nobody binds a code by card here, and the demo's own site may be running.
    std::fs::remove_file(aside.join("sites.toml"))?;
    std::fs::rename(&aside, &data)?;
    Ok(data)
}

/// Forgets the world, so that the next measurement makes a fresh one.
pub(crate) fn forget(places: &Places) -> Result<(), Failure> {
    gather::forget(&places.data())?;
    gather::forget(&places.scratch.join("notices"))?;
    gather::forget(&places.scratch.join("gather"))
}

pub(crate) async fn linkage(places: &Places, words: &[&str], data: &Path) -> Result<(), Failure> {
    let mut command = Command::new(places.program("linkage")?);
    let output = command.args(words).arg("--data").arg(data).output().await?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("linkage {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr)).into())
}

pub(crate) fn shift_ports(path: &Path) -> Result<(), Failure> {
    let mut directory = Directory::read(path)?;
    for address in directory.parties.values_mut() {
        address.set_port(address.port().saturating_add(SHIFT));
    }
    let mut plain = directory.jpki_http_address()?;
    plain.set_port(plain.port().saturating_add(SHIFT));
    directory.jpki.http = format!("http://{plain}");
    Ok(std::fs::write(path, directory.to_toml()?)?)
}

/// Where the linkage backend listens: everybody but the portal.
pub(crate) fn listeners(data: &Path) -> Result<Vec<SocketAddr>, Failure> {
    let directory = Directory::read(&data.join("parties.toml"))?;
    let plain = directory.jpki_http_address()?;
    let parties = directory.parties.into_iter().filter(|(org, _)| org.as_str() != OrgCode::PORTAL);
    Ok(parties.map(|(_, address)| address).chain([plain]).collect())
}

/// `linkage serve`, listening.
pub(crate) async fn start_linkage(places: &Places, data: &Path) -> Result<Program, Failure> {
    let mut command = Command::new(places.program("linkage")?);
    command.arg("serve").arg("--data").arg(data);
    let addresses = listeners(data)?;
    processes::nobody_listens(&addresses).await?;
    let mut program = Program::start(&mut command, &places.scratch.join("linkage.log"))?;
    program.listens(&addresses).await?;
    Ok(program)
}
