//! Reports that something looks wrong: to whom they are sealed, and their way (P-INF-12).

use domain::OrgCode;
use wire::correction_report::{
    CERTIFICATE_PATH, CertificateAnswer, CertificateRequest, REPORT_PATH, ReportRequest, ReportTaken,
};

use super::{PeerFailure, Peers};

/// A certificate, or a short message that is signed.
const ANSWER_BYTES_MAX: usize = 32 * 1024;

impl Peers {
    /// What the core says is the institution's sealing certificate: base64 DER, to be verified.
    pub(crate) async fn sealing_certificate(&self, provider: &OrgCode) -> Result<String, PeerFailure> {
        let request = CertificateRequest { provider: provider.clone() };
        let answer: CertificateAnswer =
            self.post_within(&self.names.core, CERTIFICATE_PATH, &request, ANSWER_BYTES_MAX).await?;
        Ok(answer.sealing_certificate)
    }

    /// Sends a report on its way; the same one may be sent again.
    pub(crate) async fn report(&self, request: &ReportRequest) -> Result<ReportTaken, PeerFailure> {
        self.post_within(&self.names.core, REPORT_PATH, request, ANSWER_BYTES_MAX).await
    }
}
