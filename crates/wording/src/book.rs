//! One bundle of Fluent texts in one language.

use std::collections::HashMap;

use domain::Locale;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

/// Texts by key. Those without variables are resolved once.
pub(crate) struct Book {
    bundle: FluentBundle<FluentResource>,
    plain: HashMap<&'static str, Box<str>>,
}

impl Book {
    /// Reads files that `build.rs` has found sound.
    pub(crate) fn new(locale: Locale, files: &[&'static str]) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![language(locale)]);
        // Isolation marks would stay inside Japanese text, CSV and copied sentences.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(grouped));
        for file in files {
            let resource = FluentResource::try_new((*file).to_owned()).unwrap_or_else(|(sound, _)| sound);
            bundle.add_resource_overriding(resource);
        }
        let mut book = Self { bundle, plain: HashMap::new() };
        book.plain = files
            .iter()
            .flat_map(|file| file.lines())
            .filter_map(|line| Some(line.split_once('=')?.0.trim_end()))
            .filter_map(|key| Some((key, book.resolve(key, None)?.into_boxed_str())))
            .collect();
        book
    }

    /// The text of a key that needs no variables.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.plain.get(key).map(AsRef::as_ref)
    }

    /// The text of a key with its variables; None when the key is unknown or a variable is absent.
    pub(crate) fn format(&self, key: &str, args: &FluentArgs<'_>) -> Option<String> {
        match self.text(key) {
            Some(text) => Some(text.to_owned()),
            None => self.resolve(key, Some(args)),
        }
    }

    /// The middles of the keys of the form `prefix…suffix`, in order.
    pub(crate) fn between(&self, prefix: &str, suffix: &str) -> Vec<&'static str> {
        let mut found: Vec<&'static str> =
            self.plain.keys().filter_map(|key| key.strip_prefix(prefix)?.strip_suffix(suffix)).collect();
        found.sort_unstable();
        found
    }

    fn resolve(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}

/// The language whose plural rules hold.
fn language(locale: Locale) -> LanguageIdentifier {
    let tag = match locale {
        Locale::Ja | Locale::JaEasy => "ja",
        Locale::En => "en",
    };
    tag.parse().unwrap_or_default()
}

/// Numbers read `12,300` in every language. (Years are passed as text.)
fn grouped<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let text = number.as_string().into_owned();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    if digits.len() <= 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut out = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    Some(out)
}
