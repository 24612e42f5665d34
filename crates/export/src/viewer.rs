//! One page to read without a network: no script, nothing from elsewhere, and a policy in the page that forbids both.
//! It reads on a phone, in the dark and on paper.

mod markup;

use std::io::{self, Write};

use base64ct::{Base64, Encoding as _};
use domain::{AccessRecord, Locale};
use sha2::{Digest as _, Sha256};
use wording::{InformationRecord, InformationRow, InformationTable, RecordWords, Words, key};

use crate::{Answer, Told, plain};
use markup::Page;

const STYLE: &str = include_str!("viewer/viewer.css");

/// Writes it.
///
/// # Errors
/// Only the writer's.
pub fn write(told: &Told<'_>, mut out: impl Write) -> io::Result<()> {
    let mut view = View { page: Page::default(), words: Words::of(told.export.locale), told };
    view.head();
    view.body();
    out.write_all(view.page.into_bytes().as_slice())
}

struct View<'t, 'a> {
    page: Page,
    words: &'static Words,
    told: &'t Told<'a>,
}

impl View<'_, '_> {
    fn head(&mut self) {
        let policy = format!(
            "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            Base64::encode_string(&Sha256::digest(STYLE))
        );
        let page = &mut self.page;
        page.raw("<!DOCTYPE html>\n<html");
        page.attribute("lang", self.told.export.locale.html_lang());
        page.raw(">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\"");
        page.attribute("content", &policy);
        page.raw(">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        page.raw("<meta name=\"referrer\" content=\"no-referrer\">\n");
        page.element("title", &self.words.text(key::EXPORT_TITLE));
        page.raw("<style>");
        page.raw(STYLE);
        page.raw("</style>\n</head>\n");
    }

    fn body(&mut self) {
        self.page.raw("<body>\n<header>\n");
        self.page.element("h1", &self.words.text(key::EXPORT_TITLE));
        let made = self.words.format(key::EXPORT_MADE, &[("when", self.told.made_at().into())]);
        for line in [made, self.words.text(key::EXPORT_LEAD), self.words.text(key::EXPORT_CARE)] {
            self.page.element("p", &line);
        }
        self.page.raw("</header>\n");
        if self.told.answers.is_empty() && self.told.records.is_none() {
            self.page.raw("<main>\n");
            self.page.element("p", &self.words.text(key::EXPORT_EMPTY));
            self.page.raw("</main>\n</body>\n</html>\n");
            return;
        }
        self.contents();
        self.page.raw("<main>\n");
        let mut number = 0..;
        for (provider, answers) in self.told.by_provider() {
            self.page.raw("<section class=\"provider\">\n");
            self.page.element("h2", provider);
            for answer in answers {
                self.answer(number.next().unwrap_or_default(), answer);
            }
            self.page.raw("</section>\n");
        }
        if let Some(records) = &self.told.records {
            self.records(records);
        }
        self.page.raw("</main>\n</body>\n</html>\n");
    }

