//! What one message names: the next recipients of a sending, or everybody of several short ones.

use domain::NoticeId;
use wire::notice::{Delivery, DeliveryOutcome};

use crate::draft::Draft;
use crate::store::{RecipientRow, SendingRow, Settled};

/// Recipients that one message names.
const RECIPIENTS_AT_ONCE: u32 = 5_000;
/// Letters of their own that one round brings.
const LETTERS_AT_ONCE: u32 = 200;
/// To so few that it goes with others. Indexes of migration 0005 name the number, too.
const FEW: u64 = 16;

/// Recipients of a sending whose letter the portal has.
pub(super) struct Load {
    pub(super) row: SendingRow,
    /// In their order, none of them settled.
    pub(super) recipients: Vec<RecipientRow>,
}

impl Load {
    /// Others may stand behind these.
    pub(super) fn is_full(&self) -> bool {
        self.recipients.len() == at_once(&self.row) as usize
    }

    /// Nothing where nobody is left.
    pub(super) fn deliveries(&self) -> Vec<Delivery> {
        let codes = |some: &[RecipientRow]| some.iter().map(|one| one.link_code.clone()).collect();
        self.parts().map(|(notice, part)| Delivery { notice, recipients: codes(part) }).collect()
    }

    /// What the answer to these deliveries says, in the recipients' own places. None: it says something of places that were not
    /// asked for, or not everything.
    pub(super) fn settled(&self, outcomes: &[DeliveryOutcome]) -> Option<Settled> {
        let mut settled = Settled {
            first: self.recipients.first()?.place,
            last: self.recipients.last()?.place,
            ..Settled::default()
        };
        let mut parts = self.parts();
        for outcome in outcomes {
            let (_, asked) = parts.next()?;
            let own = |place: &u32| Some(asked.get(usize::try_from(*place).ok()?)?.place);
            match outcome {
                DeliveryOutcome::Taken { undeliverable, unknown, .. } => {
                    settled.undeliverable.extend(undeliverable.iter().map(own).collect::<Option<Vec<_>>>()?);
                    settled.unknown.extend(unknown.iter().map(own).collect::<Option<Vec<_>>>()?);
                }
                // Its time is over, or it was taken back: nobody gets it any more.
                DeliveryOutcome::Over => settled.undeliverable.extend(asked.iter().map(|one| one.place)),
                DeliveryOutcome::LetterWanted => return None,
            }
        }
        parts.next().is_none().then_some(settled)
    }

    /// 到達証明, with the place it is of. It is for one person: where a letter is for many there is none.
    pub(super) fn receipts<'a>(
        &'a self,
        outcomes: &'a [DeliveryOutcome],
    ) -> impl Iterator<Item = (u32, NoticeId, &'a str)> {
        self.parts().zip(outcomes).filter_map(|((notice, asked), outcome)| match (outcome, asked) {
            (DeliveryOutcome::Taken { receipt: Some(receipt), .. }, [one]) => {
                Some((one.place, notice, receipt.as_str()))
            }
            _ => None,
        })
    }

    /// Who has the same letter.
    fn parts(&self) -> impl Iterator<Item = (NoticeId, &[RecipientRow])> {
        let many = if self.row.merged { 1 } else { self.recipients.len().max(1) };
        self.recipients.chunks(many).filter_map(|part| Some((self.row.notice_of(part.first()?.place), part)))
    }
}

pub(super) fn at_once(row: &SendingRow) -> u32 {
    if row.merged { LETTERS_AT_ONCE } else { RECIPIENTS_AT_ONCE }
}

/// Goes with others of its kind, who wait for nothing of it. What had trouble before goes alone, and takes nobody along.
pub(super) fn is_short(row: &SendingRow) -> bool {
    let has_no_files = |draft: Draft| draft.attachments.is_empty();
    !row.merged && row.tries == 0 && row.recipients <= FEW && serde_json::from_str(&row.draft).is_ok_and(has_no_files)
}
