//! Who had a letter and has it no more: it does not arrive again as long as the letter lives.

use super::Connection;
use crate::StoreError;
use crate::notice::RecipientId;

/// Of a letter that is forgotten nothing is remembered.
pub(super) async fn remember(
    db: &mut Connection,
    recipient: RecipientId,
    letter: i64,
    arrived_at: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO notice_gone (letter_id, recipient_id, arrived_at)
        SELECT id, $2, $3
        FROM letter
        WHERE id = $1
        ON CONFLICT (letter_id, recipient_id) DO NOTHING",
    )
    .bind(letter)
    .bind(recipient.0)
    .bind(arrived_at)
    .execute(db)
    .await?;
    Ok(())
}
