//! Files for a notice, looked at as the portal will: the bytes count, whatever a name or a header says of them.

use pki::cms::CmsRefusal;
use wire::notice::{ATTACHMENT_BYTES_MAX, MediaType};

/// A file that no portal would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileFault {
    /// Nothing, or too much.
    #[error("a file has 1 to {ATTACHMENT_BYTES_MAX} bytes")]
    Size,
    /// Not what it says.
    #[error("the bytes are not those of {}", .0.name())]
    Type(MediaType),
    /// A signature alone, or one that does not verify.
    #[error("a signed file is wanted with its content inside and a signature that verifies")]
    Signature(#[source] CmsRefusal),
}

/// Whether bytes are what they are said to be. A signed document must hold its content and verify; by whom it is signed the
/// citizen sees.
pub(crate) fn look_at(kind: MediaType, content: &[u8]) -> Result<(), FileFault> {
    if content.is_empty() || content.len() > ATTACHMENT_BYTES_MAX as usize {
        return Err(FileFault::Size);
    }
    if !kind.fits(content) {
        return Err(FileFault::Type(kind));
    }
    if kind == MediaType::SignedData {
        pki::cms::verify(content, None).map_err(FileFault::Signature)?;
    }
    Ok(())
}

#[cfg(test)]
pub(crate) mod testing {
    use jiff::{SignedDuration, Timestamp};
    use pki::cms::Form;
    use pki::issue::{Authority, AuthorityName, Validity};
    use pki::{KeyKind, SigningKey};
    use runtime::SystemRng;

    /// A document that somebody signed.
    pub(crate) fn signed(form: Form) -> Vec<u8> {
        let now: Timestamp = "2026-11-21T00:00:00Z".parse().unwrap();
        let validity = Validity { not_before: now, not_after: now + SignedDuration::from_hours(24) };
        let name = AuthorityName { organization: "tests", unit: "tests", common_name: "tests CA" };
        let key = SigningKey::generate(KeyKind::P256).unwrap();
        let signer = Authority::self_signed(&name, key, validity, Some(0), &mut SystemRng).unwrap();
        let prepared = pki::cms::prepare("決定通知書".as_bytes(), signer.certificate(), now).unwrap();
        prepared.sign(signer.key(), form).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use pki::cms::Form;

    use super::testing::signed;
    use super::*;

    #[test]
    fn a_signed_file_holds_its_content_and_verifies() {
        let looked_at = |content: &[u8]| look_at(MediaType::SignedData, content);
        assert_eq!(looked_at(&signed(Form::Attached)), Ok(()));
        let alone = looked_at(&signed(Form::Detached));
        assert_eq!(alone, Err(FileFault::Signature(CmsRefusal::Content)));
        let mut changed = signed(Form::Attached);
        *changed.last_mut().unwrap() ^= 1;
        assert!(matches!(looked_at(&changed), Err(FileFault::Signature(_))));
        assert!(matches!(looked_at(b"\x30\x03\x02\x01\x01"), Err(FileFault::Signature(_))));
    }

    #[test]
    fn nothing_too_much_and_another_type_are_no_file() {
        assert_eq!(look_at(MediaType::Text, b""), Err(FileFault::Size));
        let long = vec![b'x'; ATTACHMENT_BYTES_MAX as usize + 1];
        assert_eq!(look_at(MediaType::Text, &long), Err(FileFault::Size));
        assert_eq!(look_at(MediaType::Pdf, b"MZ"), Err(FileFault::Type(MediaType::Pdf)));
    }
}
