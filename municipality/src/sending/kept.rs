//! What became of recipients, as the portal says, is kept: of all that one message named, in one transaction.

use base64ct::{Base64, Encoding as _};
use jiff::Timestamp;
use wire::notice::{DeliveriesAnswer, DeliveryOutcome};

use super::load::Load;
use super::{PostFailure, Sender, StepFailure, must_wait, wants_letter};
use crate::store::{Repository, Settled, StoreError};

impl Sender {
    /// True when one of them has more.
    pub(super) async fn keep(
        &self,
        loads: &[Load],
        answer: &DeliveriesAnswer,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut outcomes = answer.items.iter();
        let told = loads.iter().map(|load| {
            let own: Vec<DeliveryOutcome> = outcomes.by_ref().take(load.deliveries().len()).cloned().collect();
            (load, self.told(load, &own, now))
        });
        // Signatures are looked at before the database waits for us.
        let told: Vec<(&Load, Told)> = told.collect();
        let mut repository = self.store.begin().await?;
        let mut stands = Vec::with_capacity(told.len());
        for (load, told) in &told {
            stands.push(write(&mut repository, load, told, now).await?);
        }
        repository.commit().await?;
        for load in loads.iter().zip(&stands).filter_map(|(load, stand)| (*stand == Stand::Done).then_some(load)) {
            tracing::info!(sending = %load.row.id, "a sending is done");
        }
        Ok(stands.contains(&Stand::GoesOn))
    }

    fn told(&self, load: &Load, outcomes: &[DeliveryOutcome], now: Timestamp) -> Told {
        if load.recipients.is_empty() {
            return Told::Nobody;
        }
        if outcomes.contains(&DeliveryOutcome::LetterWanted) {
            return Told::LetterWanted;
        }
        let Some(settled) = load.settled(outcomes) else { return Told::OtherPlaces };
        let kept = |(place, notice, receipt)| {
            let signed = Base64::decode_vec(receipt).ok()?;
            let believed = self.post.believe_receipt(&notice, &signed, now);
            if let Err(error) = &believed {
                tracing::error!(error = error as &dyn std::error::Error, "a receipt is not believed");
            }
            Some(Receipt { place, signed, believed: believed.is_ok() })
        };
        Told::Settled(settled, load.receipts(outcomes).filter_map(kept).collect())
    }
}

/// What becomes of a sending now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Everybody is settled.
    Done,
    /// There is more to do at once.
    GoesOn,
    /// Later, or in another round.
    Rests,
}

async fn write(repository: &mut Repository, load: &Load, told: &Told, now: Timestamp) -> Result<Stand, StoreError> {
    let row = &load.row;
    if wants_letter(row) {
        repository.letter_taken(row.id, now).await?;
    }
    match told {
        Told::LetterWanted => {
            repository.letter_wanted(row.id).await?;
            // Once more at once, then as after every failure: a portal that never has it must not be asked without end.
            if row.tries == 0 {
                repository.postpone(row.id, now, "letter-wanted").await?;
                return Ok(Stand::GoesOn);
            }
            must_wait(repository, row, &PostFailure::Later.into(), now).await?;
            return Ok(Stand::Rests);
        }
        Told::OtherPlaces => {
            must_wait(repository, row, &StepFailure::Places, now).await?;
            return Ok(Stand::Rests);
        }
        Told::Settled(settled, receipts) => {
            repository.settle(row.id, settled).await?;
            for Receipt { place, signed, believed } in receipts {
                if *believed {
                    repository.insert_receipt(row.id, *place, signed).await?;
                } else {
                    repository.insert_doubted(row.id, *place, signed).await?;
                }
            }
        }
        Told::Nobody => {}
    }
    Ok(match repository.went_on(row.id, now).await? {
        true => Stand::Done,
        // Who asked for fewer than it may has the last of them, also where another round was quicker.
        false if load.is_full() => Stand::GoesOn,
        false => Stand::Rests,
    })
}

/// What the portal signed, or somebody.
struct Receipt {
    place: u32,
    signed: Vec<u8>,
    /// What is not believed now may be later.
    believed: bool,
}

/// What the portal says of a sending's recipients.
enum Told {
    /// What became of them, and the receipts.
    Settled(Settled, Vec<Receipt>),
    /// It was not asked: nobody is left.
    Nobody,
    /// It does not have the letter, or not any more.
    LetterWanted,
    /// Something else than was asked.
    OtherPlaces,
}
