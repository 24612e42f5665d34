//! What people answered, as the portal signed it.

use jiff::Timestamp;
use wire::notice::{Question, QuestionForm, ReplyContent, ReplyValue};

use super::words;
use crate::store::ReturnedRow;
use crate::texts::say;

/// One reply.
pub(super) struct Reply {
    pub(super) number: u64,
    pub(super) at: Timestamp,
    pub(super) link_code: domain::LinkCode,
    /// In the order of the questions. None: it could not be believed when it came.
    pub(super) answers: Option<Vec<String>>,
}

/// Reads a reply in the words of the questions.
pub(super) fn reply(row: ReturnedRow, questions: &[Question]) -> Reply {
    let content = row.reply.as_deref().and_then(|signed| {
        let verified = pki::cms::verify(signed, None).ok()?;
        serde_json::from_slice::<ReplyContent>(&verified.content).ok()
    });
    let answers = content.map(|content| {
        let one = |question: &Question| {
            let answer = content.answers.iter().find(|answer| answer.question == question.name);
            answer.map_or_else(String::new, |answer| said(question, &answer.value))
        };
        questions.iter().map(one).collect()
    });
    Reply { number: row.number, at: row.at, link_code: row.link_code, answers }
}

fn said(question: &Question, value: &ReplyValue) -> String {
    let label = |value: &String| {
        let of = match &question.form {
            QuestionForm::One { of } | QuestionForm::Any { of } => &of[..],
            QuestionForm::Words { .. } | QuestionForm::Day { .. } => &[],
        };
        of.iter().find(|one| one.value == *value).map_or_else(|| value.clone(), |one| one.label.ja.as_str().to_owned())
    };
    match value {
        ReplyValue::One(one) => label(one),
        ReplyValue::Any(some) => some.iter().map(label).collect::<Vec<_>>().join("、"),
        ReplyValue::Words(words) => words.as_str().to_owned(),
        ReplyValue::Day(day) => words::day(*day),
    }
}

/// The head of the table that officers take with them.
pub(super) fn csv_head(questions: &[Question]) -> Vec<String> {
    let labels = questions.iter().map(|question| cell(question.label.ja.as_str()));
    ["number", "at", "link_code"].map(str::to_owned).into_iter().chain(labels).collect()
}

/// One line of it, as wide as its head.
pub(super) fn csv_line(reply: &Reply, questions: &[Question]) -> Vec<String> {
    let answers: Vec<String> = match &reply.answers {
        Some(answers) => answers.iter().map(|answer| cell(answer)).collect(),
        None => questions.iter().map(|_| say("replies-not-believed").to_owned()).collect(),
    };
    let own = [reply.number.to_string(), reply.at.to_string(), reply.link_code.expose()];
    own.into_iter().chain(answers).collect()
}

/// A spreadsheet takes what begins so for a formula.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_no_formula_any_more() {
        assert_eq!(cell("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(cell("10時ごろ"), "10時ごろ");
    }
}
