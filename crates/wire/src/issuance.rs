//! Issuance of link codes: three parties, separate messages (S4 L203/L224/L322; B-ISS-1…8).
//!
//! Requester → J-LIS [`LinkCodeRequest`] → answer [`MatchAnswer`]; J-LIS → core [`IssuanceOrder`];
//! core → requester [`LinkCodeDelivery`]. The requester's organisation is always taken from the TLS channel.
//! J-LIS never sees the link code, the core never the 4-info, the requester never the resident record code (B-ISS-2).

use domain::{BirthDate, FourInfo, FourInfoError, KeyIndex, LinkCode, MatchNumber, OrgCode, Sex};

/// `POST {jlis}/v1/link-code-requests`
pub const REQUEST_PATH: &str = "/v1/link-code-requests";
/// `POST {core}/v1/issuances`, from J-LIS only.
pub const ORDER_PATH: &str = "/v1/issuances";
/// `POST {requester}/v1/link-code-deliveries`, from the core only.
pub const DELIVERY_PATH: &str = "/v1/link-code-deliveries";

/// Asks J-LIS to identify one person and have a code issued (steps 2–3).
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkCodeRequest {
    /// Who.
    pub four_info: FourInfoMessage,
}

/// The 4-info as they travel to J-LIS, and to nobody else.
#[derive(serde::Serialize, serde::Deserialize, zeroize::ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct FourInfoMessage {
    /// 氏名
    pub name: String,
    /// 住所
    pub address: String,
    /// 生年月日
    #[zeroize(skip)]
    pub birth_date: BirthDate,
    /// 性別
    #[zeroize(skip)]
    pub sex: Sex,
}

impl From<&FourInfo> for FourInfoMessage {
    fn from(info: &FourInfo) -> Self {
        Self {
            name: info.name().to_owned(),
            address: info.address().to_owned(),
            birth_date: info.birth_date(),
            sex: info.sex(),
        }
    }
}

impl TryFrom<FourInfoMessage> for FourInfo {
    type Error = FourInfoError;
    fn try_from(mut message: FourInfoMessage) -> Result<Self, FourInfoError> {
        let name = std::mem::take(&mut message.name);
        let address = std::mem::take(&mut message.address);
        Self::new(name, address, message.birth_date, message.sex)
    }
}

/// J-LIS's answer. Zero and several candidates are the same answer: status 404, problem code
/// [`NOT_IDENTIFIED`] (B-ISS-3).
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatchAnswer {
    /// 突合番号
    pub match_number: MatchNumber,
}

/// Problem code of J-LIS for zero or several candidates.
pub const NOT_IDENTIFIED: &str = "not-identified";

/// J-LIS orders a code for one person (step 5). Has no 4-info field (N-4, B-ISS-1).
#[derive(serde::Serialize, serde::Deserialize, zeroize::ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub struct IssuanceOrder {
    /// 住民票コード, 11 digits
    pub resident_record_code: String,
    /// For whom the code is.
    #[zeroize(skip)]
    pub org: OrgCode,
    /// 突合番号
    #[zeroize(skip)]
    pub match_number: MatchNumber,
}

/// The core brings the code straight to the requester (step 6). Answered 204 when the match number is one the
/// requester waits for, else 409 with problem code [`MATCH_NUMBER_UNKNOWN`]: reported by the core and retried a few
/// times, since the answer of J-LIS may still be on its way (B-ISS-4). Delivering the same pair again is answered 204.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkCodeDelivery {
    /// 突合番号
    pub match_number: MatchNumber,
    /// The person's code at this requester.
    pub link_code: LinkCode,
    /// Which key it is under.
    pub key_index: KeyIndex,
}

/// Problem code of a requester that waits for no such match number.
pub const MATCH_NUMBER_UNKNOWN: &str = "match-number-unknown";

/// `POST {org}/v1/link-code-replacements`, from the core only: a key was rotated and codes are re-issued (B-TBL-2).
pub const REPLACEMENT_PATH: &str = "/v1/link-code-replacements";

/// Old codes with their successors; the receiver replaces all or none and answers 204. An old code it does not know
/// is answered 409; a pair already replaced is skipped.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkCodeReplacements {
    /// The key of the new codes.
    pub key_index: KeyIndex,
    /// Old and new.
    pub pairs: Vec<LinkCodeReplacement>,
}

/// One code and its successor.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkCodeReplacement {
    /// Under the old key.
    pub old: LinkCode,
    /// Under the new key.
    pub new: LinkCode,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuance_order_accepts_no_four_info() {
        let order = r#"{"resident_record_code":"12345678901","org":"NTA","match_number":"AAAAAAAAAAAAAAAAAAAAAA"}"#;
        assert!(serde_json::from_str::<IssuanceOrder>(order).is_ok());
        let smuggled = order.replace("\"org\"", "\"name\":\"山田花子\",\"org\"");
        assert!(serde_json::from_str::<IssuanceOrder>(&smuggled).is_err());
    }
}
