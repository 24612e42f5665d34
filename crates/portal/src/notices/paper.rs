//! A notice as a PDF, to print and to keep (P-INF-7, P-PSH-7).

use domain::Locale;
use export::notice::{self, NoticePaper, Signer};
use jiff::Timestamp;
use store::{KeptId, LetterId};
use wording::Years;
use zeroize::Zeroizing;

use super::kept::{KeptError, OpenedKept};
use super::letter::NoticeSignature;
use super::opened::{NoticeError, OpenedNotice};
use crate::letter::NoticeContent;
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
pub enum NoticePdfError<E = NoticeError> {
    /// There is nothing that can be shown.
    #[error(transparent)]
    Notice(E),
    /// The typesetter failed.
    #[error("the notice could not be typeset")]
    Typesetter(TypesetError),
}

impl Portal {
    /// A notice as a PDF in one language. Whoever takes it along has opened it. Its signature is verified now.
    pub async fn notice_pdf(
        &self,
        who: &SignedIn,
        letter: LetterId,
        told: (Locale, Years),
        now: Timestamp,
    ) -> Result<NoticePdf, NoticePdfError> {
        let opened = self.open_notice(who, letter, now).await.map_err(NoticePdfError::Notice)?;
        let OpenedNotice { line, content, signature, .. } = &opened;
        let touched = &line.touched;
        let life = Life { arrived_at: touched.arrived_at, replied_at: touched.replied_at, withdrawn: line.withdrawn };
        self.typeset_notice(content, signature, life, told, now).await.map_err(NoticePdfError::Typesetter)
    }

    /// A kept notice as a PDF in one language; that it was taken back is told as far as the portal knows.
    pub async fn kept_pdf(
        &self,
        who: &SignedIn,
        id: KeptId,
        told: (Locale, Years),
        now: Timestamp,
    ) -> Result<NoticePdf, NoticePdfError<KeptError>> {
        let opened = self.kept_notice(who, id, now).await.map_err(NoticePdfError::Notice)?;
        let OpenedKept { line, content, signature, .. } = &opened;
        let life = Life { arrived_at: line.arrived_at, replied_at: line.replied_at, withdrawn: line.withdrawn };
        self.typeset_notice(content, signature, life, told, now).await.map_err(NoticePdfError::Typesetter)
    }

    async fn typeset_notice(
        &self,
        content: &NoticeContent,
        signature: &NoticeSignature,
        life: Life,
        told: (Locale, Years),
        now: Timestamp,
    ) -> Result<NoticePdf, TypesetError> {
        let (name, job) = job(content, signature, life, told, now);
        let bytes = self.typesetter().typeset(job).await?;
        Ok(NoticePdf { name, bytes })
    }
}

/// What became of it here.
#[derive(Clone, Copy)]
struct Life {
    arrived_at: Timestamp,
    replied_at: Option<Timestamp>,
    withdrawn: bool,
}

/// What the file is called, and the job for the typesetter.
fn job(
    content: &NoticeContent,
    signature: &NoticeSignature,
    life: Life,
    (locale, years): (Locale, Years),
    now: Timestamp,
) -> (String, Zeroizing<Vec<u8>>) {
    let Life { arrived_at, replied_at, withdrawn } = life;
    let paper = NoticePaper {
        made_at: now,
        locale,
        years,
        content,
        arrived_at,
        replied_at,
        withdrawn,
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
