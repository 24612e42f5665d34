//! Access records on demand: portal → core (P-LOG-9, P-LOG-10). From the portal's channel only.

use domain::{AccessRecord, AccessRecordId, InfoKind, LinkCode, OrgCode, Outcome};
use jiff::Timestamp;

/// `POST {core}/v1/access-records/list`
pub const LIST_PATH: &str = "/v1/access-records/list";
/// `POST {core}/v1/access-records/one`
pub const ONE_PATH: &str = "/v1/access-records/one";
/// Most records a page may have.
pub const PAGE_SIZE_MAX: u32 = 100;

/// Which records of one person, newest first.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordsRequest {
    /// LP: whose.
    pub link_code: LinkCode,
    /// One per login session, random: the core writes one self-view record a viewing (P-LOG-18).
    pub viewing: ViewingId,
    /// Not earlier than.
    #[serde(default)]
    pub accessed_from: Option<Timestamp>,
    /// Earlier than.
    #[serde(default)]
    pub accessed_before: Option<Timestamp>,
    /// As requester or provider.
    #[serde(default)]
    pub institution: Option<OrgCode>,
    /// ⑥
    #[serde(default)]
    pub info_kind: Option<InfoKind>,
    /// How it ended.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// Own views (`Circumstance::SelfView`) are left out unless asked for.
    #[serde(default)]
    pub own_views: OwnViews,
    /// Skip this many (page × size).
    #[serde(default)]
    pub offset: u32,
    /// At most this many, 1 to [`PAGE_SIZE_MAX`].
    pub limit: u32,
}

/// Whether own views are among the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnViews {
    /// Left out (the default of the page).
    #[default]
    Hidden,
    /// Only they.
    Only,
}

/// Names one viewing (16 bytes, lower-case hexadecimal).
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct ViewingId(pub String);

/// One page.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordsAnswer {
    /// Newest first; same instant: by id.
    pub records: Vec<AccessRecord>,
    /// How many match in all.
    pub total: u64,
    /// Own views in the same period, whether shown or not.
    pub own_views: u64,
    /// Since when the core has records of anybody (retention: P-LOG-14).
    pub kept_since: Option<Timestamp>,
    /// What the filters may offer: institutions that occur in this person's records.
    pub institutions: Vec<OrgCode>,
    /// Kinds of information that occur in this person's records.
    pub info_kinds: Vec<InfoKind>,
}

/// One record of one person. Unknown and somebody else's are the same 404.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordRequest {
    /// LP: whose.
    pub link_code: LinkCode,
    /// See [`RecordsRequest::viewing`].
    pub viewing: ViewingId,
    /// ①
    pub id: AccessRecordId,
}

/// Problem code: the core knows no such link code of the portal.
pub const CODE_NOT_ISSUED: &str = "code-not-issued";
/// Problem code: no such record of this person.
pub const NOT_FOUND: &str = "not-found";
