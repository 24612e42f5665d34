use super::*;
use crate::town::rng;

/// Mutants of each seed; the hunt itself is `make fuzz`.
const MUTANTS: usize = 300;

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).unwrap()
}

fn survives(name: &str) {
    let target = target(name);
    let mut rng = rng();
    for seed in (target.seeds)() {
        (target.meet)(&seed);
        for _ in 0..MUTANTS {
            (target.meet)(&mutant(&seed, &mut rng));
        }
    }
    let folder = format!("{}/regressions/{name}", env!("CARGO_MANIFEST_DIR"));
    for found in std::fs::read_dir(folder).into_iter().flatten() {
        (target.meet)(&std::fs::read(found.unwrap().path()).unwrap());
    }
}

/// One to four changes: a bit, a byte, a cut, a repetition, a length made large.
fn mutant(seed: &[u8], rng: &mut impl rand_core::CryptoRng) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=rng.next_u32() % 4 {
        let [chance, random] = [rng.next_u32() % 6, rng.next_u32()];
        let place = random as usize % bytes.len().max(1);
        match (chance, bytes.get_mut(place)) {
            (0, Some(byte)) => *byte ^= 1 << (random >> 24 & 7),
            (1, Some(byte)) => *byte = (random >> 24) as u8,
            (2, Some(byte)) => *byte = 0x84,
            (3, _) => bytes.truncate(place),
            (4, _) => {
                let part = bytes[place..].iter().take(32).copied().collect::<Vec<_>>();
                bytes.splice(place..place, part);
            }
            _ => bytes.push((random >> 24) as u8),
        }
    }
    bytes
}

macro_rules! every_target_survives {
    ($($test:ident $name:literal),+ $(,)?) => {
        $(#[test] fn $test() { survives($name); })+

        #[test]
        fn every_target_has_its_test() {
            assert_eq!(TARGETS.iter().map(|target| target.name).collect::<Vec<_>>(), [$($name),+]);
        }
    };
}

every_target_survives! {
    certificates_are_read_to_the_byte "certificate",
    no_certificate_is_accepted_but_those_issued "chain",
    no_list_is_accepted_but_those_issued "crl",
    no_change_makes_a_withdrawn_certificate_good "ocsp-answer",
    every_request_about_a_certificate_is_answered "ocsp-request",
    only_what_was_signed_verifies "cms",
    only_what_was_sealed_opens "sealed",
    messages_are_read_as_they_are_written "messages",
    forms_are_read_as_they_are_written "forms",
    codes_are_read_as_they_are_written "codes",
    a_filter_can_be_written_into_a_link "filter",
    every_accept_language_is_answered "language",
    an_address_is_read_or_refused "mail-address",
    nothing_of_a_log_opens_but_what_was_signed "log",
    a_receipt_is_the_entry_byte_by_byte "receipt",
}

/// The seeds reach the inside: a target that refuses them all would test nothing.
#[test]
fn the_seeds_are_accepted() {
    let first = |name: &str| (target(name).seeds)().remove(0);
    assert!(pki::Certificate::from_der(&first("certificate")).is_ok());
    assert!(pki::cms::verify(&first("cms"), None).is_ok());
    assert!(pki::crl::CrlIndex::from_der(&first("crl"), crate::town::TOWN.root.certificate()).is_ok());
    assert_eq!(crate::town::TOWN.responder.asked(&first("ocsp-request")).len(), 1);
    assert!(serde_json::from_slice::<wire::mediation::MediationRequest>(&first("messages")).is_ok());
    assert!(serde_urlencoded::from_bytes::<wire::reader::Ask>(&first("forms")).is_ok());
    assert!(
        tlog::open_note(str::from_utf8(&first("log")).unwrap(), &[]).is_err_and(|e| e == tlog::NoteError::UnknownKey)
    );
    assert!(portal::Receipt::from_json(&first("receipt")).is_ok());
    assert!(portal::RecordsFilter::parse(str::from_utf8(&first("filter")).unwrap()).is_ok());
}
