//! What a sweep of expired rows removed.

/// Rows removed by one sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Challenges past their time.
    pub challenges: u64,
    /// Registrations past their time.
    pub registrations: u64,
    /// Sessions past their time.
    pub sessions: u64,
}
