use domain::FourInfo;
use jiff::SignedDuration;

use super::*;
use crate::{
    party::{CORE, JLIS, JPKI, NUMBERS, PORTAL, PeerError, REGISTER},
    testing::bare::{Bare, four_info, hanako, message, org, record_code},
};

async fn identified(bare: &Bare, four_info: &FourInfo) -> Result<ResidentRecordCode, PeerError> {
    let answer: Result<Identified, _> = bare.of(&JLIS).post(&REGISTER, IDENTIFY_PATH, &message(four_info)).await;
    answer.map(|identified| identified.resident_record_code)
}

async fn report(bare: &Bare, municipality: &str, change: Change) -> Result<(), PeerError> {
    let change = ChangeMessage { resident_record_code: record_code(1), change };
    bare.of(&org(municipality)).post_no_content(&REGISTER, CHANGES_PATH, &change).await
}

fn move_to(address: &str, municipality: &str) -> Change {
    Change::Moved { address: address.to_owned(), municipality: org(municipality) }
}

#[tokio::test]
async fn a_person_is_found_whatever_the_width_of_letters_and_spaces() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let other_width = four_info("山田 花子", "神奈川県横浜市西区1-2");
    assert_eq!(identified(&bare, &other_width).await.unwrap(), record_code(1));
}

#[tokio::test]
async fn a_variant_character_makes_another_person() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &four_info("髙橋　花子", "神奈川県横浜市西区1-2")).await;
    let error = identified(&bare, &four_info("高橋　花子", "神奈川県横浜市西区1-2")).await.unwrap_err();
    assert_eq!(error.code(), Some("not-identified"));
}

#[tokio::test]
async fn only_j_lis_may_have_people_identified() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    for other in [&PORTAL, &JPKI, &NUMBERS, &org("NTA")] {
        let answer: Result<Identified, _> = bare.of(other).post(&REGISTER, IDENTIFY_PATH, &message(&hanako())).await;
        assert_eq!(answer.err().unwrap().code(), Some("not-entitled"), "{other:?}");
    }
}

#[tokio::test]
async fn after_a_move_only_the_new_address_identifies() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    report(&bare, "011002", move_to("北海道札幌市北区1", "011002")).await.unwrap();
    assert!(identified(&bare, &hanako()).await.is_err());
    let moved = four_info("山田　花子", "北海道札幌市北区1");
    assert_eq!(identified(&bare, &moved).await.unwrap(), record_code(1));
}

#[tokio::test]
async fn another_municipality_may_not_report_for_somebody_who_lives_elsewhere() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let refused = report(&bare, "011002", Change::Died).await.unwrap_err();
    assert_eq!(refused.code(), Some("not-entitled"));
    let not_to_itself = report(&bare, "011002", move_to("神奈川県横浜市中区1", "141003")).await.unwrap_err();
    assert_eq!(not_to_itself.code(), Some("not-entitled"));
    assert!(identified(&bare, &hanako()).await.is_ok());
}

#[tokio::test]
async fn nothing_changes_for_somebody_who_died() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    report(&bare, "141003", Change::Died).await.unwrap();
    let refused = report(&bare, "141003", Change::Renamed { name: "山田　華子".into() }).await.unwrap_err();
    assert_eq!(refused.code(), Some(PERSON_UNKNOWN));
}

#[tokio::test]
async fn an_unusable_name_changes_nothing() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let refused = report(&bare, "141003", Change::Renamed { name: "a\nb".into() }).await.unwrap_err();
    assert_eq!(refused.code(), Some("malformed"));
    assert!(identified(&bare, &hanako()).await.is_ok());
}

