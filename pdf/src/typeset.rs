//! The typesetter's world: our template, one job and the typefaces; nothing else exists in it.

use export::pdf::Job;
use jiff::tz::Offset;
use typst::{
    Feature, Library, LibraryExt as _, World, WorldExt as _,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{document::Document, failure::Failure, fonts::Fonts};

const TEMPLATE: &str = include_str!("template.typ");

/// Typesets the job.
pub(crate) fn pdf(job: &Job, fonts: &Fonts) -> Result<Vec<u8>, Failure> {
    let desk = Desk::new(job, fonts)?;
    let pages: PagedDocument = typst::compile(&desk).output.map_err(|errors| desk.typeset_failure(&errors))?;
    // What the errors say may repeat the job.
    typst_pdf::pdf(&pages, &options(job)?).map_err(|errors| Failure::Pdf { errors: errors.len() })
}

fn options(job: &Job) -> Result<PdfOptions, Failure> {
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|_| Failure::Pdf { errors: 1 })?;
    Ok(PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("my-portal-pdf".to_owned())),
        timestamp: made_at(job),
        standards,
        ..PdfOptions::default()
    })
}

/// Japan time, as everywhere on the pages.
fn made_at(job: &Job) -> Option<Timestamp> {
    let at = Offset::constant(9).to_datetime(job.made_at);
    let part = |number: i8| u8::try_from(number).ok();
    let at = Datetime::from_ymd_hms(
        at.year().into(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Timestamp::new_local(at, 9 * 60)
}

struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    job_id: FileId,
    job: Bytes,
}

impl Desk {
    fn new(job: &Job, fonts: &Fonts) -> Result<Self, Failure> {
        let document = Document::new(job, fonts);
        let json = serde_json::to_vec(&document).map_err(|_| Failure::Job { line: 0, column: 0 })?;
        let library = Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build();
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(fonts.faces())),
            fonts: fonts.faces().to_vec(),
            template: Source::new(file("/template.typ")?, TEMPLATE.to_owned()),
            job_id: file("/job.json")?,
            job: Bytes::new(json),
        })
    }

    fn typeset_failure(&self, errors: &[SourceDiagnostic]) -> Failure {
        let places = errors.iter().map(|error| self.range(error.span).map(|range| range.start)).collect();
        Failure::Typeset { errors: errors.len(), places }
    }
}

fn file(path: &str) -> Result<FileId, Failure> {
    let path = VirtualPath::new(path).map_err(|_| Failure::Typeset { errors: 1, places: Vec::new() })?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.job_id { Ok(self.job.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// The pages carry the job's time, never the machine's.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
