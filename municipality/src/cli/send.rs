//! `municipality send`: one sending from files, as an operator's job would make it. The running program brings it.

use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Args;
use domain::NoticeId;
use jiff::{SignedDuration, Timestamp};
use runtime::SystemRng;
use sha2::{Digest as _, Sha256};
use wire::notice::{Attachment, Line, MediaType, TextFault};

use super::Failure;
use crate::attachment::{self, FileFault};
use crate::draft::{DateFault, Draft, Making, ReplacedFault, replaceable};
use crate::japan;
use crate::list::{self, LineFault, ListReader, Rules, Step, Stop, Twice};
use crate::settings::Settings;
use crate::store::{AuditLine, NewSending, SendingId, SendingState, Store, StoreError};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Of what is wrong so much is said; all of it is counted.
const FAULTS_SAID: usize = 20;
const WHO: &str = "command";
/// Nobody reads a list for so long: who began it was stopped.
const READS_AT_MOST: SignedDuration = SignedDuration::from_hours(24);

/// What is to be sent, and to whom.
#[derive(Args, Debug)]
pub(super) struct SendArguments {
    /// JSON of a draft; `expires_at` may be missing, see --days
    #[arg(long)]
    draft: PathBuf,
    /// Lines of JSON, `{"link_code": "…", "fields": {"name": "…"}}`, or CSV whose first line names the columns, `link_code`
    /// among them; `-` reads standard input
    #[arg(long, default_value = "-")]
    recipients: PathBuf,
    /// Files to attach: PDF, PNG, JPEG, text, or a signed file with its content inside (.p7m)
    #[arg(long)]
    attach: Vec<PathBuf>,
    /// How many days it can be read, where the draft does not say
    #[arg(long, default_value_t = 60)]
    days: u16,
    /// The last day to do something, so many days from today
    #[arg(long)]
    deadline_in_days: Option<u16>,
}

