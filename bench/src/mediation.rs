//! Sixty-four callers at once: how many durable commits a mediation costs each database, and how fast they come.

pub(crate) mod callers;
pub(crate) mod lone;
mod syscalls;

use std::path::Path;

use tokio::process::Command;

use crate::figure::Figure;
use crate::measure::{median, real};
use crate::places::Places;
use crate::{Failure, demo, say};

const CALLERS: u32 = 64;
const MEDIATIONS: u32 = 1_920;
const LONE_COMMITS: u32 = 1_000;
const ROUNDS: usize = 3;
const SHARED_MIN: f64 = 8.0;
const RATE_MIN: f64 = 0.3;

/// Commits per mediation in each database, and the rate.
pub(crate) async fn measure(places: &Places) -> Result<Vec<Figure>, Failure> {
    let data = demo::world(places).await?;
    let mut rates = Vec::new();
    let (mut mediations_s, mut commits_s) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        say(&format!(
            "{MEDIATIONS} mediations by {CALLERS} callers, and {LONE_COMMITS} lone commits: {round} of {ROUNDS}"
        ));
        let lone: lone::Done = child(|us| {
            us.args(["lone", "--commits", &LONE_COMMITS.to_string()]).arg("--folder").arg(&places.scratch);
        })
        .await?;
        let done: callers::Done = child(|us| callers_words(us, &data)).await?;
        mediations_s.push(done.a_second());
        commits_s.push(lone.a_second());
        rates.push(done.a_second() / lone.a_second());
    }
    say("the same under strace, counting fdatasync");
    let ourselves = std::env::current_exe()?;
    let traced = syscalls::count(&places.scratch.join("mediation.strace"), |strace| {
        callers_words(strace.arg(ourselves), &data);
    })
    .await?;
    let mut figures = Vec::new();
    for (database, syncs) in &traced.syncs {
        let shared = real(traced.done.mediations) / real((*syncs).max(1));
        let name = format!("mediation by {CALLERS} callers: mediations a fdatasync in {database}.sqlite");
        let note = format!("{syncs} calls in {} mediations, checkpoints included", traced.done.mediations);
        figures.push(Figure::at_least(&name, shared, SHARED_MIN, "").because(note));
    }
    figures.push(
        Figure::at_least("its rate, against lone durable commits of the core's row on the same disk", median(rates), RATE_MIN, "×")
            .because(format!(
                "{:.0} mediations a second against {:.0} commits a second; requester, core and provider are one process on this machine; each mediation is two rows in the core, one at the requester and one at the provider, two mutual-TLS requests, a CMS signature and an HPKE seal",
                median(mediations_s),
                median(commits_s)
            )),
    );
    Ok(figures)
}

fn callers_words(command: &mut Command, data: &Path) {
    command.args(["callers", "--callers", &CALLERS.to_string(), "--mediations", &MEDIATIONS.to_string()]);
    command.arg("--data").arg(data);
}

/// Runs ourselves with other words, and reads the line that comes.
async fn child<T: serde::de::DeserializeOwned>(words: impl FnOnce(&mut Command)) -> Result<T, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    words(&mut command);
    let output = command.kill_on_drop(true).output().await?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}
