//! Inside the linkage backend the parties are strangers: they meet over their listeners only.

use super::source::Source;

/// One module a party.
const PARTIES: [&str; 7] = ["register", "numbers", "jlis", "jpki", "core", "institution", "issuer"];

/// Every line by which one party reaches into another's module.
pub(super) fn check(sources: &[Source]) -> Vec<String> {
    let mut findings = Vec::new();
    for source in sources {
        let Some(party) = party_of(&source.path) else { continue };
        for (number, line) in source.shipped_lines() {
            for other in PARTIES.iter().filter(|other| **other != party) {
                if line.contains(&format!("crate::{other}::")) || line.contains(&format!("use crate::{other};")) {
                    findings.push(format!("{}:{number}: {party} reaches into {other}", source.path));
                }
            }
        }
    }
    findings
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
        assert_eq!(findings("linkage/src/core/mediate.rs", "use crate::register::residents;\n"), 1);
        assert_eq!(findings("linkage/src/jlis.rs", "let row = crate::core::id_table::find(tx);\n"), 1);
    }

    #[test]
    fn a_party_s_own_module_its_tests_and_the_plumbing_are_free() {
        assert_eq!(findings("linkage/src/core/mediate.rs", "use crate::core::log;\nuse crate::party::Peers;\n"), 0);
        assert_eq!(findings("linkage/src/core.rs", "#[cfg(test)]\nmod tests { use crate::register::router; }\n"), 0);
        assert_eq!(findings("linkage/src/serve.rs", "use crate::core::router;\n"), 0);
    }
}
