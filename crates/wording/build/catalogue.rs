//! What the Fluent files of the three languages hold, and whether they agree. Shared by `build.rs` and its test.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser,
};

/// One Fluent file.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// File name without `.ftl`.
    pub(crate) stem: String,
    /// Where it lies, for `include_str!` and for messages.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
}

/// The files of each language.
#[derive(Clone, Debug, Default)]
pub(crate) struct Locales {
    pub(crate) ja: Vec<Source>,
    pub(crate) ja_easy: Vec<Source>,
    pub(crate) en: Vec<Source>,
}

/// A message of the Japanese texts.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// Pattern, readable.
    pub(crate) text: String,
    /// What it needs, its references' needs included.
    pub(crate) variables: BTreeSet<String>,
    references: BTreeSet<String>,
    path: String,
}

/// Messages by key.
pub(crate) type Catalogue = BTreeMap<String, Message>;

/// Files that lie in one bundle: their paths in the order ja, ja-easy, en.
pub(crate) type Bundle = [Vec<String>; 3];

/// Everything that the generator needs.
#[derive(Debug)]
pub(crate) struct Checked {
    /// Messages of the pages.
    pub(crate) pages: Catalogue,
    /// Files of the pages.
    pub(crate) page_files: Bundle,
    /// `dictionary-N.ftl` by N.
    pub(crate) dictionaries: BTreeMap<u32, Bundle>,
    /// `sentences-N.ftl` by N.
    pub(crate) sentences: BTreeMap<u32, Bundle>,
    /// `information-N.ftl` by N.
    pub(crate) information: BTreeMap<u32, Bundle>,
    /// Cases that have `error-<case>-title`, `-what` and `-next`.
    pub(crate) errors: BTreeSet<String>,
}

/// Families of files of which every version is kept and stands alone (P-LOG-13).
const VERSIONED: [&str; 3] = ["dictionary", "sentences", "information"];
/// What each worded error says.
pub(crate) const ERROR_PARTS: [&str; 3] = ["title", "what", "next"];

/// All problems of all files, or what they hold.
pub(crate) fn check(locales: &Locales) -> Result<Checked, Vec<String>> {
    let mut problems = Vec::new();
    let by_locale = [("ja", &locales.ja), ("ja-easy", &locales.ja_easy), ("en", &locales.en)];
    let mut groups: BTreeMap<(String, u32), [Vec<&Source>; 3]> = BTreeMap::new();
    for (index, (_, sources)) in by_locale.into_iter().enumerate() {
        for source in sources {
            let group = groups.entry(group_of(&source.stem)).or_default();
            if let Some(files) = group.get_mut(index) {
                files.push(source);
            }
        }
    }
    let mut checked = Checked {
        pages: Catalogue::new(),
        page_files: Bundle::default(),
        dictionaries: BTreeMap::new(),
        sentences: BTreeMap::new(),
        information: BTreeMap::new(),
        errors: BTreeSet::new(),
    };
    for ((family, version), files) in groups {
        let [ja, ja_easy, en] = files.each_ref().map(|sources| catalogue(sources, &mut problems));
        for (name, other) in [("ja-easy", &ja_easy), ("en", &en)] {
            compare(&ja, name, other, &mut problems);
        }
        let paths = files.map(|sources| sources.iter().map(|s| s.path.clone()).collect());
        match family.as_str() {
            "dictionary" => drop(checked.dictionaries.insert(version, paths)),
            "sentences" => drop(checked.sentences.insert(version, paths)),
            "information" => drop(checked.information.insert(version, paths)),
            _ => {
                checked.errors = errors(&ja, &mut problems);
                checked.pages = ja;
                checked.page_files = paths;
            }
        }
    }
    let versioned = [&checked.dictionaries, &checked.sentences, &checked.information];
    for (family, versions) in VERSIONED.into_iter().zip(versioned) {
        if !versions.keys().copied().eq((1..).take(versions.len())) || versions.is_empty() {
            problems.push(format!("every version of {family}-N.ftl from 1 on is kept"));
        }
    }
    if problems.is_empty() { Ok(checked) } else { Err(problems) }
}

/// `("dictionary", 1)` for `dictionary-1`; every other file belongs to the pages.
fn group_of(stem: &str) -> (String, u32) {
    stem.rsplit_once('-')
        .filter(|(family, _)| VERSIONED.contains(family))
        .and_then(|(family, version)| Some((family.to_owned(), version.parse().ok()?)))
        .unwrap_or_else(|| ("pages".to_owned(), 0))
}

