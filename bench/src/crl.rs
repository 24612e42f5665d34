//! A revocation list of a million entries: taken in, looked up, replaced while people log in.

pub(crate) mod ingest;
mod list;
mod swap;

use std::time::{Duration, Instant};

use pki::crl::{CrlIndex, Freshness, LiveCrls};
use pki::{RevocationProvider as _, RevocationStatus};
use runtime::{Clock as _, SystemClock};

use crate::figure::Figure;
use crate::measure::{median, percentile, real};
use crate::places::Places;
use crate::{Failure, openssl, say};
use list::Lists;

/// Entries of the list.
pub(crate) const ENTRIES: u64 = 1_000_000;
const INGEST_MAX: f64 = 2.0;
const ENTRY_BYTES_MAX: f64 = 40.0;
const LOOK_UPS: usize = 200_000;
const ROUNDS: usize = 3;

/// All that is promised of revocation lists.
pub(crate) async fn measure(places: &Places) -> Result<Vec<Figure>, Failure> {
    say("making revocation lists of a million entries");
    let lists = Lists::make()?;
    let (list_file, issuer_file) = (places.scratch.join("million.crl"), places.scratch.join("million-ca.der"));
    std::fs::write(&list_file, lists.der(0)?)?;
    std::fs::write(&issuer_file, lists.issuer().der())?;

    say("taking one in, and reading it with openssl");
    let floor = openssl::read_crl(&list_file).await?;
    let mut taken = Vec::new();
    for _ in 0..ROUNDS {
        taken.push(ingest::in_a_process(&list_file, &issuer_file).await?);
    }
    let cpu_s = median(taken.iter().map(|t| t.cpu_s).collect());
    let growth = median(taken.iter().map(|t| real(t.grown_bytes)).collect()) / real(ENTRIES);
    let held = median(taken.iter().map(|t| real(t.entry_bytes)).collect()) / real(ENTRIES);
    let peak = median(taken.iter().map(|t| real(t.peak_bytes)).collect()) / 1e6;

    say("looking up");
    let verify = openssl::rsa_verify().await?;
    let times = look_ups(&lists)?;
    let (p50, p99) = (percentile(&times, 500), percentile(&times, 990));

    say("replacing it while certificates are verified");
    let swap = swap::run(&lists)?;
    let ingest = cpu_s / floor.as_secs_f64();
    Ok(vec![
        Figure::at_most("revocation list of 1,000,000 entries: CPU to verify and index it, against `openssl crl -noout`", ingest, INGEST_MAX, "×")
            .because(format!("{:.0} ms against {:.0} ms, which only parses; serial numbers in random order, so the sort is in it", cpu_s * 1e3, floor.as_secs_f64() * 1e3)),
        Figure::at_most("its look-up, 99th percentile, against one RSA-2048 verification", p99.div_duration_f64(verify), 1.0, "×")
            .because(format!("{} ns (median {} ns) against {} ns; {LOOK_UPS} look-ups of certificates, issuer and freshness included", p99.as_nanos(), p50.as_nanos(), verify.as_nanos())),
        Figure::at_most("its memory, an entry", growth, ENTRY_BYTES_MAX, "bytes")
            .because(format!("growth of the process's resident memory with the list in use and its DER given back; the index itself holds {held:.0} bytes an entry; peak while it is taken in {peak:.0} MB, 48 MB of DER included")),
        Figure::at_most("its replacement: verifications of certificates that failed meanwhile", real(swap.failed), 0.0, "")
            .because(format!("{} verifications of path, signature and revocation while {} lists were taken in and published; the slowest took {:.1} ms on {} cores", swap.verified, swap.swaps, swap.slowest.as_secs_f64() * 1e3, std::thread::available_parallelism().map_or(1, std::num::NonZero::get))),
    ])
}

/// Times of look-ups, sorted; half of the certificates are on the list.
fn look_ups(lists: &Lists) -> Result<Vec<Duration>, Failure> {
    let live = LiveCrls::new(Freshness::default());
    live.publish(CrlIndex::from_der(lists.der(0)?, lists.issuer())?)?;
    let now = SystemClock.now();
    let mut revoked = 0_usize;
    let mut times = Vec::with_capacity(LOOK_UPS);
    for certificate in lists.certificates().iter().cycle().take(LOOK_UPS) {
        let began = Instant::now();
        let status = live.status(certificate, lists.issuer(), now)?;
        times.push(began.elapsed());
        revoked += usize::from(status != RevocationStatus::Good);
    }
    if revoked != LOOK_UPS / 2 {
        return Err(format!("{revoked} of {LOOK_UPS} look-ups said revoked, and half should").into());
    }
    times.sort_unstable();
    Ok(times)
}
