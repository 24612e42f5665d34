//! `municipality send`: one sending from files, as an operator's job would make it. The running program brings it.

use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use runtime::SystemRng;
use sha2::{Digest as _, Sha256};
use wire::notice::{Attachment, Line, MediaType, TextFault};

use super::Failure;
use crate::draft::{Draft, Making};
use crate::list::{self, LineFault, ListReader, Rules, Step, Stop, Twice};
use crate::settings::Settings;
use crate::store::{AuditLine, NewSending, SendingId, SendingState, Store, StoreError};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;
/// Of what is wrong so much is said; all of it is counted.
const FAULTS_SAID: usize = 20;
const WHO: &str = "command";

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
    /// Files to attach: PDF, PNG, JPEG, text or signed data (.p7m)
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
    #[error("nothing was sent: {counted} lines of the recipients cannot be taken{}", lines(.said))]
    Lines { counted: u64, said: Vec<(u64, LineFault)> },
    #[error("nothing was sent: line {0} of the recipients has no end")]
    Endless(u64),
    #[error("nothing was sent: a list has at most 5,000,000 lines")]
    TooMany,
    #[error("there are no recipients")]
    Nobody,
    #[error("{} is of no type that may be attached, or is not what its name says", .0.display())]
    Type(PathBuf),
    #[error("{} cannot be attached under its name", .0.display())]
    FileName(PathBuf, #[source] TextFault),
    #[error("the time is beyond what can be written")]
    Time,
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
    let id = SendingId::generate(&mut SystemRng);
    let line = |what: &str| AuditLine { at: now, who: WHO.to_owned(), what: what.to_owned(), sending: Some(id) };
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
    repository.release_sending(id, WHO, now).await?;
    repository.insert_audit(&line("released")).await?;
    repository.commit().await?;
    println!("{id}: released for {recipients} recipients");
    Ok(())
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
        told.entry("expires_at").or_insert_with(|| expires_at.clone().into());
        if let Some(reply) = told.get_mut("reply").and_then(serde_json::Value::as_object_mut) {
            reply.entry("closes_at").or_insert_with(|| expires_at.into());
        }
        if let Some(days) = arguments.deadline_in_days {
            let japan = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
            told.insert("deadline".to_owned(), in_days(days)?.to_zoned(japan).date().to_string().into());
        }
    }
    let draft = serde_json::from_value(json).map_err(malformed)?;
    let files = arguments.attach.iter().map(|path| attached(path)).collect::<Result<_, _>>()?;
    Ok((draft, files))
}

fn attached(path: &Path) -> Result<(Attachment, Vec<u8>), SendFault> {
    let content = read(path)?;
    let media_type = match path.extension().and_then(|ending| ending.to_str()) {
        Some("pdf") => MediaType::Pdf,
        Some("png") => MediaType::Png,
        Some("jpg" | "jpeg") => MediaType::Jpeg,
        Some("txt") => MediaType::Text,
        Some("p7m") => MediaType::SignedData,
        _ => return Err(SendFault::Type(path.to_owned())),
    };
    let bytes = u32::try_from(content.len()).map_err(|_| SendFault::Type(path.to_owned()))?;
    if !media_type.fits(&content) {
        return Err(SendFault::Type(path.to_owned()));
    }
    let file = path.file_name().unwrap_or_default().to_string_lossy();
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
    draft.notice(&making).map(drop).map_err(SendFault::Unfit)
}

