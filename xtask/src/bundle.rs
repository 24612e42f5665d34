//! The browser's part, built into `site/`.
//!
//! | in | out |
//! | --- | --- |
//! | `frontend/` | `site/pkg/my-portal.<hash>.js`, `site/pkg/my-portal.<hash>_bg.wasm` |
//! | `style/*.css` | `site/pkg/my-portal.<hash>.css` |
//! | `public/**` | `site/**`, names kept |
//!
//! Every compressible file lies there three times: plain, `.gz`, `.br`. What `/pkg/` holds is named by its
//! content and may be cached for ever. `site/assets.json` tells the server the names ([`Assets`]).

mod compress;
mod files;
mod manifest;
mod style;
mod wasm;

use crate::{failure::Failure, progress, project};
pub(crate) use manifest::Assets;
use sha2::{Digest, Sha256};
use std::{fs, path::Path, process::ExitCode, time::Instant};
pub(crate) use wasm::native_target as wasm_target;

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Small and slow to build, as it is served; without it quick to build
    #[arg(long)]
    release: bool,
    /// Where to write
    #[arg(long, default_value = "site")]
    out: std::path::PathBuf,
}

pub(crate) fn run(options: &Options) -> Result<ExitCode, Failure> {
    bundle(&project::root().join(&options.out), options.release)?;
    Ok(ExitCode::SUCCESS)
}

/// Brings `site` up to date and returns what it holds. Does nothing where the inputs are those of last time.
pub(crate) fn bundle(site: &Path, release: bool) -> Result<Assets, Failure> {
    let began = Instant::now();
    let module = wasm::build(release)?;
    let inputs = inputs(&module, release)?;
    if let Some(assets) = Assets::read_complete(site, &inputs) {
        progress::done("site/ is up to date");
        return Ok(assets);
    }
    progress::step("writing the browser's files, compressed");
    let fresh = site.with_extension("new");
    remove(&fresh)?;
    let browser = wasm::translate(&module)?;
    let sheet = style::bundle(&project::path("style"))?;
    let assets = write(&fresh, &inputs, &browser, &sheet)?;
    keep_former(site, &fresh)?;
    swap(&fresh, site)?;
    progress::done(&format!("site/ written in {:.1} s: {}", began.elapsed().as_secs_f32(), assets.summary()));
    Ok(assets)
}

fn write(fresh: &Path, inputs: &str, browser: &wasm::Browser, sheet: &str) -> Result<Assets, Failure> {
    let stem = format!("my-portal.{}", short_hash(&[browser.js.as_bytes(), &browser.wasm]));
    let css = format!("pkg/my-portal.{}.css", short_hash(&[sheet.as_bytes()]));
    let js = format!("pkg/{stem}.js");
    let wasm = format!("pkg/{stem}_bg.wasm");
    let mut files = vec![
        files::put(fresh, &js, browser.js.as_bytes())?,
        files::put(fresh, &wasm, &browser.wasm)?,
        files::put(fresh, &css, sheet.as_bytes())?,
    ];
    for (name, text) in &browser.snippets {
        files.push(files::put(fresh, &format!("pkg/snippets/{name}"), text.as_bytes())?);
    }
    for (name, bytes) in files::below(&project::path("public"))? {
        files.push(files::put(fresh, &name, &bytes)?);
    }
    let assets = Assets {
        css: format!("/{css}"),
        js: format!("/{js}"),
        wasm: format!("/{wasm}"),
        output_name: stem,
        inputs: inputs.to_owned(),
        files,
    };
    assets.write(fresh)?;
    Ok(assets)
}

/// One hash over everything that decides the output; cargo has already judged the module's own sources.
fn inputs(module: &[u8], release: bool) -> Result<String, Failure> {
    let mut hash = Sha256::new();
    hash.update([u8::from(release)]);
    hash.update(Sha256::digest(module));
    for folder in ["style", "public", "xtask/src/bundle"] {
        for (name, bytes) in files::below(&project::path(folder))? {
            hash.update(Sha256::digest(name.as_bytes()));
            hash.update(Sha256::digest(&bytes));
        }
    }
    Ok(hex::encode(hash.finalize()))
}

