//! Writes the Rust side of the texts.

use std::fmt::Write as _;

use crate::catalogue::{Bundle, Checked, ERROR_PARTS};

/// The file that `src/key.rs` and `src/books.rs` include.
pub(crate) fn rust(checked: &Checked) -> String {
    let mut out = String::new();
    out.push_str(
        "/// One constant a key; its text in Japanese is its documentation.\npub mod key {\nuse crate::Key;\n",
    );
    for (key, message) in &checked.pages {
        let variables: Vec<&String> = message.variables.iter().collect();
        let doc = format!("```text\n{}\n```", message.text);
        let _ =
            writeln!(out, "#[doc = {doc:?}]\npub const {}: Key = Key::new({key:?}, &{variables:?});", constant(key));
    }
    let names: Vec<String> = checked.pages.keys().map(|key| constant(key)).collect();
    let _ = writeln!(out, "/// Every key, in order.\npub const ALL: &[Key] = &[{}];\n}}", names.join(", "));

    out.push_str("/// One constant a worded error.\npub mod error_case {\nuse crate::{ErrorCase, key};\n");
    for case in &checked.errors {
        let [title, what, next] = ERROR_PARTS.map(|part| constant(&format!("error-{case}-{part}")));
        let doc = checked.pages.get(&format!("error-{case}-title")).map_or("", |message| message.text.as_str());
        let _ = writeln!(
            out,
            "#[doc = {doc:?}]\npub const {}: ErrorCase = ErrorCase::new({case:?}, key::{title}, key::{what}, key::{next});",
            constant(case)
        );
    }
    let cases: Vec<String> = checked.errors.iter().map(|case| constant(case)).collect();
    let _ =
        writeln!(out, "/// Every worded error, in order.\npub const ALL: &[ErrorCase] = &[{}];\n}}", cases.join(", "));

    let _ = writeln!(out, "const PAGES: [&[&str]; 3] = {};", included(&checked.page_files));
    let versioned = [
        ("DICTIONARIES", &checked.dictionaries),
        ("SENTENCES", &checked.sentences),
        ("INFORMATION", &checked.information),
    ];
    for (name, versions) in versioned {
        let bundles: Vec<String> = versions.values().map(included).collect();
        let _ = writeln!(out, "const {name}: [[&[&str]; 3]; {}] = [{}];", bundles.len(), bundles.join(", "));
    }
    out
}

/// `HOME_TITLE` for `home-title`.
fn constant(key: &str) -> String {
    key.replace('-', "_").to_uppercase()
}

fn included(bundle: &Bundle) -> String {
    let locales = bundle.each_ref().map(|paths| {
        let files: Vec<String> = paths.iter().map(|path| format!("include_str!({path:?})")).collect();
        format!("&[{}]", files.join(", "))
    });
    format!("[{}]", locales.join(", "))
}
