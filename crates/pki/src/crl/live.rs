//! The lists in use: read by every login, replaced as a whole while logins go on.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;

use super::index::IssuerKey;
use super::{CrlIndex, CrlRefusal, Freshness};
use crate::{Certificate, RevocationProvider, RevocationStatus, RevocationUnknown};

/// One list an issuer, the newest that was seen. A reader holds what it began with; nobody waits for a new list but for
/// the exchange of one pointer.
#[derive(Debug, Default)]
pub struct LiveCrls {
    freshness: Freshness,
    lists: RwLock<HashMap<IssuerKey, Arc<CrlIndex>>>,
    floors: RwLock<HashMap<IssuerKey, [u8; 20]>>,
}

impl LiveCrls {
    /// Without any list: everything is unknown.
    pub fn new(freshness: Freshness) -> Self {
        Self { freshness, ..Self::default() }
    }

    /// After a restart: lists of this issuer with a number below `number_hex` ([`CrlIndex::number_hex`]) are refused.
    pub fn never_below(&self, issuer: &Certificate, number_hex: &str) -> Result<(), CrlRefusal> {
        let number = u160(number_hex).ok_or(CrlRefusal::Malformed)?;
        let key = IssuerKey::of(issuer).ok_or(CrlRefusal::Malformed)?;
        let mut floors = self.floors.write().unwrap_or_else(PoisonError::into_inner);
        let floor = floors.entry(key).or_insert(number);
        *floor = number.max(*floor);
        Ok(())
    }

    /// Puts a verified list in the place of its issuer's present one, unless that would be a step back.
    pub fn publish(&self, index: CrlIndex) -> Result<Arc<CrlIndex>, CrlRefusal> {
        let floors = self.floors.read().unwrap_or_else(PoisonError::into_inner);
        if floors.get(&index.issuer()).is_some_and(|floor| index.number() < *floor) {
            return Err(CrlRefusal::RollBack);
        }
        let index = Arc::new(index);
        let mut lists = self.lists.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(present) = lists.get(&index.issuer()) {
            index.follows(present)?;
        }
        let old = lists.insert(index.issuer(), Arc::clone(&index));
        // Freeing a million entries is not the readers' wait.
        drop(lists);
        drop(old);
        Ok(index)
    }

    /// The list of this issuer, if there is one.
    pub fn list(&self, issuer: &Certificate) -> Option<Arc<CrlIndex>> {
        let lists = self.lists.read().unwrap_or_else(PoisonError::into_inner);
        lists.get(&IssuerKey::of(issuer)?).cloned()
    }
}

fn u160(hex: &str) -> Option<[u8; 20]> {
    let entry = crate::issue::RevokedCertificate::from_serial_hex(
        hex,
        Timestamp::UNIX_EPOCH,
        crate::RevocationReason::Unspecified,
    )?;
    entry.serial.try_into().ok()
}

impl RevocationProvider for LiveCrls {
    fn status(
        &self,
        certificate: &Certificate,
        issuer: &Certificate,
        now: Timestamp,
    ) -> Result<RevocationStatus, RevocationUnknown> {
        let list = self.list(issuer).ok_or(RevocationUnknown::NoSource)?;
        self.freshness.judge(list.this_update(), list.next_update(), now)?;
        list.look_up(certificate).ok_or(RevocationUnknown::Refused)
    }
}
