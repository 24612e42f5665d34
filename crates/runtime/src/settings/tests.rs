use std::collections::HashMap;
use std::net::SocketAddr;

use proptest::prelude::*;
use serde::Deserialize;
use tempfile::TempDir;

use super::*;
use crate::LogFormat;

#[derive(Debug, Deserialize)]
struct Portal {
    listen: SocketAddr,
    #[serde(default)]
    log_format: LogFormat,
    #[serde(default)]
    mirrors: Vec<String>,
    database: Database,
    tls: Option<Tls>,
}

#[derive(Debug, Deserialize)]
struct Database {
    url: Secret,
    #[serde(default = "eight")]
    connections_max: u16,
}

fn eight() -> u16 {
    8
}

#[derive(Debug, Deserialize)]
struct Tls {
    cert_file: std::path::PathBuf,
}

/// A directory with a settings file, and an environment.
struct Desk {
    directory: TempDir,
    environment: HashMap<String, String>,
}

const GOOD: &str = "listen = \"127.0.0.1:8080\"\n[database]\nurl = \"postgres://hidden\"\n";

impl Desk {
    fn with(toml: &str) -> Self {
        let desk = Self { directory: tempfile::tempdir().unwrap(), environment: HashMap::new() };
        desk.file("portal.toml", toml);
        desk
    }

