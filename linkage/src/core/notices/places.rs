//! Who of the sender's recipients went on to the portal, and how its answer is told in the sender's places.

use wire::notice::{Deliveries, DeliveriesAnswer, Delivery, DeliveryOutcome};

use crate::core::conversion::Confirmed;

pub(super) struct Sorted(Vec<Item>);

struct Item {
    for_portal: Delivery,
    /// The sender's place of each that went on.
    places: Vec<u32>,
    /// No code of the sender.
    unknown: Vec<u32>,
    /// The portal has no code of this person.
    without: Vec<u32>,
}

impl Sorted {
    /// `converted` has one for each recipient of all items, in order.
    pub(super) fn of(deliveries: Deliveries, converted: Vec<Option<Confirmed>>) -> Self {
        let mut converted = converted.into_iter();
        let item = |delivery: Delivery| {
            let (mut places, mut unknown, mut without, mut codes) = (vec![], vec![], vec![], vec![]);
            for ((_, place), converted) in delivery.recipients.iter().zip(0u32..).zip(&mut converted) {
                match converted {
                    None => unknown.push(place),
                    Some(Confirmed { other: None }) => without.push(place),
                    Some(Confirmed { other: Some(code) }) => {
                        places.push(place);
                        codes.push(code);
                    }
                }
            }
            Item { for_portal: Delivery { notice: delivery.notice, recipients: codes }, places, unknown, without }
        };
        Self(deliveries.items.into_iter().map(item).collect())
    }

    pub(super) fn for_portal(&self) -> Deliveries {
        Deliveries { items: self.0.iter().map(|item| item.for_portal.clone()).collect() }
    }

    /// None: not an answer to this question.
    pub(super) fn for_sender(self, answer: DeliveriesAnswer) -> Option<DeliveriesAnswer> {
        if answer.items.len() != self.0.len() {
            return None;
        }
        let told = self.0.into_iter().zip(answer.items).map(|(item, outcome)| item.told(outcome));
        Some(DeliveriesAnswer { items: told.collect::<Option<_>>()? })
    }
}

impl Item {
    fn told(self, outcome: DeliveryOutcome) -> Option<DeliveryOutcome> {
        let DeliveryOutcome::Taken { undeliverable, unknown, receipt } = outcome else { return Some(outcome) };
        if !unknown.is_empty() {
            return None;
        }
        let own = |place: u32| self.places.get(usize::try_from(place).ok()?).copied();
        let mut at_the_portal = undeliverable.into_iter().map(own).collect::<Option<Vec<_>>>()?;
        at_the_portal.extend(self.without);
        at_the_portal.sort_unstable();
        Some(DeliveryOutcome::Taken { undeliverable: at_the_portal, unknown: self.unknown, receipt })
    }
}
