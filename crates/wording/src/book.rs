//! One bundle of Fluent texts in one language.

use std::collections::HashMap;

use domain::Locale;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::{
    Value,
    pattern::{Pattern, fill, push_grouped},
};

/// Texts by key. Those without variables are resolved once, those with variables are taken apart once. Books are made
/// once a program and stay.
pub(crate) struct Book {
    bundle: FluentBundle<FluentResource>,
    plain: HashMap<&'static str, &'static str>,
    patterns: HashMap<&'static str, Pattern>,
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
        let mut book = Self { bundle, plain: HashMap::new(), patterns: HashMap::new() };
        let lines = files.iter().flat_map(|file| file.lines());
        for key in lines.filter_map(|line| Some(line.split_once('=')?.0.trim_end())) {
            if let Some(text) = book.resolve(key, None) {
                book.plain.insert(key, text.leak());
            } else if let Some(pattern) = book.pattern(key) {
                book.patterns.insert(key, pattern);
            }
        }
        book
    }

    /// The text of a key that needs no variables.
    pub(crate) fn text(&self, key: &str) -> Option<&'static str> {
        self.plain.get(key).copied()
    }

    /// The text of a key with its variables; None when the key is unknown or a variable is absent. Only the variables
    /// that stand in the text are asked for.
    pub(crate) fn format<'v>(&self, key: &str, value: &dyn Fn(&str) -> Option<Value<'v>>) -> Option<String> {
        if let Some(text) = self.text(key) {
            return Some(text.to_owned());
        }
        match self.patterns.get(key)? {
            Pattern::Simple(pieces) => fill(pieces, value),
            Pattern::Chosen(names) => {
                let mut args = FluentArgs::with_capacity(names.len());
                for name in names {
                    args.set(name.as_str(), value(name)?.into_fluent());
                }
                self.resolve(key, Some(&args))
            }
        }
    }

    /// The middles of the keys of the form `prefix…suffix`, in order.
    pub(crate) fn between(&self, prefix: &str, suffix: &str) -> Vec<&'static str> {
        let mut found: Vec<&'static str> =
            self.plain.keys().filter_map(|key| key.strip_prefix(prefix)?.strip_suffix(suffix)).collect();
        found.sort_unstable();
        found
    }

    fn pattern(&self, key: &str) -> Option<Pattern> {
        let value = |key: &str| self.bundle.get_message(key)?.value();
        Some(Pattern::new(value(key)?, &value))
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

/// As [`push_grouped`], for the texts that Fluent resolves.
fn grouped<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let number = number.as_string();
    let whole = number.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit());
    whole.then(|| {
        let mut text = String::with_capacity(number.len() + number.len() / 3);
        push_grouped(&mut text, &number);
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generated;

    #[test]
    fn what_is_put_together_here_reads_as_fluent_has_it() {
        let mut compared = 0;
        for locale in Locale::ALL {
            let books = [generated::pages(locale)].into_iter();
            for book in books.chain(generated::sentences(locale)).chain(generated::dictionaries(locale)) {
                for (key, pattern) in &book.patterns {
                    let Pattern::Simple(_) = pattern else { continue };
                    let names = book.variables(key);
                    let args: FluentArgs = names.into_iter().map(|name| (name, worth(name).into_fluent())).collect();
                    assert_eq!(book.format(key, &|name| Some(worth(name))), book.resolve(key, Some(&args)), "{key}");
                    compared += 1;
                }
            }
        }
        assert!(compared > 200, "{compared}");
    }

    #[test]
    fn a_text_without_one_of_its_variables_is_none() {
        let book = Book::new(Locale::En, &["a = { $x } and { $y }"]);
        let both = |name: &str| Some(Value::from(name.to_owned()));
        assert_eq!(book.format("a", &both).unwrap(), "x and y");
        assert_eq!(book.format("a", &|name| both(name).filter(|_| name == "x")), None);
    }

    #[test]
    fn a_text_that_chooses_is_left_to_fluent() {
        let book = Book::new(Locale::En, &["a = { $count ->\n    [one] one page\n   *[other] { $count } pages\n }"]);
        let say = |count: i64| book.format("a", &|_| Some(Value::Number(count))).unwrap();
        assert_eq!([say(1), say(12_300)], ["one page", "12,300 pages"]);
    }

    #[test]
    fn numbers_are_grouped_on_either_way() {
        let book = Book::new(Locale::En, &["a = { $n }", "b = { $n ->\n   *[other] { $n }\n }"]);
        for number in [0, 7, 999, 1_000, 12_300, 1_234_567, -5, -123, -1_234] {
            let say = |key| book.format(key, &|_| Some(Value::Number(number))).unwrap();
            assert_eq!(say("a"), say("b"), "{number}");
        }
    }

    fn worth(name: &str) -> Value<'static> {
        if name == "count" { Value::Number(12_345) } else { Value::Text(format!("«{name}»").into()) }
    }

    impl Book {
        fn variables(&self, key: &str) -> Vec<&str> {
            let Some(Pattern::Simple(pieces)) = self.patterns.get(key) else { return Vec::new() };
            pieces
                .iter()
                .filter_map(
                    |piece| if let crate::pattern::Piece::Variable(name) = piece { Some(name.as_str()) } else { None },
                )
                .collect()
        }
    }
}