fn catalogue(sources: &[&Source], problems: &mut Vec<String>) -> Catalogue {
    let mut messages = Catalogue::new();
    let mut terms = BTreeSet::new();
    for source in sources {
        let path = &source.path;
        let resource = match parser::parse(source.text.as_str()) {
            Ok(resource) => resource,
            Err((_, errors)) => {
                for error in errors {
                    let before = source.text.get(..error.pos.start).unwrap_or_default();
                    let line = before.matches('\n').count() + 1;
                    problems.push(format!("{path}:{line}: {}", error.kind));
                }
                continue;
            }
        };
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name;
                    if !message.attributes.is_empty() {
                        problems.push(format!("{path}: {key} has attributes; give each text its own key"));
                    }
                    let Some(value) = message.value else {
                        problems.push(format!("{path}: {key} has no text"));
                        continue;
                    };
                    let mut found = Message {
                        text: String::new(),
                        variables: BTreeSet::new(),
                        references: BTreeSet::new(),
                        path: path.clone(),
                    };
                    found.pattern(&value, key, problems);
                    if let Some(earlier) = messages.insert(key.to_owned(), found) {
                        problems.push(format!("{path}: {key} is already in {}", earlier.path));
                    }
                }
                Entry::Term(term) => drop(terms.insert(format!("-{}", term.id.name))),
                _ => {}
            }
        }
    }
    resolve(&mut messages, &terms, problems);
    messages
}

/// A message needs what the messages that it refers to need.
fn resolve(messages: &mut Catalogue, terms: &BTreeSet<String>, problems: &mut Vec<String>) {
    let before = messages.clone();
    for (key, message) in messages {
        let mut seen = BTreeSet::new();
        let mut waiting: Vec<String> = message.references.iter().cloned().collect();
        while let Some(name) = waiting.pop() {
            if !seen.insert(name.clone()) || terms.contains(&name) {
                continue;
            }
            if &name == key {
                problems.push(format!("{}: {key} refers to itself", message.path));
            } else if let Some(other) = before.get(&name) {
                message.variables.extend(other.variables.iter().cloned());
                waiting.extend(other.references.iter().cloned());
            } else {
                problems.push(format!("{}: {key} refers to {name}, which does not exist", message.path));
            }
        }
    }
}

fn compare(ja: &Catalogue, name: &str, other: &Catalogue, problems: &mut Vec<String>) {
    for (key, message) in ja {
        let Some(translated) = other.get(key) else {
            problems.push(format!("{name} lacks {key}, which is in {}", message.path));
            continue;
        };
        if translated.variables != message.variables {
            problems.push(format!(
                "{}: {key} uses {}, but ja uses {}",
                translated.path,
                listed(&translated.variables),
                listed(&message.variables),
            ));
        }
    }
    for (key, message) in other {
        if !ja.contains_key(key) {
            problems.push(format!("{}: {key} is not in ja", message.path));
        }
    }
}

fn listed(variables: &BTreeSet<String>) -> String {
    let names: Vec<String> = variables.iter().map(|v| format!("${v}")).collect();
    if names.is_empty() { "no variable".to_owned() } else { names.join(", ") }
}

/// Every error says what happened, what was kept and what to do next, and needs nothing for it.
fn errors(ja: &Catalogue, problems: &mut Vec<String>) -> BTreeSet<String> {
    let mut cases = BTreeSet::new();
    for key in ja.keys() {
        let case =
            ERROR_PARTS.iter().find_map(|part| key.strip_prefix("error-")?.strip_suffix(part)?.strip_suffix('-'));
        cases.extend(case.map(str::to_owned));
    }
    for case in &cases {
        for part in ERROR_PARTS {
            let key = format!("error-{case}-{part}");
            match ja.get(&key) {
                None => problems.push(format!("error-{case} has no {key}")),
                Some(message) if !message.variables.is_empty() => {
                    problems.push(format!("{}: {key} may not use variables", message.path));
                }
                Some(_) => {}
            }
        }
    }
    cases
}

impl Message {
    fn pattern(&mut self, pattern: &Pattern<&str>, key: &str, problems: &mut Vec<String>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression, key, problems),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>, key: &str, problems: &mut Vec<String>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, key, problems),
            Expression::Select { selector, variants } => {
                let mut selector_only = Self { text: String::new(), ..self.clone() };
                selector_only.inline(selector, key, problems);
                self.variables = selector_only.variables;
                self.references = selector_only.references;
                for variant in variants {
                    let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) = &variant.key;
                    let _ = write!(self.text, " [{name}] ");
                    self.pattern(&variant.value, key, problems);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, key: &str, problems: &mut Vec<String>) {
        match inline {
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                self.text.push_str(value);
            }
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
                let _ = write!(self.text, "{{${}}}", id.name);
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
                let _ = write!(self.text, "{{{}}}", id.name);
            }
            InlineExpression::TermReference { id, .. } => {
                self.references.insert(format!("-{}", id.name));
                let _ = write!(self.text, "{{-{}}}", id.name);
            }
            InlineExpression::Placeable { expression } => self.expression(expression, key, problems),
            InlineExpression::FunctionReference { id, .. } => {
                problems.push(format!("{}: {key} calls {}; no functions are offered", self.path, id.name));
            }
        }
    }
}
