//! What is over goes: tokens, remembered answers, files that no notice named.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use runtime::Clock;
use tokio_util::sync::CancellationToken;

use super::body::over;
use crate::store::{Store, StoreError};

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
    repository.commit().await
}
