//! `municipality send`: one sending from files, as an operator's job would make it. The running program brings it.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use clap::Args;
use domain::LinkCode;
use jiff::{SignedDuration, Timestamp};
use runtime::SystemRng;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use wire::notice::{Attachment, Line, MediaType, TextFault};

use super::Failure;
use crate::draft::{Draft, Fields, Making};
use crate::settings::Settings;
use crate::store::{AuditLine, NewRecipient, NewSending, SendingId, Store};

/// Recipients that one transaction adds.
const AT_ONCE: usize = 10_000;
const WHO: &str = "command";

/// What is to be sent, and to whom.
#[derive(Args, Debug)]
pub(super) struct SendArguments {
    /// JSON of a draft; `expires_at` may be missing, see --days
    #[arg(long)]
    draft: PathBuf,
    /// Lines of JSON, `{"link_code": "…", "fields": {"name": "…"}}`; `-` reads standard input
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
    #[error("line {0} of the recipients is not as expected")]
    Line(u32, #[source] serde_json::Error),
    #[error("line {line} of the recipients names the same person as line {earlier}")]
    Twice { line: u32, earlier: u32 },
    #[error("line {0} of the recipients does not go with the draft")]
    Unfit(u32, #[source] crate::draft::DraftFault),
    #[error("there are no recipients")]
    Nobody,
    #[error("{} is of no type that may be attached, or is not what its name says", .0.display())]
    Type(PathBuf),
    #[error("{} cannot be attached under its name", .0.display())]
    FileName(PathBuf, #[source] TextFault),
    #[error("the time is beyond what can be written")]
    Time,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RecipientLine {
    link_code: LinkCode,
    #[serde(default)]
    fields: Option<Fields>,
}

pub(super) async fn run(shared: &runtime::args::Shared, arguments: &SendArguments) -> Result<(), Failure> {
    let settings = Settings::load(shared.config.as_deref())?;
    let now = shared.clock.clock().now();
    let (mut draft, files) = read_draft(arguments, now)?;
    draft.attachments = files.iter().map(|(attachment, _)| attachment.clone()).collect();
    let id = SendingId::generate(&mut SystemRng);
    let recipients = read_recipients(&arguments.recipients)?;
    let merged = recipients.iter().any(|one| one.fields.is_some());
    check(&settings, &draft, id, &recipients, now)?;

    let store = Store::open(&settings.target()?).await?;
    let new = NewSending {
        id,
        made_by: WHO.to_owned(),
        made_at: now,
        draft: serde_json::to_string(&draft)?,
        merged,
        starts_at: now,
        expires_at: draft.expires_at,
    };
    let mut repository = store.begin().await?;
    repository.insert_sending(&new).await?;
    for (place, (_, content)) in (0..).zip(&files) {
        repository.insert_attachment(id, place, content).await?;
    }
    repository.commit().await?;
    for some in recipients.chunks(AT_ONCE) {
        let mut repository = store.begin().await?;
        repository.insert_recipients(id, some).await?;
        repository.commit().await?;
    }
    let mut repository = store.begin().await?;
    repository.release_sending(id, WHO, now).await?;
    let line = AuditLine { at: now, who: WHO.to_owned(), what: "released".to_owned(), sending: Some(id) };
    repository.insert_audit(&line).await?;
    repository.commit().await?;
    println!("{id}: released for {} recipients", recipients.len());
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

fn read_recipients(path: &Path) -> Result<Vec<NewRecipient>, SendFault> {
    let lines: Box<dyn std::io::BufRead> = if path == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        let file = std::fs::File::open(path).map_err(|error| SendFault::Read(path.to_owned(), error))?;
        Box::new(std::io::BufReader::new(file))
    };
    let mut seen = std::collections::HashMap::new();
    let mut recipients = Vec::new();
    for (line, text) in (1u32..).zip(lines.lines()) {
        let text = text.map_err(|error| SendFault::Read(path.to_owned(), error))?;
        if text.trim().is_empty() {
            continue;
        }
        let told: RecipientLine = serde_json::from_str(&text).map_err(|error| SendFault::Line(line, error))?;
        if let Some(earlier) = seen.insert(*told.link_code.as_bytes(), line) {
            return Err(SendFault::Twice { line, earlier });
        }
        let fields = told.fields.as_ref().map(serde_json::to_string).transpose();
        let place = u32::try_from(recipients.len()).map_err(|_| SendFault::Time)?;
        let fields = fields.map_err(|error| SendFault::Line(line, error))?;
        recipients.push(NewRecipient { place, link_code: told.link_code, fields });
    }
    if recipients.is_empty() { Err(SendFault::Nobody) } else { Ok(recipients) }
}

/// Every letter is made once, so that nothing is half-sent.
fn check(
    settings: &Settings,
    draft: &Draft,
    id: SendingId,
    recipients: &[NewRecipient],
    now: Timestamp,
) -> Result<(), SendFault> {
    for (line, one) in (1u32..).zip(recipients) {
        let fields: Fields = one.fields.as_deref().and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
        let making =
            Making { sender: &settings.org, id: id.notice(), issued_at: now, sealing_certificate: "", fields: &fields };
        draft.notice(&making).map_err(|fault| SendFault::Unfit(line, fault))?;
        if one.fields.is_none() && draft.places().is_empty() {
            // The same for everybody: once is enough.
            break;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>, SendFault> {
    std::fs::read(path).map_err(|error| SendFault::Read(path.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

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

    fn recipients(lines: &str) -> Result<Vec<NewRecipient>, SendFault> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("recipients");
        std::fs::write(&path, lines).unwrap();
        read_recipients(&path)
    }

    fn code(byte: u8) -> String {
        LinkCode::from([byte; 32]).expose()
    }

    #[test]
    fn every_sample_makes_a_notice() {
        let now: Timestamp = NOW.parse().unwrap();
        let to = recipients(&format!("{{\"link_code\":\"{}\"}}\n", code(1))).unwrap();
        for sample in ["health-check.json", "child-allowance.json", "library.json"] {
            let (draft, _) = read_draft(&arguments(sample), now).unwrap();
            assert_eq!(draft.deadline.unwrap().to_string(), "2026-12-05", "{sample}");
            check(&settings(), &draft, SendingId::from([1; 16]), &to, now).unwrap();
        }
    }

    #[test]
    fn a_line_that_is_none_and_a_person_named_twice_are_told_by_their_lines() {
        let good = format!("{{\"link_code\":\"{}\"}}\n\n", code(1));
        assert_eq!(recipients(&good).unwrap().len(), 1);
        assert!(matches!(recipients(&format!("{good}{{}}")), Err(SendFault::Line(3, _))));
        assert!(matches!(recipients(&format!("{good}{good}")), Err(SendFault::Twice { line: 3, earlier: 1 })));
        assert!(matches!(recipients("\n"), Err(SendFault::Nobody)));
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
