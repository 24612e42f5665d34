//! What a backup holds.

use jiff::Timestamp;

/// Name of the manifest within a backup.
pub const MANIFEST_FILE: &str = "backup.json";
const FORMAT: &str = "my-portal-linkage-backup/1";

/// Every file of a backup.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: String,
    /// When it was made, by the clock of the one who made it.
    pub made_at: Timestamp,
    /// In order of their names.
    pub files: Vec<Entry>,
}

/// One file.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// From the backup's directory, with `/`.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// Who may read and write it, as in `0600`.
    pub mode: String,
}

impl Manifest {
    pub(super) fn new(made_at: Timestamp, mut files: Vec<Entry>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { format: FORMAT.to_owned(), made_at, files }
    }

    /// None: not one that this version wrote, or one that names a file outside of a world, or twice.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(text).ok()?;
        let ordered = manifest.files.is_sorted_by(|a, b| a.path < b.path);
        let good = manifest.format == FORMAT && ordered && manifest.files.iter().all(Entry::is_of_a_world);
        good.then_some(manifest)
    }
}

impl Entry {
    fn is_of_a_world(&self) -> bool {
        let parts: Vec<&str> = self.path.split('/').collect();
        let plain = |part: &&str| {
            !part.is_empty() && !part.starts_with('.') && part.chars().all(|c| c.is_ascii_graphic() && c != '\\')
        };
        parts.iter().all(plain) && super::files::is_of_a_world(&self.path) && self.mode().is_some()
    }

    pub(super) fn mode(&self) -> Option<u32> {
        u32::from_str_radix(&self.mode, 8).ok().filter(|mode| *mode & !0o777 == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &str) -> Vec<u8> {
        let entry = Entry { path: path.to_owned(), bytes: 1, sha256: "00".into(), mode: "0600".into() };
        serde_json::to_vec(&Manifest::new(Timestamp::UNIX_EPOCH, vec![entry])).unwrap()
    }

    #[test]
    fn only_files_of_a_world_are_put_in_place() {
        for good in ["world.toml", "linkage/core.sqlite", "orgs/NTA/tls.key", "cards/card-0001.json"] {
            assert!(Manifest::read(&text(good)).is_some(), "{good}");
        }
        for bad in
            ["/etc/passwd", "../x", "linkage/../../x", "linkage//x", "portal/portal.sqlite", "linkage/.x", "", "x"]
        {
            assert!(Manifest::read(&text(bad)).is_none(), "{bad}");
        }
    }

    #[test]
    fn another_format_or_a_file_twice_is_no_manifest() {
        let good = String::from_utf8(text("world.toml")).unwrap();
        assert!(Manifest::read(good.replace("backup/1", "backup/2").as_bytes()).is_none());
        assert!(Manifest::read(good.replace("0600", "4755").as_bytes()).is_none());
        let mut twice: Manifest = serde_json::from_str(&good).unwrap();
        twice.files.push(twice.files[0].clone());
        assert!(Manifest::read(&serde_json::to_vec(&twice).unwrap()).is_none());
    }
}
