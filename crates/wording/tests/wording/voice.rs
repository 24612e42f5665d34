//! The voice (ことばの手引き), for every text of every page.

use std::{fs, path::PathBuf};

use domain::Locale;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use crate::sample;

/// Officialese, loan words, blame and passive voice that hides who acted.
const NEVER: [&str; 17] = [
    "当該",
    "標記",
    "の旨",
    "何卒",
    "エビデンス",
    "リトライ",
    "システムエラー",
    "不正な",
    "セッション",
    "タイムアウト",
    "アカウント",
    "照会され",
    "【重要】",
    "令和1年",
    "平成1年",
    "昭和1年",
    "させていただ",
];

/// Beyond these, what is hard to read: double negation, passive, causative, vague endings, politeness beyond です・ます.
const NEVER_EASY: [&str; 12] = [
    "かもしれ",
    "と思われ",
    "されました",
    "されます",
    "されて",
    "されません",
    "ございます",
    "いたします",
    "いただ",
    "なければなりません",
    "ないわけ",
    "ご利用",
];

const NEVER_ENGLISH: [&str; 6] = ["system error", "invalid operation", "timed out", "session", "illegal", "retry"];

#[test]
fn no_sentence_is_too_long() {
    check(|locale, text| {
        sample::sentences(locale, text)
            .into_iter()
            .filter(|sentence| sentence.chars().count() > sample::longest(locale))
            .map(|sentence| format!("{} characters: {sentence}", sentence.chars().count()))
            .collect()
    });
}

#[test]
fn no_forbidden_word_is_used() {
    check(|locale, text| {
        let lists: &[&[&str]] = match locale {
            Locale::Ja => &[&NEVER],
            Locale::JaEasy => &[&NEVER, &NEVER_EASY],
            Locale::En => &[&NEVER_ENGLISH],
        };
        let text = text.to_lowercase();
        lists.concat().iter().filter(|word| text.contains(**word)).map(|word| format!("「{word}」 in {text}")).collect()
    });
}

#[test]
fn numbers_and_letters_are_half_width() {
    check(|_, text| {
        let wide = text.chars().any(|c| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '\u{ff65}'..='\u{ff9f}'));
        wide.then(|| text.to_owned()).into_iter().collect()
    });
}

#[test]
fn no_text_is_only_yes_or_no() {
    check(|_, text| {
        let bare = ["はい", "いいえ", "OK", "Yes", "No"].contains(&text.trim());
        bare.then(|| text.to_owned()).into_iter().collect()
    });
}

#[test]
fn japanese_is_not_left_in_the_english_texts() {
    check(|locale, text| {
        // Each language stands in the menu under its own name.
        let rest = text.replace("やさしい日本語", "").replace("日本語", "");
        let japanese = rest.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}'));
        (locale == Locale::En && japanese).then(|| text.to_owned()).into_iter().collect()
    });
}

/// Runs a rule over every text and shows everything that breaks it.
fn check(rule: impl Fn(Locale, &str) -> Vec<String>) {
    let mut broken = Vec::new();
    for locale in Locale::ALL {
        for (place, text) in texts(locale) {
            broken.extend(rule(locale, &text).into_iter().map(|what| format!("{place}: {what}")));
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

fn texts(locale: Locale) -> Vec<(String, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(locale.name());
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "ftl") {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        for entry in parser::parse(source.as_str()).unwrap().body {
            if let Entry::Message(message) = entry {
                let place = format!("{}/{file}: {}", locale.name(), message.id.name);
                let readings = message.value.map_or_else(Vec::new, |value| readings(&value));
                texts.extend(readings.into_iter().map(|text| (place.clone(), text)));
            }
        }
    }
    assert!(texts.len() > 500, "the texts were found");
    texts
}

/// The pattern with each of its variants; a variable counts as four characters.
fn readings(pattern: &Pattern<&str>) -> Vec<String> {
    let mut all = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            PatternElement::TextElement { value } => vec![(*value).to_owned()],
            PatternElement::Placeable { expression } => placed(expression),
        };
        all = all.iter().flat_map(|head| parts.iter().map(move |part| format!("{head}{part}"))).collect();
    }
    all
}

fn placed(expression: &Expression<&str>) -> Vec<String> {
    match expression {
        Expression::Select { variants, .. } => variants.iter().flat_map(|variant| readings(&variant.value)).collect(),
        Expression::Inline(InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value }) => {
            vec![(*value).to_owned()]
        }
        Expression::Inline(InlineExpression::Placeable { expression }) => placed(expression),
        Expression::Inline(_) => vec!["1234".to_owned()],
    }
}
