//! The whitelist (ホワイトリスト): which linkages the law allows, as versioned data (B-MED-2, B-MED-3).
//!
//! A row is one requester, one provider, one kind of information and one business; the whole tuple must match. It
//! knows nothing of codes or persons, so that ② can be judged before any code is looked at (B-MED-1).

mod file;
mod stored;

use std::collections::HashMap;

use domain::{BpId, Circumstance, InfoKind, OrgCode};
use jiff::civil::Date;
use wire::mediation::TransferMode;

pub use file::{WhitelistFileError, parse};
pub(crate) use stored::{StoredWhitelistError, adopt, versions};

/// Version 1, as it comes with the program.
pub const VERSION_1: &str = include_str!("../data/whitelist-1.toml");
/// Version 2, likewise: answers to reports that something looks wrong (P-INF-12).
pub const VERSION_2: &str = include_str!("../data/whitelist-2.toml");
/// Every version that comes with the program.
pub const SHIPPED: [&str; 2] = [VERSION_1, VERSION_2];

/// What a request asks leave for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tuple {
    /// 照会者
    pub requester: OrgCode,
    /// 提供者
    pub provider: OrgCode,
    /// 情報種別
    pub info_kind: InfoKind,
    /// 業務種別
    pub bp: BpId,
}

/// One version of the whitelist.
#[derive(Clone, Debug)]
pub struct Whitelist {
    version: u32,
    in_force_from: Date,
    rows: HashMap<(BpId, InfoKind), Vec<Row>>,
}

/// One lawful linkage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Who may ask.
    pub requester: Side,
    /// Who may be asked.
    pub provider: Side,
    /// About what.
    pub info_kind: InfoKind,
    /// For which business.
    pub bp: BpId,
    /// Law or the person's own wish.
    pub ground: Ground,
    /// How the answer travels (B-MODE-1).
    pub mode: TransferMode,
    /// Law and article (根拠法令), the general one first.
    pub basis: Vec<String>,
}

/// One side of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// Any municipality.
    Municipality,
    /// Exactly this organisation.
    Org(OrgCode),
}

/// Why a row is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// For the requester's business.
    ByLaw,
    /// The person looks through the portal (P-LOG-18).
    SelfView,
}

impl Whitelist {
    pub(crate) fn new(version: u32, in_force_from: Date, rows: Vec<Row>) -> Self {
        let mut by_business: HashMap<_, Vec<Row>> = HashMap::new();
        for row in rows {
            by_business.entry((row.bp.clone(), row.info_kind.clone())).or_default().push(row);
        }
        Self { version, in_force_from, rows: by_business }
    }

    /// Its number; recorded with ③ (B-MED-3).
    pub fn version(&self) -> u32 {
        self.version
    }

    /// First day on which it holds, Japan time.
    pub fn in_force_from(&self) -> Date {
        self.in_force_from
    }

    /// All rows, in no particular order.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.values().flatten()
    }

    /// ②: the row that allows exactly this linkage. Nobody links with itself.
    pub fn allows(&self, tuple: &Tuple) -> Option<&Row> {
        if tuple.requester == tuple.provider {
            return None;
        }
        self.rows
            .get(&(tuple.bp.clone(), tuple.info_kind.clone()))?
            .iter()
            .find(|row| row.requester.is(&tuple.requester) && row.provider.is(&tuple.provider))
    }
}

impl Side {
    /// Whether the row means this organisation.
    pub fn is(&self, org: &OrgCode) -> bool {
        match self {
            Self::Municipality => org.is_municipality(),
            Self::Org(code) => code == org,
        }
    }

    const MUNICIPALITY: &'static str = "municipality";

    fn name(&self) -> &str {
        match self {
            Self::Municipality => Self::MUNICIPALITY,
            Self::Org(code) => code.as_str(),
        }
    }
}

impl std::str::FromStr for Side {
    type Err = domain::OrgCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == Self::MUNICIPALITY { Ok(Self::Municipality) } else { text.parse().map(Self::Org) }
    }
}

