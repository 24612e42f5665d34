//! A batch into the tables.

use std::collections::HashMap;

use super::{Batch, LineFault};
use crate::store::{Repository, SendingId, StoreError};

/// Somebody who stands there twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twice {
    /// Is something wrong.
    IsAFault,
    /// Gets it once: everybody gets the same.
    IsOnce,
}

/// What became of a batch.
pub(crate) struct Kept {
    /// Lines that name somebody again, where that is nothing wrong.
    pub(crate) twice: u64,
    /// What is wrong, by line, who stands there twice included.
    pub(crate) faults: Vec<(u64, LineFault)>,
}

/// Adds the recipients of a batch to a sending; commits nothing.
pub(crate) async fn keep(
    repository: &mut Repository,
    sending: SendingId,
    batch: Batch,
    twice: Twice,
) -> Result<Kept, StoreError> {
    let Batch { recipients, mut faults, .. } = batch;
    let added = repository.insert_recipients(sending, &recipients).await?;
    let again = (recipients.len() as u64).saturating_sub(added);
    if again == 0 || twice == Twice::IsOnce {
        return Ok(Kept { twice: again, faults });
    }
    let codes: Vec<_> = recipients.iter().map(|one| one.link_code.clone()).collect();
    let first: HashMap<_, _> = repository.recipients_among(sending, &codes).await?.into_iter().collect();
    faults.extend(recipients.iter().filter_map(|one| {
        let earlier = first.get(&one.link_code).filter(|earlier| **earlier != one.place)?;
        Some((u64::from(one.place) + 1, LineFault::Duplicate(u64::from(*earlier) + 1)))
    }));
    faults.sort_by_key(|(line, _)| *line);
    Ok(Kept { twice: 0, faults })
}
