//! What must not appear beneath a room, however far down.

use crate::{failure::Failure, process};

struct Rule {
    room: &'static str,
    /// Features and target that decide what is beneath.
    arguments: &'static [&'static str],
    /// Families of packages: `tokio` means `tokio` and `tokio-…`.
    never: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule { room: "domain", arguments: &[], never: &["tokio", "sqlx", "axum", "leptos"] },
    Rule { room: "wire", arguments: &[], never: &["tokio", "sqlx", "axum", "leptos"] },
    Rule { room: "wording", arguments: &[], never: &["tokio", "sqlx", "axum", "leptos"] },
    Rule { room: "tlog", arguments: &[], never: &["tokio", "sqlx", "axum", "leptos"] },
    Rule { room: "export", arguments: &[], never: &["tokio", "sqlx", "axum", "leptos", "typst"] },
    // The typesetter has a process of its own.
    Rule { room: "server", arguments: &[], never: &["typst", "krilla"] },
    Rule {
        room: "app",
        arguments: &["--no-default-features", "--features", "hydrate", "--target", "wasm32-unknown-unknown"],
        never: &["tokio", "sqlx", "axum", "fluent"],
    },
];

/// Every forbidden package with the room it was found beneath.
pub(super) fn check() -> Result<Vec<String>, Failure> {
    let rooms = process::read(process::cargo().args(["metadata", "--no-deps", "--format-version", "1", "--locked"]))?;
    let mut findings = Vec::new();
    // A rule for a room that is not built yet waits for it.
    for rule in RULES.iter().filter(|rule| rooms.contains(&format!("\"name\":\"{}\"", rule.room))) {
        let mut tree = process::cargo();
        tree.args([
            "tree",
            "--package",
            rule.room,
            "--edges",
            "normal",
            "--prefix",
            "none",
            "--format",
            "{p}",
            "--locked",
        ]);
        tree.args(rule.arguments);
        findings.extend(rule.broken_by(&process::read(&mut tree)?));
    }
    Ok(findings)
}

impl Rule {
    fn broken_by(&self, tree: &str) -> Vec<String> {
        let mut beneath: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
        beneath.sort_unstable();
        beneath.dedup();
        beneath
            .into_iter()
            .filter(|name| self.never.iter().any(|family| is_of(name, family)))
            .map(|name| {
                format!("{} has {name} beneath it: `cargo tree -p {} -i {name}` shows why", self.room, self.room)
            })
            .collect()
    }
}

fn is_of(name: &str, family: &str) -> bool {
    name.strip_prefix(family).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_the_package_and_its_relatives() {
        assert!(is_of("tokio", "tokio") && is_of("tokio-util", "tokio") && is_of("leptos_axum", "leptos"));
        assert!(!is_of("tokiopsis", "tokio"));
    }

    #[test]
    fn a_forbidden_package_far_down_is_found_once() {
        let rule = Rule { room: "domain", arguments: &[], never: &["sqlx"] };
        let tree = "domain v0.1.0 (/x)\nserde v1.0.0\nsqlx-core v0.9.0\nsqlx-core v0.9.0 (*)\n";
        assert_eq!(rule.broken_by(tree).len(), 1);
        assert!(rule.broken_by("domain v0.1.0\nserde v1.0.0\n").is_empty());
    }
}
