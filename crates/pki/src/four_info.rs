//! The four items in a signature certificate (N-22), as JPKI's profile writes them: other names of UTF-8 text in the
//! subject alternative name.

use der::asn1::ObjectIdentifier;
use domain::{BirthDate, FourInfo, Sex};
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

use crate::{Accepted, Usage};

/// 氏名
pub(crate) const NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.1");
/// 性別: 1 男, 2 女, 3 不明
pub(crate) const SEX: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.3");
/// 生年月日: digit of the era, then the Gregorian date `YYYYMMDD`
pub(crate) const BIRTH_DATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.4");
/// 住所
pub(crate) const ADDRESS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.392.200149.8.5.5.5");

pub(crate) fn sex_digit(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "1",
        Sex::Female => "2",
        Sex::Unknown => "3",
    }
}

pub(crate) fn birth_date_text(date: BirthDate) -> String {
    let date = date.date();
    format!("{}{:04}{:02}{:02}", era_digit(date), date.year(), date.month(), date.day())
}

/// 1 明治, 2 大正, 3 昭和, 4 平成, 5 令和.
fn era_digit(date: jiff::civil::Date) -> u8 {
    let begins = [
        jiff::civil::date(1912, 7, 30),
        jiff::civil::date(1926, 12, 25),
        jiff::civil::date(1989, 1, 8),
        jiff::civil::date(2019, 5, 1),
    ];
    begins.iter().fold(1, |era, begin| era + u8::from(date >= *begin))
}

/// The four items are not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FourInfoFault {
    /// Not accepted as a signature certificate: an authentication certificate has no four items (N-22).
    #[error("only an accepted signature certificate holds the four items")]
    NotASignatureCertificate,
    /// An item is absent, there twice, or not in its form.
    #[error("the four items of the certificate are incomplete or malformed")]
    Malformed,
}

/// The four items of a signature certificate. Takes what a [`crate::Verifier`] accepted, for the items may be read only
/// after the certificate was found valid (P-REG-2).
pub fn four_info(accepted: &Accepted) -> Result<FourInfo, FourInfoFault> {
    if accepted.usage() != Usage::JpkiSignature {
        return Err(FourInfoFault::NotASignatureCertificate);
    }
    let (_, names) =
        accepted.certificate().extension::<SubjectAltName>().ok().flatten().ok_or(FourInfoFault::Malformed)?;
    let sex = match item(&names, SEX)?.as_str() {
        "1" => Sex::Male,
        "2" => Sex::Female,
        "3" => Sex::Unknown,
        _ => return Err(FourInfoFault::Malformed),
    };
    let birth_date = birth_date_of(&item(&names, BIRTH_DATE)?).ok_or(FourInfoFault::Malformed)?;
    FourInfo::new(item(&names, NAME)?, item(&names, ADDRESS)?, birth_date, sex).map_err(|_| FourInfoFault::Malformed)
}

/// The text of the other name that is there exactly once.
fn item(names: &SubjectAltName, oid: ObjectIdentifier) -> Result<String, FourInfoFault> {
    let mut found = names.0.iter().filter_map(|name| match name {
        GeneralName::OtherName(other) if other.type_id == oid => Some(&other.value),
        _ => None,
    });
    match (found.next(), found.next()) {
        (Some(value), None) => value.decode_as::<String>().map_err(|_| FourInfoFault::Malformed),
        _ => Err(FourInfoFault::Malformed),
    }
}

/// `EYYYYMMDD`; the era must be the one of that day.
fn birth_date_of(text: &str) -> Option<BirthDate> {
    let date = text.get(1..)?;
    let dashed = format!("{}-{}-{}", date.get(..4)?, date.get(4..6)?, date.get(6..)?);
    let date: BirthDate = dashed.parse().ok()?;
    (birth_date_text(date) == text).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::issue::testing::*;
    use crate::{NotPublished, Verifier};
    use proptest::prelude::*;

    fn accepted(usage: Usage) -> Accepted {
        let ca = authority("CA");
        let (signature, authentication) = citizen_pair(&ca);
        let leaf = if usage == Usage::JpkiSignature { signature } else { authentication };
        let verifier = Verifier::new(vec![ca.certificate().clone()], vec![]).unwrap();
        verifier.verify(&leaf, &[], usage, now(), &NotPublished).unwrap()
    }

    #[test]
    fn the_four_items_come_back_as_they_were_certified() {
        assert_eq!(four_info(&accepted(Usage::JpkiSignature)), Ok(hanako()));
    }

    #[test]
    fn an_authentication_certificate_has_no_four_items() {
        let refusal = four_info(&accepted(Usage::JpkiAuthentication));
        assert_eq!(refusal, Err(FourInfoFault::NotASignatureCertificate));
    }

    #[test]
    fn a_birth_date_has_the_era_of_its_day() {
        for (date, text) in [
            ("1912-07-29", "119120729"),
            ("1912-07-30", "219120730"),
            ("1926-12-25", "319261225"),
            ("1989-01-07", "319890107"),
            ("1989-01-08", "419890108"),
            ("2019-05-01", "520190501"),
        ] {
            assert_eq!(birth_date_text(date.parse().unwrap()), text);
            assert_eq!(birth_date_of(text), Some(date.parse().unwrap()));
        }
        for bad in ["419890107", "919800401", "31980401", "319800431", "3198004011", "", "あ19800401"] {
            assert_eq!(birth_date_of(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_birth_date_or_not_without_a_panic(text in any::<String>()) {
            if let Some(date) = birth_date_of(&text) {
                prop_assert_eq!(birth_date_text(date), text);
            }
        }
    }
}
