//! What the person at the terminal reads.

use std::error::Error;

/// One line for one step that takes time.
pub(crate) fn step(line: &str) {
    eprintln!("▸ {line}");
}

/// One line for something done or already there.
pub(crate) fn done(line: &str) {
    eprintln!("✓ {line}");
}

/// One line for something that was left out, and why.
pub(crate) fn skipped(line: &str) {
    eprintln!("– {line}");
}

/// The failure and the chain beneath it.
pub(crate) fn failed(failure: &dyn Error) {
    eprintln!("✗ {failure}");
    let mut cause = failure.source();
    while let Some(beneath) = cause {
        eprintln!("  because: {beneath}");
        cause = beneath.source();
    }
}
