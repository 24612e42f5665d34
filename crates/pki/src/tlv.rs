//! A strict reader of DER tag-length-value triples that never copies: for what is too long to build structs of
//! (revocation lists) and for the exact bytes of a part (what was signed, a name, a key).

/// The bytes are not DER: long-form tag, indefinite or non-minimal length, or the end comes too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotDer;

/// One triple.
#[derive(Clone, Copy)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: u8,
    pub(crate) value: &'a [u8],
    /// Tag and length included.
    pub(crate) whole: &'a [u8],
}

/// Reads triples one after another.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(&'a [u8]);

pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const UTC_TIME: u8 = 0x17;
pub(crate) const GENERALIZED_TIME: u8 = 0x18;
pub(crate) const SEQUENCE: u8 = 0x30;

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    #[inline]
    pub(crate) fn read(&mut self) -> Result<Tlv<'a>, NotDer> {
        let bytes = self.0;
        let (&[tag, first], _) = bytes.split_first_chunk::<2>().ok_or(NotDer)?;
        if tag & 0x1f == 0x1f {
            return Err(NotDer);
        }
        let (header, length) = if first < 0x80 { (2, usize::from(first)) } else { long_length(bytes, first)? };
        let end = header.checked_add(length).ok_or(NotDer)?;
        let (whole, rest) = bytes.split_at_checked(end).ok_or(NotDer)?;
        self.0 = rest;
        let value = whole.get(header..).ok_or(NotDer)?;
        Ok(Tlv { tag, value, whole })
    }

    #[inline]
    pub(crate) fn expect(&mut self, tag: u8) -> Result<Tlv<'a>, NotDer> {
        let tlv = self.read()?;
        if tlv.tag == tag { Ok(tlv) } else { Err(NotDer) }
    }

    /// The one triple that fills all bytes.
    pub(crate) fn only(bytes: &'a [u8], tag: u8) -> Result<Tlv<'a>, NotDer> {
        let mut reader = Self(bytes);
        let tlv = reader.expect(tag)?;
        if reader.is_empty() { Ok(tlv) } else { Err(NotDer) }
    }
}

/// Header size and value length of the long form; minimal, at most four bytes.
fn long_length(bytes: &[u8], first: u8) -> Result<(usize, usize), NotDer> {
    let count = usize::from(first & 0x7f);
    if !(1..=4).contains(&count) {
        return Err(NotDer);
    }
    let digits = bytes.get(2..2 + count).ok_or(NotDer)?;
    let length = digits.iter().fold(0_usize, |sum, b| (sum << 8) | usize::from(*b));
    let minimal = digits.first().is_some_and(|b| *b != 0) && length >= 0x80;
    if minimal { Ok((2 + count, length)) } else { Err(NotDer) }
}

/// The three parts of everything X.509 signs: what was signed (whole), the algorithm (whole) and the signature bits.
pub(crate) struct Signed<'a> {
    pub(crate) body: &'a [u8],
    pub(crate) algorithm: &'a [u8],
    pub(crate) signature: &'a [u8],
}

impl<'a> Signed<'a> {
    pub(crate) fn from_der(der: &'a [u8]) -> Result<Self, NotDer> {
        let mut outer = Reader::new(Reader::only(der, SEQUENCE)?.value);
        let body = outer.expect(SEQUENCE)?.whole;
        let algorithm = outer.expect(SEQUENCE)?.whole;
        let bits = outer.expect(BIT_STRING)?.value;
        let (unused, signature) = bits.split_first().ok_or(NotDer)?;
        if *unused != 0 || !outer.is_empty() {
            return Err(NotDer);
        }
        Ok(Self { body, algorithm, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_length_must_be_as_short_as_it_can_be() {
        assert!(Reader::new(&[0x04, 0x81, 0x01, 0xff]).read().is_err());
        assert!(Reader::new(&[0x04, 0x80, 0x00, 0x00]).read().is_err());
        let mut long = vec![0x04, 0x81, 0x80];
        long.extend([0; 128]);
        assert_eq!(Reader::new(&long).read().unwrap().value.len(), 128);
    }

    #[test]
    fn a_triple_that_ends_early_is_refused() {
        assert!(Reader::new(&[0x30, 0x03, 0x02, 0x01]).read().is_err());
        assert!(Reader::new(&[0x30]).read().is_err());
        assert!(Reader::new(&[]).read().is_err());
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_was_there(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&bytes);
            let mut seen = Vec::new();
            while let Ok(tlv) = reader.read() {
                prop_assert!(tlv.whole.ends_with(tlv.value));
                seen.extend_from_slice(tlv.whole);
            }
            prop_assert!(bytes.starts_with(&seen));
        }
    }
}
