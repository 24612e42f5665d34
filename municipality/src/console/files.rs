//! Files that are attached: their bytes are looked at, whatever their name says.

use axum::response::{IntoResponse as _, Response};
use domain::SecretHash;
use http::header;
use wire::notice::{ATTACHMENT_BYTES_MAX, ATTACHMENTS_BYTES_MAX, ATTACHMENTS_MAX, Line, MediaType};

use crate::store::FileRow;

/// A file as it may stand beside those that are there; none: it may not.
pub(super) fn taken(name: &str, bytes: &[u8], there: &[FileRow]) -> Option<FileRow> {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let media_type = of_name(name)?;
    let length = u32::try_from(bytes.len()).ok()?;
    let together: u64 = there.iter().map(|file| file.bytes).sum::<u64>() + u64::from(length);
    let place = (0..u8::try_from(ATTACHMENTS_MAX).ok()?).find(|place| there.iter().all(|file| file.place != *place))?;
    let fits = media_type.fits(bytes)
        && (1..=ATTACHMENT_BYTES_MAX).contains(&length)
        && together <= u64::from(ATTACHMENTS_BYTES_MAX)
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

fn of_name(name: &str) -> Option<MediaType> {
    let (_, end) = name.rsplit_once('.')?;
    match end.to_ascii_lowercase().as_str() {
        "pdf" => Some(MediaType::Pdf),
        "png" => Some(MediaType::Png),
        "jpg" | "jpeg" => Some(MediaType::Jpeg),
        "txt" => Some(MediaType::Text),
        "p7m" | "p7s" => Some(MediaType::SignedData),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let file = taken("案内.pdf", b"%PDF-1.7", &[]).unwrap();
        assert_eq!((file.place, file.media_type.as_str(), file.bytes), (0, "application/pdf", 8));
        assert!(taken("案内.pdf", b"MZ\x90", &[]).is_none());
        assert!(taken("案内.exe", b"MZ\x90", &[]).is_none());
    }

    #[test]
    fn a_path_is_cut_off_and_a_hidden_or_tricky_name_is_refused() {
        assert_eq!(taken("C:\\docs\\a.txt", b"x", &[]).unwrap().name, "a.txt");
        assert!(taken(".txt", b"x", &[]).is_none());
        assert!(taken("a\u{202e}txt.txt", b"x", &[]).is_none());
    }

    #[test]
    fn ten_files_are_the_most_and_a_gap_is_filled() {
        let mut there: Vec<FileRow> = Vec::new();
        for _ in 0..10 {
            there.push(taken("a.txt", b"x", &there).unwrap());
        }
        assert!(taken("a.txt", b"x", &there).is_none());
        there.remove(3);
        assert_eq!(taken("a.txt", b"x", &there).unwrap().place, 3);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let most = usize::try_from(ATTACHMENT_BYTES_MAX).unwrap();
        assert!(taken("a.txt", &vec![b'x'; most + 1], &[]).is_none());
        let five = taken("a.txt", &vec![b'x'; most], &[]).unwrap();
        let there: Vec<FileRow> = (0..4).map(|place| FileRow { place, ..five.clone() }).collect();
        assert!(taken("a.txt", b"x", &there).is_none());
    }
}
