//! Files that are attached: their bytes are looked at, whatever their name says.

use axum::response::{IntoResponse as _, Response};
use domain::SecretHash;
use http::header;
use wire::notice::{ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX, Line, MediaType};

use super::refused::Why;
use crate::attachment::{self, FileFault};
use crate::store::FileRow;

/// A file as it may stand beside those that are there.
pub(super) fn taken(name: &str, bytes: &[u8], there: &[FileRow]) -> Result<FileRow, Why> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let media_type = MediaType::of_name(name).ok_or(Why::File)?;
    attachment::look_at(media_type, bytes).map_err(|fault| match fault {
        FileFault::Signature(_) => Why::SignedFile,
        FileFault::Size | FileFault::Type(_) => Why::File,
    })?;
    beside(name, media_type, bytes, there).ok_or(Why::File)
}

fn beside(name: &str, media_type: MediaType, bytes: &[u8], there: &[FileRow]) -> Option<FileRow> {
    let length = u32::try_from(bytes.len()).ok()?;
    let together: u64 = there.iter().map(|file| file.bytes).sum::<u64>() + u64::from(length);
    let place = (0..u8::try_from(ATTACHMENTS_MAX).ok()?).find(|place| there.iter().all(|file| file.place != *place))?;
    let fits = together <= u64::from(ATTACHMENTS_BYTES_MAX)
        && !name.starts_with('.')
        && !name.contains(':')
        && Line::typed(name).is_ok_and(|line| line.as_str() == name);
    fits.then(|| FileRow {
        place,
        name: name.to_owned(),
        media_type: media_type.name().to_owned(),
        sha256: hex::encode(SecretHash::of(bytes).as_bytes()),
        bytes: u64::from(length),
    })
}

/// A file for an officer's own machine. Nothing of it is shown by the console.
pub(super) fn given(name: &str, bytes: Vec<u8>) -> Response {
    let plain: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let plain = plain.replace('+', "%20").replace('*', "%2A");
    let named = format!("attachment; filename*=UTF-8''{plain}");
    let kind = (header::CONTENT_TYPE, "application/octet-stream".to_owned());
    let safe = (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned());
    ([kind, safe, (header::CONTENT_DISPOSITION, named)], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use pki::cms::Form;
    use wire::notice::ATTACHMENT_BYTES_MAX;

    use super::*;
    use crate::attachment::testing::signed;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let file = taken("案内.pdf", b"%PDF-1.7", &[]).unwrap();
        assert_eq!((file.place, file.media_type.as_str(), file.bytes), (0, "application/pdf", 8));
        assert_eq!(taken("案内.pdf", b"MZ\x90", &[]).err(), Some(Why::File));
        assert_eq!(taken("案内.exe", b"MZ\x90", &[]).err(), Some(Why::File));
    }

    #[test]
    fn a_signature_without_its_document_is_told_apart() {
        assert_eq!(taken("決定.p7s", &signed(Form::Detached), &[]).err(), Some(Why::SignedFile));
        assert_eq!(taken("決定.p7m", b"\x30\x03\x02\x01\x01", &[]).err(), Some(Why::SignedFile));
        assert_eq!(taken("決定.p7m", &signed(Form::Attached), &[]).unwrap().media_type, "application/pkcs7-mime");
    }

    #[test]
    fn a_path_is_cut_off_and_a_hidden_or_tricky_name_is_refused() {
        assert_eq!(taken("C:\\docs\\a.txt", b"x", &[]).unwrap().name, "a.txt");
        assert!(taken(".txt", b"x", &[]).is_err());
        assert!(taken("a\u{202e}txt.txt", b"x", &[]).is_err());
    }

    #[test]
    fn ten_files_are_the_most_and_a_gap_is_filled() {
        let mut there: Vec<FileRow> = Vec::new();
        for _ in 0..10 {
            there.push(taken("a.txt", b"x", &there).unwrap());
        }
        assert!(taken("a.txt", b"x", &there).is_err());
        there.remove(3);
        assert_eq!(taken("a.txt", b"x", &there).unwrap().place, 3);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let most = usize::try_from(ATTACHMENT_BYTES_MAX).unwrap();
        assert!(taken("a.txt", &vec![b'x'; most + 1], &[]).is_err());
        let five = taken("a.txt", &vec![b'x'; most], &[]).unwrap();
        let there: Vec<FileRow> = (0..4).map(|place| FileRow { place, ..five.clone() }).collect();
        assert!(taken("a.txt", b"x", &there).is_err());
    }
}
