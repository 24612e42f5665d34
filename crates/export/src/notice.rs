//! A notice as a document to print and to keep: what it says, in its own structure and in one language, and why its sender
//! was believed (P-INF-7, P-PSH-7). The document itself is signed by nobody, and says so.

use domain::{Locale, NoticeKind};
use jiff::Timestamp;
use wire::notice::{Attachment, Block as Said, InLanguages, Line, MediaType, NoticeContent};
use wording::{Key, Words, Years, key};

use crate::pdf::{Block, Chapter, Job, Missing, Section};

/// Most characters of a file's name without its ending: no file system takes more than 255 bytes.
const NAME_CHARS_MAX: usize = 60;

/// What goes into the document.
#[derive(Clone)]
pub struct NoticePaper<'n> {
    /// When it is made, and the signature was verified.
    pub made_at: Timestamp,
    /// The language that was asked for. Where the sender did not write it, the words are the Japanese ones.
    pub locale: Locale,
    /// Whether era years stand beside the western ones.
    pub years: Years,
    /// What was signed.
    pub content: &'n NoticeContent,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// When the person answered.
    pub replied_at: Option<Timestamp>,
    /// The sender took it back.
    pub withdrawn: bool,
    /// Who signed it.
    pub signer: Signer<'n>,
}

/// The signature, as it was verified.
#[derive(Clone, Copy, Debug)]
pub struct Signer<'n> {
    /// Subject of the certificate.
    pub subject: &'n str,
    /// Who issued it.
    pub issuer: &'n str,
    /// Its serial number, hexadecimal.
    pub serial: &'n str,
    /// From when on it holds.
    pub not_before: Timestamp,
    /// Until when.
    pub not_after: Timestamp,
    /// When the signer says that it signed.
    pub signed_at: Timestamp,
    /// SHA-256 of what was signed, hexadecimal.
    pub content_sha256: &'n str,
}

/// `横浜市_健康診断の申込み.pdf`: nothing in it that a file system or a shell takes for something else.
pub fn file_name(paper: &NoticePaper<'_>) -> String {
    let sender = wording::organisation(paper.locale, &paper.content.sender);
    let title = paper.content.text.told_in(paper.locale).0.title.as_str();
    let name = format!("{sender}_{title}");
    let plain = |c: char| if c.is_control() || "/\\:*?\"<>|%$`'~".contains(c) { '_' } else { c };
    let name: String = name.chars().take(NAME_CHARS_MAX).map(plain).collect();
    format!("{}.pdf", name.trim().trim_matches('.'))
}

/// The typesetting job.
pub fn job(paper: &NoticePaper<'_>) -> Job {
    let teller = Teller { paper, words: Words::of(paper.locale) };
    let (text, _) = paper.content.text.told_in(paper.locale);
    let body = Section { heading: teller.text(key::NOTICE_PAPER_BODY), chapters: chapters(&text.body) };
    let sections = [Some(body), teller.files(), Some(teller.facts()), Some(teller.signature())];
    Job {
        language: paper.locale.html_lang().to_owned(),
        title: text.title.as_str().to_owned(),
        made_at: paper.made_at,
        lead: teller.lead(),
        contents: None,
        sections: sections.into_iter().flatten().collect(),
        missing: Missing::told(teller.words),
    }
}

/// A heading begins a chapter.
fn chapters(body: &[Said]) -> Vec<Chapter> {
    let mut chapters = vec![Chapter::default()];
    for said in body {
        if let Said::Heading { text } = said {
            chapters.push(Chapter { heading: Some(text.as_str().to_owned()), ..Chapter::default() });
        } else if let (Some(block), Some(chapter)) = (block(said), chapters.last_mut()) {
            chapter.blocks.push(block);
        }
    }
    chapters.retain(|chapter| chapter.heading.is_some() || !chapter.blocks.is_empty());
    chapters
}

fn block(said: &Said) -> Option<Block> {
    let texts = |items: &[wire::notice::Passage]| items.iter().map(|item| item.as_str().to_owned()).collect();
    Some(match said {
        Said::Heading { .. } => return None,
        Said::Paragraph { text } => Block::Paragraph { text: text.as_str().to_owned() },
        Said::List { items } => Block::List { items: texts(items) },
        Said::Steps { items } => Block::Steps { items: texts(items) },
        Said::Facts { rows } => Block::Facts {
            rows: rows.iter().map(|row| [row.term.as_str().to_owned(), row.text.as_str().to_owned()]).collect(),
        },
        Said::Link { label, address } => {
            Block::Link { label: label.as_str().to_owned(), address: address.as_str().to_owned() }
        }
    })
}

struct Teller<'p> {
    paper: &'p NoticePaper<'p>,
    words: &'static Words,
}

