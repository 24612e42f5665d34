//! Compression at its slowest: done once here, read many times there.

use flate2::{Compression, GzBuilder};
use std::io::{self, Write};

/// Whether a file of this name is text enough to shrink.
pub(super) fn is_worth_it(name: &str) -> bool {
    const TEXT: [&str; 10] = ["css", "html", "ico", "js", "json", "svg", "txt", "wasm", "webmanifest", "xml"];
    name.rsplit_once('.').is_some_and(|(_, ending)| TEXT.contains(&ending))
}

/// gzip, level 9, without time or name inside: the same bytes give the same file.
pub(super) fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    packer.write_all(bytes)?;
    packer.finish()
}

/// Brotli, quality 11.
pub(super) fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_unpacks_to_the_same_bytes() {
        let bytes = "あなたの所得の情報".repeat(200).into_bytes();
        let (mut from_gzip, mut from_brotli) = (Vec::new(), Vec::new());
        flate2::read::GzDecoder::new(gzip(&bytes).unwrap().as_slice()).read_to_end(&mut from_gzip).unwrap();
        brotli::Decompressor::new(brotli(&bytes).unwrap().as_slice(), 4096).read_to_end(&mut from_brotli).unwrap();
        assert_eq!(from_gzip, bytes);
        assert_eq!(from_brotli, bytes);
    }

    #[test]
    fn packing_twice_gives_the_same_file() {
        assert_eq!(gzip(b"same").unwrap(), gzip(b"same").unwrap());
    }

    #[test]
    fn fonts_and_pictures_are_left_alone() {
        assert!(is_worth_it("pkg/a.wasm") && is_worth_it("favicon.svg"));
        assert!(!is_worth_it("a.woff2") && !is_worth_it("a.png") && !is_worth_it("LICENSE"));
    }
}
