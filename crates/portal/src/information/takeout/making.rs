//! A file is made: what is held is read, told, typeset and written; then it is held itself.

use domain::{AccessRecord, LinkCode};
use export::archive::{self, ArchiveError, Enclosed};
use export::{Export, Part, data, pdf, spreadsheet, viewer};
use rand_core::CryptoRng;
use store::HeldClass;
use wire::access_records::{OwnViews, PAGE_SIZE_MAX, RecordsRequest, ViewingId};
use zeroize::{Zeroize as _, Zeroizing};

use super::{Header, HeldTakeout, Steps, TakeoutFailure, TakeoutFormat, TakeoutWish, row};
use crate::Portal;
use crate::information::gather::{InformationError, Now};
use crate::information::seal::{Holder, HoldingKey};
use crate::information::source::{HeldSource, OwnSource, OwnState};

/// Access records that one file takes at most; the newest.
const RECORDS_MAX: usize = 10_000;

/// A file under way.
pub(super) struct Making {
    pub(super) portal: Portal,
    pub(super) holder: Holder,
    pub(super) key: HoldingKey,
    pub(super) link_code: LinkCode,
    pub(super) viewing: ViewingId,
    pub(super) wish: TakeoutWish,
    pub(super) place: u32,
    pub(super) now: Now,
    pub(super) steps: Steps,
}

impl Making {
    pub(super) async fn run<R: CryptoRng + Send>(self, mut rng: R) {
        let made = self.make().await;
        let format = self.wish.format;
        let (state, bytes) = match made {
            Ok(bytes) => (HeldTakeout::Ready, bytes),
            Err(why) => (HeldTakeout::Failed(why), Zeroizing::default()),
        };
        let outcome = if state == HeldTakeout::Ready { "ready" } else { "failed" };
        metrics::counter!("takeouts_total", "format" => format.name(), "outcome" => outcome).increment(1);
        if self.keep(&Header { format, state }, &bytes, &mut rng).await.is_err() {
            let lost = Header { format, state: HeldTakeout::Failed(TakeoutFailure::Internal) };
            if let Err(error) = self.keep(&lost, &[], &mut rng).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "a file to take home could not be held");
            }
        }
    }

    async fn make(&self) -> Result<Zeroizing<Vec<u8>>, TakeoutFailure> {
        let internal = |error: InformationError| {
            tracing::error!(error = &error as &dyn std::error::Error, "what is held could not be read");
            TakeoutFailure::Internal
        };
        let rows = self.portal.store().read().await.map_err(InformationError::from).map_err(internal)?;
        let rows = { rows }.held(self.holder.session_hash()).await.map_err(InformationError::from).map_err(internal)?;
        let mut sources = Vec::new();
        for row in rows.iter().filter(|row| row.class == HeldClass::Answer) {
            sources.push(HeldSource::of_row(&self.key, row).and_then(|held| held.own(row.place)));
        }
        let sources: Vec<OwnSource> =
            sources.into_iter().collect::<Result<_, _>>().map_err(|error| internal(error.into()))?;
        let wants_records = self.wish.records || self.wish.format == TakeoutFormat::RecordsCsv;
        let records = if wants_records { Some(self.records().await?) } else { None };
        let export = Export {
            made_at: (self.now)(),
            locale: self.wish.locale,
            years: self.wish.years,
            parts: sources.iter().filter_map(part).collect(),
            records,
        };
        let pdf = match self.wish.format {
            TakeoutFormat::Archive | TakeoutFormat::Pdf => Some(self.typeset(&export).await?),
            _ => None,
        };
        let (wish, steps) = (self.wish, self.steps.clone());
        let authority_pem = self.portal.desk().authority_pem().to_owned();
        let written = tokio::task::spawn_blocking(move || write(wish.format, &export, pdf, &authority_pem, &steps));
        written.await.map_err(|_| TakeoutFailure::Internal)?
    }

    async fn typeset(&self, export: &Export) -> Result<Zeroizing<Vec<u8>>, TakeoutFailure> {
        let job = {
            let told = export.tell().map_err(|_| TakeoutFailure::Internal)?;
            Zeroizing::new(serde_json::to_vec(&pdf::job(&told)).map_err(|_| TakeoutFailure::Internal)?)
        };
        self.portal.typesetter().typeset(job).await.map_err(|error| {
            tracing::error!(error = &error as &dyn std::error::Error, "no PDF");
            TakeoutFailure::Typesetter
        })
    }

    /// The newest, own views apart: they would be more than the rest, and the person knows of them.
    async fn records(&self) -> Result<Vec<AccessRecord>, TakeoutFailure> {
        let mut records = Vec::new();
        loop {
            let request = RecordsRequest {
                link_code: self.link_code.clone(),
                viewing: self.viewing.clone(),
                accessed_from: None,
                accessed_before: None,
                institution: None,
                info_kind: None,
                outcome: None,
                own_views: OwnViews::Hidden,
                offset: u32::try_from(records.len()).unwrap_or(u32::MAX),
                limit: PAGE_SIZE_MAX,
            };
            let answer = self.portal.peers().records(&request).await.map_err(|failure| {
                tracing::error!(error = &failure as &dyn std::error::Error, "no access records for a file");
                TakeoutFailure::Records
            })?;
            let came = answer.records.len();
            records.extend(answer.records);
            if came == 0 || records.len() as u64 >= answer.total || records.len() >= RECORDS_MAX {
                records.truncate(RECORDS_MAX);
                return Ok(records);
            }
        }
    }

    async fn keep<R: CryptoRng + Send>(
        &self,
        header: &Header,
        bytes: &[u8],
        rng: &mut R,
    ) -> Result<(), InformationError> {
        let row = row(&self.key, self.place, header, bytes, (self.now)(), rng)?;
        let mut repository = self.portal.store().begin().await?;
        // False: the session ended meanwhile, or the person does not want it any more.
        repository.update_held(self.holder.session_hash(), &row).await?;
        Ok(repository.commit().await?)
    }
}