#[tokio::test]
async fn what_jpki_could_not_hear_it_hears_after_both_restarted() {
    let mut bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    bare.parties.stop_party(&JPKI).await;
    report(&bare, "141003", Change::Died).await.unwrap();
    bare.parties.stop_party(&REGISTER).await;
    bare.parties.start_party(&JPKI).await.unwrap();
    bare.parties.start_party(&REGISTER).await.unwrap();
    let told = bare.parties.register().wait_until_told();
    tokio::time::timeout(std::time::Duration::from_secs(10), told).await.unwrap().unwrap();
    assert_eq!(bare.query("register", "SELECT change FROM jpki_notices").await, Vec::<String>::new());
}

#[tokio::test]
async fn what_the_core_could_not_hear_it_hears_after_both_restarted() {
    let mut bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    bare.parties.stop_party(&CORE).await;
    report(&bare, "141003", move_to("神奈川県横浜市中区9", "141003")).await.unwrap();
    report(&bare, "141003", Change::Left).await.unwrap();
    let waiting = bare.query("register", "SELECT resident_record_code FROM core_notices").await;
    assert_eq!(waiting, [record_code(1).expose()], "the core hears of ends alone");
    bare.parties.stop_party(&REGISTER).await;
    bare.parties.start_party(&CORE).await.unwrap();
    bare.parties.start_party(&REGISTER).await.unwrap();
    let told = bare.parties.register().wait_until_told();
    tokio::time::timeout(std::time::Duration::from_secs(10), told).await.unwrap().unwrap();
    assert!(bare.query("register", "SELECT resident_record_code FROM core_notices").await.is_empty());
}

async fn number_match(bare: &Bare, institution: &str) -> Result<NumberMatch, PeerError> {
    bare.of(&org(institution)).post(&REGISTER, NUMBER_MATCHES_PATH, &message(&hanako())).await
}

async fn resolve(bare: &Bare, matched: &NumberMatch, institution: &str) -> Result<Identified, PeerError> {
    let resolution = NumberResolution { number_match: matched.number_match.clone(), org: org(institution) };
    bare.of(&NUMBERS).post(&REGISTER, NUMBER_RESOLVE_PATH, &resolution).await
}

#[tokio::test]
async fn a_number_match_is_resolved_once_and_for_its_own_institution_only() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let matched = number_match(&bare, "NTA").await.unwrap();
    assert_eq!(resolve(&bare, &matched, "141003").await.err().unwrap().code(), Some(MATCH_UNKNOWN));
    assert_eq!(resolve(&bare, &matched, "NTA").await.unwrap().resident_record_code, record_code(1));
    assert_eq!(resolve(&bare, &matched, "NTA").await.err().unwrap().code(), Some(MATCH_UNKNOWN));
}

#[tokio::test]
async fn a_number_match_ends_after_ten_minutes() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let matched = number_match(&bare, "NTA").await.unwrap();
    bare.clock.advance(SignedDuration::from_secs(601));
    assert_eq!(resolve(&bare, &matched, "NTA").await.err().unwrap().code(), Some(MATCH_UNKNOWN));
}

#[tokio::test]
async fn an_institution_without_a_right_to_numbers_matches_nobody() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    assert_eq!(number_match(&bare, "JASSO").await.err().unwrap().code(), Some("not-entitled"));
}

/// B-ISS-3: nobody, several, and somebody who is no resident any more, to the byte.
#[tokio::test]
async fn nobody_and_several_people_are_the_same_answer() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    bare.enrols(2, &hanako()).await;
    let body = |of: &FourInfo| serde_json::to_vec(&message(of)).unwrap();
    let several = bare.raw(&JLIS, &REGISTER, IDENTIFY_PATH, body(&hanako())).await;
    let nobody = bare.raw(&JLIS, &REGISTER, IDENTIFY_PATH, body(&four_info("鈴木　一", "那覇市1"))).await;
    assert_eq!((several.0, &several), (404, &nobody));
}

