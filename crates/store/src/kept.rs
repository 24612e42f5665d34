//! What the tables of kept notices hold (保管). Everything that says something is ciphertext under the folder's own key.

use jiff::Timestamp;

/// A kept notice, within this store. Those kept later have higher ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeptId(pub(crate) i64);

impl KeptId {
    /// As it stands in an address.
    pub fn number(self) -> i64 {
        self.0
    }

    /// From an address. Whether there is such a notice, and whose, the store knows.
    pub fn of_number(number: i64) -> Self {
        Self(number)
    }
}

/// A notice to be kept.
#[derive(Clone)]
pub struct NewKept {
    /// Which notice, told by the folder's key: the same again is the same.
    pub mark: [u8; 32],
    /// What a list shows; ciphertext.
    pub headline: Vec<u8>,
    /// The signed letter; ciphertext.
    pub body: Vec<u8>,
    /// Its files by place; ciphertext.
    pub attachments: Vec<(u8, Vec<u8>)>,
    /// From then on it is gone.
    pub expires_at: Timestamp,
}

impl NewKept {
    /// Of everything together.
    pub fn size(&self) -> u64 {
        let files: usize = self.attachments.iter().map(|(_, sealed)| sealed.len()).sum();
        (self.headline.len() + self.body.len() + files) as u64
    }
}

/// How much one folder may keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptLimits {
    /// Notices.
    pub count: u64,
    /// Bytes of ciphertext.
    pub size: u64,
}

/// What became of keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It is kept.
    Kept(KeptId),
    /// It was kept before, and stays as it was until its headline is told anew.
    Already(KeptId),
    /// There is no room for it. Nothing changed.
    Full,
    /// There is no such folder any more.
    NoFolder,
}

/// A kept notice in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    /// Which.
    pub id: KeptId,
    /// Which notice, told by the folder's key.
    pub mark: [u8; 32],
    /// Ciphertext.
    pub headline: Vec<u8>,
    /// When it was kept.
    pub kept_at: Timestamp,
    /// From then on it is gone.
    pub expires_at: Timestamp,
}

/// How much a folder keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeptTotals {
    /// Notices.
    pub count: u64,
    /// Bytes of ciphertext.
    pub size: u64,
}
