//! What is sealed is made equally long before, so that whoever passes it on does not learn how much a person wrote: four
//! bytes of length (big-endian), the CMS, zeros.

const LENGTH_BYTES: usize = 4;

/// None when it is longer than `bytes` can hold.
pub(crate) fn padded(cms: &[u8], bytes: usize) -> Option<Vec<u8>> {
    if cms.len() > bytes.checked_sub(LENGTH_BYTES)? {
        return None;
    }
    // At once: what is wiped at the end must not be left behind by a move.
    let mut padded = Vec::with_capacity(bytes);
    padded.extend_from_slice(&u32::try_from(cms.len()).ok()?.to_be_bytes());
    padded.extend_from_slice(cms);
    padded.resize(bytes, 0);
    Some(padded)
}

/// The CMS. None when it was not made by [`padded`].
pub(crate) fn unpadded(padded: &[u8], bytes: usize) -> Option<&[u8]> {
    if padded.len() != bytes {
        return None;
    }
    let (length, rest) = padded.split_first_chunk::<LENGTH_BYTES>()?;
    let (cms, zeros) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    zeros.iter().all(|byte| *byte == 0).then_some(cms)
}
