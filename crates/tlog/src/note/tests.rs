use super::*;
use crate::testing::signer;
use proptest::prelude::*;

/// The example of Go's package `note`, which first described the format.
const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

#[test]
fn the_known_note_is_believed() {
    let key: NoteKey = KEY.parse().unwrap();
    assert_eq!(key.name(), "PeterNeumann");
    assert!(open_note(NOTE, &[key]).unwrap().ends_with("what your problem is.\n"));
}

#[test]
fn a_changed_note_is_not() {
    let key: NoteKey = KEY.parse().unwrap();
    let changed = NOTE.replace("problem is", "answer is");
    assert_eq!(open_note(&changed, std::slice::from_ref(&key)), Err(NoteError::Signature));
    assert_eq!(open_note(NOTE, &[]), Err(NoteError::UnknownKey));
    assert_eq!(open_note(NOTE, &[signer().key().clone()]), Err(NoteError::UnknownKey));
}

#[test]
fn signatures_of_strangers_are_ignored_and_a_wrong_one_of_a_friend_is_not() {
    let note = signer().sign("text\n").unwrap();
    let both = format!("{note}{}", NOTE.lines().last().unwrap().to_owned() + "\n");
    assert_eq!(open_note(&both, &[signer().key().clone()]), Ok("text\n"));
    assert_eq!(open_note(&both, &[signer().key().clone(), KEY.parse().unwrap()]), Err(NoteError::Signature));
}

#[test]
fn what_is_no_note_is_refused() {
    let keys = [signer().key().clone()];
    let long = format!("{}\n\n— a b\n", "a".repeat(NOTE_BYTES_MAX));
    assert_eq!(open_note(&long, &keys), Err(NoteError::TooLong));
    for note in [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n— a\n",
        "text\n\n- a b\n",
        "te\u{7}xt\n\n— a AAAA\n",
        "text\n\n— a AA\n",
    ] {
        assert_eq!(open_note(note, &keys), Err(NoteError::Malformed), "{note:?}");
    }
    let crowd = "— someone AAAAAAAA\n".repeat(SIGNATURES_MAX + 1);
    assert_eq!(open_note(&format!("text\n\n{crowd}"), &keys), Err(NoteError::TooLong));
}

#[test]
fn a_text_that_would_break_the_format_is_not_signed() {
    assert_eq!(signer().sign("no newline"), Err(NoteError::Malformed));
    assert_eq!(signer().sign("bell \u{7}\n"), Err(NoteError::Malformed));
    assert_eq!(signer().sign(""), Err(NoteError::Malformed));
}

#[test]
fn keys_are_read_only_as_they_are_written() {
    assert_eq!(KEY.parse::<NoteKey>().unwrap().to_string(), KEY);
    assert_eq!(KEY.replace("c74f20a3", "c74f20a4").parse::<NoteKey>(), Err(KeyError::Malformed));
    assert_eq!("a+b".parse::<NoteKey>(), Err(KeyError::Malformed));
    assert_eq!(KEY.replace("ARpc", "AhpC").parse::<NoteKey>(), Err(KeyError::Malformed));
    assert_eq!(NoteKey::new("two words", &[7; 32]), Err(KeyError::Name));
    assert_eq!(NoteKey::new("a", &[0; 32]), Err(KeyError::Malformed));
}

#[test]
fn a_signer_does_not_print_its_secret() {
    let printed = format!("{:?}", signer());
    assert!(
        printed.starts_with("NoteSigner(portal.example/log+") && !printed.contains(&Base64::encode_string(&[7; 32]))
    );
}

proptest! {
    #[test]
    fn what_was_signed_is_opened(text in "([^\\x00-\\x1f]{0,20}\n){1,4}") {
        let note = signer().sign(&text).unwrap();
        prop_assert_eq!(open_note(&note, &[signer().key().clone()]), Ok(text.as_str()));
    }

    #[test]
    fn no_change_of_one_character_passes(at in 0usize..60, to in "[a-z0-9\n ]") {
        let note = signer().sign("one line\nand another\n").unwrap();
        let mut changed: Vec<String> = note.chars().map(String::from).collect();
        changed[at] = to;
        let changed = changed.concat();
        if let Ok(text) = open_note(&changed, &[signer().key().clone()]) {
            prop_assert_eq!(text, "one line\nand another\n");
        }
    }

    #[test]
    fn any_text_is_a_note_or_refused(text in "\\PC{0,40}\n?\n?(— \\PC{0,20}\n?)?") {
        prop_assert!(open_note(&text, &[signer().key().clone()]).is_err());
    }
}
