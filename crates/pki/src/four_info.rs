//! The four items in a signature certificate (N-22), as JPKI's profile writes them: other names of UTF-8 text in the
//! subject alternative name.

use der::asn1::ObjectIdentifier;
use domain::{BirthDate, Sex};

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
