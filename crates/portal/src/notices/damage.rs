//! A notice that cannot be shown stands in the log: once, by its number, without a word of it.

use std::collections::BTreeSet;
use std::error::Error;
use std::sync::{Mutex, PoisonError};

use store::LetterId;

/// Beyond so many the log says no more: then the key is another one, or the disk is gone.
const TOLD_AT_MOST: usize = 1000;

/// Letters of which this process has told the log.
#[derive(Debug, Default)]
pub(crate) struct Damages(Mutex<BTreeSet<LetterId>>);

impl Damages {
    fn is_news(&self, letter: LetterId) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        told.len() < TOLD_AT_MOST && told.insert(letter)
    }
}

impl crate::Portal {
    pub(super) fn note_damage(&self, letter: LetterId, error: &(dyn Error + 'static)) {
        if self.notice_damages().is_news(letter) {
            metrics::counter!("notices_damaged_total").increment(1);
            tracing::error!(letter = letter.number(), error, "a notice cannot be shown");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_is_told_once_and_not_without_end() {
        let damages = Damages::default();
        let news = |number| damages.is_news(LetterId::of_number(number));
        assert!(news(1) && !news(1) && news(2));
        let told = (1..).take(5000).filter(|number| news(*number)).count();
        assert_eq!(told, TOLD_AT_MOST - 2);
    }
}
