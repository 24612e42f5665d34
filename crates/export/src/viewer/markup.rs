//! HTML being written: text is escaped where it enters.

use crate::plain;

/// The page so far.
#[derive(Default)]
pub(super) struct Page(String);

impl Page {
    /// Our own markup; never a text from elsewhere.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// A text; line ends become breaks.
    pub(super) fn text(&mut self, text: &str) {
        for c in plain::visible(&text.replace("\r\n", "\n")).chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' => self.0.push_str("<br>"),
                other => self.0.push(other),
            }
        }
    }

    pub(super) fn attribute(&mut self, name: &'static str, value: &str) {
        self.raw(" ");
        self.raw(name);
        self.raw("=\"");
        self.text(value);
        self.raw("\"");
    }

    /// An element with nothing but text.
    pub(super) fn element(&mut self, name: &'static str, text: &str) {
        self.raw("<");
        self.raw(name);
        self.raw(">");
        self.text(text);
        self.raw("</");
        self.raw(name);
        self.raw(">\n");
    }

    /// A link to a place in this page.
    pub(super) fn link(&mut self, id: &str, text: &str) {
        self.raw("<a");
        self.attribute("href", &format!("#{id}"));
        self.raw(">");
        self.text(text);
        self.raw("</a>");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use scraper::{Html, Selector};

    use super::*;

    proptest! {
        #[test]
        fn whatever_a_text_holds_stays_text(text in any::<String>()) {
            let mut page = Page::default();
            page.raw("<p");
            page.attribute("title", &text);
            page.raw(">");
            page.text(&text);
            page.raw("</p>");
            let page = Html::parse_fragment(&page.0);
            let paragraph = page.select(&Selector::parse("p").unwrap()).next().unwrap();
            let expected = plain::visible(&text.replace("\r\n", "\n")).replace('\n', "");
            prop_assert_eq!(paragraph.text().collect::<String>(), expected);
            prop_assert_eq!(paragraph.value().attrs().count(), 1);
            prop_assert_eq!(page.select(&Selector::parse("p > :not(br)").unwrap()).count(), 0);
        }
    }
}
