//! Words that do not belong in code.

use super::source::Source;

struct Word {
    /// Written in two halves, so that this file does not find itself.
    halves: [&'static str; 2],
    /// Empty: everywhere.
    only_in: &'static [&'static str],
    because: &'static str,
}

const PURE: &[&str] =
    &["crates/domain/src/", "crates/wire/src/", "crates/wording/src/", "crates/tlog/src/", "crates/export/src/"];

const WORDS: &[Word] = &[
    Word { halves: ["todo", "!("], only_in: &[], because: "nothing here pretends to be written" },
    Word { halves: ["unimpl", "emented!("], only_in: &[], because: "nothing here pretends to be written" },
    Word { halves: ["#[al", "low("], only_in: &[], because: "an exception is an #[expect(…, reason)]" },
    Word { halves: ["#![al", "low("], only_in: &[], because: "an exception is an #[expect(…, reason)]" },
    Word { halves: ["Timestamp::", "now("], only_in: PURE, because: "a pure room has no clock" },
    Word { halves: ["Instant::", "now("], only_in: PURE, because: "a pure room has no clock" },
    Word { halves: ["SystemTime::", "now("], only_in: PURE, because: "a pure room has no clock" },
];

/// The only files of this name: bodies that two drivers include by path.
const SHARED_BODIES: [&str; 2] = ["crates/store/src/queries/mod.rs", "municipality/src/store/queries/mod.rs"];

/// Every forbidden word with its place, and every file whose name hides what is in it.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut findings = Vec::new();
    for source in sources {
        if source.path.ends_with("/mod.rs") && !SHARED_BODIES.contains(&source.path.as_str()) {
            findings.push(format!("{}: a folder's file is named like the folder", source.path));
        }
        for word in WORDS.iter().filter(|word| word.concerns(&source.path)) {
            let text = word.halves.concat();
            for (number, line) in (1..).zip(source.text.lines()) {
                if line.contains(&text) {
                    findings.push(format!("{}:{number}: {text}: {}", source.path, word.because));
                }
            }
        }
    }
    findings
}

impl Word {
    fn concerns(&self, path: &str) -> bool {
        self.only_in.is_empty() || self.only_in.iter().any(|folder| path.starts_with(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(path: &str, text: &str) -> Vec<Source> {
        vec![Source { path: path.to_owned(), text: text.to_owned() }]
    }

    #[test]
    fn an_unwritten_place_is_found_with_its_line() {
        let text = format!("fn a() {{\n    {}\"later\")\n}}\n", ["todo", "!("].concat());
        assert!(check(&source("app/src/a.rs", &text)).iter().any(|said| said.starts_with("app/src/a.rs:2:")));
    }

    #[test]
    fn a_clock_is_forbidden_only_where_rooms_are_pure() {
        let text = ["Instant::", "now("].concat();
        assert_eq!(check(&source("crates/domain/src/a.rs", &text)).len(), 1);
        assert!(check(&source("crates/runtime/src/clock.rs", &text)).is_empty());
    }

    #[test]
    fn a_mod_rs_is_refused_but_for_the_shared_bodies() {
        assert_eq!(check(&source("app/src/pages/mod.rs", "")).len(), 1);
        for body in SHARED_BODIES {
            assert!(check(&source(body, "")).is_empty());
        }
    }
}
