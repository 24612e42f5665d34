use super::*;
use crate::{FirstWhoKnows, RevocationProvider};

fn at(leaf: &Certificate, root: &Authority, time: Timestamp) -> Result<(), Refusal> {
    Verifier::new(vec![root.certificate().clone()], vec![])
        .unwrap()
        .verify(leaf, &[], Usage::Any, time, &NotPublished)
        .map(|_| ())
}

#[test]
fn a_certificate_holds_from_its_first_second_to_its_last() {
    let root = Authority::self_signed(
        &authority_name("Root"),
        key(),
        crate::issue::Validity { not_before: days(-100), not_after: days(1000) },
        None,
        &mut rng(),
    )
    .unwrap();
    let (leaf, _) = citizen_pair(&root);
    let (first, last) = (leaf.not_before(), leaf.not_after());
    let second = jiff::SignedDuration::from_secs(1);
    let early = Refusal::NotYetValid { whose: Whose::Leaf, not_before: first };
    let late = Refusal::Expired { whose: Whose::Leaf, not_after: last };
    for (time, verdict) in [(first - second, Err(early)), (first, Ok(())), (last, Ok(())), (last + second, Err(late))] {
        assert_eq!(at(&leaf, &root, time), verdict);
    }
    // OpenSSL ends one second early, so it is asked a second before the last.
    for (time, good) in [(first - second, false), (first, true), (last - second, true), (last + second, false)] {
        let openssl = Openssl::new().verify(&[root.certificate()], &[], &leaf, time, &[]);
        assert_eq!(openssl == Outcome::Accepted, good, "{time}");
    }
}

#[test]
fn an_expired_anchor_accepts_nothing() {
    let short = crate::issue::Validity { not_before: days(-30), not_after: days(-1) };
    let root = Authority::self_signed(&authority_name("Root"), key(), short, None, &mut rng()).unwrap();
    let (leaf, _) = citizen_pair(&root);
    let why = Refusal::Expired { whose: Whose::Anchor, not_after: days(-1) };
    both_refuse(&[&root], &[], &leaf, why);
}

#[test]
fn the_first_second_of_1970_is_a_time_like_any_other() {
    let root = authority("Root");
    let (leaf, _) = citizen_pair(&root);
    let refusal = at(&leaf, &root, Timestamp::UNIX_EPOCH).unwrap_err();
    assert!(matches!(refusal, Refusal::NotYetValid { .. }));
}

/// Says of one certificate what it is told, of the others nothing bad.
struct Says(Certificate, Result<RevocationStatus, RevocationUnknown>);

impl RevocationProvider for Says {
    fn status(&self, c: &Certificate, _: &Certificate, _: Timestamp) -> Result<RevocationStatus, RevocationUnknown> {
        if *c == self.0 { self.1 } else { Ok(RevocationStatus::Good) }
    }
}

#[test]
fn revocation_is_asked_of_every_certificate_below_the_anchor() {
    let root = authority("Root");
    let middle = beneath(&root, "Middle", None);
    let (leaf, _) = citizen_pair(&middle);
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![middle.certificate().clone()]).unwrap();
    let revoked = RevocationStatus::Revoked { reason: RevocationReason::KeyCompromise, at: now() };
    for (certificate, whose) in [(leaf.clone(), Whose::Leaf), (middle.certificate().clone(), Whose::Intermediate)] {
        let judged =
            |said| verifier.verify(&leaf, &[], Usage::Any, now(), &Says(certificate.clone(), said)).map(|_| ());
        let reason = RevocationReason::KeyCompromise;
        assert_eq!(judged(Ok(revoked)), Err(Refusal::Revoked { whose, reason, at: now() }));
        let why = RevocationUnknown::Stale;
        assert_eq!(judged(Err(why)), Err(Refusal::RevocationUnknown { whose, why }));
        assert_eq!(judged(Ok(RevocationStatus::Good)), Ok(()));
    }
}

#[test]
fn the_first_who_knows_decides() {
    let root = authority("Root");
    let (leaf, _) = citizen_pair(&root);
    let says = |said| Says(leaf.clone(), said);
    let ask = |one: &Says, two: &Says| FirstWhoKnows(&[one, two]).status(&leaf, root.certificate(), now());
    let (good, stale) = (Ok(RevocationStatus::Good), Err(RevocationUnknown::Stale));
    assert_eq!(ask(&says(stale), &says(good)), good);
    assert_eq!(ask(&says(stale), &says(Err(RevocationUnknown::NoSource))), stale);
    assert_eq!(FirstWhoKnows(&[]).status(&leaf, root.certificate(), now()), Err(RevocationUnknown::NoSource));
}

#[test]
fn what_is_to_be_asked_is_known_before_anybody_is_asked() {
    let root = authority("Root");
    let middle = beneath(&root, "Middle", None);
    let (leaf, _) = citizen_pair(&middle);
    let verifier = Verifier::new(vec![root.certificate().clone()], vec![middle.certificate().clone()]).unwrap();
    let examined = verifier.examine(&leaf, &[], Usage::JpkiSignature, now()).unwrap();
    let (one, two) = (middle.certificate().clone(), root.certificate().clone());
    assert_eq!(examined.links(), vec![(one.clone(), two), (leaf.clone(), one)]);
    let whose = Whose::Intermediate;
    let why = RevocationUnknown::NoSource;
    let refused = examined.accept(&FirstWhoKnows(&[])).map(|_| ());
    assert_eq!(refused, Err(Refusal::RevocationUnknown { whose, why }));
}
