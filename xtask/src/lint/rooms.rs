//! Which room may use which: the table of ARCHITECTURE.md as law.

use crate::{failure::Failure, process};
use serde::Deserialize;
use std::collections::BTreeSet;

/// A room and what it may use in what it ships. A room missing here may use nothing of ours.
const LAW: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("wire", &["domain"]),
    ("pki", &["domain"]),
    ("wording", &["domain"]),
    ("db", &["domain"]),
    ("ui", &[]),
    ("runtime", &["domain"]),
    ("tlog", &["domain"]),
    ("export", &["domain", "wire", "wording"]),
    ("pdf", &["export"]),
    ("store", &["domain", "db"]),
    ("portal", &["domain", "wire", "pki", "tlog", "wording", "store", "export"]),
    ("app", &["domain", "portal", "tlog", "ui", "wording"]),
    ("server", &["app", "domain", "pki", "portal", "runtime", "store", "tlog", "wire", "wording"]),
    ("frontend", &["app"]),
    ("linkage", &["domain", "wire", "pki", "tlog", "db", "ui", "runtime"]),
    ("card", &["domain", "wire", "pki", "ui", "runtime"]),
    ("municipality", &["domain", "wire", "pki", "db", "wording", "ui", "runtime"]),
    ("xtask", &[]),
];

/// Stories, measurements and the hunt for bad bytes may use every room. Nobody may use them.
const BESIDE: [&str; 3] = ["stories", "bench", "fuzz"];

/// Every edge that the law does not allow.
pub(super) fn check() -> Result<Vec<String>, Failure> {
    let text = process::read(process::cargo().args(["metadata", "--no-deps", "--format-version", "1", "--locked"]))?;
    findings(&text)
}

fn findings(metadata: &str) -> Result<Vec<String>, Failure> {
    let metadata: Metadata =
        serde_json::from_str(metadata).map_err(|source| Failure::Json { what: "cargo metadata".to_owned(), source })?;
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let mut findings = Vec::new();
    for package in metadata.packages.iter().filter(|package| !BESIDE.contains(&package.name.as_str())) {
        let Some((_, allowed)) = LAW.iter().find(|(room, _)| *room == package.name) else {
            findings.push(format!("{}: a room that the table does not know", package.name));
            continue;
        };
        for edge in package.dependencies.iter().filter(|edge| edge.ships() && ours.contains(edge.name.as_str())) {
            if !allowed.contains(&edge.name.as_str()) {
                findings.push(format!(
                    "{} uses {}: the table of ARCHITECTURE.md does not allow it",
                    package.name, edge.name
                ));
            }
        }
    }
    Ok(findings)
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Edge>,
}

#[derive(Deserialize)]
struct Edge {
    name: String,
    kind: Option<String>,
}

impl Edge {
    /// Tests may use what they like.
    fn ships(&self) -> bool {
        self.kind.as_deref() != Some("dev")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(room: &str, uses: &str, kind: &str) -> String {
        format!(
            r#"{{"packages":[{{"name":"{room}","dependencies":[{{"name":"{uses}","kind":{kind}}}]}},{{"name":"{uses}","dependencies":[]}}]}}"#
        )
    }

    #[test]
    fn the_portal_never_uses_the_linkage_backend() {
        assert_eq!(findings(&metadata("portal", "linkage", "null")).unwrap().len(), 1);
        assert_eq!(findings(&metadata("server", "card", "\"build\"")).unwrap().len(), 1);
    }

    #[test]
    fn an_edge_of_the_table_and_an_edge_of_tests_pass() {
        assert!(findings(&metadata("store", "db", "null")).unwrap().is_empty());
        assert!(findings(&metadata("server", "linkage", "\"dev\"")).unwrap().is_empty());
    }

    #[test]
    fn stories_use_everybody_and_nobody_uses_them() {
        assert_eq!(findings(&metadata("stories", "linkage", "null")).unwrap(), Vec::<String>::new());
        assert_eq!(findings(&metadata("portal", "stories", "null")).unwrap().len(), 1);
    }

    #[test]
    fn a_new_room_must_enter_the_table_first() {
        assert!(findings(&metadata("attic", "domain", "null")).unwrap().iter().any(|said| said.contains("attic")));
    }

    #[test]
    fn the_table_has_no_circle() {
        fn reaches(from: &str, to: &str) -> bool {
            let uses = LAW.iter().find(|(room, _)| *room == from).map_or(&[][..], |(_, uses)| *uses);
            uses.iter().any(|used| *used == to || reaches(used, to))
        }
        for (room, _) in LAW {
            assert!(!reaches(room, room), "{room}");
        }
    }
}