impl Ground {
    /// As in the file and in the core's log.
    pub fn name(self) -> &'static str {
        match self {
            Self::ByLaw => "by_law",
            Self::SelfView => "self_view",
        }
    }

    /// Reads [`Ground::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::ByLaw, Self::SelfView].into_iter().find(|ground| ground.name() == name)
    }

    /// As the access record shows it.
    pub fn circumstance(self) -> Circumstance {
        match self {
            Self::ByLaw => Circumstance::ByLaw,
            Self::SelfView => Circumstance::SelfView,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tuple(requester: &str, provider: &str, info_kind: &str, bp: &str) -> Tuple {
        Tuple {
            requester: requester.parse().unwrap(),
            provider: provider.parse().unwrap(),
            info_kind: info_kind.parse().unwrap(),
            bp: bp.parse().unwrap(),
        }
    }

    #[test]
    fn a_city_may_ask_the_tax_office_to_reduce_a_premium() {
        let list = parse(VERSION_1).unwrap();
        let row = list.allows(&tuple("141003", "NTA", "income", "nhi-premium-reduction")).unwrap();
        assert_eq!(row.ground, Ground::ByLaw);
        assert!(row.basis.iter().any(|law| law == "国民健康保険法第76条"));
    }

    #[test]
    fn version_2_allows_what_version_1_does_and_reading_answers_to_reports() {
        let (one, two) = (parse(VERSION_1).unwrap(), parse(VERSION_2).unwrap());
        assert!(one.rows().all(|row| two.rows().any(|new| new == row)));
        let mut added: Vec<_> = two.rows().filter(|row| one.rows().all(|old| old != *row)).collect();
        added.sort_by_key(|row| row.provider.name().to_owned());
        let providers: Vec<_> = added.iter().map(|row| row.provider.name()).collect();
        assert_eq!(providers, ["HELLOWORK", "JASSO", "JPS", "KYOKAI", "NTA", "municipality"]);
        assert!(added.iter().all(|row| row.info_kind.as_str() == InfoKind::CORRECTION_REPORT));
        assert!(added.iter().all(|row| row.ground == Ground::SelfView));
    }

    #[test]
    fn one_wrong_part_of_four_is_enough_to_be_refused() {
        let list = parse(VERSION_1).unwrap();
        for (requester, provider, kind, bp) in [
            ("JPS", "NTA", "income", "nhi-premium-reduction"),
            ("141003", "JPS", "income", "nhi-premium-reduction"),
            ("141003", "NTA", "local-tax", "nhi-premium-reduction"),
            ("141003", "NTA", "income", "child-allowance"),
            ("JASSO", "JPS", "pension-coverage", "scholarship"),
        ] {
            assert!(list.allows(&tuple(requester, provider, kind, bp)).is_none(), "{requester} {provider} {kind} {bp}");
        }
    }

    #[test]
    fn nobody_links_with_itself() {
        let list = parse(VERSION_1).unwrap();
        let city = |provider| tuple("141003", provider, "vaccination", "vaccination");
        assert!(list.allows(&city("261009")).is_some());
        assert!(list.allows(&city("141003")).is_none());
    }

    #[test]
    fn only_the_portal_may_look_for_the_person() {
        let list = parse(VERSION_2).unwrap();
        assert_eq!(list.allows(&tuple("PORTAL", "NTA", "income", BpId::SELF_VIEW)).unwrap().ground, Ground::SelfView);
        assert!(
            list.rows()
                .filter(|row| row.bp.as_str() == BpId::SELF_VIEW)
                .all(|row| row.requester == Side::Org("PORTAL".parse().unwrap()))
        );
    }

    proptest! {
        /// N-8, first half: what is allowed is exactly what some row says.
        #[test]
        fn nothing_outside_the_rows_is_allowed(
            requester in prop::sample::select(vec!["NTA", "JPS", "KYOKAI", "HELLOWORK", "JASSO", "PORTAL", "141003", "062049", "CORE"]),
            provider in prop::sample::select(vec!["NTA", "JPS", "KYOKAI", "HELLOWORK", "JASSO", "PORTAL", "141003", "062049", "CORE"]),
            kind in prop::sample::select(vec!["income", "local-tax", "resident-record", "pension-coverage", "pension-benefit",
                "insurance-coverage", "injury-allowance", "employment-benefit", "vaccination", "scholarship", "access-records"]),
            bp in prop::sample::select(vec!["nhi-premium-reduction", "child-allowance", "nhi-eligibility", "old-age-pension",
                "dependant-recognition", "vaccination", "scholarship", "self-view", "made-up"]),
        ) {
            let list = parse(VERSION_1).unwrap();
            let asked = tuple(requester, provider, kind, bp);
            let literally = requester != provider && VERSION_1.split("[[row]]").skip(1).any(|row| {
                let says = |key: &str, value: &str| {
                    row.contains(&format!("{key} = \"{value}\""))
                        || (value.parse::<OrgCode>().is_ok_and(|org| org.is_municipality())
                            && row.contains(&format!("{key} = \"municipality\"")))
                };
                says("requester", requester) && says("provider", provider) && says("info_kind", kind) && says("bp", bp)
            });
            prop_assert_eq!(list.allows(&asked).is_some(), literally);
        }
    }
}
