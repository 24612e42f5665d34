//! Mediation in gateway mode (S4 L409, S1 表1; B-MED, B-GW).
//!
//! Requester → core [`MediationRequest`]; core → provider [`Inquiry`]; provider → core [`InquiryAnswer`];
//! core → requester [`MediationAnswer`]. The payload is a CMS SignedData of the provider over [`AnswerContent`]
//! (JSON), sealed by HPKE to the requester's certificate with [`SealContext::aad`] as associated data: the core can
//! neither read it (N-5) nor forge it nor move it to another exchange.

use domain::{AccessRecordId, BpId, InfoKind, LinkCode, OrgCode};

/// One field of an answer.
pub use domain::InformationField as AnswerField;

/// `POST {core}/v1/mediations`
pub const MEDIATION_PATH: &str = "/v1/mediations";
/// `POST {provider}/v1/inquiries`, from the core only.
pub const INQUIRY_PATH: &str = "/v1/inquiries";

/// The five fields of S4 L409, and the certificate to seal for.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MediationRequest {
    /// 業務種別
    pub bp: BpId,
    /// A: must equal the organisation of the channel (B-MED-5).
    pub requester: OrgCode,
    /// B: who is asked.
    pub provider: OrgCode,
    /// LA: the person's code at the requester.
    pub link_code: LinkCode,
    /// IA: what is asked.
    pub info_kind: InfoKind,
    /// The requester's sealing certificate, base64 DER; issued by the organisations' CA, not by the core.
    pub sealing_certificate: String,
}

/// Core's answer, always with status 200 when the request was mediated to its end.
///
/// `NoDataHeld` has the same bytes whether the provider holds nothing or does not know the person at all (B-MED-4).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum MediationAnswer {
    /// The provider answered.
    Provided {
        /// ①
        id: AccessRecordId,
        /// LA again: the core converts back (B-GW-2).
        link_code: LinkCode,
        /// For the requester's eyes only.
        sealed: SealedPayload,
    },
    /// Nothing held.
    NoDataHeld {
        /// ①
        id: AccessRecordId,
    },
}

/// Problem codes of the core. All but those of 503 are 403, but for the first, and say nothing about any person.
pub mod refusal {
    /// 400: not the five fields.
    pub const MALFORMED: &str = "malformed";
    /// 403: field A is not the organisation of the channel (B-MED-5).
    pub const REQUESTER_MISMATCH: &str = "requester-mismatch";
    /// 403: ② no row of the whitelist (`BpNotWhitelisted`).
    pub const BP_NOT_WHITELISTED: &str = "bp-not-whitelisted";
    /// 403: ③ LA was never issued to this requester (`RequesterCodeNotIssued`).
    pub const REQUESTER_CODE_NOT_ISSUED: &str = "requester-code-not-issued";
    /// 503: the provider could not be asked.
    pub const PROVIDER_UNREACHABLE: &str = "provider-unreachable";
    /// 503: the provider did not answer in time.
    pub const PROVIDER_LATE: &str = "provider-late";
    /// 503: the provider answered, but not to this inquiry.
    pub const PROVIDER_ANSWER_MISMATCH: &str = "provider-answer-mismatch";
    /// 503: the log could not be written, so nothing was released (N-10).
    pub const LOG_UNAVAILABLE: &str = "log-unavailable";
}

/// HPKE (RFC 9180) base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; both parts base64.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedPayload {
    /// Encapsulated key.
    pub encapsulated_key: String,
    /// Ciphertext with tag.
    pub ciphertext: String,
}

/// What the core asks the provider (step ② of 表1).
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    /// ①
    pub id: AccessRecordId,
    /// 業務種別
    pub bp: BpId,
    /// Who asks.
    pub requester: OrgCode,
    /// LB: the person's code at the provider.
    pub link_code: LinkCode,
    /// What is asked.
    pub info_kind: InfoKind,
    /// The requester's sealing certificate, base64 DER; the provider checks it against the organisations' CA and
    /// against `requester` itself.
    pub sealing_certificate: String,
}

/// What the provider answers.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum InquiryAnswer {
    /// Sealed for the requester.
    Provided {
        /// ①, repeated
        id: AccessRecordId,
        /// LB, repeated
        link_code: LinkCode,
        /// CMS inside HPKE.
        sealed: SealedPayload,
    },
    /// Holds nothing under this code, or does not know it.
    NoDataHeld {
        /// ①, repeated
        id: AccessRecordId,
    },
}

/// Transfer mode (B-MODE-1). Token mode has its place here and comes later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferMode {
    /// ゲートウェイ方式
    Gateway,
}

/// Binds a sealed payload to its exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealContext<'a> {
    /// ①
    pub id: &'a AccessRecordId,
    /// ④
    pub requester: &'a OrgCode,
    /// ⑤
    pub provider: &'a OrgCode,
    /// ⑥
    pub info_kind: &'a InfoKind,
    /// Mode
    pub mode: TransferMode,
}

impl SealContext<'_> {
    /// HPKE `info`.
    pub const INFO: &'static [u8] = b"my-portal-seal/1";

    /// Length-prefixed: each part is its byte length (u32, big-endian) and its bytes.
    pub fn aad(&self) -> Vec<u8> {
        let mode = match self.mode {
            TransferMode::Gateway => "gateway",
        };
        crate::reader::length_prefixed(&[
            Self::INFO,
            self.id.as_bytes(),
            self.requester.as_str().as_bytes(),
            self.provider.as_str().as_bytes(),
            self.info_kind.as_str().as_bytes(),
            mode.as_bytes(),
        ])
    }
}

/// What the provider signs (inside CMS, inside HPKE). Item ⑪.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerContent {
    /// ①
    pub id: AccessRecordId,
    /// ⑤
    pub provider: OrgCode,
    /// ⑥
    pub info_kind: InfoKind,
    /// Version of the fields below.
    pub schema_version: u32,
    /// Fields in the order in which a person reads them.
    pub fields: Vec<AnswerField>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seal_context_separates_every_part() {
        let (id, kind) = (AccessRecordId::from([1; 16]), "income".parse().unwrap());
        let (a, b): (OrgCode, OrgCode) = ("AAA".parse().unwrap(), "AAAB".parse().unwrap());
        let context = |requester, provider| {
            SealContext { id: &id, requester, provider, info_kind: &kind, mode: TransferMode::Gateway }.aad()
        };
        assert_ne!(context(&a, &b), context(&b, &a));
    }

    #[test]
    fn an_answers_fields_travel_as_they_always_did() {
        let told = concat!(
            r#"{"id":"01010101010101010101010101010101","provider":"NTA","info_kind":"income","schema_version":1,"#,
            r#""fields":[{"name":"total-income","period":"2025","value":"3400000","unit":"JPY"},"#,
            r#"{"name":"dependants","value":"2"}]}"#,
        );
        let content: AnswerContent = serde_json::from_str(told).unwrap();
        assert_eq!(serde_json::to_string(&content).unwrap(), told);
        assert!(serde_json::from_str::<AnswerField>(r#"{"name":"a","value":"1","my_number":"1"}"#).is_err());
    }

    #[test]
    fn a_mediation_request_has_no_room_for_a_number() {
        let request = r#"{"bp":"self-view","requester":"NTA","provider":"NTA","info_kind":"income",
            "link_code":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","sealing_certificate":"","my_number":"1"}"#;
        assert!(serde_json::from_str::<MediationRequest>(request).is_err());
    }
}
