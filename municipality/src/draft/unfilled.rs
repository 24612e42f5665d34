//! `{{` where nothing is filled in: it would go out as it stands there.

use std::fmt::Arguments;

use wire::notice::{Block, InLanguages, Line, Question, QuestionForm};

use super::Draft;

impl Draft {
    /// Where `{{` stands though nothing is filled in there: JSON pointers (RFC 6901) into the draft as the API takes it, text
    /// before office, questions and files. Asked of whoever makes it, and of nobody later: what was released goes out.
    pub fn unfilled(&self) -> Vec<String> {
        let mut found = Unfilled::default();
        for (language, text) in languages(&self.text) {
            for (place, block) in text.body.iter().enumerate() {
                if let Block::Link { address, .. } = block {
                    found.text(format_args!("/text/{language}/body/{place}/address"), address.as_str());
                }
            }
        }
        found.lines(format_args!("/office/name"), &self.office.name);
        if let Some(phone) = &self.office.phone {
            found.text(format_args!("/office/phone"), phone.as_str());
        }
        if let Some(hours) = &self.office.hours {
            found.lines(format_args!("/office/hours"), hours);
        }
        for (place, question) in self.reply.iter().flat_map(|reply| reply.questions.iter().enumerate()) {
            found.question(format_args!("/reply/questions/{place}"), question);
        }
        for (place, file) in self.attachments.iter().enumerate() {
            found.text(format_args!("/attachments/{place}/name"), file.name.as_str());
        }
        found.0
    }
}

#[derive(Default)]
struct Unfilled(Vec<String>);

impl Unfilled {
    fn text(&mut self, at: Arguments<'_>, text: &str) {
        if text.contains("{{") {
            self.0.push(at.to_string());
        }
    }

    fn lines(&mut self, at: Arguments<'_>, lines: &InLanguages<Line>) {
        for (language, line) in languages(lines) {
            self.text(format_args!("{at}/{language}"), line.as_str());
        }
    }

    fn question(&mut self, at: Arguments<'_>, question: &Question) {
        self.lines(format_args!("{at}/label"), &question.label);
        if let Some(help) = &question.help {
            self.lines(format_args!("{at}/help"), help);
        }
        if let QuestionForm::One { of } | QuestionForm::Any { of } = &question.form {
            for (place, choice) in of.iter().enumerate() {
                self.lines(format_args!("{at}/form/of/{place}/label"), &choice.label);
            }
        }
    }
}

/// Each with its language, as the API names it.
fn languages<T>(all: &InLanguages<T>) -> impl Iterator<Item = (&'static str, &T)> {
    std::iter::once(("ja", &all.ja))
        .chain(all.ja_easy.as_ref().map(|easy| ("ja-easy", easy)))
        .chain(all.en.as_ref().map(|en| ("en", en)))
}
