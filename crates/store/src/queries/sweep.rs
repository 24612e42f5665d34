//! Removes what is past its time.

use jiff::Timestamp;

use super::{Connection, column};
use crate::{StoreError, Swept};

pub(crate) async fn sweep(db: &mut Connection, now: Timestamp) -> Result<Swept, StoreError> {
    let now = column::micros(now);
    let challenges = sqlx::query(
        "DELETE FROM challenge
        WHERE expires_at <= $1 AND (ticket_expires_at IS NULL OR ticket_expires_at <= $1)",
    )
    .bind(now)
    .execute(&mut *db)
    .await?;
    let registrations = sqlx::query(
        "DELETE FROM registration
        WHERE expires_at <= $1",
    )
    .bind(now)
    .execute(&mut *db)
    .await?;
    let sessions = sqlx::query(
        "DELETE FROM session
        WHERE ends_at <= $1 OR idle_ends_at <= $1",
    )
    .bind(now)
    .execute(&mut *db)
    .await?;
    Ok(Swept {
        challenges: challenges.rows_affected(),
        registrations: registrations.rows_affected(),
        sessions: sessions.rows_affected(),
    })
}

pub(crate) async fn answers(db: &mut Connection) -> Result<(), StoreError> {
    sqlx::query("SELECT 1").execute(db).await?;
    Ok(())
}
