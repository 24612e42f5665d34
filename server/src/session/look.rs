//! Looking at a session without being its activity: whoever only listens puts no idle end off.

use std::collections::HashMap;

use domain::SecretHash;
use portal::{SessionState, SignedIn, StoreError};
use serde_json::Value;

use super::store::STATE;
use crate::state::AppState;

/// Who is logged in in this session, if it stands.
pub(crate) async fn look(state: &AppState, id_hash: &SecretHash) -> Result<Option<SignedIn>, StoreError> {
    let now = state.clock.now();
    let row = state.portal.store().read().await?.session_by_id_hash(id_hash, now).await?;
    let Some(row) = row.filter(|row| row.idle_ends_at > now && row.ends_at > now) else { return Ok(None) };
    let corrupt = |_| StoreError::Corrupt { table: "session", column: "data" };
    let mut data: HashMap<String, Value> = serde_json::from_str(&row.data).map_err(corrupt)?;
    let Some(held) = data.remove(STATE) else { return Ok(None) };
    let held: SessionState = serde_json::from_value(held).map_err(corrupt)?;
    Ok(held.visitor().signed_in().cloned())
}
