//! The program as an operator meets it: what is wrong is said in words, with a status that a script can read.
#![expect(clippy::unwrap_used, reason = "clippy sees helpers of an integration test as shipped code")]

use std::process::{Command, Output};

/// Wrong words, as clap says them.
const MISUSED: Option<i32> = Some(2);
const FAILED: Option<i32> = Some(1);

fn linkage(words: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_linkage"));
    command.args(words.split_whitespace()).env_remove("DATA").env_remove("CLOCK").env_remove("LOG");
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
}

fn is_refused(words: &str, status: Option<i32>, said: &str) {
    let (code, text) = linkage(words);
    assert!(code == status && text.contains(said), "{words}: {code:?}: {text}");
}

#[test]
fn every_command_explains_itself() {
    for (words, said) in [
        ("--help", "Mock linkage backend"),
        ("world --help", "--residents"),
        ("serve --help", "--admin"),
        ("simulate --help", "--rate"),
        ("event --help", "face-change"),
        ("event move --help", "--municipality"),
        ("event rename --help", "--name"),
        ("event renewal --help", "locked"),
        ("event hand-over --help", "handed over"),
        ("event first-issue --help", "without a card"),
        ("rotate-key --help", "PORTAL"),
        ("report list --help", "what people reported"),
        ("report answer --help", "no-mistake"),
        ("backup --help", "while everything runs"),
        ("restore --help", "empty data directory"),
        ("expire-access-records --help", "--days"),
    ] {
        let (code, text) = linkage(words);
        assert!(code == Some(0) && text.contains(said), "{words}: {text}");
    }
}

#[test]
fn without_a_command_the_commands_are_listed() {
    is_refused("", MISUSED, "rotate-key");
}

#[test]
fn an_unknown_word_is_named() {
    for words in ["simulate --dais 3", "event steal card-0001", "rotate", "world extra", "serve --port 1"] {
        let unknown = words.split_whitespace().last().unwrap();
        let (code, text) = linkage(words);
        let said = words.split_whitespace().any(|word| text.contains(&format!("'{word}'")));
        assert!(code == MISUSED && said, "{unknown}: {text}");
    }
}

#[test]
fn impossible_amounts_are_refused_with_the_bounds() {
    for (words, said) in [
        ("simulate --days 0", "0 is not in 1..=390"),
        ("simulate --days 391", "391 is not in 1..=390"),
        ("simulate --days -3", "-3"),
        ("simulate --days many", "invalid digit"),
        ("simulate --rate 0", "0 is not in 1..=100000"),
        ("simulate --rate -1", "-1"),
        ("world --residents 0", "0 is not in 1..=10000000"),
        ("world --residents 1000000000", "1000000000 is not in 1..=10000000"),
        ("world --residents 99999999999999", "99999999999999"),
        ("world --cards -1", "-1"),
        ("world --cards 10000", "10000 is not in 0..=9999"),
        ("world --seed -1", "-1"),
        ("--clock yesterday serve", "yesterday"),
        ("serve --admin 8081", "8081"),
    ] {
        is_refused(words, MISUSED, said);
    }
}

#[test]
fn more_cards_than_people_or_fewer_people_than_the_demo_s_own_make_no_world() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("world");
    for (words, said) in [("--residents 5", "ask for as many or more, not for 5"), ("--cards 500", "500 cards")] {
        is_refused(&format!("world --data {} {words}", data.display()), FAILED, said);
    }
    assert!(!data.exists(), "nothing is begun");
}

#[test]
fn what_needs_a_world_says_how_to_make_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().display();
    for words in [
        "simulate",
        "rotate-key NTA",
        "event loss card-0001",
        "event death card-0001",
        "event renewal card-0001",
        "event hand-over card-0001",
        "event first-issue nobody",
        "expire-access-records --days 1",
        "backup /nowhere/backup",
        "serve",
    ] {
        is_refused(&format!("{words} --data {data}"), FAILED, "linkage world");
    }
}

#[test]
fn what_is_no_backup_is_not_restored_and_no_days_expire_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    is_refused(&format!("restore /nowhere --data {}", data.display()), FAILED, "no complete backup");
    is_refused("restore --data x", MISUSED, "<FROM>");
    is_refused("expire-access-records --days 0", MISUSED, "0");
    is_refused("expire-access-records --days -3", MISUSED, "-3");
}

#[test]
fn only_holders_of_codes_have_a_key_to_rotate() {
    for org in ["CORE", "JLIS", "XYZ", "131016", "nta", "-"] {
        is_refused(&format!("rotate-key -- {org}"), MISUSED, org);
    }
    is_refused("rotate-key XYZ", MISUSED, "only these hold link codes: NTA, ");
    is_refused("rotate-key", MISUSED, "<ORG>");
}

#[test]
fn an_event_names_its_card_and_where_somebody_moves() {
    is_refused("event loss", MISUSED, "<CARD>");
    is_refused("event rename card-0001", MISUSED, "--name");
    is_refused("event rename card-0001 --name=", MISUSED, "name");
    is_refused("event move card-0001 --municipality NTA", MISUSED, "141003, ");
    is_refused("event move card-0001 --municipality 999999", MISUSED, "141003, ");
    is_refused("event move card-0001 --address=", MISUSED, "has letters");
}

#[test]
fn a_log_filter_with_a_typo_is_refused() {
    is_refused("serve --log linkage=lots --data /nowhere", FAILED, "`linkage=lots`");
}
