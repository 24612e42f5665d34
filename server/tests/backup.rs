//! `my-portal backup` and `restore` as an operator meets them: words of three languages, and a status that a script reads.
#![expect(clippy::unwrap_used, reason = "clippy sees helpers of an integration test as shipped code")]

use std::path::Path;
use std::process::{Command, Output};

use domain::Locale;
use portal::{Store, Target};
use tempfile::TempDir;
use wording::ErrorCase;

const LANGUAGES: [(&str, Locale); 3] =
    [("ja_JP.UTF-8", Locale::Ja), ("ja_JP.UTF-8@easy", Locale::JaEasy), ("C.UTF-8", Locale::En)];

struct Terminal {
    folder: TempDir,
    database: String,
}

impl Terminal {
    fn with(database: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), database: database.to_owned() }
    }

    /// Status, and everything that was said.
    fn runs(&self, language: &str, words: &[&str]) -> (Option<i32>, String) {
        let key = tlog::NoteSigner::new("localhost/my-portal", &[7; 32]).unwrap().to_secret_text();
        let mut command = Command::new(env!("CARGO_BIN_EXE_my-portal"));
        command.args(words).current_dir(self.folder.path()).env_clear();
        command.env("LC_ALL", language).env("MY_PORTAL__DATABASE", &self.database);
        let Output { status, stdout, stderr } = command.env("MY_PORTAL__LOG__KEY", key.as_str()).output().unwrap();
        (status.code(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
    }

    /// Refused in the words of this case, in every language.
    fn is_told(&self, words: &[&str], case: &str) {
        for (language, locale) in LANGUAGES {
            let (status, said) = self.runs(language, words);
            let worded = ErrorCase::find(case).unwrap().words(locale);
            assert!(status == Some(1) && said.contains(&worded.title), "{status:?}, expected {worded:?}: {said}");
            assert!(said.contains(&worded.what), "expected {worded:?}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_out_and_comes_back_with_words_in_every_language() {
    let terminal = Terminal::with("sqlite:portal.sqlite");
    let place = |name: &str| terminal.folder.path().join(name);
    let running = Store::open(&Target::Sqlite(place("portal.sqlite"))).await.unwrap();
    for (language, _) in LANGUAGES {
        let (status, said) = terminal.runs(language, &["backup", language]);
        assert!(status == Some(0) && said.contains(language), "{status:?}: {said}");
    }
    terminal.is_told(&["backup", "C.UTF-8"], "backup-folder-taken");
    terminal.is_told(&["restore", "C.UTF-8"], "database-in-use");
    terminal.is_told(&["restore", "nowhere"], "backup-damaged");
    drop(running);

    let elsewhere = Terminal::with("sqlite:drill/portal.sqlite");
    let from = place("C.UTF-8").display().to_string();
    for (language, _) in LANGUAGES {
        let (status, said) = elsewhere.runs(language, &["restore", &from, "--force"]);
        assert!(status == Some(0) && said.contains("localhost/my-portal"), "{status:?}: {said}");
        assert!(said.contains("my-portal log-key --new"), "{said}");
    }
    elsewhere.is_told(&["restore", &from], "database-there");
    std::fs::write(Path::new(&from).join("portal.sqlite"), "torn").unwrap();
    elsewhere.is_told(&["restore", &from, "--force"], "backup-damaged");
}

#[test]
fn on_postgresql_the_line_to_run_is_shown_and_no_password() {
    let terminal = Terminal::with("postgres://portal:s3cret@127.0.0.1:1/portal");
    terminal.is_told(&["backup", "kept"], "backup-postgresql");
    for (language, _) in LANGUAGES {
        let (_, said) = terminal.runs(language, &["backup", "kept"]);
        assert!(said.contains("--exclude-table-data=held ") && !said.contains("s3cret"), "{said}");
    }
    assert!(!terminal.folder.path().join("kept").exists());
}

#[test]
fn the_commands_explain_themselves_and_wrong_words_are_said() {
    let terminal = Terminal::with("sqlite:portal.sqlite");
    for (words, status, says) in [
        (vec!["backup", "--help"], 0, "while the portal runs"),
        (vec!["restore", "--help"], 0, "--force"),
        (vec!["backup"], 2, "DIR"),
        (vec!["restore", "a", "b"], 2, "'b'"),
        (vec!["backup", "kept"], 1, "there is no database"),
    ] {
        let (ended, said) = terminal.runs("C.UTF-8", &words);
        assert!(ended == Some(status) && said.contains(says), "{words:?}: {ended:?}: {said}");
    }
}
