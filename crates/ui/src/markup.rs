use leptos::prelude::*;

use crate::Kind;

/// HTML written straight into one text, for the many equal items of a long list: a view makes a node of every element
/// of every item, and throws them all away.
///
/// Element and attribute names are the program's own; every text and every value is escaped here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(String);

impl Markup {
    /// With room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// An element with its attributes and whatever is inside. Not for elements that have no end tag, nor for `script`
    /// and `style`, which read their text otherwise.
    pub fn element(&mut self, name: &'static str, attributes: &[(&'static str, &str)], inside: impl FnOnce(&mut Self)) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            push_escaped(&mut self.0, value);
            self.0.push('"');
        }
        self.0.push('>');
        inside(self);
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// An element that holds one text.
    pub fn text_element(&mut self, name: &'static str, attributes: &[(&'static str, &str)], text: &str) {
        self.element(name, attributes, |inside| inside.text(text));
    }

    /// What [`Chip`](crate::Chip) shows.
    pub fn chip(&mut self, kind: Kind, text: &str) {
        self.text_element("span", &[("data-kind", kind.name()), ("class", "chip")], text);
    }

    /// For `inner_html`.
    pub(crate) fn into_html(self) -> String {
        self.0
    }

    /// Text.
    pub fn text(&mut self, text: &str) {
        push_escaped(&mut self.0, text);
    }
}

/// A list of many items.
#[component]
pub fn LongList(
    /// A class for the page.
    class: &'static str,
    /// `li` elements.
    items: Markup,
) -> impl IntoView {
    view! { <ol class=class role="list" inner_html=items.into_html()></ol> }
}

fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some((before, escaped, after)) = next_escape(rest) {
        html.push_str(before);
        html.push_str(escaped);
        rest = after;
    }
    html.push_str(rest);
}

/// What stands before the first character that HTML reads, how that is written, and what follows.
fn next_escape(text: &str) -> Option<(&str, &'static str, &str)> {
    let at = text.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"'))?;
    let (before, after) = text.split_at_checked(at)?;
    let escaped = match after.as_bytes().first()? {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        _ => "&quot;",
    };
    Some((before, escaped, after.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Chip, render};

    #[test]
    fn a_list_holds_its_items() {
        let mut items = Markup::default();
        items.element("li", &[("class", "record")], |li| {
            li.text_element("p", &[], "一つめ");
            li.text("終わり");
        });
        let html = render(|| view! { <LongList class="records" items/> });
        assert_eq!(html, r#"<ol role="list" class="records"><li class="record"><p>一つめ</p>終わり</li></ol>"#);
    }

    #[test]
    fn a_chip_is_the_component_s() {
        let mut markup = Markup::default();
        markup.chip(Kind::Warning, "断られた");
        assert_eq!(markup.0, render(|| view! { <Chip kind=Kind::Warning text="断られた"/> }));
    }

    #[test]
    fn no_text_and_no_value_breaks_out() {
        let bad = "\"><script>&amp;'あ";
        let mut markup = Markup::default();
        markup.text_element("a", &[("href", bad)], bad);
        let escaped = "&quot;&gt;&lt;script&gt;&amp;amp;'あ";
        assert_eq!(markup.0, format!("<a href=\"{escaped}\">{escaped}</a>"));
    }

    #[test]
    fn what_it_writes_reads_back_as_it_was_meant() {
        for text in ["", "a", "&", "<<>>", "\"\"", "あ&い", "&lt;", "終わり\""] {
            let mut markup = Markup::default();
            markup.text_element("p", &[("title", text)], text);
            let page = scraper::Html::parse_fragment(&markup.0);
            let p = page.select(&scraper::Selector::parse("p").unwrap()).next().unwrap();
            assert_eq!(p.text().collect::<String>(), text);
            assert_eq!(p.attr("title"), Some(text));
        }
    }
}