    fn contents(&mut self) {
        self.page.raw("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">");
        self.page.text(&self.words.text(key::EXPORT_CONTENTS));
        self.page.raw("</h2>\n<ul>\n");
        let mut number = 0..;
        for (provider, answers) in self.told.by_provider() {
            self.page.raw("<li>");
            self.page.text(provider);
            self.page.raw("\n<ul>\n");
            for answer in answers {
                self.page.raw("<li>");
                self.page.link(&answer_id(number.next().unwrap_or_default()), &answer.words.caption);
                self.page.raw("</li>\n");
            }
            self.page.raw("</ul>\n</li>\n");
        }
        if self.told.records.is_some() {
            self.page.raw("<li>");
            self.page.link(RECORDS_ID, &self.words.text(key::RECORDS_TITLE));
            self.page.raw("</li>\n");
        }
        self.page.raw("</ul>\n</nav>\n");
    }

    fn answer(&mut self, number: usize, answer: &Answer<'_>) {
        self.page.raw("<section class=\"answer\">\n<h3");
        self.page.attribute("id", &answer_id(number));
        self.page.raw(">");
        self.page.text(&answer.words.caption);
        self.page.raw("</h3>\n");
        self.page.element("p", &answer.words.about);
        let values = [("provider", (&answer.provider).into()), ("when", (&answer.answered_at).into())];
        self.page.element("p", &self.words.format(key::EXPORT_ANSWERED, &values));
        if let Some(note) = &answer.words.note {
            self.page.raw("<p class=\"note\">");
            self.page.text(note);
            self.page.raw("</p>\n");
        }
        for table in &answer.words.tables {
            self.table(table);
        }
        self.page.raw("</section>\n");
    }

    fn table(&mut self, table: &InformationTable) {
        self.page.raw("<table>\n");
        self.page.element("caption", &table.caption);
        self.heading([key::EXPORT_COLUMN_ITEM, key::EXPORT_COLUMN_VALUE]);
        for record in &table.records {
            self.record(record);
        }
        self.page.raw("</table>\n");
    }

    fn heading(&mut self, columns: [wording::Key; 2]) {
        self.page.raw("<thead><tr>");
        for column in columns {
            self.page.raw("<th scope=\"col\">");
            self.page.text(&self.words.text(column));
            self.page.raw("</th>");
        }
        self.page.raw("</tr></thead>\n");
    }

    fn record(&mut self, record: &InformationRecord) {
        self.page.raw("<tbody>\n");
        if let Some(caption) = &record.caption {
            self.page.raw("<tr><th class=\"group\" scope=\"rowgroup\" colspan=\"2\">");
            self.page.text(caption);
            self.page.raw("</th></tr>\n");
        }
        for row in &record.rows {
            self.row(row);
        }
        self.page.raw("</tbody>\n");
    }

    /// The institution's text stands apart (`bdi`), so that marks of direction in it reach nothing beside it.
    fn row(&mut self, row: &InformationRow) {
        self.page.raw("<tr><th scope=\"row\">");
        self.page.text(&row.label);
        self.page.raw(" <span class=\"help\">");
        self.page.text(&row.help);
        self.page.raw("</span></th><td><bdi");
        if self.told.export.locale == Locale::En && plain::is_japanese(&row.value) {
            self.page.attribute("lang", "ja");
        }
        self.page.raw(">");
        self.page.text(&row.value);
        self.page.raw("</bdi></td></tr>\n");
    }

    fn records(&mut self, records: &[(&AccessRecord, RecordWords)]) {
        self.page.raw("<section class=\"records\">\n<h2");
        self.page.attribute("id", RECORDS_ID);
        self.page.raw(">");
        self.page.text(&self.words.text(key::RECORDS_TITLE));
        self.page.raw("</h2>\n");
        if records.is_empty() {
            self.page.element("p", &self.words.text(key::RECORDS_EMPTY_TITLE));
        } else {
            self.page.element("p", &self.words.text(key::RECORDS_LEAD));
            self.page.raw("<table>\n");
            self.page.element("caption", &self.words.text(key::RECORDS_TITLE));
            self.heading([key::RECORD_WHEN, key::RECORD_SENTENCE]);
            self.page.raw("<tbody>\n");
            for (_, record) in records {
                self.access_record(record);
            }
            self.page.raw("</tbody>\n</table>\n");
        }
        self.page.raw("</section>\n");
    }

    fn access_record(&mut self, record: &RecordWords) {
        self.page.raw("<tr><th scope=\"row\">");
        self.page.text(&record.when);
        self.page.raw("</th><td><p><bdi>");
        self.page.text(&record.sentence);
        self.page.raw("</bdi></p>");
        let reference = format!("{}: {}", self.words.text(key::RECORD_REFERENCE), record.reference_number);
        for line in [&record.basis_line, &reference] {
            self.page.raw("<p class=\"help\">");
            self.page.text(line);
            self.page.raw("</p>");
        }
        self.page.raw("</td></tr>\n");
    }
}

const RECORDS_ID: &str = "records";

fn answer_id(number: usize) -> String {
    format!("answer-{}", number + 1)
}

#[cfg(test)]
mod tests;
