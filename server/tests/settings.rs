//! What `my-portal check-config` and `serve` say of settings that cannot be: exit status 1, the key by its name, and
//! never a secret.
#![expect(clippy::unwrap_used, reason = "clippy sees helpers of an integration test as shipped code")]

use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Command, Output};

use domain::Locale;
use jiff::{SignedDuration, Timestamp};
use pki::SigningKey;
use pki::issue::{Authority, AuthorityName, OrganisationProfile, OrganisationUse, Validity};
use pki::key::KeyKind;
use runtime::SystemRng;
use tempfile::TempDir;
use wording::{Words, key};

/// In the middle of every certificate's life.
const NOW: &str = "2026-11-03T05:05:00Z";

/// A folder with everything that the portal needs, in the places where it looks by itself.
struct Folder(TempDir);

impl Folder {
    fn complete() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let now: Timestamp = NOW.parse().unwrap();
        let year = SignedDuration::from_hours(24 * 365);
        let validity = Validity { not_before: now - year, not_after: now + year };
        let key = || SigningKey::generate(KeyKind::P256).unwrap();
        let name = AuthorityName { organization: "Test", unit: "Organisations", common_name: "CA" };
        let authority = Authority::self_signed(&name, key(), validity, Some(0), &mut SystemRng).unwrap();
        for anchor in ["org-ca", "jpki-signature-ca", "jpki-authentication-ca"] {
            folder.has(&format!("data/pki/{anchor}.pem"), &authority.certificate().to_pem());
        }
        let portal = "PORTAL".parse().unwrap();
        let ips = [IpAddr::V4(Ipv4Addr::LOCALHOST)];
        let profile =
            OrganisationProfile { org: &portal, usage: OrganisationUse::Tls, dns: &["portal.party"], ips: &ips };
        let own = key();
        let certificate = authority.organisation(&profile, own.spki_der(), validity, &mut SystemRng).unwrap();
        folder.has("data/orgs/PORTAL/tls.pem", &certificate.to_pem());
        folder.has("data/orgs/PORTAL/tls.key", &own.to_pkcs8_pem().unwrap());
        folder.has("data/orgs/PORTAL/seal.pem", &certificate.to_pem());
        folder.has("data/orgs/PORTAL/seal.key", &own.to_pkcs8_pem().unwrap());
        folder.has("data/orgs/PORTAL/sign.pem", &certificate.to_pem());
        folder.has("data/orgs/PORTAL/sign.key", &own.to_pkcs8_pem().unwrap());
        folder.has("holding.secret", &"5ec7e7".repeat(11));
        folder.has("log.key", &tlog::NoteSigner::new("localhost/my-portal", &[7; 32]).unwrap().to_secret_text());
        folder.has("other.key", &key().to_pkcs8_pem().unwrap());
        let parties = ["CORE", "JLIS", "JPKI", "PORTAL"].map(|org| format!("{org} = \"127.0.0.1:0\"\n")).concat();
        folder.has("data/parties.toml", &format!("[parties]\n{parties}[jpki]\nhttp = \"http://127.0.0.1:9\"\n"));
        folder.has("site/assets.json", r#"{"css":"/a","js":"/b","wasm":"/c","files":[]}"#);
        folder
    }

