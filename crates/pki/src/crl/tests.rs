use super::*;
use crate::issue::testing::*;
use crate::issue::{Authority, CrlTimes, RevokedCertificate};
use crate::openssl::{Openssl, Outcome};
use crate::{Certificate, NotPublished, Refusal, RevocationProvider, RevocationReason, RevocationStatus};
use crate::{RevocationUnknown, Usage, Verifier};
use proptest::prelude::*;

fn times(number: u64) -> CrlTimes {
    CrlTimes { number, this_update: days(-1), next_update: days(1) }
}

fn revoked(certificate: &Certificate, reason: RevocationReason) -> RevokedCertificate {
    RevokedCertificate::from_serial_hex(&certificate.serial_hex(), days(-2), reason).unwrap()
}

fn live(ca: &Authority, crl: &[u8]) -> LiveCrls {
    let live = LiveCrls::new(Freshness::default());
    live.publish(CrlIndex::from_der(crl, ca.certificate()).unwrap()).unwrap();
    live
}

fn extended(ca: &Authority, oid: &str, critical: bool, value: &[u8]) -> Vec<u8> {
    let good = ca.crl(&times(1), []).unwrap();
    let list = <x509_cert::crl::CertificateList as der::Decode>::from_der(&good).unwrap();
    let mut extensions = list.tbs_cert_list.crl_extensions.unwrap();
    extensions.push(crate::issue::extension(oid.parse().unwrap(), critical, value).unwrap());
    ca.crl_with(&times(1), [], &extensions).unwrap()
}

#[test]
fn a_withdrawn_certificate_is_refused_with_its_reason_as_openssl_does() {
    let ca = authority("CA");
    let (signature, authentication) = citizen_pair(&ca);
    let other = citizen_pair_with(&ca, 9).0;
    let crl = ca.crl(&times(1), [revoked(&other, RevocationReason::AffiliationChanged)]).unwrap();
    let live = live(&ca, &crl);
    let verifier = Verifier::new(vec![ca.certificate().clone()], vec![]).unwrap();
    let openssl = Openssl::new();
    let file = openssl.write("list.crl", &crl);
    let (_, pem, _) = openssl.run(&["crl", "-inform", "DER", "-in", &file]);
    let file = openssl.write("list.pem", pem);
    for (leaf, verdict) in [
        (&signature, Ok(())),
        (&authentication, Ok(())),
        (
            &other,
            Err(Refusal::Revoked {
                whose: crate::chain::Whose::Leaf,
                reason: RevocationReason::AffiliationChanged,
                at: days(-2),
            }),
        ),
    ] {
        let judged = verifier.verify(leaf, &[], Usage::Any, now(), &live).map(|_| ());
        assert_eq!(judged, verdict);
        let openssl = openssl.verify(&[ca.certificate()], &[], leaf, now(), &["-crl_check", "-CRLfile", &file]);
        assert_eq!(openssl == Outcome::Accepted, verdict.is_ok());
    }
}

#[test]
fn without_a_list_everything_is_unknown() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let live = LiveCrls::new(Freshness::default());
    assert_eq!(live.status(&leaf, ca.certificate(), now()), Err(RevocationUnknown::NoSource));
    assert_eq!(NotPublished.status(&leaf, ca.certificate(), now()), Ok(RevocationStatus::Good));
}

#[test]
fn a_list_of_the_same_name_with_another_key_says_nothing() {
    let (ca, twin) = (authority("CA"), authority("CA"));
    let live = live(&ca, &ca.crl(&times(1), []).unwrap());
    let (leaf, _) = citizen_pair(&twin);
    assert_eq!(live.status(&leaf, twin.certificate(), now()), Err(RevocationUnknown::NoSource));
}

#[test]
fn a_list_is_used_while_it_is_fresh() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let crl = ca.crl(&times(1), []).unwrap();
    let live = live(&ca, &crl);
    let second = jiff::SignedDuration::from_secs(1);
    let at = |live: &LiveCrls, time| live.status(&leaf, ca.certificate(), time);
    let good = Ok(RevocationStatus::Good);
    let minute = jiff::SignedDuration::from_secs(60);
    assert_eq!(at(&live, days(-1) - minute), good);
    assert_eq!(at(&live, days(-1) - minute - second), Err(RevocationUnknown::NotYetValid));
    assert_eq!(at(&live, days(1)), good);
    assert_eq!(at(&live, days(1) + second), Err(RevocationUnknown::Stale));
    let strict =
        LiveCrls::new(Freshness { age_max: Some(jiff::SignedDuration::from_hours(24)), ..Freshness::default() });
    strict.publish(CrlIndex::from_der(&crl, ca.certificate()).unwrap()).unwrap();
    assert_eq!(at(&strict, now()), good);
    assert_eq!(at(&strict, now() + second), Err(RevocationUnknown::Stale));
}

