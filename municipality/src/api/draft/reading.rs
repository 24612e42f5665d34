//! From the JSON to the draft. Whatever is wrong is noted with its place, and the rest is read on.

use wire::notice::{
    Attachment, Block, Choice, Fact, InLanguages, Line, NoticeText, Office, Passage, Question, QuestionForm, TextFault,
    WebAddress,
};

use super::forms::{
    BlockForm, ChoiceForm, DraftForm, LinesForm, OfficeForm, QuestionForm as Asked, QuestionFormForm, ReplyForm,
    TextsForm, WordsForm,
};
use super::text_code;
use crate::api::problem::RowError;
use crate::draft::{Draft, DraftReply};
use crate::markdown::{self, MarkdownFault};

type Errors = Vec<RowError>;

const NOT_FILLED: &str = "nothing is filled in here: a place {{name}} stands in a title or a body";

/// None only where something was noted.
pub(super) fn draft(form: DraftForm, attachments: Vec<Attachment>, base: &str, errors: &mut Errors) -> Option<Draft> {
    let in_markdown = in_markdown(&form.text);
    let text = texts(form.text, &format!("{base}/text"), errors);
    let office = office(&form.office, &format!("{base}/office"), errors);
    let reply = form.reply.map(|reply| questions(&reply, &format!("{base}/reply"), errors));
    let replaces = form.replaces.map(|id| id.parse().map_err(|_| ()));
    if replaces == Some(Err(())) {
        errors.push(RowError::at(format!("{base}/replaces"), "malformed-id", "not the id of a notice"));
    }
    let draft = Draft {
        kind: form.kind,
        deadline: form.deadline,
        expires_at: form.expires_at,
        office: office?,
        text: text?,
        reply: match reply {
            None => None,
            Some(read) => Some(read?),
        },
        attachments,
        wants_states: form.wants_states,
        replaces: replaces.and_then(Result::ok),
    };
    // Where they stand is counted in what was read: only where everything was.
    if errors.is_empty() {
        errors.extend(draft.unfilled().into_iter().map(|at| {
            let at = match in_markdown.iter().find(|text| at.starts_with(**text)) {
                Some(text) => format!("{text}markdown"),
                None => at,
            };
            RowError::at(format!("{base}{at}"), "place-not-filled", NOT_FILLED)
        }));
    }
    Some(draft)
}

/// The texts whose bodies came as Markdown, each by how places in it begin.
fn in_markdown(form: &TextsForm) -> Vec<&'static str> {
    let all =
        [("/text/ja/", Some(&form.ja)), ("/text/ja-easy/", form.ja_easy.as_ref()), ("/text/en/", form.en.as_ref())];
    let came = all.into_iter().filter(|(_, words)| words.is_some_and(|words| words.markdown.is_some()));
    came.map(|(text, _)| text).collect()
}

fn noted<T>(read: Result<T, TextFault>, at: &str, errors: &mut Errors) -> Option<T> {
    read.map_err(|fault| errors.push(RowError::at(at, text_code(fault), fault.to_string()))).ok()
}

fn line(text: &str, at: &str, errors: &mut Errors) -> Option<Line> {
    noted(Line::typed(text), at, errors)
}

fn lines(form: &LinesForm, at: &str, errors: &mut Errors) -> Option<InLanguages<Line>> {
    let ja = line(&form.ja, &format!("{at}/ja"), errors);
    let ja_easy = form.ja_easy.as_ref().map(|text| line(text, &format!("{at}/ja-easy"), errors));
    let en = form.en.as_ref().map(|text| line(text, &format!("{at}/en"), errors));
    Some(InLanguages { ja: ja?, ja_easy: ja_easy.flatten(), en: en.flatten() })
}

fn office(form: &OfficeForm, at: &str, errors: &mut Errors) -> Option<Office> {
    let name = lines(&form.name, &format!("{at}/name"), errors);
    let phone = form.phone.as_ref().map(|phone| line(phone, &format!("{at}/phone"), errors));
    let hours = form.hours.as_ref().map(|hours| lines(hours, &format!("{at}/hours"), errors));
    Some(Office { name: name?, phone: phone.flatten(), hours: hours.flatten() })
}

fn texts(form: TextsForm, at: &str, errors: &mut Errors) -> Option<InLanguages<NoticeText>> {
    let ja = words(form.ja, &format!("{at}/ja"), errors);
    let ja_easy = form.ja_easy.map(|text| words(text, &format!("{at}/ja-easy"), errors));
    let en = form.en.map(|text| words(text, &format!("{at}/en"), errors));
    Some(InLanguages { ja: ja?, ja_easy: ja_easy.flatten(), en: en.flatten() })
}