    fn file(&self, name: &str, content: &str) -> String {
        let path = self.directory.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn set(mut self, key: &str, value: &str) -> Self {
        self.environment.insert(key.to_owned(), value.to_owned());
        self
    }

    fn load(&self) -> Result<Portal, SettingsError> {
        let file = self.directory.path().join("portal.toml");
        load_from(Some(&file), "PORTAL", self.environment.clone())
    }

    fn refused(&self) -> String {
        let refused = self.load().unwrap_err().to_string();
        assert!(!refused.contains("hidden"), "shows a secret: {refused}");
        refused
    }
}

#[test]
fn a_file_is_enough() {
    let portal = Desk::with(GOOD).load().unwrap();
    assert_eq!(portal.listen.port(), 8080);
    assert_eq!(portal.database.url.expose(), "postgres://hidden");
    assert_eq!(portal.database.connections_max, 8);
    assert_eq!(portal.log_format, LogFormat::Text);
    assert!(portal.tls.is_none());
}

#[test]
fn the_environment_is_enough() {
    let environment = [("PORTAL__LISTEN", "[::1]:80"), ("PORTAL__DATABASE__URL", "x"), ("OTHER__LISTEN", "no")];
    let environment = environment.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let portal: Portal = load_from(None, "PORTAL", environment).unwrap();
    assert_eq!(portal.listen.to_string(), "[::1]:80");
}

#[test]
fn the_environment_goes_before_the_file() {
    let desk = Desk::with(GOOD)
        .set("PORTAL__DATABASE__CONNECTIONS_MAX", "32")
        .set("PORTAL__LOG_FORMAT", "json")
        .set("PORTAL__MIRRORS", "a, b");
    let portal = desk.load().unwrap();
    assert_eq!(portal.database.connections_max, 32);
    assert_eq!(portal.log_format, LogFormat::Json);
    assert_eq!(portal.mirrors, ["a", "b"]);
}

#[test]
fn an_unknown_key_is_named_with_its_file_and_its_neighbours() {
    let refused = Desk::with(&format!("{GOOD}conections_max = 3\n")).refused();
    assert!(refused.contains("`database.conections_max`"), "{refused}");
    assert!(refused.contains("portal.toml"), "{refused}");
    assert!(refused.contains("`connections_max`"), "{refused}");
}

#[test]
fn an_unknown_variable_is_named_as_it_was_set() {
    let refused = Desk::with(GOOD).set("PORTAL__DATABSE__URL", "hidden").refused();
    assert!(refused.contains("environment variable PORTAL__DATABSE"), "{refused}");
}

#[test]
fn a_missing_secret_is_an_error_that_says_how_to_set_it() {
    let refused = Desk::with("listen = \"127.0.0.1:8080\"\n[database]\n").refused();
    assert!(refused.contains("`database.url`: is missing"), "{refused}");
    assert!(refused.contains("PORTAL__DATABASE__URL_FILE"), "{refused}");
}

#[test]
fn a_missing_section_is_named() {
    let refused = Desk::with("listen = \"127.0.0.1:8080\"\n").refused();
    assert!(refused.contains("`database`: is missing"), "{refused}");
}

#[test]
fn a_secret_comes_from_a_file_without_its_line_end() {
    let desk = Desk::with("listen = \"127.0.0.1:8080\"\n");
    let secret = desk.file("secret", "0012\r\n");
    let portal = desk.set("PORTAL__DATABASE__URL_FILE", &secret).load().unwrap();
    assert_eq!(portal.database.url.expose(), "0012");
}

#[test]
fn a_secret_of_digits_stays_what_it_is() {
    let desk = Desk::with(GOOD).set("PORTAL__DATABASE__URL", "007");
    assert_eq!(desk.load().unwrap().database.url.expose(), "007");
}

#[test]
fn a_secret_file_in_the_environment_goes_before_a_secret_in_the_file() {
    let desk = Desk::with(GOOD);
    let secret = desk.file("secret", "from the file");
    let portal = desk.set("PORTAL__DATABASE__URL_FILE", &secret).load().unwrap();
    assert_eq!(portal.database.url.expose(), "from the file");
}

#[test]
fn a_value_and_a_file_for_it_are_not_both_taken() {
    let desk = Desk::with(&format!("{GOOD}url_file = \"x\"\n"));
    desk.file("x", "hidden");
    assert!(desk.refused().contains("`database.url_file`"));
    let desk = Desk::with(GOOD);
    let secret = desk.file("secret", "hidden");
    let desk = desk.set("PORTAL__DATABASE__URL_FILE", &secret).set("PORTAL__DATABASE__URL", "hidden");
    assert!(desk.refused().contains("both given"));
}

#[test]
fn a_secret_file_that_is_missing_or_too_long_is_named() {
    let refused = Desk::with(GOOD).set("PORTAL__DATABASE__URL_FILE", "/nowhere/secret").refused();
    assert!(refused.contains("/nowhere/secret"), "{refused}");
    let desk = Desk::with(GOOD);
    let long = desk.file("long", &"x".repeat(65_537));
    assert!(desk.set("PORTAL__DATABASE__URL_FILE", &long).refused().contains("64 KiB"));
}

#[test]
fn an_empty_secret_is_refused() {
    let refused = Desk::with(GOOD).set("PORTAL__DATABASE__URL", "").refused();
    assert!(refused.contains("`database.url`"), "{refused}");
    assert!(refused.contains("must not be empty"), "{refused}");
}

#[test]
fn a_field_that_is_called_file_is_a_path() {
    let portal = Desk::with(&format!("{GOOD}[tls]\ncert_file = \"a.pem\"\n")).load().unwrap();
    assert_eq!(portal.tls.unwrap().cert_file.to_str(), Some("a.pem"));
}

#[test]
fn a_value_of_the_wrong_kind_is_named_without_being_shown() {
    let refused = Desk::with(GOOD).set("PORTAL__DATABASE__CONNECTIONS_MAX", "hidden").refused();
    assert!(refused.contains("`database.connections_max`"), "{refused}");
    assert!(refused.contains("whole number"), "{refused}");
    let refused = Desk::with(GOOD).set("PORTAL__DATABASE__CONNECTIONS_MAX", "70000").refused();
    assert!(refused.contains("u16"), "{refused}");
    let refused = Desk::with(GOOD).set("PORTAL__LOG_FORMAT", "xml").refused();
    assert!(refused.contains("`text`, `json`"), "{refused}");
    let refused = Desk::with(GOOD).set("PORTAL__LISTEN", "8080").refused();
    assert!(refused.contains("`listen`"), "{refused}");
}

#[test]
fn what_is_no_toml_is_refused_by_line_without_being_shown() {
    let refused = Desk::with("listen = \"127.0.0.1:8080\"\nurl = hidden\n").refused();
    assert!(refused.contains("line 2"), "{refused}");
    assert!(refused.contains("portal.toml"), "{refused}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let refused = load::<Portal>(Some(Path::new("/nowhere/portal.toml")), "PORTAL").unwrap_err();
    assert!(refused.to_string().contains("/nowhere/portal.toml"));
}

#[test]
fn a_secret_shows_its_type_only() {
    let portal = Desk::with(GOOD).load().unwrap();
    let shown = format!("{portal:?}");
    assert!(shown.contains("url: Secret"), "{shown}");
    assert!(!shown.contains("hidden"), "{shown}");
}

proptest! {
    #[test]
    fn any_file_is_answered(toml in "[a-z_\\[\\]=\"\n.0-9]{0,200}") {
        let _ = Desk::with(&toml).load();
    }
}
