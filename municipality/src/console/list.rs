//! Lists of recipients, as an officer uploads them or a segment names them, kept in batches ([`crate::list`]). A list with a
//! line that cannot be taken is sent to nobody.

use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use jiff::Timestamp;

use crate::list::{self, FAULTS_MAX, ListReader, Rules, Step, Stop, Twice};
use crate::store::{ReadList, SendingId, Store, StoreError};

/// Bytes of a list.
pub(super) const LIST_BYTES_MAX: u64 = 1 << 30;

/// What a list is for.
pub(super) struct For {
    pub(super) sending: SendingId,
    pub(super) rules: Rules,
    pub(super) now: Timestamp,
}

/// Why reading ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The source ended, or failed, before it was whole.
    Cut,
    /// More bytes or people than a list may have, or no lines at all.
    TooMuch,
    /// The program of a segment failed.
    Program,
    /// The system of a segment cannot be reached, or is not believed.
    Unreachable,
    /// The system of a segment answered that it does not tell.
    Refused,
    /// The system of a segment answered something that is no list.
    NoList,
    /// A segment took longer than it may.
    Slow,
}

impl Broken {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::TooMuch => "too-much",
            Self::Program => "program",
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::NoList => "no-list",
            Self::Slow => "slow",
        }
    }
}

impl From<Stop> for Broken {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Endless(_) | Stop::TooMany => Self::TooMuch,
        }
    }
}

/// Reads a list to its end.
pub(super) async fn read<S>(store: &Store, purpose: For, source: S) -> Result<ReadList, StoreError>
where
    S: Stream<Item = Result<Bytes, Broken>>,
{
    let For { sending, rules, now } = purpose;
    // Where everybody gets the same, who stands there twice gets it once; of two letters nobody can say which is meant.
    let twice = if rules.merged() { Twice::IsAFault } else { Twice::IsOnce };
    let list = ReadList { source: String::new(), lines: 0, twice: 0, faults: 0, broken: None, whole_at: None };
    let mut reading = Reading { store, sending, reader: ListReader::new(rules, None), twice, list };
    let broken = reading.all(source).await?;
    reading.keep().await?;
    let mut list = reading.list;
    list.broken = broken.map(|why| why.name().to_owned());
    list.whole_at = broken.is_none().then_some(now);
    let mut repository = store.begin().await?;
    repository.close_list(sending, &list).await?;
    repository.commit().await?;
    Ok(list)
}

struct Reading<'a> {
    store: &'a Store,
    sending: SendingId,
    reader: ListReader,
    twice: Twice,
    list: ReadList,
}

impl Reading<'_> {
    async fn all<S>(&mut self, source: S) -> Result<Option<Broken>, StoreError>
    where
        S: Stream<Item = Result<Bytes, Broken>>,
    {
        let mut bytes = 0_u64;
        futures::pin_mut!(source);
        while let Some(chunk) = source.next().await {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(why) => return Ok(Some(why)),
            };
            bytes = bytes.saturating_add(chunk.len() as u64);
            if bytes > LIST_BYTES_MAX {
                return Ok(Some(Broken::TooMuch));
            }
            self.reader.push(chunk);
            loop {
                match self.reader.read() {
                    Ok(Step::Hungry) => break,
                    Ok(Step::Full) => self.keep().await?,
                    Err(stop) => return Ok(Some(stop.into())),
                }
            }
        }
        Ok(self.reader.finish().err().map(Broken::from))
    }

    async fn keep(&mut self) -> Result<(), StoreError> {
        let batch = self.reader.take();
        if batch.lines == 0 {
            return Ok(());
        }
        self.list.lines += batch.recipients.len() as u64;
        let mut repository = self.store.begin().await?;
        let kept = list::keep(&mut repository, self.sending, batch, self.twice).await?;
        let told = usize::try_from(FAULTS_MAX.saturating_sub(self.list.faults)).unwrap_or(0);
        for (line, fault) in kept.faults.iter().take(told) {
            repository.insert_fault(self.sending, *line, &fault.kept()).await?;
        }
        repository.commit().await?;
        self.list.twice += kept.twice;
        self.list.faults += kept.faults.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
