//! What only parties of this side say to the register. Every message refuses unknown fields.

use domain::{OrgCode, TicketCode};
use jiff::Timestamp;

use crate::register::ResidentRecordCode;

/// `POST {register}/v1/identifications`, from J-LIS only: [`wire::issuance::FourInfoMessage`] → [`Identified`]. Zero and several
/// candidates are the same 404 `not-identified` (B-ISS-3).
pub const IDENTIFY_PATH: &str = "/v1/identifications";
/// `POST {register}/v1/identification-info`, from JPKI, and from the municipality where the person lives:
/// [`IdentificationInfoRequest`] → [`wire::issuance::FourInfoMessage`], or
/// 404 [`PERSON_UNKNOWN`] for somebody who is no resident (any more).
pub const IDENTIFICATION_INFO_PATH: &str = "/v1/identification-info";
/// `POST {register}/v1/changes`, from the municipality where the person lives or now moves to: [`ChangeMessage`],
/// answered 204.
pub const CHANGES_PATH: &str = "/v1/changes";
/// `POST {register}/v1/number-matches`, from institutions entitled to a 番号 (B-INS-5): [`wire::issuance::FourInfoMessage`] →
/// [`NumberMatch`], or 404 `not-identified`.
pub const NUMBER_MATCHES_PATH: &str = "/v1/number-matches";
/// `POST {register}/v1/number-matches/resolve`, from the number generation body only: [`NumberResolution`] →
/// [`Identified`], or 404 [`MATCH_UNKNOWN`].
pub const NUMBER_RESOLVE_PATH: &str = "/v1/number-matches/resolve";

/// Problem code: nobody with this code lives here.
pub const PERSON_UNKNOWN: &str = "person-unknown";
/// Problem code: no such match, or used, or too late, or another institution's.
pub const MATCH_UNKNOWN: &str = "match-unknown";

/// Exactly one person.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identified {
    /// 住民票コード
    pub resident_record_code: ResidentRecordCode,
}

/// Whose 4-info a certificate is to carry.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentificationInfoRequest {
    /// 住民票コード
    pub resident_record_code: ResidentRecordCode,
}

/// An institution's 4-info fit one person. Says nothing of who; the generation body turns it into a 番号 once, within
/// ten minutes.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberMatch {
    /// One-time handle.
    pub number_match: TicketCode,
}

/// The generation body asks whom a match means.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberResolution {
    /// As the institution presented it.
    pub number_match: TicketCode,
    /// The institution that presented it, from the channel.
    pub org: OrgCode,
}

/// A municipality reports a change (住民異動).
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeMessage {
    /// 住民票コード
    pub resident_record_code: ResidentRecordCode,
    /// What changed.
    pub change: Change,
}

/// What can change.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    /// 転入・転居
    Moved {
        /// New address.
        address: String,
        /// Municipality of the new address.
        municipality: OrgCode,
    },
    /// 氏名の変更
    Renamed {
        /// New name.
        name: String,
    },
    /// 死亡
    Died,
    /// 国外転出
    Left,
}

/// `POST {jpki}` [`crate::jpki::CHANGE_NOTICES_PATH`], from the register only.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeNotice {
    /// 住民票コード
    pub resident_record_code: ResidentRecordCode,
    /// What changed; never the new 4-info.
    pub change: JpkiChange,
    /// When.
    pub happened_at: Timestamp,
}

/// What JPKI must know (B-PKI-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JpkiChange {
    /// 氏名
    NameChanged,
    /// 住所
    AddressChanged,
    /// 死亡
    Died,
    /// 国外転出
    Left,
}

impl JpkiChange {
    const ALL: [Self; 4] = [Self::NameChanged, Self::AddressChanged, Self::Died, Self::Left];

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::NameChanged => "name_changed",
            Self::AddressChanged => "address_changed",
            Self::Died => "died",
            Self::Left => "left",
        }
    }

    /// Reads the stored form.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}
