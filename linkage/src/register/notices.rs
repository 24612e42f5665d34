//! Brings changes to JPKI, and ends of eligibility to the core; what was not delivered is still there after a restart.

use std::sync::Arc;

use db::DbError;
use jiff::Timestamp;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use crate::{
    core::{ELIGIBILITY_ENDED_PATH, EligibilityEnded},
    jpki::CHANGE_NOTICES_PATH,
    party::{self, Backoff},
    register::{ChangeNotice, JpkiChange, Register},
};

/// Who hears of changes. Each has a queue of its own: one that is away keeps nothing from the other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Hearer {
    Jpki,
    Core,
}

struct Waiting<T> {
    notice_id: i64,
    notice: T,
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Delivers in order until `stop`.
pub(super) async fn deliver(register: Arc<Register>, to: Hearer, stop: CancellationToken) {
    let mut backoff = Backoff::default();
    loop {
        let wait = match register.bring_waiting(to).await {
            Ok(()) => {
                backoff.reset();
                None
            }
            Err(error) => {
                tracing::warn!(?to, error = party::chain(&*error), "cannot bring change notices yet");
                Some(backoff.next())
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = register.noticed_for(to).notified() => {}
            () = party::pause(wait) => {}
        }
    }
}

impl Register {
    /// Returns when JPKI and the core have heard of everything. The caller sets a limit.
    pub async fn wait_until_told(&self) -> Result<(), DbError> {
        loop {
            let told = self.told.notified();
            tokio::pin!(told);
            told.as_mut().enable();
            if self.next_change().await?.is_none() && self.next_end().await?.is_none() {
                return Ok(());
            }
            told.await;
        }
    }

    fn noticed_for(&self, to: Hearer) -> &Notify {
        match to {
            Hearer::Jpki => &self.noticed,
            Hearer::Core => &self.ended,
        }
    }

    async fn bring_waiting(&self, to: Hearer) -> Result<(), Failure> {
        let peers = &self.party.peers;
        match to {
            Hearer::Jpki => {
                while let Some(waiting) = self.next_change().await? {
                    peers.post_no_content(&party::JPKI, CHANGE_NOTICES_PATH, &waiting.notice).await?;
                    self.forget("DELETE FROM jpki_notices WHERE notice_id = $1", waiting.notice_id).await?;
                }
            }
            Hearer::Core => {
                while let Some(waiting) = self.next_end().await? {
                    peers.post_no_content(&party::CORE, ELIGIBILITY_ENDED_PATH, &waiting.notice).await?;
                    self.forget("DELETE FROM core_notices WHERE notice_id = $1", waiting.notice_id).await?;
                }
            }
        }
        Ok(())
    }

    async fn next_change(&self) -> Result<Option<Waiting<ChangeNotice>>, DbError> {
        let mut read = self.pool.read().await?;
        let row: Option<(i64, String, String, i64)> = sqlx::query_as(
            "SELECT notice_id, resident_record_code, change, happened_at FROM jpki_notices ORDER BY notice_id LIMIT 1",
        )
        .fetch_optional(&mut *read)
        .await?;
        let Some((notice_id, code, change, happened_at)) = row else {
            return Ok(None);
        };
        let corrupt = |column| DbError::Corrupt { table: "jpki_notices", column };
        Ok(Some(Waiting {
            notice_id,
            notice: ChangeNotice {
                resident_record_code: code.parse().map_err(|_| corrupt("resident_record_code"))?,
                change: JpkiChange::from_name(&change).ok_or_else(|| corrupt("change"))?,
                happened_at: Timestamp::from_microsecond(happened_at).map_err(|_| corrupt("happened_at"))?,
            },
        }))
    }

    async fn next_end(&self) -> Result<Option<Waiting<EligibilityEnded>>, DbError> {
        let mut read = self.pool.read().await?;
        let row: Option<(i64, String)> =
            sqlx::query_as("SELECT notice_id, resident_record_code FROM core_notices ORDER BY notice_id LIMIT 1")
                .fetch_optional(&mut *read)
                .await?;
        let Some((notice_id, code)) = row else {
            return Ok(None);
        };
        let corrupt = |_| DbError::Corrupt { table: "core_notices", column: "resident_record_code" };
        Ok(Some(Waiting {
            notice_id,
            notice: EligibilityEnded { resident_record_code: code.parse().map_err(corrupt)? },
        }))
    }

    async fn forget(&self, statement: &'static str, notice_id: i64) -> Result<(), DbError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(statement).bind(notice_id).execute(&mut *tx).await?;
        tx.commit().await?;
        self.told.notify_waiters();
        Ok(())
    }
}
