//! What a browser got.

use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use scraper::{Html, Selector};
use url::Url;

/// An answer, as a person without script has it before their eyes.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where the redirects led to.
    pub url: Url,
    /// Status of the last answer.
    pub status: StatusCode,
    /// Headers of the last answer.
    pub headers: HeaderMap,
    /// Body of the last answer.
    pub html: String,
}

/// A form with what it would send as it stands.
#[derive(Clone, Debug)]
pub struct Form {
    /// Where to.
    pub action: Url,
    /// How.
    pub method: Method,
    /// Named controls: hidden and prefilled ones, checked boxes, chosen options.
    pub fields: Vec<(String, String)>,
}

impl Page {
    /// The page's visible words, without script and style.
    pub fn text(&self) -> String {
        let document = Html::parse_document(&self.html);
        let body = Selector::parse("body").expect("a selector");
        let mut words = Vec::new();
        for root in document.select(&body) {
            for node in root.descendants() {
                let hidden = node
                    .ancestors()
                    .filter_map(scraper::ElementRef::wrap)
                    .any(|element| matches!(element.value().name(), "script" | "style" | "template"));
                if let Some(text) = node.value().as_text().filter(|_| !hidden) {
                    words.push(text.trim().to_owned());
                }
            }
        }
        words.retain(|word| !word.is_empty());
        words.join(" ")
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        self.url.path()
    }

    /// A header of the answer; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Every form of the page.
    pub fn forms(&self) -> Vec<Form> {
        let document = Html::parse_document(&self.html);
        let selector = Selector::parse("form").expect("a selector");
        document.select(&selector).map(|form| self.form_of(&form)).collect()
    }

    /// The form whose action has this path (and, for other origins, any query).
    pub fn form(&self, path: &str) -> Form {
        let found = self.forms().into_iter().find(|form| form.action.path() == path);
        found.unwrap_or_else(|| panic!("{} has no form to {path}:\n{}", self.url, self.text()))
    }

    fn form_of(&self, form: &scraper::ElementRef<'_>) -> Form {
        let attribute = |name| form.value().attr(name);
        let action = self.url.join(attribute("action").unwrap_or_default()).expect("an action is a URL");
        let post = attribute("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        let controls = Selector::parse("input[name], textarea[name], select[name], button[name][value]");
        let controls = controls.expect("a selector");
        let fields = form.select(&controls).filter_map(|control| field(&control)).collect();
        Form { action, method: if post { Method::POST } else { Method::GET }, fields }
    }
}

fn field(control: &scraper::ElementRef<'_>) -> Option<(String, String)> {
    let element = control.value();
    let name = element.attr("name")?.to_owned();
    match element.name() {
        "textarea" => Some((name, control.text().collect())),
        "select" => {
            let chosen = Selector::parse("option[selected]").expect("a selector");
            let option = control.select(&chosen).next();
            Some((name, option.and_then(|o| o.value().attr("value")).unwrap_or_default().to_owned()))
        }
        "button" => None,
        _ => match element.attr("type") {
            Some("checkbox" | "radio") if element.attr("checked").is_none() => None,
            Some("submit") => None,
            _ => Some((name, element.attr("value").unwrap_or_default().to_owned())),
        },
    }
}

impl Form {
    /// Fills one control in.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What one control would send.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }
}

/// The first link whose address begins so.
pub fn first_link(page: &Page, prefix: &str) -> Option<String> {
    let document = Html::parse_document(&page.html);
    let links = Selector::parse("a[href]").expect("a selector");
    let mut hrefs = document.select(&links).filter_map(|link| link.value().attr("href"));
    hrefs.find(|href| href.starts_with(prefix)).map(str::to_owned)
}
