//! What tests of several parties share.

/// A folder in memory that goes when the test ends; databases in it have the real pragmas.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("linkage-")
        .tempdir_in("/dev/shm")
        .unwrap()
}