fn read(path: &Path) -> Result<Vec<u8>, SendFault> {
    std::fs::read(path).map_err(|error| SendFault::Read(path.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use domain::LinkCode;

    use super::*;
    use crate::store::Target;

    const NOW: &str = "2026-11-21T00:00:00Z";

    fn arguments(draft: &str) -> SendArguments {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
        SendArguments {
            draft: samples.join(draft),
            recipients: PathBuf::from("-"),
            attach: vec![],
            days: 60,
            deadline_in_days: Some(14),
        }
    }

    fn settings() -> Settings {
        serde_json::from_value(serde_json::json!({
            "org": "141003", "database": "sqlite:x", "admin": "127.0.0.1:0"
        }))
        .unwrap()
    }

    fn draft_of(sample: &str) -> Draft {
        read_draft(&arguments(sample), NOW.parse().unwrap()).unwrap().0
    }

    /// What becomes of this list.
    async fn recipients(sample: &str, list: &str) -> (Result<u64, SendFault>, Option<u64>) {
        let folder = db::testing::directory().unwrap();
        let store = Store::open(&Target::Sqlite(folder.path().join("m.sqlite"))).await.unwrap();
        let (id, now) = (SendingId::from([1; 16]), NOW.parse().unwrap());
        let new = NewSending {
            id,
            made_by: WHO.to_owned(),
            made_at: now,
            draft: "{}".to_owned(),
            merged: false,
            starts_at: now,
            expires_at: now,
        };
        let mut repository = store.begin().await.unwrap();
        repository.insert_sending(&new).await.unwrap();
        repository.commit().await.unwrap();
        let rules = Rules::new(draft_of(sample), "141003".parse().unwrap(), String::new(), now);
        let list = Box::new(std::io::Cursor::new(list.as_bytes().to_vec()));
        let read = read_recipients(&store, id, rules, Path::new("-"), list).await;
        let row = store.read().await.unwrap().sending(id).await.unwrap();
        (read, row.map(|row| row.recipients))
    }

    fn code(byte: u8) -> String {
        LinkCode::from([byte; 32]).expose()
    }

    #[test]
    fn every_sample_makes_a_notice() {
        let now: Timestamp = NOW.parse().unwrap();
        for sample in ["health-check.json", "child-allowance.json", "library.json"] {
            let draft = draft_of(sample);
            assert_eq!(draft.deadline.unwrap().to_string(), "2026-12-05", "{sample}");
            check(&settings(), &draft, now).unwrap();
        }
    }

    #[tokio::test]
    async fn lines_of_json_and_of_csv_name_the_same_people() {
        let (one, two) = (code(1), code(2));
        let json = format!("{{\"link_code\":\"{one}\"}}\n\n{{\"link_code\":\"{two}\"}}");
        let csv = format!("link_code\r\n{one}\r\n{two}\r\n");
        for list in [json, csv] {
            let (read, kept) = recipients("library.json", &list).await;
            assert_eq!((read.unwrap(), kept), (2, Some(2)));
        }
    }

    #[tokio::test]
    async fn a_line_that_is_none_and_a_person_named_twice_are_told_by_their_lines() {
        let good = format!("{{\"link_code\":\"{}\"}}\n\n", code(1));
        let (read, _) = recipients("library.json", &format!("{good}{{}}\n{good}")).await;
        let said = read.unwrap_err().to_string();
        assert!(said.contains("2 lines") && said.contains("\n  line 3: an object with link_code"), "{said}");
        assert!(said.contains("\n  line 4: the same link code as in line 1"), "{said}");
        assert!(matches!(recipients("library.json", "\n").await.0, Err(SendFault::Nobody)));
    }

    #[tokio::test]
    async fn of_what_is_wrong_twenty_lines_are_said_and_all_are_counted() {
        let (read, kept) = recipients("library.json", &"{\n".repeat(25_000)).await;
        assert_eq!(kept, Some(0));
        let Err(SendFault::Lines { counted, said }) = read else { panic!() };
        assert_eq!((counted, said.len(), said.last().map(|last| last.0)), (25_000, 20, Some(20)));
    }

    #[test]
    fn a_file_that_is_not_what_its_name_says_is_not_attached() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [("a.pdf", "<html>"), ("a.exe", "MZ"), ("a", "text")] {
            let path = folder.path().join(name);
            std::fs::write(&path, content).unwrap();
            assert!(matches!(attached(&path), Err(SendFault::Type(_))), "{name}");
        }
        let path = folder.path().join("案内.pdf");
        std::fs::write(&path, "%PDF-1.7").unwrap();
        assert_eq!(attached(&path).unwrap().0.name.as_str(), "案内.pdf");
    }
}
