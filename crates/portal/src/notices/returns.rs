//! What a sender fetches (P-PSH-5).

use store::{ReturnRow, ReturnRowWhat, StoreError};
use wire::mediation::SealedPayload;
use wire::notice::{ForPortal, Return, ReturnedWhat, Returns, ReturnsRequest};

use crate::{CoreChannel, Portal};

const AT_ONCE: u32 = 1000;

impl Portal {
    /// What is new for this sender. What it says it has is forgotten here.
    pub async fn returns(&self, _core: CoreChannel, from: &ForPortal<ReturnsRequest>) -> Result<Returns, StoreError> {
        let ForPortal { sender, message: ReturnsRequest { after } } = from;
        let mut repository = self.store().begin().await?;
        if repository.forget_returns(sender, *after).await? > 0 {
            repository.commit().await?;
        } else {
            drop(repository);
        }
        let rows = self.store().read().await?.returns(sender, *after, AT_ONCE).await?;
        let next = rows.last().map_or(*after, |row| row.number);
        Ok(Returns { items: rows.into_iter().map(told).collect(), next })
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
