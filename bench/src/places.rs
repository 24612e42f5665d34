//! Where everything is.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use crate::Failure;

/// Added to every port of the demo, so that a demo may run beside the measurements (which it then disturbs).
pub(crate) const SHIFT: u16 = 20_000;

/// Files and addresses.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The checkout.
    pub(crate) root: PathBuf,
    /// Release programs.
    pub(crate) programs: PathBuf,
    /// Everything that the measurements write, on the same disk as the checkout.
    pub(crate) scratch: PathBuf,
}

impl Places {
    /// From where this program lies.
    pub(crate) fn find() -> Result<Self, Failure> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("the crate has no parent folder")?.to_owned();
        let program = std::env::current_exe()?;
        let programs = program.parent().ok_or("the program lies in no folder")?.to_owned();
        let scratch = programs.parent().ok_or("the target folder has no parent")?.join("bench-data");
        std::fs::create_dir_all(&scratch)?;
        Ok(Self { root, programs, scratch })
    }

    /// The measured world.
    pub(crate) fn data(&self) -> PathBuf {
        self.scratch.join("world")
    }

    /// A program of ours; it must have been built.
    pub(crate) fn program(&self, name: &str) -> Result<PathBuf, Failure> {
        let path = self.programs.join(name);
        if path.is_file() { Ok(path) } else { Err(format!("{} is not built", path.display()).into()) }
    }

    /// Built assets.
    pub(crate) fn site(&self) -> PathBuf {
        self.root.join("site")
    }
}

/// A port of the demo, moved.
pub(crate) fn address(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port.saturating_add(SHIFT)))
}
