//! The project's own Rust sources.

use crate::failure::Failure;
use std::{fs, path::Path};

/// One source file: its path from the root, its text.
pub(super) struct Source {
    pub(super) path: String,
    pub(super) text: String,
}

impl Source {
    /// A file of tests alone.
    pub(super) fn is_tests(&self) -> bool {
        self.path.contains("/tests/") || self.path.ends_with("/tests.rs") || self.path.starts_with("stories/")
    }

    /// Lines before the unit tests, with their numbers.
    pub(super) fn shipped_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines()).take_while(|(_, line)| !line.trim_start().starts_with("#[cfg(test)]"))
    }
}

/// Every `.rs` file beneath `root` that is ours, sorted by path.
pub(super) fn all(root: &Path) -> Result<Vec<Source>, Failure> {
    let mut found = Vec::new();
    collect(root, root, &mut found)?;
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(Failure::at(folder))? {
        let path = entry.map_err(Failure::at(folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            if !name.starts_with('.') && !["target", "node_modules", "site", "data"].contains(&name.as_str()) {
                collect(root, &path, found)?;
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).map_err(Failure::at(&path))?;
            let path = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
            found.push(Source { path, text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn build_output_and_hidden_folders_are_not_ours() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["target", ".hidden", "src"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("a.rs"), "").unwrap();
        }
        let found = all(folder.path()).unwrap();
        assert_eq!(found.iter().map(|source| source.path.as_str()).collect::<Vec<_>>(), ["src/a.rs"]);
    }

    #[test]
    fn what_ships_ends_where_the_tests_begin() {
        let source = Source { path: String::new(), text: "a\nb\n#[cfg(test)]\nmod tests {}\n".to_owned() };
        assert_eq!(source.shipped_lines().collect::<Vec<_>>(), [(1, "a"), (2, "b")]);
    }
}
