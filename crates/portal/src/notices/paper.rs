//! A notice as a PDF, to print and to keep (P-INF-7, P-PSH-7).

use domain::Locale;
use export::notice::{self, NoticePaper, Signer};
use jiff::Timestamp;
use store::LetterId;
use wording::Years;
use zeroize::Zeroizing;

use super::opened::{NoticeError, OpenedNotice};
use crate::{Portal, SignedIn, TypesetError};

/// A document to take along.
pub struct NoticePdf {
    /// What the file is called.
    pub name: String,
    /// The document.
    pub bytes: Zeroizing<Vec<u8>>,
}

/// There is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum NoticePdfError {
    /// There is nothing that can be shown.
    #[error(transparent)]
    Notice(#[from] NoticeError),
    /// The typesetter failed.
    #[error("the notice could not be typeset")]
    Typesetter(#[from] TypesetError),
}

impl Portal {
    /// A notice as a PDF in one language. Whoever takes it along has opened it. Its signature is verified now.
    pub async fn notice_pdf(
        &self,
        who: &SignedIn,
        letter: LetterId,
        (locale, years): (Locale, Years),
        now: Timestamp,
    ) -> Result<NoticePdf, NoticePdfError> {
        let opened = self.open_notice(who, letter, now).await?;
        let (name, job) = told(&opened, locale, years, now);
        let bytes = self.typesetter().typeset(job).await?;
        Ok(NoticePdf { name, bytes })
    }
}

/// What the file is called, and the job for the typesetter.
fn told(opened: &OpenedNotice, locale: Locale, years: Years, now: Timestamp) -> (String, Zeroizing<Vec<u8>>) {
    let OpenedNotice { line, content, signature, .. } = opened;
    let paper = NoticePaper {
        made_at: now,
        locale,
        years,
        content,
        arrived_at: line.touched.arrived_at,
        replied_at: line.touched.replied_at,
        withdrawn: line.withdrawn,
        signer: Signer {
            subject: &signature.subject,
            issuer: &signature.issuer,
            serial: &signature.serial,
            not_before: signature.not_before,
            not_after: signature.not_after,
            signed_at: signature.signed_at,
            content_sha256: &signature.content_sha256,
        },
    };
    // A job is plain text and numbers: it can always be written; one that is empty would be refused by the typesetter.
    let job = serde_json::to_vec(&notice::job(&paper)).unwrap_or_default();
    (notice::file_name(&paper), Zeroizing::new(job))
}
