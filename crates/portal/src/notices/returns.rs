//! What a sender fetches (P-PSH-5).

use domain::OrgCode;
use store::{ReturnRow, ReturnRowWhat, StoreError};
use wire::mediation::SealedPayload;
use wire::notice::{ForPortal, Return, ReturnedWhat, Returns, ReturnsRequest};

use crate::{CoreChannel, Portal};

const AT_ONCE: usize = 1000;
/// So much of replies goes into one answer: the core takes 8 MiB of one, and one reply is 88 kB.
const BYTES_AT_ONCE: usize = 4 << 20;
/// Rows that are read at a time, so that what does not fit into the answer is hardly read.
const READ_AT_ONCE: u32 = 50;

/// No sender was ever told so many things; a greater number is nobody's.
const NUMBER_MAX: u64 = 1 << 48;

impl Portal {
    /// What is new for this sender. What it says it has is forgotten here.
    pub async fn returns(&self, _core: CoreChannel, from: &ForPortal<ReturnsRequest>) -> Result<Returns, StoreError> {
        let ForPortal { sender, message: ReturnsRequest { after } } = from;
        let mut repository = self.store().begin().await?;
        let restored = (1..=NUMBER_MAX).contains(after) && repository.number_returns_behind(sender, *after).await?;
        if restored {
            tracing::warn!(
                sender = sender.as_str(),
                "a sender knows more than was ever told here: these tables were restored"
            );
        }
        if repository.forget_returns(sender, *after).await? > 0 || restored {
            repository.commit().await?;
        } else {
            drop(repository);
        }
        let rows = self.returns_at_once(sender, *after).await?;
        let next = rows.last().map_or(*after, |row| row.number);
        Ok(Returns { items: rows.into_iter().map(told).collect(), next })
    }

    async fn returns_at_once(&self, sender: &OrgCode, after: u64) -> Result<Vec<ReturnRow>, StoreError> {
        let mut reader = self.store().read().await?;
        let mut page = Page::default();
        loop {
            let from = page.rows.last().map_or(after, |row| row.number);
            let rows = reader.returns(sender, from, READ_AT_ONCE).await?;
            let is_last = rows.len() < READ_AT_ONCE as usize;
            let all = rows.into_iter().all(|row| page.takes(row));
            if is_last || !all {
                return Ok(page.rows);
            }
        }
    }
}

/// What goes into one answer.
#[derive(Default)]
struct Page {
    rows: Vec<ReturnRow>,
    bytes: usize,
}

impl Page {
    /// False when it is full. The first one always has room.
    fn takes(&mut self, row: ReturnRow) -> bool {
        let bytes = match &row.what {
            ReturnRowWhat::State(_) => 0,
            ReturnRowWhat::Reply { encapsulated_key, ciphertext } => encapsulated_key.len() + ciphertext.len(),
        };
        let fits = self.rows.len() < AT_ONCE && self.bytes + bytes <= BYTES_AT_ONCE;
        if self.rows.is_empty() || fits {
            self.bytes += bytes;
            self.rows.push(row);
            return true;
        }
        false
    }
}

fn told(row: ReturnRow) -> Return {
    let what = match row.what {
        ReturnRowWhat::State(state) => ReturnedWhat::State { state },
        ReturnRowWhat::Reply { encapsulated_key, ciphertext } => {
            ReturnedWhat::Reply { sealed: SealedPayload { encapsulated_key, ciphertext } }
        }
    };
    Return { number: row.number, notice: row.notice, link_code: row.link_code, at: row.at, what }
}

#[cfg(test)]
mod tests {
    use domain::{LinkCode, NoticeState};

    use super::*;

    fn row(number: u64, what: ReturnRowWhat) -> ReturnRow {
        let at = "2026-11-21T00:00:00Z".parse().unwrap();
        ReturnRow { number, notice: [1; 16].into(), link_code: LinkCode::from([1; 32]), at, what }
    }

    /// How many of these fit into one answer, and how long it is.
    fn page(what: &ReturnRowWhat) -> (usize, usize) {
        let mut page = Page::default();
        for number in 1..2000 {
            if !page.takes(row(number, what.clone())) {
                break;
            }
        }
        let many = page.rows.len();
        let items = page.rows.into_iter().map(told).collect();
        (many, serde_json::to_vec(&Returns { items, next: 0 }).unwrap().len())
    }

    fn reply(bytes: usize) -> ReturnRowWhat {
        ReturnRowWhat::Reply { encapsulated_key: "A".repeat(88), ciphertext: "A".repeat(bytes) }
    }

    #[test]
    fn an_answer_is_cut_so_that_the_core_can_take_it_and_never_empty() {
        // As long as every reply is, in base64.
        let (many, bytes) = page(&reply(87_404));
        assert!(many > 40 && bytes < 5 << 20, "{many} in {bytes} bytes");
        assert_eq!(page(&reply(BYTES_AT_ONCE + 1)).0, 1);
        let (many, bytes) = page(&ReturnRowWhat::State(NoticeState::OpenedByPerson));
        assert!(many == AT_ONCE && bytes < 1 << 20, "{many} in {bytes} bytes");
    }
}
