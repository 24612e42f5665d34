//! Questions in a notice, and a person's answers to them (P-PSH-6).

use domain::{NoticeId, OrgCode};
use jiff::Timestamp;

use super::{InLanguages, Line, Passage};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyForm {
    /// Afterwards no answer is taken.
    pub closes_at: Timestamp,
    /// What answers are sealed to: the sender's own sealing certificate, base64 DER. Believed only as that.
    pub sealing_certificate: String,
    /// In the order in which they are asked.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Names the answer: lower-case letters, digits and hyphens, at most 40.
    pub name: String,
    /// What is asked.
    pub label: InLanguages<Line>,
    /// What helps to answer.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub help: Option<InLanguages<Line>>,
    /// Whether it must be answered.
    pub required: bool,
    /// How it is answered.
    pub form: QuestionForm,
}

/// How a question is answered.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "as", rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionForm {
    /// One of some.
    One {
        /// Two or more.
        of: Vec<Choice>,
    },
    /// Any of some.
    Any {
        /// One or more.
        of: Vec<Choice>,
    },
    /// A few words.
    Words {
        /// At most; itself at most 1000.
        chars_max: u16,
    },
    /// A day.
    Day {
        /// The first that may be chosen.
        first: jiff::civil::Date,
        /// The last.
        last: jiff::civil::Date,
    },
}

/// One of some.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Names it: as [`Question::name`].
    pub value: String,
    /// What it is.
    pub label: InLanguages<Line>,
}

impl ReplyForm {
    /// Most questions.
    pub const QUESTIONS_MAX: usize = 20;
    /// Most choices of a question.
    pub const CHOICES_MAX: usize = 50;

    pub(super) fn can_be_asked(&self) -> bool {
        let names: std::collections::BTreeSet<&str> = self.questions.iter().map(|one| one.name.as_str()).collect();
        (1..=Self::QUESTIONS_MAX).contains(&self.questions.len())
            && names.len() == self.questions.len()
            && self.questions.iter().all(Question::can_be_asked)
    }

    /// Whether these are answers to these questions, none missing and none too many.
    pub fn takes(&self, answers: &[ReplyAnswer]) -> bool {
        let answer_to = |question: &Question| answers.iter().find(|answer| answer.question == question.name);
        let each = self.questions.iter().all(|question| match answer_to(question) {
            None => !question.required,
            Some(answer) => question.takes(&answer.value),
        });
        let known = answers.iter().all(|answer| self.questions.iter().any(|one| one.name == answer.question));
        let names: std::collections::BTreeSet<&str> = answers.iter().map(|one| one.question.as_str()).collect();
        each && known && names.len() == answers.len()
    }
}

impl Question {
    fn can_be_asked(&self) -> bool {
        let choices = |of: &[Choice], least: usize| {
            let values: std::collections::BTreeSet<&str> = of.iter().map(|one| one.value.as_str()).collect();
            (least..=ReplyForm::CHOICES_MAX).contains(&of.len())
                && values.len() == of.len()
                && values.into_iter().all(is_name)
        };
        is_name(&self.name)
            && match &self.form {
                QuestionForm::One { of } => choices(of, 2),
                QuestionForm::Any { of } => choices(of, 1),
                QuestionForm::Words { chars_max } => (1..=1000).contains(chars_max),
                QuestionForm::Day { first, last } => first <= last,
            }
    }

    fn takes(&self, value: &ReplyValue) -> bool {
        match (&self.form, value) {
            (QuestionForm::One { of }, ReplyValue::One(chosen)) => of.iter().any(|one| one.value == *chosen),
            (QuestionForm::Any { of }, ReplyValue::Any(chosen)) => {
                let values: std::collections::BTreeSet<&String> = chosen.iter().collect();
                values.len() == chosen.len()
                    && !(self.required && chosen.is_empty())
                    && values.into_iter().all(|value| of.iter().any(|one| one.value == *value))
            }
            (QuestionForm::Words { chars_max }, ReplyValue::Words(words)) => {
                words.as_str().chars().count() <= usize::from(*chars_max)
            }
            (QuestionForm::Day { first, last }, ReplyValue::Day(day)) => (first..=last).contains(&day),
            _ => false,
        }
    }
}

fn is_name(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&text.len()) && text.bytes().all(letter)
}

/// What a person answered, as JSON inside the portal's CMS SignedData, sealed to the sender with [`ReplyContext`]. The
/// portal signs that this is what a logged-in person said; a signature of the person's own comes with applications.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyContent {
    /// The notice that was answered.
    pub notice: NoticeId,
    /// Whose that is.
    pub sender: OrgCode,
    /// When.
    pub replied_at: Timestamp,
    /// In the order of the questions.
    pub answers: Vec<ReplyAnswer>,
}

/// One answer.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyAnswer {
    /// [`Question::name`]
    pub question: String,
    /// The answer.
    pub value: ReplyValue,
}

/// As [`QuestionForm`] asks.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyValue {
    /// One of some.
    One(String),
    /// Any of some.
    Any(Vec<String>),
    /// A few words.
    Words(Passage),
    /// A day.
    Day(jiff::civil::Date),
}

/// Binds a sealed reply to its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplyContext<'a> {
    /// The notice that was answered.
    pub notice: &'a NoticeId,
    /// To whom.
    pub sender: &'a OrgCode,
}

impl ReplyContext<'_> {
    /// HPKE `info`.
    pub const INFO: &'static [u8] = b"my-portal-notice-reply/1";
    /// Every reply is this long before it is sealed, so that the core does not learn how much was answered.
    pub const PADDED_BYTES: usize = 64 * 1024;

    /// What is sealed. None when it is longer than any reply.
    pub fn padded(signed: &[u8]) -> Option<Vec<u8>> {
        crate::padding::padded(signed, Self::PADDED_BYTES)
    }

    /// The CMS within what was sealed. None: not as [`Self::padded`] writes it.
    pub fn signed(padded: &[u8]) -> Option<&[u8]> {
        crate::padding::unpadded(padded, Self::PADDED_BYTES)
    }

    /// Length-prefixed parts.
    pub fn aad(&self) -> Vec<u8> {
        crate::reader::length_prefixed(&[
            Self::INFO,
            self.notice.as_bytes(),
            OrgCode::PORTAL.as_bytes(),
            self.sender.as_str().as_bytes(),
        ])
    }
}
