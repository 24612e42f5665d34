use std::fs;
use std::num::NonZeroU32;
use std::sync::OnceLock;

use pki::verify_raw;
use proptest::prelude::*;
use tempfile::TempDir;
use wire::card_file::{BLANK_FORMAT, BlankCard, MyNumber};

use super::*;
use crate::card_file::Certificates;
use crate::chip::CardKey::{Authentication, Signature};

const FEW: NonZeroU32 = NonZeroU32::new(1000).unwrap();

/// A chip in a folder of its own. Keys are made once for all tests: that is slow.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        static PERSONALISED: OnceLock<Vec<u8>> = OnceLock::new();
        let json = PERSONALISED.get_or_init(|| {
            let blank = BlankCard {
                format: BLANK_FORMAT.into(),
                card_id: "card-0001".into(),
                who: "だれか".into(),
                ticket: "ticket".into(),
                authentication_pin: "1234".into(),
                signature_pin: "ABC123".into(),
                state: CardState::Active,
                my_number: MyNumber::new("123456789018".into()),
            };
            let mut record = ChipRecord::personalise(&blank, &[[1; 16], [2; 16]], FEW).unwrap();
            // What the bytes say is no business of the chip.
            record.certificates = Certificates::Issued { authentication: "YQ==".into(), signature: "cw==".into() };
            serde_json::to_vec(&record).unwrap()
        });
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("card-0001.json"), json).unwrap();
        Self { folder }
    }

    fn cards(&self) -> CardFolder {
        CardFolder::new(self.folder.path())
    }

    fn id() -> CardId {
        "card-0001".parse().unwrap()
    }

    /// As after a restart: nothing but the file is left.
    fn chip(&self) -> SimulatedChip {
        SimulatedChip::new(self.cards(), Self::id())
    }

    fn file(&self) -> String {
        fs::read_to_string(self.folder.path().join("card-0001.json")).unwrap()
    }

    fn tries_left(&self, key: CardKey) -> u8 {
        self.chip().status().unwrap().tries_left(key)
    }

    fn spki(&self, key: CardKey) -> Vec<u8> {
        let held = self.cards().hold(&Self::id()).unwrap();
        held.personalised().unwrap().unwrap().slot(key).signing_key().unwrap().spki_der().to_vec()
    }
}

fn pin(key: CardKey, text: &str) -> Pin {
    Pin::parse(key, text).unwrap()
}

#[test]
fn each_pin_opens_its_own_key_only() {
    let bench = Bench::new();
    for (key, text) in [(Authentication, "1234"), (Signature, "ABC123")] {
        let opened = bench.chip().open(&pin(key, text)).unwrap();
        let signature = opened.sign(b"statement").unwrap();
        assert_eq!(verify_raw(&bench.spki(key), b"statement", &signature), Ok(()));
    }
    assert_ne!(bench.spki(Authentication), bench.spki(Signature));
    assert!(matches!(bench.chip().open(&pin(Signature, "ABC124")), Err(OpenError::Wrong { tries_left: 4 })));
    assert_eq!(bench.tries_left(Authentication), 3);
}

#[test]
fn counters_survive_a_restart() {
    let bench = Bench::new();
    let _ = bench.chip().open(&pin(Authentication, "0000"));
    assert_eq!(bench.tries_left(Authentication), 2);
    let _ = bench.chip().open(&pin(Authentication, "0001"));
    assert_eq!(bench.tries_left(Authentication), 1);
}

#[test]
fn a_kill_between_write_and_compare_gives_no_free_try() {
    let bench = Bench::new();
    let (held, mut record) = bench.chip().usable().unwrap();
    SimulatedChip::spend_try(&held, &mut record, Authentication).unwrap();
    drop((held, record)); // the power went before the PIN was looked at
    assert_eq!(bench.tries_left(Authentication), 2);
}

#[test]
fn a_locked_pin_stays_locked_for_the_right_pin() {
    let bench = Bench::new();
    for _ in 0..5 {
        let _ = bench.chip().open(&pin(Signature, "WRONG1"));
    }
    assert!(matches!(bench.chip().open(&pin(Signature, "ABC123")), Err(OpenError::Locked)));
    assert!(bench.chip().open(&pin(Authentication, "1234")).is_ok(), "the other PIN is not concerned");
    bench.cards().unlock_pins(&Bench::id()).unwrap();
    assert!(bench.chip().open(&pin(Signature, "ABC123")).is_ok());
}

#[test]
fn many_guesses_at_once_get_no_more_tries_than_one_after_the_other() {
    let bench = Bench::new();
    let wrong: usize = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..8)
            .map(|n| {
                let chip = bench.chip();
                scope.spawn(move || chip.open(&pin(Authentication, &format!("000{n}"))).err())
            })
            .collect();
        let outcomes = guesses.into_iter().map(|guess| guess.join().unwrap());
        outcomes.filter(|e| matches!(e, Some(OpenError::Wrong { .. }))).count()
    });
    assert_eq!(wrong, 2, "the third wrong entry locks");
    assert_eq!(bench.tries_left(Authentication), 0);
}

