//! What a notice may take the place of must be the client's own.

use domain::NoticeId;

use crate::api::ApiState;
use crate::api::problem::{Problem, RowError};
use crate::draft::{ReplacedFault, replaceable};
use crate::store::{ClientRow, SendingId};

/// Whether this is what the client itself released, the same for everybody. `base` is where the draft stands in the body.
pub(super) async fn check(state: &ApiState, client: &ClientRow, replaced: NoticeId, base: &str) -> Result<(), Problem> {
    let row = state.store.read().await?.sending(SendingId::from(*replaced.as_bytes())).await?;
    let own = row.filter(|row| row.made_by == client.maker() || row.made_by == client.sandbox_maker());
    let Err(fault) = replaceable(own.as_ref()) else { return Ok(()) };
    let (code, detail) = match fault {
        ReplacedFault::Unknown => (
            "replaces-unknown",
            "not the id of a sending of this client's; a letter of a recipient's own has no id that can be named here"
                .to_owned(),
        ),
        ReplacedFault::Unreleased => ("replaces-unreleased", fault.to_string()),
        ReplacedFault::Merged => ("replaces-merged", fault.to_string()),
    };
    Err(Problem::invalid(vec![RowError::at(format!("{base}/replaces"), code, detail)]))
}
