//! Us in the core's place: letters that the city signed, brought to the portal without the programs before it.

use std::sync::Arc;

use domain::{LinkCode, NoticeId, OrgCode};
use linkage::party::{CORE, DataDir, PORTAL, Party};
use runtime::SystemClock;
use wire::notice::{
    DELIVERIES_PATH, Deliveries, DeliveriesAnswer, Delivery, DeliveryOutcome, ForPortal, LETTER_PATH, LetterTaken,
};

use super::ground::Ground;
use super::words::Pen;
use crate::Failure;

/// See the module.
pub(super) struct Carrier {
    party: Party,
    city: OrgCode,
    pen: Pen,
}

impl Carrier {
    pub(super) fn of(ground: &Ground) -> Result<Self, Failure> {
        let data = DataDir::new(&ground.data);
        let party = Party::load(&CORE, &data, Arc::new(SystemClock))?;
        Ok(Self { party, city: ground.city.clone(), pen: Pen::of(&data, &ground.city)? })
    }

    /// Brings a new letter.
    pub(super) async fn letter(&self, title: &str, nth: usize) -> Result<NoticeId, Failure> {
        let message = ForPortal { sender: self.city.clone(), message: self.pen.letter(title, nth)? };
        let taken: LetterTaken = self.party.peers.post(&PORTAL, LETTER_PATH, &message).await?;
        Ok(taken.notice)
    }

    /// Brings one letter to these people, all of whom must have folders.
    pub(super) async fn deliver(&self, notice: NoticeId, recipients: Vec<LinkCode>) -> Result<(), Failure> {
        self.deliver_all(vec![Delivery { notice, recipients }]).await
    }

    /// Brings several letters.
    pub(super) async fn deliver_all(&self, items: Vec<Delivery>) -> Result<(), Failure> {
        let message = ForPortal { sender: self.city.clone(), message: Deliveries { items } };
        let answer: DeliveriesAnswer = self.party.peers.post(&PORTAL, DELIVERIES_PATH, &message).await?;
        let everybody = |outcome: &DeliveryOutcome| match outcome {
            DeliveryOutcome::Taken { undeliverable, .. } => undeliverable.is_empty(),
            DeliveryOutcome::LetterWanted | DeliveryOutcome::Over => false,
        };
        if answer.items.len() == message.message.items.len() && answer.items.iter().all(everybody) {
            return Ok(());
        }
        Err("the portal did not take a notice for everybody".into())
    }
}
