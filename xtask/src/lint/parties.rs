//! Inside the linkage backend the parties are strangers: they meet over their listeners only, and none opens another's
//! database. What one says to the other is the other's public message type, at the root of its module.

use super::source::Source;

/// One module a party, and one family of databases a party.
const PARTIES: [&str; 7] = ["register", "numbers", "jlis", "jpki", "core", "institution", "issuer"];

/// Every line by which one party reaches into another's insides.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| !source.is_tests()) {
        let Some(party) = party_of(&source.path) else { continue };
        for (number, line) in source.shipped_lines() {
            for other in PARTIES.iter().filter(|other| **other != party) {
                if reaches_into(line, other) || line.contains(&format!(".database(\"{other}")) {
                    findings.push(format!("{}:{number}: {party} reaches into {other}", source.path));
                }
            }
        }
    }
    findings
}

/// Whether the line names a module within the other's module: `crate::core::id_table::…`.
fn reaches_into(line: &str, other: &str) -> bool {
    let prefix = format!("crate::{other}::");
    line.match_indices(&prefix).any(|(at, _)| {
        let rest = line.get(at + prefix.len()..).unwrap_or_default();
        let name: String = rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect();
        !name.is_empty() && name != "message" && rest.get(name.len()..).is_some_and(|after| after.starts_with("::"))
    })
}

fn party_of(path: &str) -> Option<&str> {
    let beneath = path.strip_prefix("linkage/src/")?;
    let name = beneath.split('/').next()?.trim_end_matches(".rs");
    PARTIES.into_iter().find(|party| *party == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        check(&[Source { path: path.to_owned(), text: text.to_owned() }]).len()
    }

    #[test]
    fn a_party_that_reads_another_s_tables_is_found() {
        assert_eq!(findings("linkage/src/core/mediate.rs", "use crate::register::residents::find;\n"), 1);
        assert_eq!(findings("linkage/src/jlis.rs", "let row = crate::core::id_table::find(tx);\n"), 1);
        assert_eq!(findings("linkage/src/jlis.rs", "let pool = open(data.database(\"core\"));\n"), 1);
    }

    #[test]
    fn messages_to_a_party_are_for_everybody() {
        assert_eq!(findings("linkage/src/jpki/issue.rs", "use crate::register::{ChangeNotice, PERSON_UNKNOWN};\n"), 0);
        assert_eq!(findings("linkage/src/jpki/issue.rs", "use crate::register::message::ChangeNotice;\n"), 0);
    }

    #[test]
    fn a_party_s_own_module_its_tests_and_the_plumbing_are_free() {
        assert_eq!(
            findings("linkage/src/core/mediate.rs", "use crate::core::log::write;\nuse crate::party::Peers;\n"),
            0
        );
        assert_eq!(findings("linkage/src/core.rs", "#[cfg(test)]\nmod tests { use crate::register::a::b; }\n"), 0);
        assert_eq!(findings("linkage/src/core/tests.rs", "use crate::register::residents::find;\n"), 0);
        assert_eq!(findings("linkage/src/serve.rs", "use crate::core::log::write;\n"), 0);
    }
}
