//! 「まちがいを知らせる」 (P-INF-12): a person's report that something in an answer looks wrong, from the portal through
//! the core to the institution that gave the answer.
//!
//! The portal asks for the institution's sealing certificate ([`CertificateRequest`], passed on by the core), believes it
//! only as one of that organisation, issued by the organisations' authority, signs [`ReportContent`] (CMS SignedData) and
//! seals it to that certificate by HPKE with [`ReportContext::aad`] as associated data: the core converts the person's
//! code and passes the rest on unread (N-5); it can neither write a report nor move one to another institution or answer.
//! That the institution has it, it says itself: [`ReportReceipt`], as CMS SignedData.
//!
//! This is version 2; the unsigned version 1 is not read any more.

use domain::{AccessRecordId, CorrectionReportId, InfoKind, LinkCode, OrgCode};
use jiff::Timestamp;

pub use self::words::{ReportWords, WordsFault};
use crate::mediation::SealedPayload;

mod words;

/// `POST {core}/v1/sealing-certificates` from the portal, `POST {institution}/v1/sealing-certificates` from the core:
/// [`CertificateRequest`] → [`CertificateAnswer`].
pub const CERTIFICATE_PATH: &str = "/v1/sealing-certificates";
/// `POST {core}/v1/correction-reports` from the portal: [`ReportRequest`] → [`ReportTaken`];
/// `POST {institution}/v1/correction-reports` from the core: [`Report`] → [`ReportTaken`].
pub const REPORT_PATH: &str = "/v1/correction-reports";

/// Whose certificate is wanted?
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateRequest {
    /// The institution.
    pub provider: OrgCode,
}

/// A public thing; whoever gets it verifies whose it is.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CertificateAnswer {
    /// Base64 DER.
    pub sealing_certificate: String,
}

/// Portal → core.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Names the report; the same one sent again is the same report.
    pub id: CorrectionReportId,
    /// Who holds what looks wrong.
    pub provider: OrgCode,
    /// LP, the portal's code of the person.
    pub link_code: LinkCode,
    /// What the answer was about.
    pub info_kind: InfoKind,
    /// [`ReportContent`], signed by the portal, for the institution's eyes only.
    pub sealed: SealedPayload,
}

/// Core → institution. It comes from the portal: nobody else reports.
#[derive(Clone, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// As the portal named it.
    pub id: CorrectionReportId,
    /// LB, the institution's code of the person.
    pub link_code: LinkCode,
    /// What the answer was about.
    pub info_kind: InfoKind,
    /// As the portal sealed it.
    pub sealed: SealedPayload,
}

/// Institution → core → portal.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportTaken {
    /// Repeated.
    pub id: CorrectionReportId,
    /// [`ReportReceipt`] as JSON inside the institution's CMS SignedData; base64 DER.
    pub signed_receipt: String,
}

/// Problem codes.
pub mod refusal {
    /// 403, core: the law lets nobody see this kind of information there.
    pub const NOT_WHITELISTED: &str = crate::mediation::refusal::BP_NOT_WHITELISTED;
    /// 503, core: the institution could not be asked.
    pub const PROVIDER_UNREACHABLE: &str = crate::mediation::refusal::PROVIDER_UNREACHABLE;
    /// 409, core: the institution did not take the report, or was never given a code of the person. The portal hears
    /// no more (B-MED-4).
    pub const NOT_TAKEN: &str = "report-not-taken";
    /// 429, core and institution: the person has [`super::OPEN_REPORTS_MAX`] reports of the last day there that are not
    /// answered yet.
    pub const TOO_MANY: &str = "too-many-reports";
    /// 403, institution: the portal did not sign it.
    pub const NOT_THE_PORTALS: &str = "report-not-the-portals";
    /// 400, institution: not sealed to it for this report, or not of the agreed form inside.
    pub const UNREADABLE: &str = "report-unreadable";
    /// 404, institution: the code is nobody's there.
    pub const PERSON_UNKNOWN: &str = "person-unknown";
    /// 404, institution: it never gave such an answer about that person.
    pub const ANSWER_UNKNOWN: &str = "answer-unknown";
    /// 409, institution: another person's report has this id.
    pub const ID_TAKEN: &str = "report-id-taken";
}

/// So many reports of one person within 24 hours may wait for an answer at one institution; more are refused.
pub const OPEN_REPORTS_MAX: u32 = 20;

