use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::*;

/// Texts whose keys are put together: of refusals and of what was done.
const MADE: [&str; 2] = ["refused-", "done-"];

/// Each key with the variables of its text.
fn there() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let lines = FILES.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut there = BTreeMap::new();
    for line in lines {
        let (key, text) = line.split_once(" = ").unwrap_or_else(|| panic!("no text: {line}"));
        let variables = text.split("{ $").skip(1).filter_map(|rest| rest.split(' ').next()).collect();
        assert!(there.insert(key, variables).is_none(), "{key} is there twice");
    }
    there
}

/// The sources in a folder but for tests, as one text.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().unwrap() != "tests" {
                all.push_str(&sources(&path));
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") && path.file_name().unwrap() != "tests.rs" {
            all.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
    all
}

/// What stands in quotation marks after each of these.
fn quoted<'s>(source: &'s str, before: &'s str) -> impl Iterator<Item = &'s str> {
    source.split(before).skip(1).filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}

#[test]
fn every_text_that_is_asked_for_is_there_and_every_one_that_is_there_is_asked_for() {
    let source = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let there = there();
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    let calls = [("say(", false), ("owned(", false), ("say_with(", true), ("named(", true), ("begins(", true)];
    for (call, filled) in calls {
        for key in quoted(&source, call) {
            let variables = there.get(key).unwrap_or_else(|| panic!("{key} has no text"));
            assert_eq!(variables.is_empty(), !filled, "{key} is asked for in the other way");
            asked.insert(key);
        }
    }
    let unasked: Vec<_> =
        there.keys().filter(|key| !asked.contains(*key) && !MADE.iter().any(|made| key.starts_with(made))).collect();
    assert!(unasked.is_empty(), "{unasked:?}");
}

#[test]
fn every_text_can_be_told() {
    for (key, variables) in there() {
        let values: Vec<_> = variables.iter().map(|name| (*name, Value::from("字"))).collect();
        let told = if variables.is_empty() { say(key).to_owned() } else { say_with(key, &values) };
        assert!(!told.is_empty() && !told.contains('$'), "{key}: {told}");
    }
    assert_eq!(say_with("people", &[("count", 12_300_u64.into())]), "12,300人");
    assert!(say("fault-not-object").contains(r#"{"link_code":"#));
}
