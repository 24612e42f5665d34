use super::*;
use crate::information::seal::{Holder, HoldingSecret};
use crate::testing::rng;
use domain::AccessRecordId;
use sha2::{Digest as _, Sha256};

fn key() -> HoldingKey {
    let secret = HoldingSecret::new(vec![1; 32].into()).unwrap();
    HoldingKey::derive(&Holder::new([2; 16]), &secret, &[3; 32]).unwrap()
}

fn now() -> Timestamp {
    "2026-11-03T05:05:00Z".parse().unwrap()
}

fn asked() -> HeldSource {
    HeldSource {
        provider: "NTA".parse().unwrap(),
        info_kind: "income".parse().unwrap(),
        state: HeldState::Asked { at: now() },
    }
}

#[test]
fn a_question_is_held_without_a_word_of_it_to_be_read() {
    let row = asked().row(&key(), 4, now(), &mut rng()).unwrap();
    assert_eq!((row.class, row.commitment), (HeldClass::Question, None));
    assert!(!row.sealed.windows(6).any(|window| window == b"income"));
    let back = HeldSource::of_row(&key(), &row).unwrap();
    assert_eq!((back.provider.as_str(), back.info_kind.as_str()), ("NTA", "income"));
}

#[test]
fn an_answer_is_committed_to_under_a_salt_of_its_own() {
    let mut rng = rng();
    let rows = [(); 2].map(|()| asked().answered(now(), b"signed", &mut rng).row(&key(), 4, now(), &mut rng).unwrap());
    assert_eq!(rows[0].class, HeldClass::Answer);
    assert!(rows[0].commitment.is_some());
    assert_ne!(rows[0].commitment, rows[1].commitment);
    assert_ne!(rows[0].commitment, Some(Sha256::digest(b"signed").into()));
}

#[test]
fn a_commitment_is_opened_by_salt_and_answer_alone() {
    let held = asked().answered(now(), b"signed", &mut rng());
    let HeldState::Answered { salt, .. } = &held.state else { panic!("answered") };
    let salt = Base64::decode_vec(salt).unwrap();
    let opened: [u8; 32] = Sha256::digest([salt.as_slice(), b"signed"].concat()).into();
    assert_eq!(held.commitment(), Some(opened));
}

#[test]
fn a_row_of_another_place_is_not_opened() {
    let row = asked().row(&key(), 4, now(), &mut rng()).unwrap();
    assert!(HeldSource::of_row(&key(), &HeldRow { place: 5, ..row }).is_err());
}

#[test]
fn what_came_is_shown_as_it_is() {
    let id = AccessRecordId::from([7; 16]);
    let nothing = HeldSource { state: HeldState::NothingHeld { at: now(), id }, ..asked() };
    assert!(matches!(nothing.own(1).unwrap().state, OwnState::NothingHeld { id: shown, .. } if shown == id));
    let why = SourceFailure::Late;
    let late = HeldSource { state: HeldState::Failed { at: now(), why }, ..asked() };
    assert!(matches!(late.own(1).unwrap().state, OwnState::Failed { why: SourceFailure::Late, .. }));
    assert!(matches!(asked().own(1).unwrap().state, OwnState::Asked { .. }));
}

#[test]
fn an_answer_that_is_no_cms_is_not_shown() {
    assert!(asked().answered(now(), b"not signed at all", &mut rng()).own(1).is_err());
}
