use wire::issuance::FourInfoMessage;

use super::*;
use crate::{
    party::{PeerError, REGISTER},
    register::{MATCH_UNKNOWN, NUMBER_MATCHES_PATH, NumberMatch},
    testing::bare::{Bare, contains, four_info, hanako, org, record_code},
};

async fn number(bare: &Bare, institution: &str, who: &domain::FourInfo) -> Result<MyNumber, PeerError> {
    let peers = bare.of(&org(institution));
    let matched: NumberMatch = peers.post(&REGISTER, NUMBER_MATCHES_PATH, &FourInfoMessage::from(who)).await?;
    let answer: MyNumberAnswer = peers.post(&NUMBERS, MY_NUMBERS_PATH, &matched).await?;
    Ok(answer.my_number)
}

#[tokio::test]
async fn everybody_entitled_gets_the_same_number_for_a_person() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let first = number(&bare, "NTA", &hanako()).await.unwrap();
    assert_eq!(number(&bare, "141003", &hanako()).await.unwrap(), first);
}

#[tokio::test]
async fn two_people_never_share_a_number() {
    let bare = Bare::start(&[]).await;
    let other = four_info("山田　花子", "神奈川県横浜市西区３－４");
    bare.enrols(1, &hanako()).await;
    bare.enrols(2, &other).await;
    assert_ne!(number(&bare, "NTA", &hanako()).await.unwrap(), number(&bare, "NTA", &other).await.unwrap());
}

#[tokio::test]
async fn an_institution_without_a_right_to_numbers_gets_none_even_with_a_match() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let four_info = FourInfoMessage::from(&hanako());
    let matched: NumberMatch = bare.of(&org("NTA")).post(&REGISTER, NUMBER_MATCHES_PATH, &four_info).await.unwrap();
    let refused: Result<MyNumberAnswer, _> = bare.of(&org("JASSO")).post(&NUMBERS, MY_NUMBERS_PATH, &matched).await;
    assert_eq!(refused.err().unwrap().code(), Some("not-entitled"));
    let stolen: Result<MyNumberAnswer, _> = bare.of(&org("141003")).post(&NUMBERS, MY_NUMBERS_PATH, &matched).await;
    assert_eq!(stolen.err().unwrap().code(), Some(MATCH_UNKNOWN));
}

/// B-ID-3, N-3: from the table of numbers nothing leads back.
#[tokio::test]
async fn the_generation_body_stores_no_resident_record_code() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let number = number(&bare, "NTA", &hanako()).await.unwrap();
    let stored = bare.stored("numbers");
    assert!(contains(&stored, number.expose().as_bytes()));
    assert!(!contains(&stored, record_code(1).expose().as_bytes()));
}

#[tokio::test]
async fn the_register_stores_no_number() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let number = number(&bare, "NTA", &hanako()).await.unwrap();
    assert!(!contains(&bare.stored("register"), number.expose().as_bytes()));
}

#[test]
fn portal_core_and_code_only_institutions_are_not_entitled() {
    for (org, entitled) in [
        ("141003", true),
        ("NTA", true),
        ("JASSO", false),
        ("PORTAL", false),
        ("CORE", false),
        ("JLIS", false),
        ("JPKI", false),
    ] {
        assert_eq!(is_entitled(&org.parse().unwrap()), entitled, "{org}");
    }
}

/// N-1, N-2: neither the core nor anything that makes link codes can name the type.
#[test]
fn the_core_never_names_a_number() {
    let sources = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = vec![sources.join("core.rs")];
    let mut folders = vec![sources.join("core"), sources.join("whitelist"), sources.join("jlis")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
            // Tests may name what must not be there.
            let is_test = ["tests", "tests.rs", "trial.rs"].iter().any(|name| entry.file_name() == *name);
            if !is_test {
                if entry.file_type().unwrap().is_dir() { &mut folders } else { &mut files }.push(entry.path());
            }
        }
    }
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in ["MyNumber", "my_number", "crate::numbers"] {
            assert!(!text.contains(word), "{} names {word}", file.display());
        }
    }
}
