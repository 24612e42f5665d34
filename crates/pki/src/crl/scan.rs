//! Reads a list entry by entry, straight from its bytes: a struct for each of a million entries would cost more than
//! the signature.

use const_oid::db::rfc5280::ID_CE_INVALIDITY_DATE;
use const_oid::db::rfc5912::{ID_CE_CERTIFICATE_ISSUER, ID_CE_CRL_REASONS};

use super::CrlRefusal;
use crate::RevocationReason;
use crate::tlv::{GENERALIZED_TIME, INTEGER, NotDer, Reader, SEQUENCE, Tlv, UTC_TIME};

const BOOLEAN: u8 = 0x01;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const ENUMERATED: u8 = 0x0a;
const EXTENSIONS: u8 = 0xa0;

impl From<NotDer> for CrlRefusal {
    fn from(_: NotDer) -> Self {
        Self::Malformed
    }
}

/// The parts of a list's body, each as bytes.
pub(super) struct Body<'a> {
    pub(super) algorithm: &'a [u8],
    pub(super) issuer: &'a [u8],
    pub(super) this_update_s: i64,
    pub(super) next_update_s: Option<i64>,
    /// Entries one after another.
    pub(super) entries: &'a [u8],
    pub(super) extensions: &'a [u8],
}

impl<'a> Body<'a> {
    pub(super) fn read(body: &'a [u8]) -> Result<Self, CrlRefusal> {
        let mut parts = Reader::new(Reader::only(body, SEQUENCE)?.value);
        if parts.expect(INTEGER)?.value != [1] {
            return Err(CrlRefusal::Malformed);
        }
        let algorithm = parts.expect(SEQUENCE)?.whole;
        let issuer = parts.expect(SEQUENCE)?.whole;
        let this_update_s = seconds(parts.read()?)?;
        let next_update_s = match parts.peek() {
            Some(UTC_TIME | GENERALIZED_TIME) => Some(seconds(parts.read()?)?),
            _ => None,
        };
        let entries = match parts.peek() {
            Some(SEQUENCE) => parts.read()?.value,
            _ => &[],
        };
        let extensions = match parts.peek() {
            Some(EXTENSIONS) => Reader::only(parts.read()?.value, SEQUENCE)?.value,
            _ => &[],
        };
        if !parts.is_empty() {
            return Err(CrlRefusal::Malformed);
        }
        Ok(Self { algorithm, issuer, this_update_s, next_update_s, entries, extensions })
    }
}

/// One extension.
pub(super) struct ExtensionBytes<'a> {
    /// Bytes of the object identifier, without tag and length.
    pub(super) oid: &'a [u8],
    pub(super) critical: bool,
    pub(super) value: &'a [u8],
}

pub(super) fn extension<'a>(reader: &mut Reader<'a>) -> Result<ExtensionBytes<'a>, CrlRefusal> {
    let mut parts = Reader::new(reader.expect(SEQUENCE)?.value);
    let oid = parts.expect(OBJECT_IDENTIFIER)?.value;
    let critical = match parts.peek() {
        Some(BOOLEAN) => match parts.read()?.value {
            [0xff] => true,
            _ => return Err(CrlRefusal::Malformed),
        },
        _ => false,
    };
    let value = parts.expect(OCTET_STRING)?.value;
    if parts.is_empty() { Ok(ExtensionBytes { oid, critical, value }) } else { Err(CrlRefusal::Malformed) }
}

/// One withdrawn certificate.
pub(super) struct Entry<'a> {
    /// Big-endian, without a leading zero byte, at most 20 bytes.
    pub(super) serial: &'a [u8],
    pub(super) at_s: i64,
    pub(super) reason: RevocationReason,
}

pub(super) fn entry<'a>(reader: &mut Reader<'a>) -> Result<Entry<'a>, CrlRefusal> {
    let mut parts = Reader::new(reader.expect(SEQUENCE)?.value);
    let serial = serial(parts.expect(INTEGER)?.value)?;
    let at_s = seconds(parts.read()?)?;
    let mut reason = RevocationReason::Unspecified;
    if !parts.is_empty() {
        let mut extensions = Reader::new(parts.expect(SEQUENCE)?.value);
        while !extensions.is_empty() {
            let one = extension(&mut extensions)?;
            if one.oid == ID_CE_CRL_REASONS.as_bytes() {
                reason = reason_of(one.value)?;
            } else if one.oid == ID_CE_CERTIFICATE_ISSUER.as_bytes()
                || (one.critical && one.oid != ID_CE_INVALIDITY_DATE.as_bytes())
            {
                return Err(CrlRefusal::CriticalExtension);
            }
        }
        if !parts.is_empty() {
            return Err(CrlRefusal::Malformed);
        }
    }
    Ok(Entry { serial, at_s, reason })
}

