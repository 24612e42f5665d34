//! What distinguishes one institution from another: what it holds, in which legacy shape, and who in it answers.

use domain::OrgCode;

use super::{
    kind::{KINDS, KindSpec},
    legacy::{FixedWidth, Ledger, LegacySystem},
};

/// One institution, or one class of them.
pub(super) struct Profile {
    /// Its name, or what it is.
    pub(super) name: &'static str,
    /// What it calls its own number of a person.
    pub(super) person_number: &'static str,
    /// 情報種別 that it holds.
    pub(super) kinds: &'static [&'static str],
    /// How its business systems keep them.
    pub(super) legacy: LegacyShape,
    /// ⑧ the section that answers inquiries.
    pub(super) answering_section: &'static str,
    /// ⑦ and ⑨ of exchanges that its business systems make by themselves.
    pub(super) asking_section: &'static str,
}

/// B-INS-2: at least two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LegacyShape {
    FixedWidth,
    Ledger,
}

/// ⑩ what answers inquiries: the institution's intermediate server, no person's terminal.
pub(super) const ANSWERING_TERMINAL: &str = "中間サーバー1号機";
/// ⑨ of exchanges that business systems make by themselves.
pub(super) const ASKING_TERMINAL: &str = "業務端末0001";

const MUNICIPAL_KINDS: &[&str] = &[
    "local-tax",
    "resident-record",
    "nhi",
    "child-allowance",
    "long-term-care",
    "disability-certificate",
    "property-tax",
    "vaccination",
    "health-checkup",
];

const NTA: Profile = Profile {
    name: "国税庁",
    person_number: "利用者識別番号",
    kinds: &["income"],
    legacy: LegacyShape::FixedWidth,
    answering_section: "課税部個人課税課",
    asking_section: "課税部個人課税課",
};
const JPS: Profile = Profile {
    name: "日本年金機構",
    person_number: "基礎年金番号",
    kinds: &["pension-coverage", "pension-benefit"],
    legacy: LegacyShape::FixedWidth,
    answering_section: "中央年金センター記録管理グループ",
    asking_section: "給付企画部給付業務グループ",
};
const KYOKAI: Profile = Profile {
    name: "全国健康保険協会",
    person_number: "記号・番号",
    kinds: &["insurance-coverage", "injury-allowance"],
    legacy: LegacyShape::Ledger,
    answering_section: "業務部適用グループ",
    asking_section: "神奈川支部レセプトグループ",
};
const HELLOWORK: Profile = Profile {
    name: "ハローワーク",
    person_number: "被保険者番号",
    kinds: &["employment-benefit"],
    legacy: LegacyShape::Ledger,
    answering_section: "雇用保険給付課",
    asking_section: "雇用保険給付課",
};
const JASSO: Profile = Profile {
    name: "日本学生支援機構",
    person_number: "奨学生番号",
    kinds: &["scholarship"],
    legacy: LegacyShape::Ledger,
    answering_section: "奨学事業支援部",
    asking_section: "奨学事業支援部採用課",
};
const MUNICIPALITY: Profile = Profile {
    name: "市",
    person_number: "宛名番号",
    kinds: MUNICIPAL_KINDS,
    legacy: LegacyShape::Ledger,
    answering_section: "市民課",
    asking_section: "保険年金課",
};
/// Cities that still run on a host.
const HOST_MUNICIPALITY: Profile = Profile { legacy: LegacyShape::FixedWidth, ..MUNICIPALITY };

impl Profile {
    /// None: no institution of the demo.
    pub(super) fn of(org: &OrgCode) -> Option<&'static Self> {
        match org.as_str() {
            "NTA" => Some(&NTA),
            "JPS" => Some(&JPS),
            "KYOKAI" => Some(&KYOKAI),
            "HELLOWORK" => Some(&HELLOWORK),
            "JASSO" => Some(&JASSO),
            "062049" | "472018" => Some(&HOST_MUNICIPALITY),
            _ if org.is_municipality() => Some(&MUNICIPALITY),
            _ => None,
        }
    }

    /// The specifications of what it holds.
    pub(super) fn specs(&self) -> impl Iterator<Item = &'static KindSpec> {
        let kinds = self.kinds;
        KINDS.iter().filter(|spec| kinds.contains(&spec.name))
    }

    /// Answers to reports (P-INF-12) are anybody's who holds anything.
    pub(super) fn holds(&self, kind: &domain::InfoKind) -> bool {
        kind.as_str() == domain::InfoKind::CORRECTION_REPORT || self.kinds.contains(&kind.as_str())
    }
}

impl LegacyShape {
    pub(super) fn system(self) -> Box<dyn LegacySystem> {
        match self {
            Self::FixedWidth => Box::new(FixedWidth),
            Self::Ledger => Box::new(Ledger),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_that_somebody_holds_has_fields() {
        for profile in [&NTA, &JPS, &KYOKAI, &HELLOWORK, &JASSO, &MUNICIPALITY] {
            assert_eq!(profile.specs().count(), profile.kinds.len());
        }
    }

    #[test]
    fn whoever_the_whitelist_lets_be_asked_holds_what_it_says() {
        let list = crate::whitelist::parse(crate::whitelist::VERSION_2).unwrap();
        for row in list.rows() {
            let provider = match &row.provider {
                crate::whitelist::Side::Municipality => "141003".parse().unwrap(),
                crate::whitelist::Side::Org(org) => org.clone(),
            };
            let holds = Profile::of(&provider).is_some_and(|p| p.holds(&row.info_kind));
            assert!(holds || provider.as_str() == "CORE", "{} {}", provider, row.info_kind);
        }
    }

    #[test]
    fn municipalities_do_not_all_run_the_same_system() {
        let shape = |org: &str| Profile::of(&org.parse().unwrap()).unwrap().legacy;
        assert_ne!(shape("062049"), shape("141003"));
    }
}
