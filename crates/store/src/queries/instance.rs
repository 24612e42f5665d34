//! Portals that run on these tables, each under a lease.

use domain::PortalInstanceId;
use jiff::Timestamp;

use super::{Connection, column};
use crate::StoreError;

pub(crate) async fn renew_lease(
    db: &mut Connection,
    id: &PortalInstanceId,
    lease_ends_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO portal_instance (id, lease_ends_at)
        VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE
        SET lease_ends_at = excluded.lease_ends_at",
    )
    .bind(id.as_bytes().as_slice())
    .bind(column::micros(lease_ends_at))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn end_other_leases(db: &mut Connection, id: &PortalInstanceId) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "DELETE FROM portal_instance
        WHERE id <> $1",
    )
    .bind(id.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn forget_leases_over(db: &mut Connection, now: Timestamp) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "DELETE FROM portal_instance
        WHERE lease_ends_at <= $1",
    )
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}