/// A serial number of at most 20 bytes, not negative, minimal.
pub(super) fn serial(value: &[u8]) -> Result<&[u8], CrlRefusal> {
    let magnitude = match value {
        [0, rest @ ..] if rest.first().is_some_and(|b| *b >= 0x80) => rest,
        [first, ..] if *first < 0x80 && (value.len() == 1 || *first != 0) => value,
        _ => return Err(CrlRefusal::Malformed),
    };
    if magnitude.len() <= 20 { Ok(magnitude) } else { Err(CrlRefusal::Malformed) }
}

fn reason_of(value: &[u8]) -> Result<RevocationReason, CrlRefusal> {
    match Reader::only(value, ENUMERATED)?.value {
        [code] => RevocationReason::from_code(*code).ok_or(CrlRefusal::Malformed),
        _ => Err(CrlRefusal::Malformed),
    }
}

/// Seconds since 1970 of a `UTCTime` or `GeneralizedTime` in the form of RFC 5280 §4.1.2.5: to the second, with `Z`.
fn seconds(time: Tlv<'_>) -> Result<i64, CrlRefusal> {
    let (year, rest) = match (time.tag, time.value) {
        (UTC_TIME, [a, b, rest @ ..]) => {
            let short = two(*a, *b)?;
            (if short < 50 { 2000 + short } else { 1900 + short }, rest)
        }
        (GENERALIZED_TIME, [a, b, c, d, rest @ ..]) => (two(*a, *b)? * 100 + two(*c, *d)?, rest),
        _ => return Err(CrlRefusal::Malformed),
    };
    let &[mo, nth, d, ay, h, our, m, in_, s, ec, b'Z'] = rest else {
        return Err(CrlRefusal::Malformed);
    };
    let (month, day) = (two(mo, nth)?, two(d, ay)?);
    let (hour, minute, second) = (two(h, our)?, two(m, in_)?, two(s, ec)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of_month = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return Err(CrlRefusal::Malformed),
    };
    if !(1..=days_of_month).contains(&day) || hour > 23 || minute > 59 || second > 59 {
        return Err(CrlRefusal::Malformed);
    }
    Ok(days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second)
}

fn two(tens: u8, ones: u8) -> Result<i64, CrlRefusal> {
    if tens.is_ascii_digit() && ones.is_ascii_digit() {
        Ok(i64::from(tens - b'0') * 10 + i64::from(ones - b'0'))
    } else {
        Err(CrlRefusal::Malformed)
    }
}

/// Days from 1970-01-01 in the Gregorian calendar, years beginning in March.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certificate::x509_time;
    use der::Encode as _;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_time_is_read_as_it_was_written(s in 0..253_402_300_799_i64) {
            let time = x509_time(jiff::Timestamp::from_second(s).unwrap()).unwrap();
            let der = time.to_der().unwrap();
            prop_assert_eq!(seconds(Reader::new(&der).read().unwrap()), Ok(s));
        }

        #[test]
        fn any_time_bytes_are_read_or_refused(tag in prop::sample::select(vec![UTC_TIME, GENERALIZED_TIME]), value in "[0-9Z+.]{0,20}") {
            let tlv = Tlv { tag, value: value.as_bytes(), whole: &[] };
            if seconds(tlv).is_ok() {
                prop_assert!(value.ends_with('Z'));
            }
        }
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_is_refused() {
        for bad in ["20260230000000Z", "20261301000000Z", "20260101240000Z", "20260101000000", "20260101000000+0900"] {
            let tlv = Tlv { tag: GENERALIZED_TIME, value: bad.as_bytes(), whole: &[] };
            assert_eq!(seconds(tlv), Err(CrlRefusal::Malformed), "{bad}");
        }
    }

    #[test]
    fn a_serial_number_is_minimal_and_not_negative() {
        assert_eq!(serial(&[0x00, 0x80]), Ok(&[0x80][..]));
        assert_eq!(serial(&[0x7f]), Ok(&[0x7f][..]));
        for bad in [&[][..], &[0x80], &[0x00, 0x7f], &[0x7f; 21]] {
            assert_eq!(serial(bad), Err(CrlRefusal::Malformed));
        }
    }
}
