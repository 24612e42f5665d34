//! A person's answers, read once from the form (P-PSH-6).

use jiff::civil::Date;
use wire::notice::{Passage, Question, QuestionForm, ReplyAnswer, ReplyForm, ReplyValue, TextFault};

/// Why a question has no answer that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerFault {
    /// It must be answered.
    #[error("no answer")]
    Missing,
    /// Not one of the choices.
    #[error("no choice of this question")]
    NotOffered,
    /// More characters than may be written.
    #[error("{chars} characters")]
    TooLong {
        /// How many there are.
        chars: u32,
    },
    /// Characters that nobody can see.
    #[error("characters that nobody can see")]
    Unprintable,
    /// Not a day, or none of those that may be chosen.
    #[error("no day of this question")]
    NoDay,
}

/// Which questions have no answer that can be sent, by their names.
pub type AnswerFaults = Vec<(String, AnswerFault)>;

/// The name of a question's field.
pub fn answer_field(question: &Question) -> String {
    format!("q-{}", question.name)
}

/// Reads what was posted: fields that are named as [`answer_field`] says, several of one name where several may be chosen.
/// Others are no answers and are passed over.
pub fn read_answers(form: &ReplyForm, fields: &[(String, String)]) -> Result<Vec<ReplyAnswer>, AnswerFaults> {
    let (mut answers, mut faults) = (Vec::new(), Vec::new());
    for question in &form.questions {
        let name = answer_field(question);
        let typed: Vec<&str> = fields
            .iter()
            .filter(|(field, value)| *field == name && !value.trim().is_empty())
            .map(|(_, v)| &**v)
            .collect();
        match answer(question, &typed) {
            Ok(None) => {}
            Ok(Some(value)) => answers.push(ReplyAnswer { question: question.name.clone(), value }),
            Err(fault) => faults.push((question.name.clone(), fault)),
        }
    }
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}

fn answer(question: &Question, typed: &[&str]) -> Result<Option<ReplyValue>, AnswerFault> {
    let Some(first) = typed.first() else {
        return if question.required { Err(AnswerFault::Missing) } else { Ok(None) };
    };
    let one = if typed.len() == 1 { Ok(*first) } else { Err(AnswerFault::NotOffered) };
    Ok(Some(match &question.form {
        QuestionForm::One { of } => {
            let chosen = of.iter().find(|choice| Ok(choice.value.as_str()) == one).ok_or(AnswerFault::NotOffered)?;
            ReplyValue::One(chosen.value.clone())
        }
        QuestionForm::Any { of } => {
            if typed.iter().any(|value| of.iter().all(|choice| choice.value != *value)) {
                return Err(AnswerFault::NotOffered);
            }
            // In the order in which they were offered, each once.
            let chosen = of.iter().filter(|choice| typed.contains(&choice.value.as_str()));
            ReplyValue::Any(chosen.map(|choice| choice.value.clone()).collect())
        }
        QuestionForm::Words { chars_max } => ReplyValue::Words(words(one?, *chars_max)?),
        QuestionForm::Day { first, last } => {
            let day: Date = one?.trim().parse().map_err(|_| AnswerFault::NoDay)?;
            if !(first..=last).contains(&&day) {
                return Err(AnswerFault::NoDay);
            }
            ReplyValue::Day(day)
        }
    }))
}

fn words(typed: &str, chars_max: u16) -> Result<Passage, AnswerFault> {
    let too_long = |text: &str| {
        // A browser sends a line break as two characters.
        let chars = text.replace("\r\n", "\n").trim().chars().count();
        AnswerFault::TooLong { chars: u32::try_from(chars).unwrap_or(u32::MAX) }
    };
    let words = Passage::typed(typed).map_err(|fault| match fault {
        TextFault::TooLong => too_long(typed),
        TextFault::Empty => AnswerFault::Missing,
        TextFault::Unprintable | TextFault::NotNormal | TextFault::NoAddress => AnswerFault::Unprintable,
    })?;
    if words.as_str().chars().count() > usize::from(chars_max) { Err(too_long(words.as_str())) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::notice::{Choice, Line};

    fn question(name: &str, required: bool, form: QuestionForm) -> Question {
        let label = Line::typed(name).unwrap().into();
        Question { name: name.to_owned(), label, help: None, required, form }
    }

    fn form() -> ReplyForm {
        let of = |values: &[&str]| -> Vec<Choice> {
            let choice =
                |value: &&str| Choice { value: (*value).to_owned(), label: Line::typed(value).unwrap().into() };
            values.iter().map(choice).collect()
        };
        ReplyForm {
            closes_at: "2026-12-01T00:00:00Z".parse().unwrap(),
            sealing_certificate: String::new(),
            questions: vec![
                question("place", true, QuestionForm::One { of: of(&["north", "south"]) }),
                question("tests", false, QuestionForm::Any { of: of(&["x-ray", "blood"]) }),
                question("wish", false, QuestionForm::Words { chars_max: 5 }),
                question(
                    "day",
                    false,
                    QuestionForm::Day { first: "2026-12-01".parse().unwrap(), last: "2026-12-10".parse().unwrap() },
                ),
            ],
        }
    }

    fn read(posted: &str) -> Result<Vec<ReplyAnswer>, AnswerFaults> {
        let fields: Vec<(String, String)> = form_urlencoded::parse(posted.as_bytes()).into_owned().collect();
        read_answers(&form(), &fields)
    }

    fn fault(posted: &str) -> AnswerFaults {
        read(posted).err().unwrap()
    }

    #[test]
    fn answers_are_what_the_questions_take() {
        let read =
            read("q-place=north&q-tests=blood&q-tests=x-ray&q-wish=+%E5%8D%88%E5%89%8D+&q-day=2026-12-10&x=1").unwrap();
        assert!(form().takes(&read));
        assert_eq!(read.len(), 4);
        assert!(read[1].value == ReplyValue::Any(vec!["x-ray".to_owned(), "blood".to_owned()]));
    }

    #[test]
    fn what_was_left_open_is_no_answer() {
        let read = read("q-place=south&q-wish=+&q-day=").unwrap();
        assert!(read.len() == 1 && form().takes(&read));
    }

    #[test]
    fn every_question_says_for_itself_what_is_wrong() {
        let day = |text: &str| fault(&format!("q-place=north&q-day={text}"));
        assert_eq!(fault(""), [("place".to_owned(), AnswerFault::Missing)]);
        assert_eq!(fault("q-place=east"), [("place".to_owned(), AnswerFault::NotOffered)]);
        assert_eq!(fault("q-place=north&q-place=south"), [("place".to_owned(), AnswerFault::NotOffered)]);
        assert_eq!(fault("q-place=north&q-tests=mri"), [("tests".to_owned(), AnswerFault::NotOffered)]);
        assert_eq!(fault("q-place=north&q-wish=123456"), [("wish".to_owned(), AnswerFault::TooLong { chars: 6 })]);
        assert_eq!(fault("q-place=north&q-wish=a%E2%80%AEb"), [("wish".to_owned(), AnswerFault::Unprintable)]);
        for text in ["2026-12-11", "2026-11-30", "2026-02-30", "tomorrow"] {
            assert_eq!(day(text), [("day".to_owned(), AnswerFault::NoDay)], "{text}");
        }
        assert_eq!(fault("q-wish=123456").len(), 2);
    }
}
