//! libFuzzer's program: the target is named by `FUZZ_TARGET`; `FUZZ_SEEDS` writes its seeds into a folder and ends.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use fuzz::{TARGETS, Target};

static CHOSEN: LazyLock<&'static Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    let Some(target) = TARGETS.iter().find(|target| target.name == name) else {
        let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
        eprintln!("FUZZ_TARGET is one of: {}", names.join(" "));
        std::process::exit(2);
    };
    if let Some(folder) = std::env::var_os("FUZZ_SEEDS") {
        for (number, seed) in (target.seeds)().iter().enumerate() {
            if let Err(error) = std::fs::write(Path::new(&folder).join(format!("seed-{number}")), seed) {
                eprintln!("{}: {error}", Path::new(&folder).display());
                std::process::exit(2);
            }
        }
        std::process::exit(0);
    }
    target
});

// Chosen before libFuzzer begins: it takes a later end of the program for a find.
libfuzzer_sys::fuzz_target!(
    init: {
        LazyLock::force(&CHOSEN);
    },
    |bytes: &[u8]| (CHOSEN.meet)(bytes)
);
