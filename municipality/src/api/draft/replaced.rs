//! What a notice may take the place of: whoever has it sees that there is a newer one, so it must be the client's own.

use domain::NoticeId;

use crate::api::ApiState;
use crate::api::problem::{Problem, RowError};
use crate::store::{ClientRow, SendingId};

/// Whether this is what the client itself released, the same for everybody. `base` is where the draft stands in the body.
pub(super) async fn check(state: &ApiState, client: &ClientRow, replaced: NoticeId, base: &str) -> Result<(), Problem> {
    let row = state.store.read().await?.sending(SendingId::from(*replaced.as_bytes())).await?;
    let own = row.filter(|row| row.made_by == client.maker() || row.made_by == client.sandbox_maker());
    let (code, detail) = match own {
        None => (
            "replaces-unknown",
            "not the id of a sending of this client's; a letter of a recipient's own has no id that can be named here",
        ),
        Some(row) if row.issued_at.is_none() => {
            ("replaces-unreleased", "that sending was never released, so nobody has its notice")
        }
        Some(row) if row.merged => (
            "replaces-merged",
            "each recipient of that sending has a letter of their own, which no other can replace: withdraw that \
             sending, and send anew",
        ),
        Some(_) => return Ok(()),
    };
    Err(Problem::invalid(vec![RowError::at(format!("{base}/replaces"), code, detail)]))
}