    fn has(&self, file: &str, content: &str) {
        let path = self.0.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn runs(&self, words: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_my-portal"));
        command.args(words).args(["--clock", NOW]).current_dir(self.path()).env_clear();
        command.env("MY_PORTAL__OWN_INFORMATION__SECRET_FILE", "holding.secret");
        command.env("MY_PORTAL__LOG__KEY_FILE", "log.key").envs(environment.to_vec());
        command.output().unwrap()
    }

    /// What the check says on standard error; it must refuse, in one line for whoever looks and one for whoever reads.
    fn refusal(&self, settings: &str, environment: &[(&str, &str)]) -> String {
        self.has("my-portal.toml", settings);
        let output = self.runs(&["check-config", "--config", "my-portal.toml"], environment);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{settings} {environment:?}: {said}");
        assert!(output.stdout.is_empty() && said.lines().count() == 2, "{said}");
        said
    }
}

#[test]
fn complete_settings_are_accepted_and_nothing_is_opened() {
    let folder = Folder::complete();
    let output = folder.runs(&["check-config"], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!folder.path().join("data/portal").exists());
}

#[test]
fn a_typo_is_named_with_the_file_or_the_variable_where_it_stands() {
    let folder = Folder::complete();
    let said = folder.refusal("lsiten = \"127.0.0.1:1\"", &[]);
    assert!(said.contains("lsiten") && said.contains("my-portal.toml") && said.contains("listen"), "{said}");
    let said = folder.refusal("[limits]\ncard_steps_per_client = 1", &[]);
    assert!(said.contains("limits.card_steps_per_client"), "{said}");
    let said = folder.refusal("", &[("MY_PORTAL__JPKI__REVOCATOIN", "crl")]);
    assert!(said.contains("jpki.revocatoin") && said.contains("MY_PORTAL__JPKI__REVOCATOIN"), "{said}");
}

#[test]
fn a_value_that_cannot_be_is_named_by_its_key() {
    let folder = Folder::complete();
    for (settings, key) in [
        ("listen = \"8080\"", "listen"),
        ("origin = \"http://portal.example\"", "origin"),
        ("origin = \"https://portal.example/\"", "origin"),
        ("reader_origin = \"127.0.0.1:8790\"", "reader_origin"),
        ("database = \"mysql://localhost/portal\"", "database"),
        ("key_database = \"mysql://localhost/keys\"", "key_database"),
        ("database = \"postgres://portal@localhost/portal\"", "key_database"),
        ("demo = \"perhaps\"", "demo"),
        ("[limits]\nrequests_per_client_per_second = 0", "limits.requests_per_client_per_second"),
        ("[jpki]\nrevocation = \"oscp\"", "jpki.revocation"),
        ("[tls]\ncertificate = \"data/orgs/PORTAL/tls.pem\"", "tls.key"),
    ] {
        let said = folder.refusal(settings, &[]);
        assert!(said.contains(key), "{settings}: {said}");
    }
    let said = folder.refusal("listen = [", &[]);
    assert!(said.contains("my-portal.toml") && said.contains("TOML"), "{said}");
    let output = folder.runs(&["check-config", "--config", "nowhere.toml"], &[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("nowhere.toml"));
}

/// The message of a mistake and of a port in use, in the language of the terminal.
#[test]
fn whoever_runs_the_program_is_told_in_their_language() {
    let folder = Folder::complete();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (lang, locale) in [("ja_JP.UTF-8", Locale::Ja), ("ja_JP.UTF-8@easy", Locale::JaEasy), ("C", Locale::En)] {
        let words = Words::of(locale);
        let said = folder.refusal("lsiten = \"127.0.0.1:1\"", &[("LANG", lang)]);
        let what = words.format(key::ERROR_CONFIGURATION_WHAT_ITEM, &[("item", "lsiten".into())]);
        for part in [words.text(key::ERROR_CONFIGURATION_TITLE), what, words.text(key::ERROR_CONFIGURATION_NEXT)] {
            assert!(said.contains(&part), "expected 「{part}」: {said}");
        }
        let output = folder.runs(&["serve"], &[("MY_PORTAL__LISTEN", address.as_str()), ("LANG", lang)]);
        let said = String::from_utf8(output.stderr).unwrap();
        let what = words.format(key::ERROR_PORT_IN_USE_WHAT_ADDRESS, &[("address", address.as_str().into())]);
        for part in [words.text(key::ERROR_PORT_IN_USE_TITLE), what, words.text(key::ERROR_PORT_IN_USE_NEXT)] {
            assert!(said.contains(&part), "expected 「{part}」: {said}");
        }
    }
}

#[test]
fn words_that_the_program_does_not_know_are_status_two() {
    let folder = Folder::complete();
    assert_eq!(folder.runs(&["chek-config"], &[]).status.code(), Some(2));
    assert_eq!(folder.runs(&["check-config", "--clock", "tomorrow"], &[]).status.code(), Some(2));
}

/// Whoever forgets a key file, or gives another, is told which; a directory in its place cannot be read even by root.
#[test]
fn a_secret_that_is_missing_unreadable_or_wrong_is_named_and_never_shown() {
    for (path, key) in [
        ("data/orgs/PORTAL/tls.key", "party.identity"),
        ("data/orgs/PORTAL/tls.pem", "party.identity"),
        ("data/orgs/PORTAL/seal.key", "party.identity"),
        ("data/orgs/PORTAL/seal.pem", "party.identity"),
        ("data/pki/org-ca.pem", "party.anchor"),
        ("data/pki/jpki-signature-ca.pem", "jpki.signature_anchor"),
        ("data/pki/jpki-authentication-ca.pem", "jpki.authentication_anchor"),
        ("data/parties.toml", "party.directory"),
        ("site/assets.json", "site"),
    ] {
        let folder = Folder::complete();
        let file = folder.path().join(path);
        std::fs::remove_file(&file).unwrap();
        let missing = folder.refusal("", &[]);
        std::fs::create_dir(&file).unwrap();
        let unreadable = folder.refusal("", &[]);
        std::fs::remove_dir(&file).unwrap();
        folder.has(path, "s3cret without form");
        let wrong = folder.refusal("", &[]);
        for said in [missing, unreadable, wrong] {
            assert!(said.contains(key) && said.contains(path), "{path}: {said}");
            assert!(!said.contains("s3cret"), "{said}");
        }
    }
    let folder = Folder::complete();
    let tls = "[tls]\ncertificate = \"data/orgs/PORTAL/tls.pem\"\nkey = \"other.key\"";
    let said = folder.refusal(tls, &[]);
    assert!(said.contains("tls") && said.contains("together"), "{said}");
    let said = folder.refusal(&tls.replace("other", "absent"), &[]);
    assert!(said.contains("tls") && said.contains("absent.key"), "{said}");
}

/// Own information is held under it (P-INF-6): without it, or with one that can be guessed, nothing starts.
#[test]
fn a_holding_secret_that_is_missing_or_short_is_named_and_never_shown() {
    let folder = Folder::complete();
    let secret = |file: &str| [("MY_PORTAL__OWN_INFORMATION__SECRET_FILE", file.to_owned())];
    folder.has("short", "s3cret");
    for file in ["absent", "short", ""] {
        let environment = secret(file);
        let said = folder.refusal("", &environment.each_ref().map(|(key, value)| (*key, value.as_str())));
        assert!(said.contains("own_information.secret"), "{file}: {said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}

/// P-INF-6: with its own backups the keys would come back. Said in plain words, without the address, which may hold a password.
#[test]
fn keys_in_the_portals_own_database_are_refused_in_plain_words() {
    let folder = Folder::complete();
    for (database, keys, says) in [
        ("sqlite:data/portal/portal.sqlite", "sqlite:data/portal/../portal/portal.sqlite", None),
        ("sqlite:data/portal/portal.sqlite", "sqlite:data/./portal/portal.sqlite", Some("the portal's own database")),
        ("postgres://p:s3cret@db/portal", "postgres://k:s3cret@db:5432/portal", Some("the portal's own database")),
        ("postgres://p:s3cret@db/portal", "sqlite:keys.sqlite", Some("need PostgreSQL as well")),
    ] {
        let settings = format!("database = {database:?}\nkey_database = {keys:?}");
        if let Some(says) = says {
            let said = folder.refusal(&settings, &[]);
            assert!(said.contains("key_database") && said.contains(says) && !said.contains("s3cret"), "{said}");
        } else {
            // Two names of one file are told apart only where the folder exists.
            std::fs::create_dir_all(folder.path().join("data/portal")).unwrap();
            folder.has("data/portal/portal.sqlite", "");
            assert!(folder.refusal(&settings, &[]).contains("the portal's own database"));
        }
    }
    let said = folder.refusal("database = \"postgres://p:s3cret@db/portal\"", &[]);
    assert!(said.contains("a database of their own") && !said.contains("s3cret"), "{said}");
}

/// Without its key the portal could not say what it erased (P-INF-8); with another it would begin a second history.
#[test]
fn a_log_key_that_is_missing_or_another_logs_is_named_and_never_shown() {
    let folder = Folder::complete();
    let stranger = tlog::NoteSigner::new("localhost/other", &[8; 32]).unwrap().to_secret_text();
    folder.has("stranger", &stranger);
    folder.has("wrong", "s3cret");
    for (file, says) in [("absent", "absent"), ("wrong", "log-key"), ("stranger", "localhost/other"), ("", "log.key")] {
        let said = folder.refusal("", &[("MY_PORTAL__LOG__KEY_FILE", file)]);
        assert!(said.contains("log.key") && said.contains(says), "{file}: {said}");
        assert!(!said.contains("s3cret") && !said.contains(stranger.as_str()), "{said}");
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_my-portal"));
    command.args(["check-config", "--clock", NOW]).current_dir(folder.path()).env_clear();
    let output = command.env("MY_PORTAL__OWN_INFORMATION__SECRET_FILE", "holding.secret").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(1) && said.contains("log.key") && said.contains("log-key --new"), "{said}");
}

/// `*_FILE`: the database's address may hold a password.
#[test]
fn a_setting_in_a_file_of_its_own_that_is_not_there_is_named() {
    let folder = Folder::complete();
    let said = folder.refusal("", &[("MY_PORTAL__DATABASE_FILE", "/run/secrets/absent")]);
    assert!(said.contains("database") && said.contains("/run/secrets/absent"), "{said}");
    folder.has("database", "mysql://portal:s3cret@localhost/portal\n");
    let said = folder.refusal("", &[("MY_PORTAL__DATABASE_FILE", "database")]);
    assert!(said.contains("database") && !said.contains("s3cret"), "{said}");
    let twice = [("MY_PORTAL__DATABASE_FILE", "database"), ("MY_PORTAL__DATABASE", "sqlite:x")];
    assert!(folder.refusal("", &twice).contains("database"));
}

#[test]
fn serve_refuses_what_check_config_refuses() {
    let folder = Folder::complete();
    std::fs::remove_file(folder.path().join("data/orgs/PORTAL/tls.key")).unwrap();
    let output = folder.runs(&["serve"], &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("party.identity") && said.contains("tls.key"), "{said}");
    assert!(!folder.path().join("data/portal/portal.sqlite").exists());
}

#[test]
fn a_port_in_use_is_named_with_its_setting_and_the_database_is_left_alone() {
    let folder = Folder::complete();
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for (key, variable) in [("listen", "MY_PORTAL__LISTEN"), ("admin", "MY_PORTAL__ADMIN")] {
        let free = [("MY_PORTAL__LISTEN", "127.0.0.1:0"), ("MY_PORTAL__ADMIN", "127.0.0.1:0")];
        let environment: Vec<_> = free.into_iter().filter(|(name, _)| *name != variable).collect();
        let environment = [&environment[..], &[(variable, address.as_str())]].concat();
        let output = folder.runs(&["serve"], &environment);
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(key) && said.contains(&address) && said.contains("in use"), "{said}");
    }
    let parties = std::fs::read_to_string(folder.path().join("data/parties.toml")).unwrap();
    let parties = parties.replace("PORTAL = \"127.0.0.1:0\"", &format!("PORTAL = \"{address}\""));
    folder.has("data/parties.toml", &parties);
    let free = [("MY_PORTAL__LISTEN", "127.0.0.1:0"), ("MY_PORTAL__ADMIN", "127.0.0.1:0")];
    let said = String::from_utf8(folder.runs(&["serve"], &free).stderr).unwrap();
    assert!(said.contains("party.directory") && said.contains(&address), "{said}");
    assert!(!folder.path().join("data/portal/portal.sqlite").exists());
}
