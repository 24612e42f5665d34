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
        let scattered = |digits: u32| {
            // Odd and no multiple of five: each number below 10^digits comes up once.
            let modulus = 10u64.pow(digits);
            (u128::from(seq) * 387_420_489 + 74_207_281) % u128::from(modulus)
        };
        let text = match org.as_str() {
            "NTA" => format!("{:08}", scattered(8)),
            "JPS" => grouped(&format!("{:010}", scattered(10)), &[4, 6]),
            "KYOKAI" => grouped(&format!("{:015}", scattered(15)), &[8, 7]),
            "HELLOWORK" => grouped(&format!("{:011}", scattered(11)), &[4, 6, 1]),
            "JASSO" => grouped(&format!("{:011}", scattered(11)), &[3, 2, 6]),
            _ => format!("{:010}", scattered(10)),
        };
        Self(text)
    }

    /// Nobody's: what a code that is bound to nobody is looked up under, so that it takes as long as any other.
    pub(super) fn nobody() -> Self {
        Self("-".to_owned())
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
}
