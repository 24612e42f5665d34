//! Reads `locales/*/*.ftl`, fails the build when the three languages do not say the same things, and writes the
//! constants of `wording::key` and the embedded texts.

#[path = "build/catalogue.rs"]
mod catalogue;
#[path = "build/generate.rs"]
mod generate;

use std::{env, fs, path::Path};

use catalogue::{Locales, Source};

fn main() {
    match run() {
        Ok(()) => {}
        Err(problems) => {
            for problem in problems {
                println!("cargo::error={problem}");
            }
        }
    }
}

fn run() -> Result<(), Vec<String>> {
    let manifest = variable("CARGO_MANIFEST_DIR")?;
    let out = variable("OUT_DIR")?;
    let folder = Path::new(&manifest).join("../../locales");
    let folder = folder.canonicalize().map_err(|e| said(&folder, &e))?;
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");

    let mut locales = Locales::default();
    for (name, sources) in [("ja", &mut locales.ja), ("ja-easy", &mut locales.ja_easy), ("en", &mut locales.en)] {
        println!("cargo::rerun-if-changed={}", folder.join(name).display());
        *sources = read(&folder.join(name))?;
    }
    let checked = catalogue::check(&locales)?;
    let target = Path::new(&out).join("wording.rs");
    fs::write(&target, generate::rust(&checked)).map_err(|e| said(&target, &e))
}

fn read(folder: &Path) -> Result<Vec<Source>, Vec<String>> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| said(folder, &e))? {
        let path = entry.map_err(|e| said(folder, &e))?.path();
        if path.extension().is_some_and(|e| e == "ftl") {
            println!("cargo::rerun-if-changed={}", path.display());
            sources.push(Source {
                stem: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
                path: path.to_string_lossy().into_owned(),
                text: fs::read_to_string(&path).map_err(|e| said(&path, &e))?,
            });
        }
    }
    sources.sort_by(|a, b| a.stem.cmp(&b.stem));
    Ok(sources)
}

fn variable(name: &str) -> Result<String, Vec<String>> {
    env::var(name).map_err(|e| vec![format!("{name}: {e}")])
}

fn said(path: &Path, error: &std::io::Error) -> Vec<String> {
    vec![format!("{}: {error}", path.display())]
}
