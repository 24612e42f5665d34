//! Login history, with failures.

use store::{LoginEvent, StoreError};

use crate::{Portal, SignedIn};

const EVENTS_PER_PAGE: u32 = 20;

/// One page of the login history, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginHistory {
    /// Newest first.
    pub events: Vec<LoginEvent>,
    /// This page, from 1.
    pub page: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
}

impl Portal {
    /// The person's own logins. A page past the end is the last one.
    pub async fn login_history(&self, who: &SignedIn, page: u32) -> Result<LoginHistory, StoreError> {
        let folder = who.folder_id();
        let mut reader = self.store().read().await?;
        let pages = reader.login_event_count(&folder).await?.div_ceil(EVENTS_PER_PAGE).max(1);
        let page = page.clamp(1, pages);
        let events = reader.login_events(&folder, (page - 1) * EVENTS_PER_PAGE, EVENTS_PER_PAGE).await?;
        Ok(LoginHistory { events, page, pages })
    }
}
