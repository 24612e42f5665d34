//! How much is measured.

/// Numbers of clicks, people and files.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Clicks for each number of institutions, one question to each.
    pub(crate) clicks: usize,
    /// The same with every kind that the demo's whitelist has.
    pub(crate) clicks_all_kinds: usize,
    /// People who gather at once.
    pub(crate) people: usize,
    /// Logouts that are timed, alone and in a crowd.
    pub(crate) purges: usize,
    /// Files to take home, one after the other.
    pub(crate) exports: usize,
    /// Documents and archives whose making is timed.
    pub(crate) documents: usize,
    /// Pages read of what was collected beforehand, for each number of institutions.
    pub(crate) reads: usize,
}

impl Effort {
    /// Whether its figures are worth anything.
    pub(crate) fn is_quick(self) -> bool {
        self.clicks < Self::FULL.clicks
    }

    /// What the promises are about.
    pub(crate) const FULL: Self =
        Self { clicks: 300, clicks_all_kinds: 36, people: 200, purges: 60, exports: 500, documents: 5, reads: 300 };
    /// To see whether it works; its figures are worth nothing.
    pub(crate) const QUICK: Self =
        Self { clicks: 6, clicks_all_kinds: 3, people: 12, purges: 4, exports: 20, documents: 1, reads: 8 };
}
