//! The fields of a draft as they were typed, and the draft that they are. Whatever was typed is kept; what is wrong with it
//! is said beside the field.

mod questions;
mod whole;

use std::collections::BTreeMap;

use domain::{NoticeId, NoticeKind, OrgCode};
use jiff::Timestamp;
use jiff::civil::Date;
use ui::FieldError;
use wire::notice::{Attachment, InLanguages, Line, MediaType, NoticeContent, NoticeText, Office, TextFault};

use crate::draft::{Draft, DraftFault, DraftReply, Fields, Making};
use crate::japan;
use crate::markdown::{self, Fault};
use crate::store::FileRow;
use crate::texts::{say, say_with};

pub(super) use questions::{QUESTIONS, QuestionNames};

/// Names of the fields but for the questions' own.
const NAMES: [&str; 17] = [
    "kind",
    "title",
    "body",
    "easy_title",
    "easy_body",
    "en_title",
    "en_body",
    "office",
    "phone",
    "hours",
    "deadline",
    "expires",
    "starts",
    "starts_hour",
    "closes",
    "wants_states",
    "replaces",
];
/// What only the console itself writes.
const OWN: &str = "replaces";
/// Lines of one text of which it is said at once what is wrong.
const MARKDOWN_FAULTS_SAID: usize = 5;
/// All fields together.
pub(super) const FORM_BYTES_MAX: usize = 1024 * 1024;

/// A form as it was typed, by the names of its fields.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(super) struct DraftForm(BTreeMap<String, String>);

/// What a form is.
pub(super) struct Built {
    pub(super) draft: Draft,
    pub(super) starts_at: Option<Timestamp>,
}

/// For whom a form is built.
pub(super) struct Maker<'a> {
    pub(super) org: &'a OrgCode,
    pub(super) sealing_certificate: &'a str,
    pub(super) now: Timestamp,
}

impl DraftForm {
    /// What a browser sent. None: a field that no form of ours has.
    pub(super) fn sent(pairs: Vec<(String, String)>) -> Option<Self> {
        let known = |name: &str| name != OWN && (NAMES.contains(&name) || questions::is_name(name));
        let all = pairs.iter().all(|(name, _)| known(name));
        all.then(|| Self(pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect()))
    }

