//! Bytes as they come, cut into lines.

use bytes::Bytes;

use super::LINE_BYTES_MAX;

/// Holds what came last and the beginning of one line. A line that is too long is not held, only measured.
#[derive(Default)]
pub(super) struct Cutter {
    rest: Bytes,
    /// The beginning of a line whose end has not come; empty where it is too long already.
    carry: Vec<u8>,
    /// How long that beginning is.
    begun: usize,
}

/// One line, without its line break.
pub(super) struct Cut {
    /// None: longer than [`LINE_BYTES_MAX`].
    pub(super) text: Option<Bytes>,
    /// With its line break.
    pub(super) bytes: u64,
}

impl Cutter {
    /// What comes next. What came before must have been read.
    pub(super) fn push(&mut self, bytes: Bytes) {
        self.absorb();
        self.rest = bytes;
    }

    /// The next line whose end is there.
    pub(super) fn next(&mut self) -> Option<Cut> {
        let Some(at) = self.rest.iter().position(|byte| *byte == b'\n') else {
            self.absorb();
            return None;
        };
        let mut line = self.rest.split_to(at + 1);
        line.truncate(at);
        Some(self.cut(line, 1))
    }

    /// What stands after the last line break.
    pub(super) fn last(&mut self) -> Option<Cut> {
        self.absorb();
        (self.begun > 0).then(|| self.cut(Bytes::new(), 0))
    }

    /// How much there is of a line whose end has not come.
    pub(super) fn begun(&self) -> usize {
        self.begun
    }

    /// Bytes in memory.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.rest.len() + self.carry.len()
    }

    fn absorb(&mut self) {
        let rest = std::mem::take(&mut self.rest);
        self.hold(&rest);
    }

    fn hold(&mut self, piece: &[u8]) {
        self.begun = self.begun.saturating_add(piece.len());
        if self.begun > LINE_BYTES_MAX {
            self.carry = Vec::new();
        } else {
            self.carry.extend_from_slice(piece);
        }
    }

    fn cut(&mut self, end: Bytes, line_break: u64) -> Cut {
        let bytes = (self.begun + end.len()) as u64 + line_break;
        let text = if self.begun == 0 {
            Some(end).filter(|line| line.len() <= LINE_BYTES_MAX)
        } else {
            self.hold(&end);
            let whole = std::mem::take(&mut self.carry);
            (self.begun <= LINE_BYTES_MAX).then(|| Bytes::from(whole))
        };
        self.begun = 0;
        Cut { text, bytes }
    }
}
