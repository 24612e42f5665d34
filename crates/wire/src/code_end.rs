//! A code has ended: the person died or lost eligibility (B-TBL-4, P-FLD-4). The core says so to the portal, and nothing
//! else: neither whose code it was, nor why, nor when (P-GEN-3).

use domain::LinkCode;

/// `POST {portal}/v1/codes/ended`, from the core only: [`CodeEnded`], answered 204, also for a code that the portal does
/// not hold and for one that it was told of before. Anything else is brought again.
pub const CODE_ENDED_PATH: &str = "/v1/codes/ended";

/// This code behaves as never issued from now on.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeEnded {
    /// LP
    pub link_code: LinkCode,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_says_which_code_and_nothing_else() {
        let ended = CodeEnded { link_code: LinkCode::from([7; 32]) };
        let json = serde_json::to_value(&ended).unwrap();
        assert_eq!(json.as_object().unwrap().keys().collect::<Vec<_>>(), ["link_code"]);
        let mut told = json.clone();
        told["why"] = "died".into();
        assert!(serde_json::from_value::<CodeEnded>(told).is_err());
    }
}