fn short_hash(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(Sha256::digest(part));
    }
    hex::encode(hash.finalize()).chars().take(16).collect()
}

/// A portal that is running, and pages that are open, still name the files of the build before: they stay for one build.
fn keep_former(site: &Path, fresh: &Path) -> Result<(), Failure> {
    let Ok(former) = Assets::read(site) else { return Ok(()) };
    for file in former.files.iter().filter(|file| file.path.starts_with("/pkg/")) {
        for ending in ["", ".gz", ".br"] {
            let name = format!("{}{ending}", file.path.trim_start_matches('/'));
            let (from, to) = (site.join(&name), fresh.join(&name));
            if from.is_file() && !to.exists() {
                fs::copy(&from, &to).map_err(Failure::at(&to))?;
            }
        }
    }
    Ok(())
}

/// The new folder takes the old one's place in two renames, so that nobody sees half a site for long.
fn swap(fresh: &Path, site: &Path) -> Result<(), Failure> {
    let old = site.with_extension("old");
    remove(&old)?;
    if site.exists() {
        fs::rename(site, &old).map_err(Failure::at(site))?;
    }
    fs::rename(fresh, site).map_err(Failure::at(fresh))?;
    remove(&old)
}

fn remove(folder: &Path) -> Result<(), Failure> {
    if folder.exists() { fs::remove_dir_all(folder).map_err(Failure::at(folder)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn browser(js: &str) -> wasm::Browser {
        wasm::Browser { js: js.to_owned(), wasm: b"\0asm".to_vec(), snippets: BTreeMap::new() }
    }

    #[test]
    fn names_follow_the_content_and_the_manifest_names_files_that_exist() {
        let folder = tempfile::tempdir().unwrap();
        let one = write(&folder.path().join("one"), "in", &browser("a()"), "a{color:red}").unwrap();
        let two = write(&folder.path().join("two"), "in", &browser("b()"), "a{color:red}").unwrap();
        assert_ne!(one.js, two.js);
        assert_eq!(one.css, two.css);
        assert!(folder.path().join("one").join(one.wasm.trim_start_matches('/')).is_file());
        assert_eq!(one.js, format!("/pkg/{}.js", one.output_name));
    }

    #[test]
    fn a_written_site_is_complete_until_a_file_goes_missing() {
        let folder = tempfile::tempdir().unwrap();
        let assets = write(folder.path(), "in", &browser("a()"), "a{color:red}").unwrap();
        assert!(Assets::read_complete(folder.path(), "in").is_some());
        assert!(Assets::read_complete(folder.path(), "other inputs").is_none());
        fs::remove_file(folder.path().join(assets.js.trim_start_matches('/'))).unwrap();
        assert!(Assets::read_complete(folder.path(), "in").is_none());
    }

    #[test]
    fn the_files_of_the_build_before_stay_for_one_build() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two, three) = (folder.path().join("1"), folder.path().join("2"), folder.path().join("3"));
        let former = write(&one, "in", &browser(&"a()".repeat(99)), "a{color:red}").unwrap();
        write(&two, "in", &browser("b()"), "a{color:red}").unwrap();
        keep_former(&one, &two).unwrap();
        write(&three, "in", &browser("c()"), "a{color:red}").unwrap();
        keep_former(&two, &three).unwrap();
        let js = former.js.trim_start_matches('/');
        assert!(two.join(js).is_file() && two.join(format!("{js}.br")).is_file());
        assert!(!three.join(js).exists());
    }

    #[test]
    fn a_swap_replaces_the_old_site_whole() {
        let folder = tempfile::tempdir().unwrap();
        let (fresh, site) = (folder.path().join("site.new"), folder.path().join("site"));
        fs::create_dir_all(&site).unwrap();
        fs::write(site.join("old"), "").unwrap();
        fs::create_dir_all(&fresh).unwrap();
        fs::write(fresh.join("new"), "").unwrap();
        swap(&fresh, &site).unwrap();
        assert!(site.join("new").exists() && !site.join("old").exists() && !fresh.exists());
    }
}
