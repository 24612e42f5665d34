//! An authority with certificates and lists of its own.

use jiff::{SignedDuration, Timestamp};
use pki::issue::{Authority, AuthorityName, CrlTimes, JpkiEndpoints, RevokedCertificate, Validity};
use pki::{Certificate, KeyKind, RevocationReason, SigningKey};
use rand_core::Rng as _;
use runtime::{Clock as _, SystemClock, SystemRng};

use super::ENTRIES;
use crate::Failure;

/// So many lists, each newer than the one before.
const LISTS: u64 = 4;
/// So many certificates, every other one revoked.
const CERTIFICATES: usize = 400;

/// An authority's lists, oldest first, and some of its certificates.
pub(super) struct Lists {
    authority: Authority,
    ders: Vec<Vec<u8>>,
    certificates: Vec<Certificate>,
    key: SigningKey,
}

impl Lists {
    pub(super) fn make() -> Result<Self, Failure> {
        let now = SystemClock.now();
        let day = SignedDuration::from_hours(24);
        let validity = Validity { not_before: now - day, not_after: now + day * 365 };
        let name = AuthorityName { organization: "Bench", unit: "Authentication", common_name: "bench CA" };
        let key = SigningKey::generate(KeyKind::Rsa2048)?;
        let authority = Authority::self_signed(&name, key, validity, Some(0), &mut SystemRng)?;
        let endpoints = JpkiEndpoints { crl: "http://127.0.0.1:1/crl", ocsp: "http://127.0.0.1:1/ocsp" };
        let key = SigningKey::generate(KeyKind::Rsa2048)?;
        let certificates: Vec<Certificate> = (0..CERTIFICATES)
            .map(|_| authority.jpki_authentication(key.spki_der(), &endpoints, validity, &mut SystemRng))
            .collect::<Result<_, _>>()?;
        let mut entries: Vec<RevokedCertificate> = certificates
            .iter()
            .step_by(2)
            .filter_map(|c| RevokedCertificate::from_serial_hex(&c.serial_hex(), now, RevocationReason::KeyCompromise))
            .collect();
        for nth in 0..ENTRIES.saturating_sub(u64::try_from(entries.len())?) {
            entries.push(somebody(nth, now));
        }
        let mut ders = Vec::new();
        for number in 1..=LISTS {
            let times = CrlTimes { number, this_update: now, next_update: now + day };
            ders.push(authority.crl(&times, entries.iter().cloned())?);
        }
        Ok(Self { authority, ders, certificates, key })
    }

    pub(super) fn issuer(&self) -> &Certificate {
        self.authority.certificate()
    }

    pub(super) fn der(&self, nth: usize) -> Result<&[u8], Failure> {
        Ok(self.ders.get(nth).ok_or("no such list")?)
    }

    pub(super) fn ders(&self) -> &[Vec<u8>] {
        &self.ders
    }

    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// The key of every certificate.
    pub(super) fn key(&self) -> &SigningKey {
        &self.key
    }
}

/// An entry as most are: sixteen bytes of serial number, a moment, a reason.
fn somebody(nth: u64, now: Timestamp) -> RevokedCertificate {
    let mut serial = vec![0; 16];
    SystemRng.fill_bytes(&mut serial);
    // Positive, and never shortened.
    if let Some(first) = serial.first_mut() {
        *first = *first & 0x7f | 0x40;
    }
    let ago = SignedDuration::from_secs(i64::try_from(nth).unwrap_or_default());
    RevokedCertificate { serial, at: now - ago, reason: RevocationReason::AffiliationChanged }
}