/// What the portal signs; the signature is sealed with it.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportContent {
    /// Repeated.
    pub id: CorrectionReportId,
    /// ① of the answer that looks wrong.
    pub answer: AccessRecordId,
    /// To whom it is written: signed, so that no other institution can be shown it as its own.
    pub provider: OrgCode,
    /// Repeated.
    pub info_kind: InfoKind,
    /// Which of its fields; absent when the report is about the whole.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<ConcernedField>,
    /// What the person wrote.
    pub words: ReportWords,
    /// When, by the portal's clock.
    pub reported_at: Timestamp,
}

/// One field of an answer.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConcernedField {
    /// As the institution named it.
    pub name: String,
    /// As the institution told it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub period: Option<String>,
}

/// Every report is equally long before it is sealed, so that the core does not learn how much a person wrote.
#[derive(Clone, Copy, Debug)]
pub struct PaddedReport;

impl PaddedReport {
    /// Length of every report.
    pub const BYTES: usize = 16 * 1024;

    /// What is sealed. None when it is longer than any report.
    pub fn of(cms: &[u8]) -> Option<Vec<u8>> {
        crate::padding::padded(cms, Self::BYTES)
    }

    /// The CMS. None when it was not made by [`Self::of`].
    pub fn cms(padded: &[u8]) -> Option<&[u8]> {
        crate::padding::unpadded(padded, Self::BYTES)
    }
}

/// Binds a sealed report to its way: a report under another id, to another organisation or of another kind does not
/// open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportContext<'a> {
    /// Of the report.
    pub id: &'a CorrectionReportId,
    /// Who passes the person's words on: the portal.
    pub reporter: &'a OrgCode,
    /// To whom.
    pub provider: &'a OrgCode,
    /// What the answer was about.
    pub info_kind: &'a InfoKind,
}

impl ReportContext<'_> {
    /// HPKE `info`.
    pub const INFO: &'static [u8] = b"my-portal-correction-report/2";

    /// Length-prefixed parts.
    pub fn aad(&self) -> Vec<u8> {
        crate::reader::length_prefixed(&[
            Self::INFO,
            self.id.as_bytes(),
            self.reporter.as_str().as_bytes(),
            self.provider.as_str().as_bytes(),
            self.info_kind.as_str().as_bytes(),
        ])
    }
}

/// What the institution signs when it has kept the report.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportReceipt {
    /// Of the report.
    pub id: CorrectionReportId,
    /// Who has it.
    pub provider: OrgCode,
    /// 受付番号: what a person tells at the counter.
    pub number: ReceiptNumber,
    /// When it was kept.
    pub received_at: Timestamp,
}

/// 受付番号: two groups of four digits or capital letters, without those that are easily mistaken: `7K3M-9QXP`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReceiptNumber(String);

/// The text is no receipt number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a receipt number is two groups of four digits or letters")]
pub struct ReceiptNumberError;

impl ReceiptNumber {
    const LETTERS: &'static [u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// The number of these 40 bits.
    pub fn of(bits: [u8; 5]) -> Self {
        let all = bits.iter().fold(0u64, |all, byte| (all << 8) | u64::from(*byte));
        let letters = (0..8).rev().filter_map(|place| {
            let at = usize::try_from((all >> (5 * place)) & 31).ok()?;
            Self::LETTERS.get(at).map(|letter| char::from(*letter))
        });
        let mut text: String = letters.collect();
        text.insert(4, '-');
        Self(text)
    }

    /// As people read it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ReceiptNumber {
    type Error = ReceiptNumberError;
    fn try_from(text: String) -> Result<Self, ReceiptNumberError> {
        let letter = |byte: u8| Self::LETTERS.contains(&byte);
        let in_place = |(at, byte): (usize, u8)| if at == 4 { byte == b'-' } else { letter(byte) };
        if text.len() == 9 && text.bytes().enumerate().all(in_place) { Ok(Self(text)) } else { Err(ReceiptNumberError) }
    }
}

impl std::str::FromStr for ReceiptNumber {
    type Err = ReceiptNumberError;
    fn from_str(text: &str) -> Result<Self, ReceiptNumberError> {
        text.to_owned().try_into()
    }
}

impl From<ReceiptNumber> for String {
    fn from(number: ReceiptNumber) -> Self {
        number.0
    }
}

impl std::fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;
