//! The whitelist as a file that people amend.

use std::collections::HashSet;

use domain::{BpId, InfoKind};
use jiff::civil::Date;
use wire::mediation::TransferMode;

use super::{Ground, Row, Side, Whitelist};

/// The file is no whitelist.
#[derive(Debug, thiserror::Error)]
pub enum WhitelistFileError {
    /// Not the form of a whitelist file.
    #[error("the whitelist file cannot be read")]
    Form(#[from] toml::de::Error),
    /// A requester or provider is neither `municipality` nor an organisation code.
    #[error("row {row}: {text} is no organisation")]
    Side {
        /// Which row, from 1.
        row: usize,
        /// As written.
        text: String,
    },
    /// The ground is unknown.
    #[error("row {row}: the circumstance is by_law or self_view")]
    Ground {
        /// Which row, from 1.
        row: usize,
    },
    /// A row without law.
    #[error("row {row} names no law")]
    NoBasis {
        /// Which row, from 1.
        row: usize,
    },
    /// The same tuple twice.
    #[error("row {row} was there already")]
    Twice {
        /// Which row, from 1.
        row: usize,
    },
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    in_force_from: Date,
    row: Vec<FileRow>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct FileRow {
    requester: String,
    provider: String,
    info_kind: InfoKind,
    bp: BpId,
    circumstance: String,
    mode: TransferMode,
    basis: Vec<String>,
}

/// Reads a whitelist file.
pub fn parse(text: &str) -> Result<Whitelist, WhitelistFileError> {
    let file: File = toml::from_str(text)?;
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(file.row.len());
    for (index, written) in file.row.into_iter().enumerate() {
        let row = index + 1;
        let key = (written.requester.clone(), written.provider.clone(), written.info_kind.clone(), written.bp.clone());
        if !seen.insert(key) {
            return Err(WhitelistFileError::Twice { row });
        }
        if written.basis.is_empty() {
            return Err(WhitelistFileError::NoBasis { row });
        }
        rows.push(Row {
            requester: side(row, written.requester)?,
            provider: side(row, written.provider)?,
            info_kind: written.info_kind,
            bp: written.bp,
            ground: Ground::from_name(&written.circumstance).ok_or(WhitelistFileError::Ground { row })?,
            mode: written.mode,
            basis: written.basis,
        });
    }
    Ok(Whitelist::new(file.version, file.in_force_from, rows))
}

fn side(row: usize, text: String) -> Result<Side, WhitelistFileError> {
    text.parse().map_err(|_| WhitelistFileError::Side { row, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "version = 2\nin_force_from = \"2027-04-01\"\n";
    const ROW: &str = r#"
[[row]]
requester = "municipality"
provider = "NTA"
info_kind = "income"
bp = "resident-tax"
circumstance = "by_law"
mode = "gateway"
basis = ["地方税法第325条"]
"#;

    #[test]
    fn an_amended_file_has_its_own_version_and_first_day() {
        let list = parse(&format!("{HEAD}{ROW}")).unwrap();
        assert_eq!((list.version(), list.rows().count()), (2, 1));
        assert_eq!(list.in_force_from().to_string(), "2027-04-01");
    }

    #[test]
    fn a_bad_row_is_named() {
        let mistyped = ROW.replace("municipality", "141004");
        let error = parse(&format!("{HEAD}{ROW}{mistyped}")).unwrap_err();
        assert_eq!(error.to_string(), "row 2: 141004 is no organisation");
        let twice = parse(&format!("{HEAD}{ROW}{ROW}")).unwrap_err();
        assert!(matches!(twice, WhitelistFileError::Twice { row: 2 }));
        let lawless = ROW.replace("[\"地方税法第325条\"]", "[]");
        assert!(matches!(parse(&format!("{HEAD}{lawless}")), Err(WhitelistFileError::NoBasis { row: 1 })));
    }

    #[test]
    fn a_mistyped_key_is_refused() {
        let typo = ROW.replace("basis", "bases");
        assert!(matches!(parse(&format!("{HEAD}{typo}")), Err(WhitelistFileError::Form(_))));
    }
}
