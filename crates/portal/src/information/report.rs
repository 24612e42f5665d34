//! 「まちがいを知らせる」: a person says that something in an answer looks wrong, to the institution that gave it (P-INF-12).
//!
//! What is written is signed by the portal, sealed to the institution at once and rests nowhere in the portal; the core
//! passes it on unread.

use std::error::Error;
use std::time::Duration;

use domain::{InformationField, OrgCode};
use jiff::Timestamp;
use rand_core::CryptoRng;
use store::StoreError;
use wire::access_records::CODE_NOT_ISSUED;
use wire::correction_report::{
    ConcernedField, ReceiptNumber, ReportContent, ReportContext, ReportRequest, ReportWords, WordsFault, refusal,
};
use wire::reader::length_prefixed;
use zeroize::Zeroizing;

use super::desk::Disbelief;
use super::gather::{Held, InformationError};
use super::seal::{Holder, Unopened};
use super::source::{OwnAnswer, OwnState};
use crate::linkage::PeerFailure;
use crate::records::RecordsError;
use crate::{Portal, SignedIn};

/// Asking for the certificate and sending the report, both together.
const SENT_WITHIN: Duration = Duration::from_secs(16);

/// What a person wrote, as the form had it.
#[derive(Clone, Copy)]
pub struct Written<'a> {
    /// Of which answer.
    pub place: u32,
    /// The number of the field in the answer, from 0; empty means the whole.
    pub field: &'a str,
    /// Not read yet.
    pub words: &'a str,
}

impl std::fmt::Debug for Written<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Written")
    }
}

/// The institution has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportSent {
    /// Which institution.
    pub provider: OrgCode,
    /// 受付番号, as it signed it.
    pub number: ReceiptNumber,
}

/// The report was not sent, or it is not certain that it was.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The words cannot be sent as they are.
    #[error("the words of a report cannot be sent")]
    Words(#[from] WordsFault),
    /// The answer has no such field.
    #[error("the answer has no such field")]
    NoSuchField,
    /// No such answer is held, or the person cannot be served now.
    #[error(transparent)]
    Information(#[from] InformationError),
    /// The platform or the institution gave no answer. It may have the report all the same: sending it again is safe.
    #[error("the institution could not be reached")]
    Unreachable(#[source] Box<dyn Error + Send + Sync>),
    /// The institution did not take it.
    #[error("the institution did not take the report")]
    Refused(#[source] Box<dyn Error + Send + Sync>),
    /// The person has as many reports there as may wait for an answer; nothing was taken.
    #[error("too many reports wait for an answer")]
    TooMany,
    /// The certificate is not the institution's, so nothing was sent; or the receipt is not signed by it.
    #[error("it cannot be verified that this is the institution")]
    Unbelievable(#[source] Box<dyn Error + Send + Sync>),
}

impl From<StoreError> for ReportError {
    fn from(error: StoreError) -> Self {
        Self::Information(error.into())
    }
}

impl From<RecordsError> for ReportError {
    fn from(error: RecordsError) -> Self {
        Self::Information(error.into())
    }
}

impl From<Unopened> for ReportError {
    fn from(error: Unopened) -> Self {
        Self::Information(error.into())
    }
}

impl From<Disbelief> for ReportError {
    fn from(error: Disbelief) -> Self {
        Self::Unbelievable(Box::new(error))
    }
}

impl From<PeerFailure> for ReportError {
    fn from(failure: PeerFailure) -> Self {
        match &failure {
            PeerFailure::Problem(_, _, Some(problem)) if problem.code() == Some(CODE_NOT_ISSUED) => {
                Self::Information(RecordsError::CodeEnded.into())
            }
            PeerFailure::Problem(_, _, Some(problem)) if problem.code() == Some(refusal::TOO_MANY) => Self::TooMany,
            PeerFailure::Problem(_, 400..500, _) => Self::Refused(Box::new(failure)),
            PeerFailure::Problem(..) | PeerFailure::Unreachable(..) => Self::Unreachable(Box::new(failure)),
            PeerFailure::TooMuch(_) | PeerFailure::Unreadable(..) => Self::Unbelievable(Box::new(failure)),
        }
    }
}

/// Not within the time that a person waits.
#[derive(Debug, thiserror::Error)]
#[error("no answer in time")]
struct Late;

impl Portal {
    /// Reports to the institution that gave the answer. The same report of the same session, sent again, is the same
    /// report.
    pub async fn report(
        &self,
        who: &SignedIn,
        holder: &Holder,
        written: Written<'_>,
        now: Timestamp,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<ReportSent, ReportError> {
        let Written { place, field, words } = written;
        let link_code = self.link_code(who).await?;
        let source = self.own_source(who, holder, place).await?;
        let OwnState::Answered(answer) = source.state else { return Err(InformationError::NotFound.into()) };
        let words = ReportWords::typed(words)?;
        let concerned = concerned(&answer, field)?;
        let Held { key, .. } = self.holding_key(holder).await?.ok_or(InformationError::NotFound)?;
        let report = [answer.id.as_bytes().as_slice(), field.as_bytes(), words.as_str().as_bytes()];
        let id = key.report_id(&Zeroizing::new(length_prefixed(&report)))?;
        let (provider, info_kind) = (source.provider, source.info_kind);
        let portal = OrgCode::portal();
        let way = ReportContext { id: &id, reporter: &portal, provider: &provider, info_kind: &info_kind };
        let report = ReportContent {
            id,
            answer: answer.id,
            provider: provider.clone(),
            info_kind: info_kind.clone(),
            field: concerned,
            words,
            reported_at: now,
        };

        let sending = async {
            let certificate = self.peers().sealing_certificate(&provider).await?;
            let sealed = self.desk().seal_report(&report, &way, &certificate, now, rng)?;
            let (provider, info_kind) = (provider.clone(), info_kind.clone());
            let taken = self.peers().report(&ReportRequest { id, provider, link_code, info_kind, sealed }).await?;
            Ok::<_, ReportError>(self.desk().believe_receipt(&taken.signed_receipt, &way, now)?)
        };
        let sent = tokio::time::timeout(SENT_WITHIN, sending).await;
        let receipt = sent.unwrap_or_else(|_| Err(ReportError::Unreachable(Box::new(Late))))?;
        metrics::counter!("correction_reports_total").increment(1);
        Ok(ReportSent { provider, number: receipt.number })
    }
}

fn concerned(answer: &OwnAnswer, field: &str) -> Result<Option<ConcernedField>, ReportError> {
    if field.is_empty() {
        return Ok(None);
    }
    let place = field.parse::<usize>().ok();
    let found = place.and_then(|place| answer.fields.get(place)).ok_or(ReportError::NoSuchField)?;
    let InformationField { name, period, .. } = found;
    Ok(Some(ConcernedField { name: name.clone(), period: period.clone() }))
}

#[cfg(test)]
mod tests;
