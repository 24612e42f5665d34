//! An institution's own number of a person (内部コード): means nothing outside it and travels nowhere (B-ID-8).

use std::fmt;

use domain::OrgCode;

/// E.g. a 宛名番号 or a 基礎年金番号. Prints only its type's name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InternalId(String);

impl InternalId {
    /// The number as the institution writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }

    /// The n-th number of an institution, in that institution's own form. Neighbours do not look alike.
    pub(super) fn nth(org: &OrgCode, seq: u64) -> Self {
        let groups = groups(org);
        let digits = groups.iter().sum::<usize>();
        // Odd and no multiple of five: each number of so many digits comes up once.
        let modulus = 10u128.pow(u32::try_from(digits).unwrap_or_default());
        let scattered = (u128::from(seq) * 387_420_489 + 74_207_281) % modulus;
        Self(grouped(&format!("{scattered:0digits$}"), groups))
    }

    /// A number as a person types it: hyphens or none, full-width digits too. None: not a number of this institution's
    /// form. Says nothing about whether anybody has it.
    pub(super) fn typed(org: &OrgCode, text: &str) -> Option<Self> {
        let mut digits = String::new();
        for letter in text.trim().chars() {
            match letter {
                '0'..='9' => digits.push(letter),
                '０'..='９' => digits.extend(char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0'))),
                '-' | '‐' | '‑' | '–' | '−' | '－' | 'ー' | ' ' | '\u{3000}' => {}
                _ => return None,
            }
        }
        let groups = groups(org);
        (digits.len() == groups.iter().sum::<usize>()).then(|| Self(grouped(&digits, groups)))
    }

    /// Nobody's: what a code that is bound to nobody is looked up under, so that it takes as long as any other.
    pub(super) fn nobody() -> Self {
        Self("-".to_owned())
    }
}

/// So many digits, then a hyphen, then so many …
fn groups(org: &OrgCode) -> &'static [usize] {
    match org.as_str() {
        "NTA" => &[8],
        "JPS" => &[4, 6],
        "KYOKAI" => &[8, 7],
        "HELLOWORK" => &[4, 6, 1],
        "JASSO" => &[3, 2, 6],
        _ => &[10],
    }
}

fn grouped(digits: &str, groups: &[usize]) -> String {
    let mut rest = digits;
    let mut parts = Vec::with_capacity(groups.len());
    for group in groups {
        let (part, tail) = rest.split_at_checked(*group).unwrap_or((rest, ""));
        parts.push(part);
        rest = tail;
    }
    parts.join("-")
}

impl fmt::Debug for InternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InternalId")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    use proptest::prelude::*;

    #[test]
    fn every_institution_numbers_its_people_in_its_own_way() {
        let first = |org: &str| InternalId::nth(&org.parse().unwrap(), 1).0;
        assert_eq!(first("NTA").len(), 8);
        assert_eq!(first("JPS").find('-'), Some(4));
        assert_eq!(first("HELLOWORK").len(), 13);
        assert_ne!(first("141003"), first("JPS"));
    }

    #[test]
    fn no_number_is_given_twice() {
        let org = "141003".parse().unwrap();
        let numbers: HashSet<_> = (0..20_000).map(|n| InternalId::nth(&org, n)).collect();
        assert_eq!(numbers.len(), 20_000);
    }

    #[test]
    fn a_number_is_read_however_people_type_it() {
        let jasso = "JASSO".parse().unwrap();
        for typed in
            ["123-45-678901", "12345678901", " 123 45 678901 ", "１２３－４５－６７８９０１", "123ー45ー678901"]
        {
            assert_eq!(InternalId::typed(&jasso, typed).unwrap().as_str(), "123-45-678901", "{typed}");
        }
        for wrong in ["", "123-45-67890", "123-45-6789012", "123-45-67890x", "一二三", "123_45_678901", "123\n45678901"]
        {
            assert_eq!(InternalId::typed(&jasso, wrong), None, "{wrong:?}");
        }
    }

    proptest! {
        #[test]
        fn a_number_that_an_institution_gave_is_read_back_with_or_without_hyphens(
            org in prop::sample::select(vec!["NTA", "JPS", "KYOKAI", "HELLOWORK", "JASSO", "141003"]),
            seq in any::<u32>(),
        ) {
            let org: OrgCode = org.parse().unwrap();
            let number = InternalId::nth(&org, u64::from(seq));
            prop_assert_eq!(InternalId::typed(&org, number.as_str()), Some(number.clone()));
            prop_assert_eq!(InternalId::typed(&org, &number.as_str().replace('-', "")), Some(number));
        }
    }
}