#[tokio::test]
async fn who_is_entered_already_stays_as_they_are() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    report(&bare, "141003", move_to("神奈川県横浜市中区9", "141003")).await.unwrap();
    let again = NewResident {
        resident_record_code: record_code(1),
        household_id: 9,
        relationship: "子".into(),
        four_info: hanako(),
        other_name: None,
        municipality: org("141003"),
        since: bare.parties.register().party.now(),
        before: None,
        status: (Status::Resident, bare.parties.register().party.now()),
        protected_since: None,
    };
    assert_eq!(bare.parties.register().enrol(&[again]).await.unwrap(), 0);
    assert!(identified(&bare, &hanako()).await.is_err(), "the old address does not come back");
}

#[tokio::test]
async fn the_same_report_twice_changes_nothing_and_tells_nobody_again() {
    let mut bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    bare.parties.stop_party(&JPKI).await;
    for _ in 0..2 {
        report(&bare, "141003", move_to("神奈川県横浜市中区9", "141003")).await.unwrap();
        report(&bare, "141003", Change::Renamed { name: "鈴木　花子".into() }).await.unwrap();
    }
    assert_eq!(bare.query("register", "SELECT change FROM jpki_notices").await.len(), 2);
    assert_eq!(bare.query("register", "SELECT name FROM four_info").await.len(), 3, "one state before, one after each");
}

#[tokio::test]
async fn a_municipality_that_somebody_leaves_may_report_where_to() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    report(&bare, "141003", move_to("北海道札幌市北区1", "011002")).await.unwrap();
    assert!(identified(&bare, &four_info("山田　花子", "北海道札幌市北区1")).await.is_ok());
    let refused = report(&bare, "141003", Change::Died).await.unwrap_err();
    assert_eq!(refused.code(), Some("not-entitled"), "it is another municipality's resident now");
}

#[tokio::test]
async fn what_is_no_message_or_says_too_much_is_refused_as_malformed() {
    let bare = Bare::start(&[]).await;
    bare.enrols(1, &hanako()).await;
    let mut more = serde_json::to_value(message(&hanako())).unwrap();
    more["my_number"] = "123456789018".into();
    let bodies = [b"".to_vec(), b"{}".to_vec(), b"\xff\xfe".to_vec(), b"[".repeat(4000), more.to_string().into_bytes()];
    for body in bodies {
        let (status, _, answer) = bare.raw(&JLIS, &REGISTER, IDENTIFY_PATH, body).await;
        let text = String::from_utf8(answer).unwrap();
        assert!((400..500).contains(&status) && text.contains("malformed"), "{status}: {text}");
    }
}

#[tokio::test]
async fn a_code_that_comes_twice_is_entered_as_it_came_first() {
    let bare = Bare::start(&[]).await;
    let at = bare.parties.register().party.now();
    let person = |n: u64, four_info: FourInfo, before| NewResident {
        resident_record_code: record_code(n),
        household_id: 1,
        relationship: "世帯主".into(),
        four_info,
        other_name: (n == 2).then(|| "NGUYEN THI LAN".to_owned()),
        municipality: org("141003"),
        since: at,
        before,
        status: (Status::Resident, at),
        protected_since: None,
    };
    let before = EarlierAddress { address: "那覇市1".into(), municipality: org("472018"), since: at };
    let people = [
        person(1, hanako(), Some(before)),
        person(1, four_info("別人", "別の所"), None),
        person(2, four_info("グエン　ラン", "神奈川県横浜市中区2"), None),
    ];
    assert_eq!(bare.parties.register().enrol(&people).await.unwrap(), 2);
    assert_eq!(identified(&bare, &hanako()).await.unwrap(), record_code(1));
    assert!(identified(&bare, &four_info("別人", "別の所")).await.is_err());
    let by_other_name = four_info("NGUYEN THI LAN", "神奈川県横浜市中区2");
    assert_eq!(identified(&bare, &by_other_name).await.unwrap(), record_code(2));
    let states = bare
        .query("register", "SELECT version || ' ' || address FROM four_info WHERE resident_id = 1 ORDER BY version")
        .await;
    assert_eq!(states, ["1 那覇市1", "2 神奈川県横浜市西区１－２"]);
}
