//! Reading folders in a fixed order, writing files with their compressed twins.

use super::{compress, manifest::File};
use crate::failure::Failure;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Every file beneath `folder` as (name with `/`, bytes), sorted by name; a missing folder is empty.
pub(crate) fn below(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let mut found = Vec::new();
    collect(folder, folder, &mut found)?;
    found.sort();
    Ok(found)
}

/// Writes one file under `site`, and `.gz` and `.br` beside it where that makes it smaller.
pub(super) fn put(site: &Path, name: &str, bytes: &[u8]) -> Result<File, Failure> {
    let path = site.join(name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(Failure::at(parent))?;
    }
    fs::write(&path, bytes).map_err(Failure::at(&path))?;
    let (mut gzip_bytes, mut brotli_bytes) = (None, None);
    if compress::is_worth_it(name) {
        gzip_bytes = twin(&path, "gz", &compress::gzip(bytes).map_err(Failure::at(&path))?, bytes.len())?;
        brotli_bytes = twin(&path, "br", &compress::brotli(bytes).map_err(Failure::at(&path))?, bytes.len())?;
    }
    Ok(File { path: format!("/{name}"), plain_bytes: bytes.len(), gzip_bytes, brotli_bytes })
}

fn twin(path: &Path, ending: &str, packed: &[u8], plain_bytes: usize) -> Result<Option<usize>, Failure> {
    if packed.len() >= plain_bytes {
        return Ok(None);
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    let twin = PathBuf::from(name);
    fs::write(&twin, packed).map_err(Failure::at(&twin))?;
    Ok(Some(packed.len()))
}

fn collect(base: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(Failure::at(folder))? {
        let path = entry.map_err(Failure::at(folder))?.path();
        if path.is_dir() {
            collect(base, &path, found)?;
        } else if let Ok(name) = path.strip_prefix(base) {
            let bytes = fs::read(&path).map_err(Failure::at(&path))?;
            found.push((name.to_string_lossy().replace('\\', "/"), bytes));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_read_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.css", "b/z.css", "a.css"] {
            fs::write(folder.path().join(name), name).unwrap();
        }
        let names: Vec<String> = below(folder.path()).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.css", "b/z.css", "c.css"]);
    }

    #[test]
    fn text_gets_both_twins_and_a_picture_none() {
        let folder = tempfile::tempdir().unwrap();
        let text = put(folder.path(), "pkg/a.css", &b"a{color:red}".repeat(50)).unwrap();
        let picture = put(folder.path(), "b.png", &[7; 500]).unwrap();
        assert!(folder.path().join("pkg/a.css.br").is_file() && folder.path().join("pkg/a.css.gz").is_file());
        assert!(text.brotli_bytes < Some(text.plain_bytes) && text.gzip_bytes.is_some());
        assert_eq!((picture.gzip_bytes, picture.brotli_bytes), (None, None));
    }

    #[test]
    fn a_twin_that_would_be_larger_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let tiny = put(folder.path(), "tiny.txt", b"x").unwrap();
        assert_eq!((tiny.gzip_bytes, tiny.brotli_bytes), (None, None));
        assert!(!folder.path().join("tiny.txt.gz").exists());
    }
}