/// Nothing was sent. Says where to look.
#[derive(Debug, thiserror::Error)]
enum SendFault {
    #[error("{} cannot be read", .0.display())]
    Read(PathBuf, #[source] std::io::Error),
    #[error("{} is no draft", .0.display())]
    Draft(PathBuf, #[source] serde_json::Error),
    #[error("the draft is no notice")]
    Unfit(#[source] crate::draft::DraftFault),
    #[error("nothing is filled in at {0} of the draft: a place {{{{name}}}} stands in a title or a body")]
    Unfilled(String),
    #[error("the days of the draft do not fit")]
    Days(#[source] DateFault),
    #[error("the draft cannot take the place of {0}")]
    Replaces(NoticeId, #[source] ReplacedFault),
    #[error("nothing was sent: {counted} lines of the recipients cannot be taken{}", lines(.said))]
    Lines { counted: u64, said: Vec<(u64, LineFault)> },
    #[error("nothing was sent: line {0} of the recipients has no end")]
    Endless(u64),
    #[error("nothing was sent: a list has at most 5,000,000 lines")]
    TooMany,
    #[error("there are no recipients")]
    Nobody,
    #[error("{} is of no type that may be attached", .0.display())]
    Type(PathBuf),
    #[error("{} cannot be attached", .0.display())]
    File(PathBuf, #[source] FileFault),
    #[error("{} cannot be attached under its name", .0.display())]
    FileName(PathBuf, #[source] TextFault),
    #[error("the time is beyond what can be written")]
    Time,
    #[error("nothing was sent: the sending was cancelled while its list was read")]
    Cancelled,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Stop> for SendFault {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Endless(line) => Self::Endless(line),
            Stop::TooMany => Self::TooMany,
        }
    }
}

fn lines(said: &[(u64, LineFault)]) -> String {
    said.iter().fold(String::new(), |mut text, (line, fault)| {
        let _ = write!(text, "\n  line {line}: {fault}");
        text
    })
}

pub(super) async fn run(shared: &runtime::args::Shared, arguments: &SendArguments) -> Result<(), Failure> {
    let settings = Settings::load(shared.config.as_deref())?;
    let now = shared.clock.clock().now();
    let (mut draft, files) = read_draft(arguments, now)?;
    draft.attachments = files.iter().map(|(attachment, _)| attachment.clone()).collect();
    check(&settings, &draft, now)?;
    let list = opened(&arguments.recipients)?;

    let store = Store::open(&settings.target()?).await?;
    check_replaced(&store, &draft).await?;
    cancel_left_open(&store, now).await?;
    let id = SendingId::generate(&mut SystemRng);
    let line = |what| did(what, id, now);
    let new = NewSending {
        id,
        made_by: WHO.to_owned(),
        made_at: now,
        draft: serde_json::to_string(&draft)?,
        merged: !draft.places().is_empty(),
        starts_at: now,
        expires_at: draft.expires_at,
    };
    let mut repository = store.begin().await?;
    repository.insert_sending(&new).await?;
    for (place, (_, content)) in (0..).zip(&files) {
        repository.insert_attachment(id, place, content).await?;
    }
    repository.insert_audit(&line("made")).await?;
    repository.commit().await?;
    let rules = Rules::new(draft, settings.org.clone(), String::new(), now);
    let read = read_recipients(&store, id, rules, &arguments.recipients, list).await;
    let mut repository = store.begin().await?;
    let recipients = match read {
        Ok(recipients) => recipients,
        Err(fault) => {
            // What was read stays where nobody sends it.
            repository.move_sending(id, &[SendingState::Open], SendingState::Cancelled, now).await?;
            repository.insert_audit(&line("cancelled")).await?;
            repository.commit().await?;
            return Err(fault.into());
        }
    };
    if !repository.release_sending(id, WHO, now).await? {
        return Err(SendFault::Cancelled.into());
    }
    repository.insert_audit(&line("released")).await?;
    repository.commit().await?;
    println!("{id}: released for {recipients} recipients");
    Ok(())
}

/// Whoever was stopped while they read a list left a sending behind that nobody goes on with.
async fn cancel_left_open(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let mut repository = store.begin().await?;
    for id in repository.cancel_left_open(WHO, now - READS_AT_MOST, now).await? {
        repository.insert_audit(&did("cancelled", id, now)).await?;
    }
    repository.commit().await
}

fn did(what: &str, sending: SendingId, now: Timestamp) -> AuditLine {
    AuditLine { at: now, who: WHO.to_owned(), what: what.to_owned(), sending: Some(sending) }
}

/// What is to be said, and its files.
type WithFiles = (Draft, Vec<(Attachment, Vec<u8>)>);

fn read_draft(arguments: &SendArguments, now: Timestamp) -> Result<WithFiles, SendFault> {
    let path = &arguments.draft;
    let malformed = |error| SendFault::Draft(path.clone(), error);
    let mut json: serde_json::Value = serde_json::from_slice(&read(path)?).map_err(malformed)?;
    let in_days =
        |days: u16| now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).map_err(|_| SendFault::Time);
    if let Some(told) = json.as_object_mut() {
        let expires_at = in_days(arguments.days)?.to_string();
        let expires_at = told.entry("expires_at").or_insert_with(|| expires_at.into()).clone();
        if let Some(reply) = told.get_mut("reply").and_then(serde_json::Value::as_object_mut) {
            reply.entry("closes_at").or_insert(expires_at);
        }
        if let Some(days) = arguments.deadline_in_days {
            told.insert("deadline".to_owned(), japan::day(in_days(days)?).to_string().into());
        }
    }
    let draft = serde_json::from_value(json).map_err(malformed)?;
    let files = arguments.attach.iter().map(|path| attached(path)).collect::<Result<_, _>>()?;
    Ok((draft, files))
}

fn attached(path: &Path) -> Result<(Attachment, Vec<u8>), SendFault> {
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let media_type = MediaType::of_name(&file).ok_or_else(|| SendFault::Type(path.to_owned()))?;
    let content = read(path)?;
    let unfit = |fault| SendFault::File(path.to_owned(), fault);
    attachment::look_at(media_type, &content).map_err(unfit)?;
    let bytes = u32::try_from(content.len()).map_err(|_| unfit(FileFault::Size))?;
    let name = Line::typed(&file).map_err(|fault| SendFault::FileName(path.to_owned(), fault))?;
    Ok((Attachment { name, media_type, bytes, sha256: hex::encode(Sha256::digest(&content)) }, content))
}

fn opened(path: &Path) -> Result<Box<dyn Read>, SendFault> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    let file = std::fs::File::open(path).map_err(|error| SendFault::Read(path.to_owned(), error))?;
    Ok(Box::new(file))
}

/// Reads the list to its end, into the tables, and says how many it names.
async fn read_recipients(
    store: &Store,
    id: SendingId,
    rules: Rules,
    path: &Path,
    mut list: Box<dyn Read>,
) -> Result<u64, SendFault> {
    let mut kept = Kept { store, id, recipients: 0, faults: 0, said: Vec::new() };
    let mut reader = ListReader::new(rules, None);
    loop {
        let mut piece = vec![0; PIECE];
        let length = list.read(&mut piece).map_err(|error| SendFault::Read(path.to_owned(), error))?;
        if length == 0 {
            break;
        }
        piece.truncate(length);
        reader.push(Bytes::from(piece));
        while reader.read()? == Step::Full {
            kept.keep(reader.take()).await?;
        }
    }
    reader.finish()?;
    kept.keep(reader.take()).await?;
    match kept {
        Kept { faults: 0, recipients: 0, .. } => Err(SendFault::Nobody),
        Kept { faults: 0, recipients, .. } => Ok(recipients),
        Kept { faults, said, .. } => Err(SendFault::Lines { counted: faults, said }),
    }
}

struct Kept<'a> {
    store: &'a Store,
    id: SendingId,
    recipients: u64,
    faults: u64,
    said: Vec<(u64, LineFault)>,
}

impl Kept<'_> {
    async fn keep(&mut self, batch: list::Batch) -> Result<(), StoreError> {
        let named = batch.recipients.len() as u64;
        let mut repository = self.store.begin().await?;
        let faults = list::keep(&mut repository, self.id, batch, Twice::IsAFault).await?.faults;
        repository.commit().await?;
        self.recipients += named;
        self.faults += faults.len() as u64;
        let room = FAULTS_SAID.saturating_sub(self.said.len());
        self.said.extend(faults.into_iter().take(room));
        Ok(())
    }
}

/// One letter is made before anybody is named.
fn check(settings: &Settings, draft: &Draft, now: Timestamp) -> Result<(), SendFault> {
    let fields = draft.places().into_iter().map(|place| (place, "字".to_owned())).collect();
    let id = SendingId::from([0xff; 16]).notice();
    let making = Making { sender: &settings.org, id, issued_at: now, sealing_certificate: "", fields: &fields };
    draft.notice(&making).map_err(SendFault::Unfit)?;
    if let Some(at) = draft.unfilled().into_iter().next() {
        return Err(SendFault::Unfilled(at));
    }
    draft.date_faults(now).into_iter().next().map_or(Ok(()), |fault| Err(SendFault::Days(fault)))
}

/// Whoever of the institution made it: an operator may correct what a system or an officer released.
async fn check_replaced(store: &Store, draft: &Draft) -> Result<(), SendFault> {
    let Some(replaced) = draft.replaces else { return Ok(()) };
    let row = store.read().await?.sending(SendingId::from(*replaced.as_bytes())).await?;
    replaceable(row.as_ref()).map_err(|fault| SendFault::Replaces(replaced, fault))
}

fn read(path: &Path) -> Result<Vec<u8>, SendFault> {
    std::fs::read(path).map_err(|error| SendFault::Read(path.to_owned(), error))
}

#[cfg(test)]
mod tests;
