//! How much of it.

use std::time::Duration;

use crate::Effort;

/// Numbers of people, posts and pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sizes {
    /// Recipients of the bulk.
    pub(super) bulk: usize,
    /// Recipients of each hop that is measured apart.
    pub(super) hop: usize,
    /// Folders, for what must not grow with them.
    pub(super) folders: [usize; 3],
    /// Recipients of one letter there.
    pub(super) each_letter: usize,
    /// Letters there, to many and to one.
    pub(super) letters: usize,
    /// Posts of one round by all callers.
    pub(super) posts: u32,
    /// Rounds of them, and of the floor beside; and of what must not grow.
    pub(super) rounds: usize,
    /// Durable commits of one caller alone.
    pub(super) lone_commits: u32,
    /// Posts by one caller alone.
    pub(super) alone_posts: usize,
    /// Posts that come at half the rate.
    pub(super) half_rate: Duration,
    /// Four times as much as can be done.
    pub(super) overload: Duration,
    /// Notices in the folder whose inbox is looked at.
    pub(super) inbox: usize,
    /// Pages that are timed.
    pub(super) pages: usize,
    /// Notices from post to page.
    pub(super) seen: usize,
    /// Open event streams.
    pub(super) streams: usize,
    /// Notices that ring at all of them.
    pub(super) rings: usize,
}

impl Sizes {
    const FULL: Self = Self {
        bulk: 1_000_000,
        hop: 200_000,
        folders: [10_000, 100_000, 1_000_000],
        each_letter: 5_000,
        letters: 40,
        posts: 4_096,
        rounds: 3,
        lone_commits: 1_000,
        alone_posts: 500,
        half_rate: Duration::from_secs(10),
        overload: Duration::from_secs(10),
        inbox: 10_000,
        pages: 400,
        seen: 120,
        streams: 2_000,
        rings: 10,
    };
    /// To see whether it works.
    const QUICK: Self = Self {
        bulk: 2_000,
        hop: 1_000,
        folders: [500, 1_000, 2_000],
        each_letter: 250,
        letters: 4,
        posts: 256,
        rounds: 1,
        lone_commits: 200,
        alone_posts: 40,
        half_rate: Duration::from_secs(2),
        overload: Duration::from_secs(2),
        inbox: 200,
        pages: 20,
        seen: 3,
        streams: 40,
        rings: 2,
    };

    /// `recipients`: the bulk is for so many, and the folders go up to so many.
    pub(super) fn of(effort: Effort, recipients: Option<usize>) -> Self {
        let sizes = if effort.is_quick() { Self::QUICK } else { Self::FULL };
        match recipients {
            None => sizes,
            Some(bulk) => {
                let folders = [(bulk / 100).max(1), (bulk / 10).max(1), bulk];
                let [least, ..] = folders;
                Self { bulk, folders, hop: sizes.hop.min(bulk), each_letter: sizes.each_letter.min(least), ..sizes }
            }
        }
    }

    /// People for whom there must be codes.
    pub(super) fn people(&self) -> usize {
        self.folders.into_iter().fold(self.bulk.max(self.hop), usize::max)
    }

    /// A bulk of a tenth, to see whether memory grows with it.
    pub(super) fn small_bulk(&self) -> usize {
        (self.bulk / 10).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gets_a_letter_who_has_no_folder() {
        for sizes in [Sizes::FULL, Sizes::QUICK, Sizes::of(Effort::FULL, Some(100_000))] {
            let [least, middle, most] = sizes.folders;
            assert!(sizes.each_letter <= least && least < middle && middle < most, "{sizes:?}");
            assert!(sizes.people() >= sizes.bulk && sizes.people() >= most, "{sizes:?}");
            assert!(sizes.streams % 4 == 0 && sizes.streams / 4 <= least, "{sizes:?}");
        }
    }
}
