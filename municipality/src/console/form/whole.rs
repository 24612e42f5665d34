//! What is wrong with a draft whose fields can all be read, said beside the field in which it is mended.

use jiff::Timestamp;
use ui::FieldError;
use wire::notice::{ContentFault, LETTER_BYTES_MAX};

use super::{Faults, QUESTIONS, of_field};
use crate::draft::{DateFault, Draft, DraftFault, FieldFault};
use crate::texts::{say, say_with};

/// It is no notice.
pub(super) fn said(fault: &DraftFault) -> FieldError {
    let (field, text) = match fault {
        DraftFault::TooLong => ("body", say_with("form-letter-long", &[("size", (LETTER_BYTES_MAX / 1024).into())])),
        DraftFault::Field(FieldFault::Malformed) => ("body", say("form-places").to_owned()),
        DraftFault::Field(_) => ("body", say("form-places-unfit").to_owned()),
        DraftFault::Content(fault) => match fault {
            ContentFault::Expiry => ("expires", say("form-expiry").to_owned()),
            ContentFault::DeadlineMissing => ("deadline", say("form-deadline").to_owned()),
            ContentFault::Reply | ContentFault::Questions => ("q1-label", say("form-questions").to_owned()),
            ContentFault::Body => ("body", say("form-body").to_owned()),
            ContentFault::Attachments | ContentFault::AttachmentForm => ("file", say("form-files").to_owned()),
            ContentFault::AttachmentEnding => ("file", say("form-file-ending").to_owned()),
            ContentFault::Version | ContentFault::Replaces => ("kind", say("form-not-now").to_owned()),
        },
    };
    FieldError { field_id: field.to_owned(), text }
}

/// It is a notice, and should not go out as it is: places that nobody fills, and days that do not fit where it begins to go
/// out at `begins`.
pub(super) fn judge(draft: &Draft, begins: Timestamp, faults: &mut Faults) {
    for at in draft.unfilled() {
        let field = field_of(&at, draft);
        faults.add(field, of_field(field, say("form-place-not-filled")));
    }
    for fault in draft.date_faults(begins) {
        match fault {
            DateFault::DeadlineEarly => faults.add("deadline", say("form-deadline-early")),
            DateFault::DeadlineLate => faults.add("deadline", say("form-deadline-late")),
            DateFault::ClosesEarly => faults.add("closes", say("form-closes-early")),
            DateFault::ClosesLate => faults.add("closes", say("form-closes-late")),
        }
    }
}

/// The field of what stands in a draft at this JSON pointer.
fn field_of(at: &str, draft: &Draft) -> &'static str {
    let mut parts = at.split('/').skip(1);
    match (parts.next(), parts.next()) {
        (Some("text"), Some("ja")) => "body",
        (Some("text"), Some("ja-easy")) => "easy_body",
        (Some("text"), _) => "en_body",
        (Some("office"), Some("phone")) => "phone",
        (Some("office"), Some("hours")) => "hours",
        (Some("office"), _) => "office",
        (Some("reply"), _) => {
            let place: Option<usize> = parts.next().and_then(|place| place.parse().ok());
            question_field(place, at, draft)
        }
        _ => "file",
    }
}

/// Questions that were left empty are none of the draft's, so its first one may be the form's second.
fn question_field(place: Option<usize>, at: &str, draft: &Draft) -> &'static str {
    let asked = draft.reply.as_ref().zip(place).and_then(|(reply, place)| reply.questions.get(place));
    let is_its = |label: &str| asked.is_some_and(|one| label.strip_suffix("-label") == Some(one.name.as_str()));
    let language = at.rsplit('/').next();
    let fields = QUESTIONS
        .iter()
        .find(|names| is_its(names.label))
        .and_then(|names| names.in_languages().into_iter().find(|(locale, ..)| language == Some(locale.name())));
    fields.map_or("q1-label", |(_, label, choices)| if at.contains("/form/of/") { choices } else { label })
}
