//! A writer that can be shut: `ZipWriter` finishes its archive when it is dropped, and what was cancelled must not look
//! whole.

use std::{
    cell::Cell,
    io::{self, Write},
    rc::Rc,
};

/// Passes bytes on until it is shut; then it swallows them.
pub(super) struct Gate<W> {
    out: W,
    shut: Rc<Cell<bool>>,
}

/// Shuts the gate, wherever the gate is.
pub(super) struct Closer(Rc<Cell<bool>>);

impl<W: Write> Gate<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, shut: Rc::default() }
    }

    pub(super) fn closer(&self) -> Closer {
        Closer(Rc::clone(&self.shut))
    }

    /// A writer that failed once is not asked again.
    fn unless_shut<T>(&mut self, swallowed: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.shut.get() {
            return Ok(swallowed);
        }
        let written = write(&mut self.out);
        if written.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted) {
            self.shut.set(true);
        }
        written
    }
}

impl Closer {
    pub(super) fn close(&self) {
        self.0.set(true);
    }
}

impl<W: Write> Write for Gate<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_shut(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_shut((), W::flush)
    }
}
