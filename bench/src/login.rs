//! CPU of the portal for one whole login: every request of it, the check of revocation included.

use std::path::Path;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;

use crate::citizen::Citizen;
use crate::figure::Figure;
use crate::host::{Host, Revocation, origin, set_up};
use crate::measure::{cpu, median, us};
use crate::places::Places;
use crate::{Failure, demo, openssl, say};

const ROUNDS: usize = 5;
const LOGINS: u32 = 160;
/// Browsers that log in at the same time: a portal at work is not waited for by one person alone.
const TOGETHER: usize = 16;
const MAX: f64 = 150.0;
const AIM: f64 = 60.0;

/// With OCSP, and with a revocation list; and one browser after the other, where every request wakes an idle portal.
pub(crate) async fn measure(places: &Places) -> Result<Vec<Figure>, Failure> {
    let data = demo::world(places).await?;
    let metrics = set_up()?;
    let linkage = demo::start_linkage(places, &data).await?;
    let before = openssl::rsa_verify().await?;
    let ocsp = logins(places, &data, Revocation::Ocsp, metrics.clone(), TOGETHER).await?;
    let crl = logins(places, &data, Revocation::Crl, metrics.clone(), TOGETHER).await?;
    let alone = logins(places, &data, Revocation::Ocsp, metrics, 1).await?;
    let after = openssl::rsa_verify().await?;
    linkage.stop().await?;
    let verify = (before + after) / 2;
    let figure = |name: &str, cpu: Duration| {
        let ratio = cpu.div_duration_f64(verify);
        let aim = if ratio <= AIM { "the aim of 60 × is reached" } else { "the aim of 60 × is not reached" };
        Figure::at_most(name, ratio, MAX, "×").because(format!(
            "{:.0} µs against {:.1} µs (`openssl speed rsa2048`); {aim}; six requests: /login, /login/start, \
             /login/card, /card/answer, /card/return, /home",
            us(cpu),
            us(verify)
        ))
    };
    Ok(vec![
        figure("login with OCSP: CPU of the portal, all requests, against one RSA-2048 verification", ocsp),
        figure("login with a revocation list, the same", crl),
        figure("login with OCSP, one browser after the other, the same", alone),
    ])
}

async fn logins(
    places: &Places,
    data: &Path,
    revocation: Revocation,
    metrics: PrometheusHandle,
    together: usize,
) -> Result<Duration, Failure> {
    say(&format!("{LOGINS} logins with {revocation:?}, {together} together, {ROUNDS} rounds"));
    let host = Host::start(places, data, revocation, metrics).await?;
    let mut citizen = Citizen::start(&origin(), data, None)?;
    citizen.registers().await?;
    citizen.logs_in(32, together).await?;
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let before = cpu();
        citizen.logs_in(LOGINS, together).await?;
        rounds.push(cpu().saturating_sub(before).as_secs_f64() / f64::from(LOGINS));
    }
    drop(citizen);
    host.stop().await?;
    Ok(Duration::from_secs_f64(median(rounds)))
}
