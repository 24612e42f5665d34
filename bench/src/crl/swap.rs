//! New lists come in while certificates are verified.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use pki::crl::{CrlIndex, Freshness, LiveCrls};
use pki::{Usage, Verifier, verify_raw};
use runtime::{Clock as _, SystemClock};

use super::list::Lists;
use crate::Failure;

/// What happened meanwhile.
pub(super) struct Swap {
    pub(super) verified: u64,
    pub(super) failed: u64,
    pub(super) swaps: usize,
    pub(super) slowest: Duration,
}

/// As a login does it: path and revocation of a card's certificate, and a signature with its key.
pub(super) fn run(lists: &Lists) -> Result<Swap, Failure> {
    let live = LiveCrls::new(Freshness::default());
    live.publish(CrlIndex::from_der(lists.der(0)?, lists.issuer())?)?;
    let verifier = Verifier::new(vec![lists.issuer().clone()], Vec::new())?;
    let signature = lists.key().sign(b"challenge")?;
    let done = AtomicBool::new(false);
    let mut swap = Swap { verified: 0, failed: 0, swaps: lists.ders().len() - 1, slowest: Duration::ZERO };
    thread::scope(|scope| {
        let publishing = scope.spawn(|| {
            let published = publish(lists, &live);
            done.store(true, Ordering::SeqCst);
            published
        });
        let good = lists.certificates().iter().skip(1).step_by(2);
        for certificate in good.cycle() {
            let began = Instant::now();
            let judged = verifier.verify(certificate, &[], Usage::JpkiAuthentication, SystemClock.now(), &live);
            let signed = verify_raw(certificate.spki_der(), b"challenge", &signature);
            swap.slowest = swap.slowest.max(began.elapsed());
            swap.verified += 1;
            swap.failed += u64::from(judged.is_err() || signed.is_err());
            if done.load(Ordering::SeqCst) {
                break;
            }
        }
        publishing.join().map_err(|_| "the thread that publishes died")?
    })?;
    Ok(swap)
}

fn publish(lists: &Lists, live: &LiveCrls) -> Result<(), Failure> {
    for der in lists.ders().iter().skip(1) {
        live.publish(CrlIndex::from_der(der, lists.issuer())?)?;
    }
    Ok(())
}
