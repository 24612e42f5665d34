//! What the compiler does not check.

mod budget;
mod lengths;
mod parties;
mod purity;
mod rooms;
mod source;
mod words;

use crate::{bundle, failure::Failure, process, progress, project};
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only the checks that compile nothing
    #[arg(long)]
    quick: bool,
}

/// Runs every check to its end, so that one run shows everything there is to mend.
pub(crate) fn run(options: &Options) -> Result<ExitCode, Failure> {
    let mut report = Report::default();
    report.add("direction of dependencies", &rooms::check()?);
    report.add("pure rooms and the browser's part stay clean", &purity::check()?);
    let sources = source::all(&project::root())?;
    report.add("words that do not belong in code", &words::check(&sources));
    report.add("no party reaches into another", &parties::check(&sources));
    lengths::report(&sources);
    report.command("formatting", process::cargo().args(["fmt", "--all", "--", "--check", "-l"]));
    if !options.quick {
        compile(&mut report)?;
    }
    deny(&mut report);
    Ok(report.verdict())
}

/// Two builds, never `--all-features`: the server's half of `app` and the browser's exclude each other.
fn compile(report: &mut Report) -> Result<(), Failure> {
    report.command(
        "clippy, everything but the browser's part",
        process::cargo()
            .args(["clippy", "--workspace", "--exclude", "frontend", "--all-targets", "--locked", "--quiet"])
            .args(["--keep-going", "--", "-D", "warnings"]),
    );
    let mut browser = process::cargo();
    browser.args(["clippy", "--package", "frontend", "--package", "app", "--no-default-features"]);
    browser.args(["--features", "app/hydrate", "--locked", "--quiet"]);
    if let Some(target) = bundle::wasm_target() {
        browser.args(["--target", target]);
    } else {
        progress::skipped(
            "clippy's own toolchain lacks the WebAssembly target: the browser's part is checked as host code",
        );
    }
    report.command("clippy, the browser's part", browser.args(["--", "-D", "warnings"]));
    let assets = bundle::bundle(&project::path("site"), true)?;
    report.add("WebAssembly budget", &budget::check(&assets));
    Ok(())
}

/// Licences, bans, sources and advisories, where `cargo deny` is installed.
fn deny(report: &mut Report) {
    if process::read(process::cargo().args(["deny", "--version"])).is_err() {
        progress::skipped("cargo deny is not installed: licences, bans and sources are not checked here");
        return;
    }
    report.command(
        "cargo deny",
        process::cargo().args(["deny", "--log-level", "warn", "check", "licenses", "bans", "sources"]),
    );
    // The advisory database must be fetched; being offline is no finding, and a silent server no reason to wait.
    let cargo = process::cargo();
    let mut fetch = std::process::Command::new("timeout");
    fetch.arg("60").arg(cargo.get_program()).args(["deny", "fetch", "db"]).current_dir(project::root());
    if process::read(&mut fetch).is_ok() {
        report.command("advisories", process::cargo().args(["deny", "--log-level", "warn", "check", "advisories"]));
    } else {
        progress::skipped("the advisory database cannot be reached: advisories are not checked here");
    }
}

#[derive(Default)]
struct Report {
    findings: usize,
}

impl Report {
    fn add(&mut self, check: &str, findings: &[String]) {
        if findings.is_empty() {
            progress::done(check);
        } else {
            progress::failed(&Failure::Said(format!("{check}:\n  {}", findings.join("\n  "))));
        }
        self.findings += findings.len();
    }

    fn command(&mut self, check: &str, command: &mut std::process::Command) {
        progress::step(check);
        match process::run(command) {
            Ok(()) => progress::done(check),
            Err(failure) => {
                progress::failed(&failure);
                self.findings += 1;
            }
        }
    }

    fn verdict(&self) -> ExitCode {
        if self.findings == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
