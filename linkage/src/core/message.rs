//! What only parties of this side say to the core. Every message refuses unknown fields.

use crate::register::ResidentRecordCode;

/// `POST {core}/v1/eligibility-ends`, from the register only: [`EligibilityEnded`], answered 204, also for somebody who
/// has no code anywhere and for somebody whose codes have ended before.
pub const ELIGIBILITY_ENDED_PATH: &str = "/v1/eligibility-ends";

/// Somebody is no resident any more (P-FLD-4). Whether they died or left is nothing that the core must know.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EligibilityEnded {
    /// 住民票コード
    pub resident_record_code: ResidentRecordCode,
}