    /// As stored.
    pub(super) fn stored(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// For the table.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// A draft that says what a sending said that began to go out at `began`, and takes its place. Days of then are copied;
    /// those that are over are said like whatever else is to be mended.
    pub(super) fn replacing(draft: &Draft, replaced: NoticeId, began: Timestamp) -> Self {
        let mut form = Self::default();
        let mut put = |name: &str, value: String| form.0.insert(name.to_owned(), value);
        put("kind", draft.kind.name().to_owned());
        put("title", draft.text.ja.title.as_str().to_owned());
        put("body", markdown::written(&draft.text.ja.body));
        for (text, title, body) in
            [(&draft.text.ja_easy, "easy_title", "easy_body"), (&draft.text.en, "en_title", "en_body")]
        {
            if let Some(text) = text {
                put(title, text.title.as_str().to_owned());
                put(body, markdown::written(&text.body));
            }
        }
        put("office", draft.office.name.ja.as_str().to_owned());
        for (name, line) in [("phone", &draft.office.phone), ("hours", &draft.office.hours.clone().map(|all| all.ja))] {
            if let Some(line) = line {
                put(name, line.as_str().to_owned());
            }
        }
        if let Some(deadline) = draft.deadline {
            put("deadline", deadline.to_string());
        }
        let expires = japan::day(draft.expires_at).yesterday().unwrap_or(Date::MIN);
        put("expires", expires.to_string());
        if draft.wants_states {
            put("wants_states", "yes".to_owned());
        }
        put(OWN, replaced.to_string());
        if let Some(reply) = &draft.reply {
            let last = japan::day(reply.closes_at).yesterday().unwrap_or(Date::MIN);
            put("closes", last.to_string());
            questions::write(&reply.questions, (japan::day(began), expires), &mut |name, value| {
                form.0.insert(name.to_owned(), value);
            });
        }
        form
    }

    /// Keeps what only the console writes.
    pub(super) fn after(mut self, before: &Self) -> Self {
        if let Some(replaced) = before.0.get(OWN) {
            self.0.insert(OWN.to_owned(), replaced.clone());
        }
        self
    }

    pub(super) fn field(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub(super) fn kind(&self) -> Option<NoticeKind> {
        self.field("kind").parse().ok()
    }

    pub(super) fn replaces(&self) -> Option<NoticeId> {
        self.field(OWN).parse().ok()
    }

    /// The draft, or everything that is wrong, in the order of the fields.
    pub(super) fn build(&self, files: &[FileRow], maker: &Maker<'_>) -> Result<Built, Vec<FieldError>> {
        let mut faults = Faults::default();
        let kind = self.kind();
        if kind.is_none() {
            faults.add("kind", say("form-kind"));
        }
        let ja = faults.text(self, "title", "body", true);
        let ja_easy = faults.text(self, "easy_title", "easy_body", false);
        let en = faults.text(self, "en_title", "en_body", false);
        let office = faults.line(self, "office", true);
        let phone = faults.line(self, "phone", false);
        let hours = faults.line(self, "hours", false);
        let deadline = faults.day(self, "deadline");
        if kind == Some(NoticeKind::Deadline) && deadline.is_none() {
            faults.add("deadline", say("form-deadline"));
        }
        let expires = faults.day(self, "expires");
        if self.field("expires").is_empty() {
            faults.add("expires", say("form-expires"));
        }
        let starts_at = faults.start(self);
        let begins = starts_at.map_or(maker.now, |starts| starts.max(maker.now));
        let questions = questions::read(self, &mut faults, (japan::day(begins), expires));
        let closes = faults.day(self, "closes");
        if kind.is_some_and(NoticeKind::is_answered) {
            if !QUESTIONS.iter().any(|names| names.are_used(self)) {
                faults.add(QUESTIONS[0].label, say("form-question"));
            }
            if closes.is_none() && self.field("closes").is_empty() {
                faults.add("closes", say("form-closes"));
            }
        }
        let (Some(kind), Some(ja), Some(office), Some(expires), true) =
            (kind, ja, office, expires, faults.0.is_empty())
        else {
            return Err(faults.0);
        };
        let reply = kind.is_answered().then(|| DraftReply { closes_at: end_of(closes.unwrap_or(expires)), questions });
        let draft = Draft {
            kind,
            deadline,
            expires_at: end_of(expires),
            office: Office { name: office.into(), phone, hours: hours.map(Into::into) },
            text: InLanguages { ja, ja_easy, en },
            reply,
            attachments: attachments(files),
            wants_states: self.field("wants_states") == "yes",
            replaces: self.replaces(),
        };
        // Whoever approves signs it at that moment; whoever reads it does so from the start on.
        if let Err(fault) = [maker.now, begins].into_iter().try_for_each(|at| maker.notice(&draft, at).map(|_| ())) {
            return Err(vec![whole::said(&fault)]);
        }
        whole::judge(&draft, begins, &mut faults);
        if faults.0.is_empty() { Ok(Built { draft, starts_at }) } else { Err(faults.0) }
    }
}

impl Maker<'_> {
    /// The notice that a draft is if it is signed then, with words in its places.
    pub(super) fn notice(&self, draft: &Draft, issued_at: Timestamp) -> Result<NoticeContent, DraftFault> {
        draft.notice(&Making {
            sender: self.org,
            id: NoticeId::from([0; 16]),
            issued_at,
            sealing_certificate: self.sealing_certificate,
            fields: &sample(draft),
        })
    }
}

/// Words for each place of a draft, to see what it looks like.
fn sample(draft: &Draft) -> Fields {
    draft
        .places()
        .into_iter()
        .map(|place| (place.clone(), say_with("place-sample", &[("place", place.as_str().into())])))
        .collect()
}

fn attachments(files: &[FileRow]) -> Vec<Attachment> {
    let media_type = |name: &str| MediaType::ALL.into_iter().find(|one| one.name() == name);
    let one = |file: &FileRow| {
        Some(Attachment {
            name: Line::typed(&file.name).ok()?,
            media_type: media_type(&file.media_type)?,
            bytes: u32::try_from(file.bytes).ok()?,
            sha256: file.sha256.clone(),
        })
    };
    files.iter().filter_map(one).collect()
}

/// A day's end in Japan.
fn end_of(day: Date) -> Timestamp {
    let next = day.tomorrow().unwrap_or(day);
    next.to_zoned(japan::zone()).map_or(Timestamp::MAX, |end| end.timestamp())
}

/// What is wrong, in the order of the fields.
#[derive(Default)]
pub(super) struct Faults(Vec<FieldError>);

impl Faults {
    fn add(&mut self, field: &str, text: impl Into<String>) {
        self.0.push(FieldError { field_id: field.replace('_', "-"), text: text.into() });
    }