fn words(form: WordsForm, at: &str, errors: &mut Errors) -> Option<NoticeText> {
    let title = line(&form.title, &format!("{at}/title"), errors);
    let body = match (form.body, form.markdown) {
        (Some(blocks), None) => {
            let each = |(place, block): (usize, BlockForm)| self::block(block, &format!("{at}/body/{place}"), errors);
            Some(blocks.into_iter().enumerate().filter_map(each).collect())
        }
        (None, Some(text)) => {
            let row = |wrong: MarkdownFault| RowError {
                line: u64::try_from(wrong.line).ok(),
                ..RowError::at(format!("{at}/markdown"), wrong.fault.code(), wrong.fault.to_string())
            };
            markdown::blocks(&text).map_err(|wrong| errors.extend(wrong.into_iter().map(row))).ok()
        }
        _ => {
            errors.push(RowError::at(at, "body-or-markdown", "one of body and markdown is needed"));
            None
        }
    };
    Some(NoticeText { title: title?, body: body? })
}

fn block(form: BlockForm, at: &str, errors: &mut Errors) -> Option<Block> {
    let items = |items: Vec<String>, errors: &mut Errors| -> Vec<Passage> {
        let each =
            |(place, item): (usize, String)| noted(Passage::typed(&item), &format!("{at}/items/{place}"), errors);
        items.into_iter().enumerate().filter_map(each).collect()
    };
    Some(match form {
        BlockForm::Heading { text } => Block::Heading { text: line(&text, &format!("{at}/text"), errors)? },
        BlockForm::Paragraph { text } => {
            Block::Paragraph { text: noted(Passage::typed(&text), &format!("{at}/text"), errors)? }
        }
        BlockForm::List { items: all } => Block::List { items: items(all, errors) },
        BlockForm::Steps { items: all } => Block::Steps { items: items(all, errors) },
        BlockForm::Facts { rows } => {
            let mut read = Vec::with_capacity(rows.len());
            for (place, row) in rows.iter().enumerate() {
                let term = line(&row.term, &format!("{at}/rows/{place}/term"), errors);
                let text = noted(Passage::typed(&row.text), &format!("{at}/rows/{place}/text"), errors);
                read.extend(term.zip(text).map(|(term, text)| Fact { term, text }));
            }
            Block::Facts { rows: read }
        }
        BlockForm::Link { label, address } => {
            let label = line(&label, &format!("{at}/label"), errors);
            let address = noted(WebAddress::try_from(address), &format!("{at}/address"), errors);
            Block::Link { label: label?, address: address? }
        }
    })
}

fn questions(form: &ReplyForm, at: &str, errors: &mut Errors) -> Option<DraftReply> {
    let before = errors.len();
    let mut questions = Vec::with_capacity(form.questions.len());
    for (place, asked) in form.questions.iter().enumerate() {
        questions.extend(question(asked, &format!("{at}/questions/{place}"), errors));
    }
    (errors.len() == before).then_some(DraftReply { closes_at: form.closes_at, questions })
}

fn question(form: &Asked, at: &str, errors: &mut Errors) -> Option<Question> {
    let label = lines(&form.label, &format!("{at}/label"), errors);
    let help = form.help.as_ref().map(|help| lines(help, &format!("{at}/help"), errors));
    let answered = match &form.form {
        QuestionFormForm::One { of } => QuestionForm::One { of: choices(of, at, errors) },
        QuestionFormForm::Any { of } => QuestionForm::Any { of: choices(of, at, errors) },
        QuestionFormForm::Words { chars_max } => QuestionForm::Words { chars_max: *chars_max },
        QuestionFormForm::Day { first, last } => QuestionForm::Day { first: *first, last: *last },
    };
    Some(Question {
        name: form.name.clone(),
        label: label?,
        help: help.flatten(),
        required: form.required,
        form: answered,
    })
}

fn choices(forms: &[ChoiceForm], at: &str, errors: &mut Errors) -> Vec<Choice> {
    let mut choices = Vec::with_capacity(forms.len());
    for (place, form) in forms.iter().enumerate() {
        let label = lines(&form.label, &format!("{at}/form/of/{place}/label"), errors);
        choices.extend(label.map(|label| Choice { value: form.value.clone(), label }));
    }
    choices
}
