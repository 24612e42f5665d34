//! One list, taken in by a process of its own: its memory is then the list's.

use std::path::{Path, PathBuf};

use clap::Args;
use pki::Certificate;
use pki::crl::CrlIndex;
use tokio::process::Command;

use crate::Failure;
use crate::measure::cpu;
use crate::processes::memory_bytes;

#[derive(Args)]
pub(crate) struct Options {
    /// DER
    #[arg(long)]
    list: PathBuf,
    /// DER
    #[arg(long)]
    issuer: PathBuf,
}

/// What it cost.
#[derive(serde::Serialize, serde::Deserialize)]
pub(super) struct Taken {
    pub(super) cpu_s: f64,
    pub(super) entry_bytes: u64,
    pub(super) grown_bytes: u64,
    pub(super) peak_bytes: u64,
}

pub(super) async fn in_a_process(list: &Path, issuer: &Path) -> Result<Taken, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.arg("ingest").arg("--list").arg(list).arg("--issuer").arg(issuer).output().await?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let issuer = Certificate::from_der(&std::fs::read(&options.issuer)?)?;
    let resident = || memory_bytes("self", "VmRSS");
    let rss_before = resident();
    let der = std::fs::read(&options.list)?;
    let before = cpu();
    let index = CrlIndex::from_der(&der, &issuer)?;
    let cpu_s = cpu().saturating_sub(before).as_secs_f64();
    drop(der);
    let taken = Taken {
        cpu_s,
        entry_bytes: u64::try_from(index.entry_bytes())?,
        grown_bytes: resident().saturating_sub(rss_before),
        peak_bytes: memory_bytes("self", "VmHWM"),
    };
    println!("{}", serde_json::to_string(&taken)?);
    // In use until here.
    drop(index);
    Ok(())
}
