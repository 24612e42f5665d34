//! Letters in the place of others. A notice is replaced where its person got a letter in its place that still holds: not taken
//! back, and its time not over.

use jiff::Timestamp;
use sqlx::QueryBuilder;

use super::{Connection, column};
use crate::StoreError;
use crate::notice::LetterId;

/// An expression: how many such letters the person of `notice` has, or had and read, for `letter`. Of nearly every letter it is
/// known at once that there is none. Each is counted, for PostgreSQL would join everybody who has one.
pub(super) fn newer(query: &mut QueryBuilder<super::super::Db>, now: Timestamp) {
    query.push(
        "CASE WHEN letter.replaced_at IS NULL THEN 0 ELSE (
            SELECT count(*)
            FROM letter newer
            WHERE newer.sender = letter.sender
                AND newer.replaces = letter.notice_id
                AND newer.withdrawn_at IS NULL
                AND newer.expires_at > ",
    );
    query.push_bind(column::micros(now)).push(
        "
                AND (
                    SELECT count(*)
                    FROM notice theirs
                    WHERE theirs.recipient_id = notice.recipient_id AND theirs.letter_id = newer.id
                ) + (
                    SELECT count(*)
                    FROM notice_gone theirs
                    WHERE theirs.recipient_id = notice.recipient_id AND theirs.letter_id = newer.id
                ) > 0
        ) END",
    );
}

/// Somebody got this letter: whichever it takes the place of is asked about from now on. A letter that comes after the one in
/// its place learns of that with its own first delivery; so it is noted whichever comes last.
pub(super) async fn note(db: &mut Connection, letter: LetterId, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE letter
        SET replaced_at = $2
        WHERE replaced_at IS NULL AND id = (
            SELECT older.id
            FROM letter newer
            JOIN letter older ON older.sender = newer.sender AND older.notice_id = newer.replaces
            WHERE newer.id = $1
        )",
    )
    .bind(letter.0)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}
