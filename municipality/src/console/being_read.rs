//! Lists that this program reads in at the moment: not whole yet, and not broken either.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::SendingId;

/// Of which sendings.
#[derive(Default)]
pub(super) struct BeingRead(Mutex<BTreeSet<SendingId>>);

/// Until it is dropped, also by a connection that breaks.
pub(super) struct Reads<'a> {
    all: &'a BeingRead,
    sending: SendingId,
}

impl BeingRead {
    pub(super) fn begin(&self, sending: SendingId) -> Reads<'_> {
        self.all().insert(sending);
        Reads { all: self, sending }
    }

    pub(super) fn has(&self, sending: SendingId) -> bool {
        self.all().contains(&sending)
    }

    fn all(&self) -> MutexGuard<'_, BTreeSet<SendingId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Reads<'_> {
    fn drop(&mut self) {
        self.all.all().remove(&self.sending);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_being_read_until_whoever_reads_it_lets_go() {
        let all = BeingRead::default();
        let (one, other) = (SendingId::from([1; 16]), SendingId::from([2; 16]));
        let reads = all.begin(one);
        assert!(all.has(one) && !all.has(other));
        drop(reads);
        assert!(!all.has(one));
    }
}
