//! Brings changes to JPKI; what was not delivered is still there after a restart.

use std::sync::Arc;

use db::DbError;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::{
    jpki::CHANGE_NOTICES_PATH,
    party::{self, Backoff},
    register::{ChangeNotice, JpkiChange, Register},
};

struct Waiting {
    notice_id: i64,
    notice: ChangeNotice,
}

/// Delivers in order until `stop`.
pub(super) async fn deliver(register: Arc<Register>, stop: CancellationToken) {
    let mut backoff = Backoff::default();
    loop {
        let wait = match deliver_waiting(&register).await {
            Ok(()) => {
                backoff.reset();
                None
            }
            Err(error) => {
                tracing::warn!(error = party::chain(&*error), "cannot bring change notices to JPKI yet");
                Some(backoff.next())
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = register.noticed.notified() => {}
            () = party::pause(wait) => {}
        }
    }
}

async fn deliver_waiting(register: &Register) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    while let Some(waiting) = register.next_notice().await? {
        register.party.peers.post_no_content(&party::JPKI, CHANGE_NOTICES_PATH, &waiting.notice).await?;
        register.forget_notice(waiting.notice_id).await?;
    }
    Ok(())
}

impl Register {
    /// Returns when JPKI has heard of every change. The caller sets a limit.
    pub async fn wait_until_told(&self) -> Result<(), DbError> {
        loop {
            let told = self.told.notified();
            tokio::pin!(told);
            told.as_mut().enable();
            if self.next_notice().await?.is_none() {
                return Ok(());
            }
            told.await;
        }
    }

    async fn next_notice(&self) -> Result<Option<Waiting>, DbError> {
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

    async fn forget_notice(&self, notice_id: i64) -> Result<(), DbError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query("DELETE FROM jpki_notices WHERE notice_id = $1").bind(notice_id).execute(&mut *tx).await?;
        tx.commit().await?;
        self.told.notify_waiters();
        Ok(())
    }
}
