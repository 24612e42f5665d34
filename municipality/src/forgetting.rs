//! What is over goes: tokens, remembered answers, files that no notice named, what was filled into personal letters.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use runtime::Clock;
use tokio_util::sync::CancellationToken;

use crate::api::over;
use crate::store::{Store, StoreError};

/// What was filled into personal letters stays as long as something may come back about them.
const FIELDS_AFTER: SignedDuration = SignedDuration::from_hours(31 * 24);
/// Of recipients, in one transaction.
const PLACES_AT_ONCE: u32 = 10_000;
const EVERY: Duration = Duration::from_mins(10);

/// Until it is told to stop.
pub(crate) async fn forget(store: Store, clock: Arc<dyn Clock>, stop: CancellationToken) -> io::Result<()> {
    loop {
        if let Err(error) = once(&store, clock.as_ref()).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "what is over could not be erased");
        }
        if stop.run_until_cancelled(tokio::time::sleep(EVERY)).await.is_none() {
            return Ok(());
        }
    }
}

async fn once(store: &Store, clock: &dyn Clock) -> Result<(), StoreError> {
    let now = clock.now();
    let mut repository = store.begin().await?;
    repository.forget_over(now, over(now)).await?;
    repository.commit().await?;
    // Piece by piece: sending goes on between them.
    while forget_fields(store, now).await? {}
    Ok(())
}

async fn forget_fields(store: &Store, now: Timestamp) -> Result<bool, StoreError> {
    let over = now.saturating_sub(FIELDS_AFTER).unwrap_or(Timestamp::MIN);
    let mut repository = store.begin().await?;
    let more = repository.forget_fields(now, over, PLACES_AT_ONCE).await?;
    if more {
        repository.commit().await?;
    }
    Ok(more)
}