    fn line(&mut self, form: &DraftForm, name: &str, required: bool) -> Option<Line> {
        let typed = form.field(name);
        if typed.is_empty() && !required {
            return None;
        }
        Line::typed(typed).map_err(|fault| self.add(name, of_field(name, fault_words(fault)))).ok()
    }

    fn text(&mut self, form: &DraftForm, title: &str, body: &str, required: bool) -> Option<NoticeText> {
        if !required && form.field(title).is_empty() && form.field(body).is_empty() {
            return None;
        }
        let head = self.line(form, title, true);
        let typed = form.field(body);
        let blocks = match markdown::blocks(typed) {
            Ok(blocks) if blocks.is_empty() => {
                self.add(body, of_field(body, fault_words(TextFault::Empty)));
                None
            }
            Ok(blocks) if blocks.len() > NoticeText::BLOCKS_MAX => {
                self.add(body, say("form-body-long"));
                None
            }
            Ok(blocks) => Some(blocks),
            Err(wrong) => {
                for one in wrong.iter().take(MARKDOWN_FAULTS_SAID) {
                    self.add(body, of_line(body, one.line, markdown_words(one.fault)));
                }
                None
            }
        };
        Some(NoticeText { title: head?, body: blocks? })
    }

    fn day(&mut self, form: &DraftForm, name: &str) -> Option<Date> {
        let typed = form.field(name);
        if typed.is_empty() {
            return None;
        }
        let day = typed.trim().parse().ok();
        if day.is_none() {
            self.add(name, of_field(name, say("form-day")));
        }
        day
    }

    fn start(&mut self, form: &DraftForm) -> Option<Timestamp> {
        let day = self.day(form, "starts")?;
        let typed = form.field("starts_hour");
        let hour = if typed.is_empty() { Some(9) } else { typed.trim().parse::<i8>().ok() };
        // What is no hour is never handed on: jiff would panic.
        let Some(hour) = hour.filter(|hour| (0..=23).contains(hour)) else {
            self.add("starts_hour", of_field("starts_hour", say("form-hour")));
            return None;
        };
        let starts = day.at(hour, 0, 0, 0).to_zoned(japan::zone());
        Some(starts.map_or(Timestamp::MAX, |starts| starts.timestamp()))
    }
}

fn of_field(name: &str, what: &str) -> String {
    say_with("form-field", &[("label", label(name).into()), ("what", what.into())])
}

fn of_line(name: &str, line: usize, what: &str) -> String {
    say_with("form-line", &[("label", label(name).into()), ("line", line.into()), ("what", what.into())])
}

/// What a field is called on the page.
fn label(name: &str) -> &'static str {
    match name {
        "title" => say("label-title"),
        "body" => say("label-body"),
        "easy_title" => say("label-easy-title"),
        "easy_body" => say("label-easy-body"),
        "en_title" => say("label-en-title"),
        "en_body" => say("label-en-body"),
        "office" => say("label-office"),
        "phone" => say("label-phone"),
        "hours" => say("label-hours"),
        "deadline" => say("label-deadline"),
        "expires" => say("label-expires"),
        "starts" => say("label-starts"),
        "starts_hour" => say("draft-starts-hour"),
        "closes" => say("label-closes"),
        "file" => say("file"),
        _ => questions::label(name),
    }
}

fn fault_words(fault: TextFault) -> &'static str {
    match fault {
        TextFault::Empty => say("text-empty"),
        TextFault::TooLong => say("text-too-long"),
        TextFault::Unprintable => say("text-unprintable"),
        TextFault::NotNormal => say("text-not-normal"),
        TextFault::NoAddress => say("text-no-address"),
    }
}

/// The same for what Markdown is not taken.
fn markdown_words(fault: Fault) -> &'static str {
    match fault {
        Fault::TooLong => say("text-too-long"),
        Fault::Html => say("markdown-html"),
        Fault::Picture => say("markdown-picture"),
        Fault::Emphasis => say("markdown-emphasis"),
        Fault::Code => say("markdown-code"),
        Fault::Rule => say("markdown-rule"),
        Fault::Quotation => say("markdown-quotation"),
        Fault::ListInList => say("markdown-list-in-list"),
        Fault::InsideItem => say("markdown-inside-item"),
        Fault::Number => say("markdown-number"),
        Fault::HeadingLines => say("markdown-heading-lines"),
        Fault::Table => say("markdown-table"),
        Fault::Link => say("markdown-link"),
        Fault::LinkTitle => say("markdown-link-title"),
        Fault::Reference => say("markdown-reference"),
        Fault::Other => say("markdown-other"),
        Fault::Text(fault) => fault_words(fault),
    }
}

#[cfg(test)]
mod tests;
