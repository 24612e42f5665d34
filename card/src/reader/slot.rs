//! The slot: which card is in, and who has to be told when it goes.

use std::sync::{Mutex, PoisonError};

use domain::RemovalToken;

use crate::card_id::CardId;

/// Removals that are reported at most for one insertion: the newest count.
const DUTIES_MAX: usize = 32;

/// A portal that wants to know when the card goes.
#[derive(Clone)]
pub(crate) struct Duty {
    pub(crate) url: String,
    pub(crate) token: RemovalToken,
}

/// One stay of a card in the reader.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Insertion {
    pub(crate) card: CardId,
    number: u64,
}

#[derive(Default)]
pub(crate) struct Slot {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    inserted: Option<(Insertion, Vec<Duty>)>,
    insertions: u64,
}

impl Slot {
    pub(crate) fn inserted(&self) -> Option<Insertion> {
        self.lock().inserted.as_ref().map(|(insertion, _)| insertion.clone())
    }

    /// Puts a card in. Duties of the card that it pushes out have to be done now.
    pub(crate) fn insert(&self, card: CardId) -> Vec<Duty> {
        let mut held = self.lock();
        held.insertions += 1;
        let insertion = Insertion { card, number: held.insertions };
        held.inserted.replace((insertion, Vec::new())).map(|(_, duties)| duties).unwrap_or_default()
    }

    /// Takes the card out; `None` if there was none.
    pub(crate) fn remove(&self) -> Option<Vec<Duty>> {
        self.lock().inserted.take().map(|(_, duties)| duties)
    }

    /// Notes who wants to know of the end of this stay. False if it has ended meanwhile.
    pub(crate) fn remember(&self, insertion: &Insertion, duty: Duty) -> bool {
        let mut held = self.lock();
        match &mut held.inserted {
            Some((present, duties)) if present == insertion => {
                if duties.len() == DUTIES_MAX {
                    duties.remove(0);
                }
                duties.push(duty);
                true
            }
            _ => false,
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn duty(n: u8) -> Duty {
        Duty { url: "http://localhost:8080/card/removed".into(), token: RemovalToken::from([n; 32]) }
    }

    #[test]
    fn a_duty_is_done_once() {
        let slot = Slot::default();
        assert!(slot.insert("card-0001".parse().unwrap()).is_empty());
        assert!(slot.remember(&slot.inserted().unwrap(), duty(1)));
        assert_eq!(slot.remove().unwrap().len(), 1);
        assert!(slot.remove().is_none());
    }

    #[test]
    fn another_card_pushes_the_first_one_out() {
        let slot = Slot::default();
        slot.insert("card-0001".parse().unwrap());
        assert!(slot.remember(&slot.inserted().unwrap(), duty(1)));
        assert_eq!(slot.insert("card-0002".parse().unwrap()).len(), 1);
        assert_eq!(slot.remove().unwrap().len(), 0);
    }

    #[test]
    fn a_card_put_back_is_a_new_stay() {
        let slot = Slot::default();
        slot.insert("card-0001".parse().unwrap());
        let first = slot.inserted().unwrap();
        slot.remove();
        slot.insert("card-0001".parse().unwrap());
        assert!(!slot.remember(&first, duty(1)));
    }

    #[test]
    fn the_newest_duties_are_kept() {
        let slot = Slot::default();
        slot.insert("card-0001".parse().unwrap());
        for n in 0..40 {
            slot.remember(&slot.inserted().unwrap(), duty(n));
        }
        let duties = slot.remove().unwrap();
        assert_eq!((duties.len(), duties[31].token.clone()), (DUTIES_MAX, RemovalToken::from([39; 32])));
    }
}
