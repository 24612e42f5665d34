//! From bytes to batches.

use bytes::Bytes;

use super::cutter::{Cut, Cutter};
use super::line::{LineReader, What};
use super::{LINE_BYTES_MAX, LineFault, RECIPIENTS_MAX, Rules};
use crate::store::{ListForm, NewRecipient};

/// Lines in one batch.
const BATCH_LINES_MAX: u64 = 10_000;
/// Bytes of lines in one batch, the last of them not counted.
const BATCH_BYTES_MAX: u64 = 4 * 1024 * 1024;
/// What goes on so long without a line break is no list.
const ENDLESS_BYTES: usize = 16 * LINE_BYTES_MAX;

/// Reads one list: [`push`](Self::push) what comes, [`read`](Self::read) until it is hungry, at the end
/// [`finish`](Self::finish); whenever a batch is full, [`take`](Self::take) it.
pub(crate) struct ListReader {
    cutter: Cutter,
    lines: LineReader,
    /// Lines before the batch.
    before: u64,
    batch: Batch,
}

/// What was read and is not kept yet.
#[derive(Default)]
pub(crate) struct Batch {
    /// To the end of its last line.
    pub(crate) bytes: u64,
    /// Whatever was in them.
    pub(crate) lines: u64,
    /// Who stands there.
    pub(crate) recipients: Vec<NewRecipient>,
    /// What is wrong, by line.
    pub(crate) faults: Vec<(u64, LineFault)>,
}

/// How far reading came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// There is a batch to take, and more to read.
    Full,
    /// Everything that came was read.
    Hungry,
}

/// Nothing more can be read. Whole lines before it stand in the batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// This line has no end.
    Endless(u64),
    /// More lines than a list may have.
    TooMany,
}

impl ListReader {
    /// `form` is none where the first line says it.
    pub(crate) fn new(rules: Rules, form: Option<ListForm>) -> Self {
        Self::going_on(rules, form, None, 0, 0)
    }

    /// Goes on after `lines` lines with so many faults and, in CSV, these columns.
    pub(crate) fn going_on(
        rules: Rules,
        form: Option<ListForm>,
        columns: Option<Vec<String>>,
        lines: u64,
        faults: u64,
    ) -> Self {
        let hopeless = form == Some(ListForm::Csv) && columns.is_none() && faults > 0;
        let lines_of = LineReader::new(rules, form, columns, hopeless);
        Self { cutter: Cutter::default(), lines: lines_of, before: lines, batch: Batch::default() }
    }

    /// The names of the columns, once they were read.
    pub(crate) fn columns(&self) -> Option<&[String]> {
        self.lines.columns()
    }

    /// What comes next.
    pub(crate) fn push(&mut self, bytes: Bytes) {
        self.cutter.push(bytes);
    }

    /// Reads on.
    pub(crate) fn read(&mut self) -> Result<Step, Stop> {
        while let Some(cut) = self.cutter.next() {
            self.line(&cut, false)?;
            if self.batch.lines >= BATCH_LINES_MAX || self.batch.bytes >= BATCH_BYTES_MAX {
                return Ok(Step::Full);
            }
        }
        if self.cutter.begun() > ENDLESS_BYTES { Err(Stop::Endless(self.number() + 1)) } else { Ok(Step::Hungry) }
    }

    /// The last line may come without a line break.
    pub(crate) fn finish(&mut self) -> Result<(), Stop> {
        match self.cutter.last() {
            Some(cut) => self.line(&cut, true),
            None => Ok(()),
        }
    }

    /// What was read since the last time.
    pub(crate) fn take(&mut self) -> Batch {
        self.before = self.number();
        std::mem::take(&mut self.batch)
    }

    /// Bytes of the list in memory: never more than a batch, a line and what was pushed last.
    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        self.cutter.held() + usize::try_from(self.batch.bytes).unwrap_or(usize::MAX)
    }

    fn number(&self) -> u64 {
        self.before + self.batch.lines
    }

    fn line(&mut self, cut: &Cut, last: bool) -> Result<(), Stop> {
        let number = self.number() + 1;
        // A line more, for the names of the columns.
        if number > RECIPIENTS_MAX + 1 {
            return Err(Stop::TooMany);
        }
        self.batch.bytes += cut.bytes;
        self.batch.lines += 1;
        match self.lines.read(number, cut.text.as_deref(), last) {
            What::Nothing => {}
            What::Recipient(recipient) => self.batch.recipients.push(recipient),
            What::Fault(fault) => self.batch.faults.push((number, fault)),
        }
        Ok(())
    }
}