fn part(source: &OwnSource) -> Option<Part> {
    let OwnState::Answered(answer) = &source.state else { return None };
    Some(Part {
        provider: source.provider.clone(),
        info_kind: source.info_kind.clone(),
        answered_at: answer.at,
        content: answer.content.to_vec(),
        signed: answer.signed.to_vec(),
    })
}

fn write(
    format: TakeoutFormat,
    export: &Export,
    pdf: Option<Zeroizing<Vec<u8>>>,
    authority_pem: &str,
    steps: &Steps,
) -> Result<Zeroizing<Vec<u8>>, TakeoutFailure> {
    let told = export.tell().map_err(|error| {
        tracing::error!(error = &error as &dyn std::error::Error, "an answer that is held cannot be told");
        TakeoutFailure::Internal
    })?;
    let mut out = Vec::new();
    let written = match format {
        TakeoutFormat::Pdf => return pdf.ok_or(TakeoutFailure::Typesetter),
        TakeoutFormat::Csv => spreadsheet::write_answers(&told, &mut out),
        TakeoutFormat::RecordsCsv => spreadsheet::write_records(&told, &mut out),
        TakeoutFormat::Json => data::write(&told, &mut out),
        TakeoutFormat::Page => viewer::write(&told, &mut out),
        TakeoutFormat::Archive => {
            let enclosed = Enclosed { pdf: pdf.as_deref().map(Vec::as_slice), authority_pem: Some(authority_pem) };
            match archive::write(&told, &enclosed, &mut out, &mut |step| steps.report(step.done, step.of)) {
                Ok(()) => Ok(()),
                Err(ArchiveError::Cancelled) => {
                    out.zeroize();
                    return Err(TakeoutFailure::Interrupted);
                }
                Err(ArchiveError::Write(error)) => Err(error),
            }
        }
    };
    match written {
        Ok(()) => Ok(Zeroizing::new(out)),
        Err(error) => {
            tracing::error!(error = &error as &dyn std::error::Error, "a file to take home could not be written");
            Err(TakeoutFailure::Internal)
        }
    }
}