#[test]
fn a_list_never_goes_back() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let index = |number, entries: Vec<RevokedCertificate>| {
        CrlIndex::from_der(&ca.crl(&times(number), entries).unwrap(), ca.certificate()).unwrap()
    };
    let first = ca.crl(&times(5), [revoked(&leaf, RevocationReason::KeyCompromise)]).unwrap();
    let live = live(&ca, &first);
    assert_eq!(live.publish(index(4, vec![])).map(|_| ()), Err(CrlRefusal::RollBack));
    assert_eq!(live.publish(index(5, vec![])).map(|_| ()), Err(CrlRefusal::RollBack));
    live.publish(CrlIndex::from_der(&first, ca.certificate()).unwrap()).unwrap();
    assert!(matches!(live.status(&leaf, ca.certificate(), now()), Ok(RevocationStatus::Revoked { .. })));
    live.publish(index(6, vec![])).unwrap();
    assert_eq!(live.status(&leaf, ca.certificate(), now()), Ok(RevocationStatus::Good));
}

#[test]
fn a_restart_does_not_forget_the_number() {
    let ca = authority("CA");
    let index = |number| CrlIndex::from_der(&ca.crl(&times(number), []).unwrap(), ca.certificate()).unwrap();
    let floor = index(300).number_hex();
    let live = LiveCrls::new(Freshness::default());
    live.never_below(ca.certificate(), &floor).unwrap();
    assert_eq!(live.publish(index(299)).map(|_| ()), Err(CrlRefusal::RollBack));
    assert!(live.publish(index(300)).is_ok());
    assert_eq!(live.never_below(ca.certificate(), "zz"), Err(CrlRefusal::Malformed));
}

#[test]
fn a_list_must_be_complete_and_its_issuers_own() {
    let (ca, other) = (authority("CA"), authority("Other"));
    let read = |der: &[u8]| CrlIndex::from_der(der, ca.certificate()).map(|_| ());
    let good = ca.crl(&times(1), []).unwrap();
    assert_eq!(read(&good), Ok(()));
    assert_eq!(read(&other.crl(&times(1), []).unwrap()), Err(CrlRefusal::OtherIssuer));
    assert_eq!(read(&authority("CA").crl(&times(1), []).unwrap()), Err(CrlRefusal::Signature));
    let mut broken = good.clone();
    *broken.last_mut().unwrap() ^= 1;
    assert_eq!(read(&broken), Err(CrlRefusal::Signature));
    assert_eq!(read(&ca.crl_with(&times(1), [], &[]).unwrap()), Err(CrlRefusal::Incomplete));
    for (oid, critical, value, why) in [
        ("2.5.29.28", true, &[0x30, 0x03, 0x81, 0x01, 0xff][..], CrlRefusal::Scope),
        ("2.5.29.28", false, &[0x30, 0x00], CrlRefusal::Scope),
        ("2.5.29.27", true, &[0x02, 0x01, 0x01], CrlRefusal::Delta),
        ("2.5.29.46", false, &[0x30, 0x00], CrlRefusal::Delta),
        ("1.2.3.4", true, &[0x05, 0x00], CrlRefusal::CriticalExtension),
        ("2.5.29.20", false, &[0x02, 0x01, 0x02], CrlRefusal::Malformed),
    ] {
        assert_eq!(read(&extended(&ca, oid, critical, value)), Err(why), "{oid}");
    }
    assert_eq!(read(&extended(&ca, "1.2.3.4", false, &[5, 0])), Ok(()));
}

#[test]
fn an_issuer_that_may_not_sign_lists_is_refused() {
    let (leaf, key) = organisation(&authority("CA"), "NTA", crate::issue::OrganisationUse::Signing);
    let pretender = Authority::new(leaf.clone(), key).unwrap();
    let crl = pretender.crl(&times(1), []).unwrap();
    assert_eq!(CrlIndex::from_der(&crl, &leaf).map(|_| ()), Err(CrlRefusal::IssuerUsage));
}

/// Entry extensions: an entry that speaks for another issuer, and one critical thing nobody knows.
#[test]
fn an_entry_with_something_critical_spoils_the_list() {
    let ca = authority("CA");
    let entry = |oid: &str, critical| {
        use der::Encode as _;
        let one = crate::issue::extension(oid.parse().unwrap(), critical, &[0x30, 0x00]).unwrap();
        let serial = [0x02, 0x01, 0x07];
        let time = crate::certificate::x509_time(now()).unwrap().to_der().unwrap();
        crate::issue::tlv(0x30, &[&serial, &time, &vec![one].to_der().unwrap()])
    };
    let read = |der: &[u8]| {
        let list = crate::crl::tests::with_entries(&ca, der);
        CrlIndex::from_der(&list, ca.certificate()).map(|index| index.len())
    };
    assert_eq!(read(&entry("2.5.29.29", true)), Err(CrlRefusal::CriticalExtension));
    assert_eq!(read(&entry("1.2.3.4", true)), Err(CrlRefusal::CriticalExtension));
    assert_eq!(read(&entry("1.2.3.4", false)), Ok(1));
    assert_eq!(read(&entry("2.5.29.21", false)), Err(CrlRefusal::Malformed));
}