#[test]
fn a_card_that_is_stopped_or_not_handed_over_does_nothing_and_costs_no_try() {
    for state in [CardState::Stopped, CardState::Locked] {
        let bench = Bench::new();
        bench.cards().change_state(&Bench::id(), state).unwrap();
        let chip = bench.chip();
        assert!(matches!(
            chip.open(&pin(Authentication, "1234")),
            Err(OpenError::Chip(ChipError::Unusable(s))) if s == state
        ));
        assert!(matches!(chip.authentication_certificate(), Err(ChipError::Unusable(_))));
        assert!(matches!(chip.authenticate_without_pin(&"PORTAL".parse().unwrap(), b"x"), Err(ChipError::Unusable(_))));
        assert_eq!(bench.tries_left(Authentication), 3);
        bench.cards().change_state(&Bench::id(), CardState::Active).unwrap();
        assert!(chip.open(&pin(Authentication, "1234")).is_ok(), "its keys are still there");
    }
}

#[test]
fn without_a_pin_the_signature_says_so() {
    let bench = Bench::new();
    let signature = bench.chip().authenticate_without_pin(&"PORTAL".parse().unwrap(), b"statement").unwrap();
    let spki = bench.spki(Authentication);
    assert!(verify_raw(&spki, b"statement", &signature).is_err());
    let says_so = wire::reader::pinless_statement("PORTAL", b"statement");
    assert_eq!(verify_raw(&spki, &says_so, &signature), Ok(()));
}

#[test]
fn the_card_file_holds_no_plain_pin_and_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = Bench::new();
    let _ = bench.chip().open(&pin(Authentication, "1234"));
    assert!(!bench.file().contains("\"1234\"") && !bench.file().contains("ABC123"));
    let mode = fs::metadata(bench.folder.path().join("card-0001.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_damaged_card_file_is_an_error_not_a_fresh_card() {
    let bench = Bench::new();
    for damaged in ["", "{}", &bench.file().replace("tries_left", "tries"), &bench.file()[..200]] {
        fs::write(bench.folder.path().join("card-0001.json"), damaged).unwrap();
        assert!(matches!(bench.chip().open(&pin(Authentication, "1234")), Err(OpenError::Chip(ChipError::File(_)))));
    }
}

/// What a person and the world can do to a card.
#[derive(Clone, Debug)]
enum Step {
    Right(CardKey),
    Wrong(CardKey),
    PowerCut(CardKey),
    State(CardState),
    Unlock,
}

fn step() -> impl Strategy<Value = Step> {
    let key = prop_oneof![Just(Authentication), Just(Signature)];
    prop_oneof![
        2 => key.clone().prop_map(Step::Right),
        4 => key.clone().prop_map(Step::Wrong),
        1 => key.prop_map(Step::PowerCut),
        1 => prop::sample::select(CardState::ALL.to_vec()).prop_map(Step::State),
        1 => Just(Step::Unlock),
    ]
}

/// The rules on one page: state, and tries left of both PINs.
struct Model {
    state: CardState,
    tries: [u8; 2],
}

impl Model {
    fn tries(&mut self, key: CardKey) -> &mut u8 {
        &mut self.tries[usize::from(key == Signature)]
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_chip_keeps_the_rules_of_its_pins(steps in prop::collection::vec(step(), 1..24)) {
        let bench = Bench::new();
        let mut model = Model { state: CardState::Active, tries: [3, 5] };
        for step in steps {
            match step {
                Step::Right(key) => {
                    let text = if key == Authentication { "1234" } else { "ABC123" };
                    let opens = model.state == CardState::Active && *model.tries(key) > 0;
                    prop_assert_eq!(bench.chip().open(&pin(key, text)).is_ok(), opens);
                    if opens {
                        *model.tries(key) = key.tries_max();
                    }
                }
                Step::Wrong(key) => {
                    let text = if key == Authentication { "9999" } else { "WRONG99" };
                    prop_assert!(bench.chip().open(&pin(key, text)).is_err());
                    if model.state == CardState::Active {
                        *model.tries(key) = model.tries(key).saturating_sub(1);
                    }
                }
                Step::PowerCut(key) => {
                    if let Ok((held, mut record)) = bench.chip().usable() {
                        let _ = SimulatedChip::spend_try(&held, &mut record, key);
                        *model.tries(key) = model.tries(key).saturating_sub(1);
                    }
                }
                Step::State(state) => {
                    bench.cards().change_state(&Bench::id(), state).unwrap();
                    model.state = state;
                }
                Step::Unlock => {
                    bench.cards().unlock_pins(&Bench::id()).unwrap();
                    model.tries = [3, 5];
                }
            }
            let status = bench.chip().status().unwrap();
            let seen = (status.state, [status.authentication_tries_left, status.signature_tries_left]);
            prop_assert_eq!(seen, (model.state, model.tries));
        }
    }
}
