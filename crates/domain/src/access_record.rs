//! Access records (アクセス記録): the citizen-visible part of the core's log, items ①–⑥ (requirements B.5).

use jiff::{Timestamp, civil::Date};

use crate::{AccessRecordId, BpId, InfoKind, OrgCode};

/// One mediated request as its citizen may see it. Carries no item ⑦–⑫ (N-11): content stays at the institutions,
/// the purpose ⑫ at the requester.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessRecord {
    /// ① administrative serial number, the reference number.
    pub id: AccessRecordId,
    /// ② when the access was made.
    pub accessed_at: Timestamp,
    /// ③ the basis: the business by law.
    pub bp: BpId,
    /// ③ the version of the whitelist that was in force (B-MED-3). None when no row applied.
    pub whitelist_version: Option<u32>,
    /// ③ under what circumstance.
    pub circumstance: Circumstance,
    /// ④ who asked (照会者).
    pub requester: OrgCode,
    /// ⑤ who was asked (提供者).
    pub provider: OrgCode,
    /// ⑥ kind of information.
    pub info_kind: InfoKind,
    /// How it ended.
    pub outcome: Outcome,
    /// Which specification and which words hold for it (P-LOG-13).
    pub dictionary: Dictionary,
}

/// Under what circumstance a request was made; decides the sentence's form.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Circumstance {
    /// By a row of the whitelist, for the requester's business.
    ByLaw,
    /// The person looked, through the portal (P-LOG-18).
    SelfView,
    /// A representative looked on the person's behalf (P-PRX-10). The name is shown to the principal only.
    Representative {
        /// 法定代理人の氏名
        name: String,
    },
    /// With the person's prior consent (B-CNS-1).
    Consent {
        /// Day of the consent, Japan time.
        given_on: Date,
    },
    /// Under the committee's permission in an extraordinary disaster (B-DIS-1).
    Disaster {
        /// 許可番号
        permit_number: u32,
    },
}

/// How a mediated request ended, as far as the core knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The provider answered with information.
    Provided,
    /// The provider holds no such information.
    NoDataHeld,
    /// The law does not allow it, or the code presented was not valid: nothing was provided.
    Refused,
    /// The provider could not be asked or did not answer in time: nothing was provided.
    Unanswered,
}

impl Outcome {
    /// All four, in the order of the filter.
    pub const ALL: [Self; 4] = [Self::Provided, Self::NoDataHeld, Self::Refused, Self::Unanswered];

    /// As it travels and is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provided => "provided",
            Self::NoDataHeld => "no_data_held",
            Self::Refused => "refused",
            Self::Unanswered => "unanswered",
        }
    }
}

/// Versions that a stored record carries so that later changes never render it wrongly (P-LOG-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dictionary {
    /// Version of the record's specification.
    pub schema_version: u32,
    /// Version of the words for bases, institutions and kinds of information.
    pub words_version: u32,
}

impl Dictionary {
    /// What new records are written with.
    pub const CURRENT: Self = Self { schema_version: 1, words_version: 1 };
}