impl Teller<'_> {
    fn text(&self, key: Key) -> String {
        self.words.text(key)
    }

    fn when(&self, at: Timestamp) -> String {
        wording::date_time_in(self.paper.locale, at, self.paper.years)
    }

    fn sender(&self) -> String {
        wording::organisation(self.paper.locale, &self.paper.content.sender)
    }

    fn deadline(&self) -> Option<String> {
        self.paper.content.deadline.map(|day| wording::date_in(self.paper.locale, day, self.paper.years))
    }

    fn replies_until(&self) -> Option<String> {
        self.paper.content.reply.as_ref().map(|form| self.when(form.closes_at))
    }

    /// Who wrote, that this is so, and until when.
    fn lead(&self) -> Vec<String> {
        let NoticePaper { content, locale, made_at, withdrawn, .. } = self.paper;
        let verified = [("institution", self.sender().into()), ("when", self.when(content.issued_at).into())];
        let written = content.text.told_in(*locale).1 == *locale;
        let deadline =
            self.deadline().map(|day| self.words.format(key::NOTICE_PAPER_DEADLINE, &[("date", day.as_str().into())]));
        let replies = self
            .replies_until()
            .map(|at| self.words.format(key::NOTICE_PAPER_REPLIES, &[("when", at.as_str().into())]));
        let withdrawn = withdrawn
            .then(|| format!("{}\n{}", self.text(key::NOTICE_WITHDRAWN), self.text(key::NOTICE_WITHDRAWN_TEXT)));
        let lead = [
            Some(self.sender()),
            withdrawn,
            Some(self.text(key::NOTICE_VERIFIED)),
            Some(self.words.format(key::NOTICE_VERIFIED_TEXT, &verified)),
            deadline,
            replies,
            (!written).then(|| self.text(key::NOTICE_ONLY_JAPANESE)),
            Some(self.words.format(key::NOTICE_PAPER_MADE, &[("when", self.when(*made_at).into())])),
        ];
        lead.into_iter().flatten().collect()
    }

    fn files(&self) -> Option<Section> {
        let files = &self.paper.content.attachments;
        let row = |file: &Attachment| {
            let size = u64::from(file.bytes.div_ceil(1024));
            let about = [("kind", self.text(media_type(file.media_type)).into()), ("size", size.into())];
            let about = self.words.format(key::NOTICE_FILE, &about);
            [file.name.as_str().to_owned(), format!("{about}\nSHA-256: {}", file.sha256)]
        };
        (!files.is_empty()).then(|| {
            let note = vec![self.text(key::NOTICE_PAPER_FILES)];
            section(self.text(key::NOTICE_ATTACHMENTS), note, files.iter().map(row).collect())
        })
    }

    fn facts(&self) -> Section {
        let NoticePaper { content, locale, arrived_at, replied_at, .. } = self.paper;
        let told = |line: &InLanguages<Line>| line.told_in(*locale).0.as_str().to_owned();
        let office = &content.office;
        let rows = [
            (key::NOTICE_SENDER, Some(self.sender())),
            (key::NOTICE_KIND, Some(self.text(kind(content.kind)))),
            (key::NOTICE_ARRIVED, Some(self.when(*arrived_at))),
            (key::NOTICE_DEADLINE, self.deadline()),
            (key::NOTICE_REPLIES_UNTIL, self.replies_until()),
            (key::NOTICE_PAPER_REPLIED_AT, replied_at.map(|at| self.when(at))),
            (key::NOTICE_OFFICE_NAME, Some(told(&office.name))),
            (key::NOTICE_OFFICE_PHONE, office.phone.as_ref().map(|phone| phone.as_str().to_owned())),
            (key::NOTICE_OFFICE_HOURS, office.hours.as_ref().map(told)),
            (key::NOTICE_PAPER_NUMBER, Some(content.id.to_string())),
        ];
        section(self.text(key::NOTICE_FACTS), Vec::new(), self.rows(rows))
    }

    fn signature(&self) -> Section {
        let Signer { subject, issuer, serial, not_before, not_after, signed_at, content_sha256 } = self.paper.signer;
        let valid = [("from", self.when(not_before).into()), ("until", self.when(not_after).into())];
        let rows = [
            (key::NOTICE_PAPER_SUBJECT, Some(subject.to_owned())),
            (key::NOTICE_PAPER_ISSUER, Some(issuer.to_owned())),
            (key::NOTICE_PAPER_SERIAL, Some(serial.to_owned())),
            (key::NOTICE_PAPER_VALID, Some(self.words.format(key::NOTICE_PAPER_VALID_VALUE, &valid))),
            (key::NOTICE_PAPER_SIGNED_AT, Some(self.when(signed_at))),
            (key::NOTICE_PAPER_CHECKED_AT, Some(self.when(self.paper.made_at))),
            (key::NOTICE_PAPER_SHA256, Some(content_sha256.to_owned())),
        ];
        let note = vec![self.text(key::NOTICE_PAPER_UNSIGNED)];
        section(self.text(key::NOTICE_PAPER_SIGNATURE), note, self.rows(rows))
    }

    fn rows<const N: usize>(&self, rows: [(Key, Option<String>); N]) -> Vec<[String; 2]> {
        rows.into_iter().filter_map(|(key, value)| value.map(|value| [self.text(key), value])).collect()
    }
}

fn section(heading: String, lead: Vec<String>, rows: Vec<[String; 2]>) -> Section {
    Section { heading, chapters: vec![Chapter { lead, blocks: vec![Block::Facts { rows }], ..Chapter::default() }] }
}

fn kind(kind: NoticeKind) -> Key {
    match kind {
        NoticeKind::Information => key::NOTICES_KIND_INFORMATION,
        NoticeKind::Deadline => key::NOTICES_KIND_DEADLINE,
        NoticeKind::Request => key::NOTICES_KIND_REQUEST,
        NoticeKind::SignUp => key::NOTICES_KIND_SIGN_UP,
        NoticeKind::Document => key::NOTICES_KIND_DOCUMENT,
        NoticeKind::Emergency => key::NOTICES_KIND_EMERGENCY,
    }
}

fn media_type(media_type: MediaType) -> Key {
    match media_type {
        MediaType::Pdf => key::NOTICE_FILE_PDF,
        MediaType::Png => key::NOTICE_FILE_PNG,
        MediaType::Jpeg => key::NOTICE_FILE_JPEG,
        MediaType::Text => key::NOTICE_FILE_TEXT,
        MediaType::SignedData => key::NOTICE_FILE_SIGNED,
    }
}

#[cfg(test)]
mod tests;
