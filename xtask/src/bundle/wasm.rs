//! The WebAssembly module: compiled by cargo, translated for browsers by wasm-bindgen as a library, so that its
//! version is the lock's.

use crate::{failure::Failure, process, progress, project};
use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// What a browser loads.
pub(super) struct Browser {
    pub(super) js: String,
    pub(super) wasm: Vec<u8>,
    /// Inline script of dependencies, by its path beneath `snippets/`.
    pub(super) snippets: BTreeMap<String, String>,
}

/// Compiles `frontend` and returns the module. Quick where cargo finds nothing changed.
pub(super) fn build(release: bool) -> Result<Vec<u8>, Failure> {
    let (profile, folder) = if release { ("wasm-release", "wasm-release") } else { ("dev", "debug") };
    let route = Route::chosen()?;
    progress::step(&format!("compiling the browser's part ({profile})"));
    let mut cargo = route.cargo();
    cargo.args(["build", "--package", "frontend", "--target", TARGET, "--profile", profile, "--locked", "--quiet"]);
    process::run(&mut cargo)?;
    let path = route.target().join(TARGET).join(folder).join("frontend.wasm");
    fs::read(&path).map_err(Failure::at(&path))
}

/// Translates the module: a loader in JavaScript and the WebAssembly it loads.
pub(super) fn translate(module: &[u8]) -> Result<Browser, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Said(format!("wasm-bindgen: {error}"));
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("my-portal", module.to_vec());
    bindgen.web(true).map_err(|error| failed(&format!("{error:#}")))?;
    bindgen.remove_name_section(true).remove_producers_section(true).typescript(false);
    let mut output = bindgen.generate_output().map_err(|error| failed(&format!("{error:#}")))?;
    let mut snippets = BTreeMap::new();
    for (package, texts) in output.snippets() {
        for (position, text) in texts.iter().enumerate() {
            snippets.insert(format!("{package}/inline{position}.js"), text.clone());
        }
    }
    for (path, text) in output.local_modules() {
        snippets.insert(path.clone(), text.clone());
    }
    let js = output.js().to_owned();
    Ok(Browser { js, wasm: output.wasm_mut().emit_wasm(), snippets })
}

/// How this machine compiles to WebAssembly: decided by `scripts/setup`, written to `target/wasm-route`.
enum Route {
    /// The toolchain carries the target, or rustup brought it.
    Toolchain,
    /// Debian's compiler with a standard library built once.
    Debian { sysroot: String, linker: String },
}

impl Route {
    fn chosen() -> Result<Self, Failure> {
        let path = project::target().join("wasm-route");
        if !path.exists() {
            return Ok(Self::Toolchain);
        }
        let text = fs::read_to_string(&path).map_err(Failure::at(&path))?;
        Self::parse(&text).ok_or_else(|| {
            Failure::Said(format!("{} is not what scripts/setup writes: run scripts/setup again", path.display()))
        })
    }

    /// First line the route's name, then `key=value` lines.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        match lines.next()? {
            "toolchain" => Some(Self::Toolchain),
            "debian" => {
                let fields: BTreeMap<&str, &str> = lines.filter_map(|line| line.split_once('=')).collect();
                Some(Self::Debian {
                    sysroot: (*fields.get("sysroot")?).to_owned(),
                    linker: (*fields.get("linker")?).to_owned(),
                })
            }
            _ => None,
        }
    }

    /// The two compilers share no output folder: each would otherwise throw away the other's work.
    fn target(&self) -> PathBuf {
        match self {
            Self::Toolchain => project::target(),
            Self::Debian { .. } => project::target().join("wasm-debian"),
        }
    }

    fn cargo(&self) -> Command {
        match self {
            Self::Toolchain => {
                let mut cargo = process::cargo();
                cargo.env("CARGO_ENCODED_RUSTFLAGS", self.flags());
                cargo
            }
            Self::Debian { linker, .. } => {
                let mut cargo = Command::new("/usr/bin/cargo");
                cargo
                    .current_dir(project::root())
                    .env("RUSTC", "/usr/bin/rustc")
                    .env_remove("RUSTUP_TOOLCHAIN")
                    .env("CARGO_TARGET_DIR", self.target())
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker)
                    .env("CARGO_ENCODED_RUSTFLAGS", self.flags());
                cargo
            }
        }
    }

    /// Encoded, because a path may hold spaces; with `--target` they do not reach build scripts. Paths of this machine
    /// have no place in what strangers download.
    fn flags(&self) -> String {
        let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo"))).unwrap_or_default();
        let mut flags = vec![
            format!("--remap-path-prefix={}=crates", home.join("registry/src").display()),
            format!("--remap-path-prefix={}=.", project::root().display()),
        ];
        if let Self::Debian { sysroot, .. } = self {
            flags.push(format!("--sysroot={sysroot}"));
        }
        flags.join("\u{1f}")
    }
}

/// The target, where the toolchain itself has it: lint then checks the browser's part for it.
pub(crate) fn native_target() -> Option<&'static str> {
    matches!(Route::chosen(), Ok(Route::Toolchain)).then_some(TARGET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setup_s_note_says_which_compiler_to_use() {
        assert!(matches!(Route::parse("toolchain\n"), Some(Route::Toolchain)));
        let debian = Route::parse("debian\nsysroot=/a b/c\nlinker=wasm-ld-22\n");
        assert!(
            matches!(debian, Some(Route::Debian { sysroot, linker }) if sysroot == "/a b/c" && linker == "wasm-ld-22")
        );
    }

    #[test]
    fn a_note_without_its_fields_is_refused() {
        assert!(Route::parse("debian\nlinker=wasm-ld-22\n").is_none());
        assert!(Route::parse("").is_none());
    }

    #[test]
    fn something_that_is_no_module_is_refused_with_its_reason() {
        let refused = translate(b"not a module").err().map(|failure| failure.to_string());
        assert!(refused.is_some_and(|said| said.starts_with("wasm-bindgen: ")));
    }
}
