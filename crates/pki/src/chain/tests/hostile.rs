//! What a stranger may bring along: bounded in time and memory, and never a panic.

use super::*;
use crate::issue::testing::rng;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Thirty authorities of one name that certify one another, none of them certified by an anchor.
#[test]
fn a_maze_of_authorities_is_left_quickly() {
    let (root, maze) = (authority("Root"), authority("Maze"));
    let rooms: Vec<Certificate> = (0..30)
        .map(|_| beneath(&maze, "Maze", None).certificate().clone())
        .map(|room| without_identifiers(&room, &maze))
        .collect();
    let leaf = citizen_pair(&maze).0;
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![]).unwrap();
    let begin = Instant::now();
    let judged = verifier.verify(&leaf, &rooms, Usage::Any, now(), &NotPublished);
    assert!(begin.elapsed() < Duration::from_secs(5));
    assert!(matches!(judged.map(|_| ()), Err(Refusal::TooComplex | Refusal::UntrustedIssuer)));
}

/// The same name and no key identifiers, so that every room leads to every other.
fn without_identifiers(room: &Certificate, maze: &Authority) -> Certificate {
    let mut draft = TestDraft::of_authority("Maze").0;
    draft.subject = room.tbs().subject().clone();
    draft.serial = room.serial_bytes().to_vec();
    draft.spki = key().spki_der().to_vec();
    draft.extensions.retain(|e| e.extn_id != x509_cert::ext::pkix::ID_CE_SUBJECT_KEY_IDENTIFIER);
    let der = draft.sign(maze.certificate().tbs().subject(), maze.key()).unwrap();
    Certificate::from_der(&der).unwrap()
}

#[test]
fn too_many_certificates_are_not_looked_at() {
    let root = authority("Root");
    let leaf = citizen_pair(&root).0;
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![]).unwrap();
    let crowd = vec![leaf.clone(); INTERMEDIATES_MAX + 1];
    let judged = verifier.verify(&leaf, &crowd, Usage::Any, now(), &NotPublished);
    assert_eq!(judged.map(|_| ()), Err(Refusal::TooComplex));
}

#[test]
fn a_path_longer_than_the_bound_is_refused() {
    let root = authority("Root");
    let mut chain = vec![beneath(&root, "A0", None)];
    for step in 1..=PATH_LENGTH_MAX {
        let next = beneath(chain.last().unwrap(), &format!("A{step}"), None);
        chain.push(next);
    }
    let all: Vec<&Authority> = chain.iter().collect();
    let last_good = citizen_pair(chain[PATH_LENGTH_MAX - 1..].first().unwrap()).0;
    both_accept(&[&root], &all, &last_good);
    let too_long = citizen_pair(chain.last().unwrap()).0;
    assert_eq!(judge(&[&root], &all, &too_long), Err(Refusal::UntrustedIssuer));
}

#[test]
fn a_certificate_with_hundreds_of_names_is_refused() {
    use x509_cert::ext::pkix::name::GeneralName;
    let root = authority("Root");
    let names =
        (0..300).map(|n| GeneralName::DnsName(der::asn1::Ia5String::new(&format!("h{n}.jp")).unwrap())).collect();
    let leaf = TestDraft::plain("leaf").extension(&x509_cert::ext::pkix::SubjectAltName(names)).issued_by(&root);
    assert_eq!(judge(&[&root], &[], &leaf), Err(Refusal::TooComplex));
}

proptest! {
    /// One key, issued once; a changed bit anywhere is refused, whatever it hits.
    #[test]
    fn a_certificate_with_any_bit_changed_is_never_accepted(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let root = authority("Root");
        let (leaf, _) = citizen_pair(&root);
        let mut der = leaf.der().to_vec();
        let at = at.index(der.len());
        der[at] ^= 1 << bit;
        if let Ok(changed) = Certificate::from_der(&der) {
            prop_assert!(judge(&[&root], &[], &changed).is_err());
        }
    }

    #[test]
    fn any_extension_bytes_are_judged_without_a_panic(
        which in prop::sample::select(vec!["2.5.29.17", "2.5.29.19", "2.5.29.30", "2.5.29.31", "2.5.29.32", "2.5.29.33", "2.5.29.36", "2.5.29.37", "2.5.29.54"]),
        critical in any::<bool>(),
        value in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let root = authority("Root");
        let middle = draft("Middle").usage(KeyUsages::KeyCertSign.into()).raw(which, critical, &value);
        let middle = middle.authority_beneath(&root, key());
        let leaf = TestDraft::plain("leaf").raw(which, critical, &value).issued_by(&middle);
        prop_assert!(judge(&[&root], &[&middle], &leaf).is_err());
        let _ = rng();
    }
}
