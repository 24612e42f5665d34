//! What a notice may take the place of: whoever has it sees that there is a newer one.

use crate::store::SendingRow;

/// It can take the place of nothing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplacedFault {
    /// Nothing of its maker's has that name.
    #[error("no sending has this id; a letter of a recipient's own has no id that can be named here")]
    Unknown,
    /// Open, cancelled before its release, or of the sandbox.
    #[error("that sending was never released, so nobody has its notice")]
    Unreleased,
    /// Letters are named one by one.
    #[error(
        "each recipient of that sending has a letter of their own, which no other can replace: withdraw that sending, \
         and send anew"
    )]
    Merged,
}

/// Whether this was released, the same for everybody. `sending` is the one that a draft names, where it is its maker's own.
pub fn replaceable(sending: Option<&SendingRow>) -> Result<(), ReplacedFault> {
    match sending {
        None => Err(ReplacedFault::Unknown),
        Some(row) if row.issued_at.is_none() => Err(ReplacedFault::Unreleased),
        Some(row) if row.merged => Err(ReplacedFault::Merged),
        Some(_) => Ok(()),
    }
}
