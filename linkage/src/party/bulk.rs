//! Many rows at once, for worlds of a million people.

use serde::Serialize;
use sqlx::SqliteConnection;

/// From so many rows on, a connection gets room for them: half a GiB at most.
const MANY: usize = 1000;

/// Many rows as one parameter, for `json_each`: one statement for thousands of rows, where one each would spend most
/// of its time on the way to the database and back. Bytes go as hexadecimal, through `unhex`.
pub(crate) fn json_list<T: Serialize>(rows: impl IntoIterator<Item = T>) -> Result<String, sqlx::Error> {
    let rows: Vec<T> = rows.into_iter().collect();
    serde_json::to_string(&rows).map_err(|error| sqlx::Error::Encode(error.into()))
}

/// Keeps the pages that many rows touch in memory. Codes are random: each row touches pages of its own, and what does
/// not fit into the cache is written again and again.
pub(crate) async fn room_for(rows: usize, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    if rows >= MANY {
        // Negative: KiB. For as long as the connection lives.
        sqlx::query("PRAGMA cache_size = -524288").execute(connection).await?;
    }
    Ok(())
}
