//! What is inside, and how anybody can check the signatures with a program that is not ours.

use std::io::{self, Write};

use wording::{Key, Words, key};

use super::{AUTHORITY, DATA, Enclosed, MANIFEST, PDF, README, RECORDS, VIEWER, signed_name, table_name};
use crate::Told;

pub(super) fn write(told: &Told<'_>, enclosed: &Enclosed<'_>, mut out: impl Write) -> io::Result<()> {
    let words = Words::of(told.export.locale);
    let mut text = Text::default();
    text.heading(&words.text(key::EXPORT_README_TITLE), '=');
    text.line(&words.format(key::EXPORT_MADE, &[("when", told.made_at().into())]));
    text.line(&words.text(key::EXPORT_LEAD));
    text.line(&words.text(key::EXPORT_CARE));
    text.heading(&words.text(key::EXPORT_README_FILES), '-');
    files(&mut text, words, told, enclosed);
    if !told.answers.is_empty() {
        text.heading(&words.text(key::EXPORT_README_CHECK), '-');
        checks(&mut text, words, told);
    }
    // Old editors know UTF-8 by its mark and lines by CRLF.
    out.write_all("\u{feff}".as_bytes())?;
    out.write_all(text.0.replace('\n', "\r\n").as_bytes())
}

fn files(text: &mut Text, words: &Words, told: &Told<'_>, enclosed: &Enclosed<'_>) {
    let mut file = |name: &str, about: Key| text.file(name, &words.text(about));
    file(VIEWER, key::EXPORT_README_VIEWER);
    if enclosed.pdf.is_some() {
        file(PDF, key::EXPORT_README_PDF);
    }
    file(DATA, key::EXPORT_README_DATA);
    if told.records.is_some() {
        file(RECORDS, key::EXPORT_README_RECORDS);
    }
    if enclosed.authority_pem.is_some() {
        file(AUTHORITY, key::EXPORT_README_ANCHOR);
    }
    file(MANIFEST, key::EXPORT_README_MANIFEST);
    for answer in &told.answers {
        let values = [("provider", (&answer.provider).into()), ("when", (&answer.answered_at).into())];
        text.0.push('\n');
        text.line(&format!("{}: {}", answer.words.caption, words.format(key::EXPORT_ANSWERED, &values)));
        text.file(&table_name(answer), &words.text(key::EXPORT_README_CSV));
        text.file(&signed_name(answer), &words.text(key::EXPORT_README_ANSWERS));
    }
}

fn checks(text: &mut Text, words: &Words, told: &Told<'_>) {
    text.line(&words.text(key::EXPORT_README_CHECK_WHAT));
    text.line(&words.text(key::EXPORT_README_CHECK_HOW));
    text.commands(told.answers.iter().map(|answer| {
        format!(
            "openssl cms -verify -binary -inform DER -in {} -CAfile {AUTHORITY} -purpose any -signer {}.pem -out {}.json",
            signed_name(answer),
            answer.name,
            answer.name
        )
    }));
    text.line(&words.text(key::EXPORT_README_CHECK_GOOD));
    text.line(&words.text(key::EXPORT_README_CHECK_ANCHOR));
    text.line(&words.text(key::EXPORT_README_CHECK_EXPIRED));
    text.line(&words.text(key::EXPORT_README_CHECK_SIGNER));
    let first = told.answers.iter().take(1);
    text.commands(first.map(|answer| format!("openssl x509 -in {}.pem -noout -subject -dates", answer.name)));
    text.line(&words.text(key::EXPORT_README_HASH));
    text.commands([README, VIEWER].into_iter().map(|name| format!("openssl dgst -sha256 {name}")));
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn heading(&mut self, text: &str, underline: char) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.line(text);
        // Japanese letters are as wide as two Latin ones.
        let width: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
        self.line(&underline.to_string().repeat(width));
    }

    fn line(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\n');
    }

    fn file(&mut self, name: &str, about: &str) {
        self.line(&format!("  {name}"));
        self.line(&format!("      {about}"));
    }

    fn commands(&mut self, commands: impl Iterator<Item = String>) {
        self.0.push('\n');
        for command in commands {
            self.line(&format!("    {command}"));
        }
        self.0.push('\n');
    }
}
