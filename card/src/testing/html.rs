//! Just enough HTML to use the reader's own pages, which are written by Leptos: attributes are quoted and escaped.

/// A form of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// Where it posts to.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// Names and values of its inputs, as they stand.
    pub fn fields(&self) -> Vec<(&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
    }

    /// Has it a field of this name?
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(n, _)| n == name)
    }
}

pub(super) fn forms(html: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    for piece in html.split("<form").skip(1) {
        let inside = piece.split("</form>").next().unwrap_or_default();
        let Some((tag, inside)) = inside.split_once('>') else {
            continue;
        };
        let action = attribute(tag, "action").unwrap_or_default();
        forms.push(Form { action, fields: fields(inside) });
    }
    forms
}

fn fields(inside: &str) -> Vec<(String, String)> {
    let tags = inside.split('<').filter(|piece| piece.starts_with("input") || piece.starts_with("select"));
    tags.filter_map(|tag| {
        let tag = tag.split('>').next()?;
        Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_default()))
    })
    .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    Some(unescape(rest.split('"').next()?))
}

/// The text that a person reads, tags and scripts left out.
pub(super) fn text(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        match piece.split_once('>') {
            Some((tag, _)) if tag.starts_with("script") => {}
            Some((_, after)) => text.push_str(after),
            None => text.push_str(piece),
        }
    }
    unescape(&text)
}

fn unescape(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    named.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_with_its_fields() {
        let html = r#"<form class="x" method="post" action="/a?b&amp;c"><input type="hidden" name="n" value="1&quot;2"/>
            <select id="s" name="card"><option value="x">y</option></select></form><form action="/b"></form>"#;
        let forms = forms(html);
        assert_eq!(forms[0].action(), "/a?b&c");
        assert_eq!(forms[0].fields(), [("n", "1\"2"), ("card", "")]);
        assert!(forms[1].fields().is_empty());
    }

    #[test]
    fn the_text_is_what_a_person_reads() {
        assert_eq!(text("<p>a<b>b</b> &lt;c&gt;</p><script nonce=\"x\">d()</script>"), "ab <c>");
    }
}
