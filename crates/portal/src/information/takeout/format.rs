//! In what form.

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TakeoutFormat {
    /// Everything in one ZIP, with the institutions' signatures.
    Archive,
    /// PDF/A.
    Pdf,
    /// One table for spreadsheet programs.
    Csv,
    /// Data for programs.
    Json,
    /// A page to read without a network.
    Page,
    /// Access records alone, as a table.
    RecordsCsv,
}

impl TakeoutFormat {
    /// Every one.
    pub const ALL: [Self; 6] = [Self::Archive, Self::Pdf, Self::Page, Self::Csv, Self::Json, Self::RecordsCsv];

    /// As forms name it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Archive => "zip",
            Self::Pdf => "pdf",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Page => "html",
            Self::RecordsCsv => "records-csv",
        }
    }

    /// The reverse of [`TakeoutFormat::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What the file is called.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Archive => "my-information.zip",
            Self::Pdf => "my-information.pdf",
            Self::Csv => "my-information.csv",
            Self::Json => "my-information.json",
            Self::Page => "my-information.html",
            Self::RecordsCsv => "access-records.csv",
        }
    }

    /// For `Content-Type`.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Archive => "application/zip",
            Self::Pdf => "application/pdf",
            Self::Csv | Self::RecordsCsv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Page => "text/html; charset=utf-8",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in TakeoutFormat::ALL {
            assert_eq!(TakeoutFormat::from_name(format.name()), Some(format));
        }
        assert_eq!(TakeoutFormat::from_name("exe"), None);
    }
}