/// A signed list around any entry bytes.
fn with_entries(ca: &Authority, entries: &[u8]) -> Vec<u8> {
    use crate::tlv::{Reader, Signed};
    use der::Encode as _;
    let replaced = RevokedCertificate { serial: vec![1], at: now(), reason: RevocationReason::Unspecified };
    let list = ca.crl(&times(1), [replaced]).unwrap();
    let mut parts = Reader::new(Reader::only(Signed::from_der(&list).unwrap().body, 0x30).unwrap().value);
    let mut all: Vec<Vec<u8>> = Vec::new();
    while let Ok(part) = parts.read() {
        all.push(part.whole.to_vec());
    }
    all[5] = crate::issue::tlv(0x30, &[entries]);
    let all: Vec<&[u8]> = all.iter().map(Vec::as_slice).collect();
    let algorithm = ca.key().algorithm().identifier().to_der().unwrap();
    crate::issue::signed(&crate::issue::tlv(0x30, &all), &algorithm, ca.key()).unwrap()
}

#[test]
fn an_entry_takes_at_most_forty_bytes() {
    let ca = authority("CA");
    let entries = (0..20_000_u32).map(|n| RevokedCertificate {
        serial: n.wrapping_mul(2_654_435_761).to_be_bytes().into(),
        at: now(),
        reason: RevocationReason::KeyCompromise,
    });
    let entries: Vec<_> = entries.filter(|e| e.serial != [0; 4]).collect();
    let index = CrlIndex::from_der(&ca.crl(&times(1), entries.clone()).unwrap(), ca.certificate()).unwrap();
    assert_eq!(index.len(), entries.len());
    assert!(index.entry_bytes() <= 40 * index.len());
}

#[test]
fn logins_go_on_while_a_list_is_replaced() {
    let ca = authority("CA");
    let (leaf, _) = citizen_pair(&ca);
    let live = live(&ca, &ca.crl(&times(1), []).unwrap());
    let lists: Vec<_> =
        (2..20).map(|n| CrlIndex::from_der(&ca.crl(&times(n), []).unwrap(), ca.certificate()).unwrap()).collect();
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| (0..2_000).all(|_| live.status(&leaf, ca.certificate(), now()).is_ok()));
        for list in lists {
            live.publish(list).unwrap();
        }
        assert!(reader.join().unwrap());
    });
}

fn citizen_pair_with(ca: &Authority, seed: u64) -> (Certificate, Certificate) {
    use rand_core::SeedableRng as _;
    let mut rng = rand_chacha::ChaCha20Rng::seed_from_u64(seed);
    let (a, b) = (key(), key());
    let signature = ca.jpki_signature(&hanako(), a.spki_der(), &endpoints(), validity(), &mut rng).unwrap();
    (signature, ca.jpki_authentication(b.spki_der(), &endpoints(), validity(), &mut rng).unwrap())
}

proptest! {
    #[test]
    fn every_serial_in_the_list_is_found_and_no_other(
        serials in prop::collection::btree_set(prop::collection::vec(any::<u8>(), 1..20), 1..40),
    ) {
        let ca = authority("CA");
        let leaves: Vec<Certificate> = serials.iter().map(|serial| {
            let mut draft = draft("leaf");
            draft.0.serial = [&[0x11], serial.as_slice()].concat();
            draft.issued_by(&ca)
        }).collect();
        let (inside, outside) = leaves.split_at(leaves.len() / 2);
        let entries = inside.iter().map(|c| revoked(c, RevocationReason::Superseded));
        let live = live(&ca, &ca.crl(&times(1), entries).unwrap());
        for leaf in inside {
            let status = live.status(leaf, ca.certificate(), now());
            let reason = RevocationReason::Superseded;
            prop_assert_eq!(status, Ok(RevocationStatus::Revoked { reason, at: days(-2) }));
        }
        for leaf in outside {
            prop_assert_eq!(live.status(leaf, ca.certificate(), now()), Ok(RevocationStatus::Good));
        }
    }

    #[test]
    fn a_changed_list_is_refused(at in any::<prop::sample::Index>(), bit in 0..8u8) {
        let ca = authority("CA");
        let (leaf, _) = citizen_pair(&ca);
        let mut crl = ca.crl(&times(1), [revoked(&leaf, RevocationReason::KeyCompromise)]).unwrap();
        let at = at.index(crl.len());
        crl[at] ^= 1 << bit;
        prop_assert!(CrlIndex::from_der(&crl, ca.certificate()).is_err());
    }

    #[test]
    fn signed_rubbish_is_refused_without_a_panic(entries in prop::collection::vec(any::<u8>(), 1..60)) {
        let ca = authority("CA");
        if let Ok(index) = CrlIndex::from_der(&with_entries(&ca, &entries), ca.certificate()) {
            prop_assert!(!index.is_empty());
        }
    }
}
