//! What a person may look at through the portal (P-INF-4): the portal asks the core which institutions to ask, then asks
//! each of them through the mediation.

use domain::{InfoKind, LinkCode, OrgCode};

/// `POST`, portal → core: [`SourcesRequest`] → [`SourcesAnswer`].
pub const SOURCES_PATH: &str = "/v1/self-view/sources";

/// Which institutions know the person behind the portal's code?
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesRequest {
    /// LP, the portal's code of the person.
    pub link_code: LinkCode,
}

/// In a fixed order: by institution, then by kind.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesAnswer {
    /// Institutions that were given a code of the person, each with what the law lets the person see there. Whether it
    /// holds something of a kind only it can say.
    pub sources: Vec<Source>,
}

/// One question that a person may put through the portal.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// ⑤
    pub provider: OrgCode,
    /// ⑥
    pub info_kind: InfoKind,
}
