//! Step 5: brings orders to the core, again and again until it takes them, refuses them, or they are too old. What
//! waits survives a restart.

use std::sync::Arc;

use db::DbError;
use futures::{StreamExt as _, stream};
use tokio_util::sync::CancellationToken;
use wire::issuance::{IssuanceOrder, ORDER_PATH};

use crate::{
    jlis::{
        Jlis,
        store::{Settlement, WaitingOrder},
    },
    party::{self, Backoff},
};

const AT_ONCE: usize = 16;
const BATCH: u32 = 256;

/// Delivers until `stop`.
pub(super) async fn deliver(jlis: Arc<Jlis>, stop: CancellationToken) {
    let mut backoff = Backoff::default();
    loop {
        let left = match jlis.deliver_batch().await {
            Ok(left) => left,
            Err(error) => {
                tracing::error!(error = party::chain(&error), "cannot read or settle issuance orders");
                Left::Some
            }
        };
        let wait = match left {
            Left::None => {
                backoff.reset();
                None
            }
            Left::Some => Some(backoff.next()),
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = jlis.ordered.notified() => {}
            () = party::pause(wait) => {}
        }
    }
}

/// Whether orders still wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    None,
    Some,
}

impl Jlis {
    async fn deliver_batch(&self) -> Result<Left, DbError> {
        loop {
            let waiting = self.waiting_orders(BATCH).await?;
            if waiting.is_empty() {
                return Ok(Left::None);
            }
            let settled: Vec<Result<bool, DbError>> =
                stream::iter(waiting).map(|order| self.deliver_one(order)).buffer_unordered(AT_ONCE).collect().await;
            for one in settled {
                if !one? {
                    return Ok(Left::Some);
                }
            }
        }
    }

    /// True when the order is settled.
    async fn deliver_one(&self, waiting: WaitingOrder) -> Result<bool, DbError> {
        let now = self.party.now();
        let WaitingOrder { issuance_id, resident_record_code, org, match_number, expires_at } = waiting;
        if now > expires_at {
            tracing::warn!(%org, "an issuance order was too old and is dropped");
            self.settle(&issuance_id, Settlement::Expired, now).await?;
            return Ok(true);
        }
        let order = IssuanceOrder { resident_record_code, org, match_number };
        match self.party.peers.post_no_content(&party::CORE, ORDER_PATH, &order).await {
            Ok(()) => {
                self.settle(&issuance_id, Settlement::Ordered, now).await?;
                Ok(true)
            }
            Err(error) if error.may_pass() => {
                tracing::warn!(org = %order.org, error = party::chain(&error), "the core has not taken an order yet");
                self.count_attempt(&issuance_id).await?;
                Ok(false)
            }
            Err(error) => {
                tracing::error!(org = %order.org, error = party::chain(&error), "the core refused an order");
                self.settle(&issuance_id, Settlement::Refused, now).await?;
                Ok(true)
            }
        }
    }
}
