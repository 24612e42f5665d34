//! Whoever is told elsewhere is reminded once of each notice that waits for them and soon ends.

use domain::{AlertAddressId, FolderId};
use jiff::{SignedDuration, Timestamp};
use sqlx::{QueryBuilder, Row as _};

use super::{Connection, alert_outbox, column, notice_replaced};
use crate::StoreError;
use crate::alert::Reminded;

/// One step through folders that have a confirmed address, in the order of their ids. Of each, only what ends in time is
/// looked at, by an index. That somebody is reminded and that their addresses are due is one transaction; the mark keeps other
/// portals, and later walks, from reminding of it again.
pub(crate) async fn remind(
    db: &mut Connection,
    after: Option<&FolderId>,
    arrived_by: Timestamp,
    ends_by: Timestamp,
    interval: SignedDuration,
    limit: u32,
    now: Timestamp,
) -> Result<Reminded, StoreError> {
    let rows = sqlx::query(
        "SELECT folder.id AS folder_id, recipient.id AS recipient_id
        FROM folder
        JOIN recipient ON recipient.link_code = folder.link_code
        WHERE folder.id > $1 AND folder.state = 'open' AND folder.id IN (
            SELECT folder_id
            FROM alert_address
            WHERE confirmed_at IS NOT NULL
        )
        ORDER BY folder.id
        LIMIT $2",
    )
    .bind(after.map_or(&[][..], |folder| folder.as_bytes().as_slice()))
    .bind(i64::from(limit))
    .fetch_all(&mut *db)
    .await?;
    let (mut next, mut people) = (None, Vec::with_capacity(rows.len()));
    for row in &rows {
        let folder: FolderId = column::bytes(row.try_get("folder_id")?, "folder", "id")?;
        people.push((row.try_get::<i64, _>("recipient_id")?, folder));
        next = Some(folder);
    }
    if u32::try_from(rows.len()).is_ok_and(|looked_at| looked_at < limit) {
        next = None;
    }
    let reminded = mark(db, &people, arrived_by, ends_by, now).await?;
    let mut folders: Vec<FolderId> =
        people.iter().filter(|(recipient, _)| reminded.contains(recipient)).map(|(_, folder)| *folder).collect();
    folders.sort_unstable();
    alert_outbox::make_due(db, &folders, interval, now).await?;
    Ok(Reminded { next, notices: reminded.len() as u64 })
}

/// Whose notices they are, each as often as notices were marked.
async fn mark(
    db: &mut Connection,
    people: &[(i64, FolderId)],
    arrived_by: Timestamp,
    ends_by: Timestamp,
    now: Timestamp,
) -> Result<Vec<i64>, StoreError> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut update = QueryBuilder::<super::super::Db>::new("UPDATE notice SET reminded_at = ");
    update.push_bind(column::micros(now)).push(
        " WHERE reminded_at IS NULL
            AND opened_at IS NULL
            AND replied_at IS NULL
            AND archived_at IS NULL
            AND binned_at IS NULL
            AND waits_until > ",
    );
    update.push_bind(column::micros(now)).push(" AND waits_until <= ").push_bind(column::micros(ends_by));
    update.push(" AND arrived_at <= ").push_bind(column::micros(arrived_by));
    update.push(
        " AND EXISTS (
            SELECT 1
            FROM letter
            WHERE letter.id = notice.letter_id AND letter.withdrawn_at IS NULL AND letter.expires_at > ",
    );
    update.push_bind(column::micros(now)).push(" AND ");
    notice_replaced::newer(&mut update, now);
    update.push(" = 0) AND recipient_id IN (");
    let mut separated = update.separated(", ");
    for (recipient, _) in people {
        separated.push_bind(*recipient);
    }
    update.push(") RETURNING recipient_id");
    Ok(update.build_query_scalar().persistent(false).fetch_all(db).await?)
}

pub(crate) async fn is_to_be_reminded(
    db: &mut Connection,
    id: &AlertAddressId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new(
        "SELECT count(*)
        FROM alert_address
        JOIN folder ON folder.id = alert_address.folder_id
        JOIN recipient ON recipient.link_code = folder.link_code
        JOIN notice ON notice.recipient_id = recipient.id
        JOIN letter ON letter.id = notice.letter_id
        WHERE folder.state = 'open'
            AND notice.reminded_at > alert_address.confirmed_at
            AND notice.reminded_at > COALESCE(alert_address.told_at, 0)
            AND notice.reminded_at > COALESCE((
                SELECT MAX(login_event.at)
                FROM login_event
                WHERE login_event.folder_id = folder.id AND login_event.outcome = 'succeeded'
            ), 0)
            AND notice.opened_at IS NULL
            AND notice.replied_at IS NULL
            AND notice.archived_at IS NULL
            AND notice.binned_at IS NULL
            AND letter.withdrawn_at IS NULL
            AND alert_address.id = ",
    );
    select.push_bind(id.as_bytes().to_vec());
    select.push(" AND notice.waits_until > ").push_bind(column::micros(now));
    select.push(" AND letter.expires_at > ").push_bind(column::micros(now)).push(" AND ");
    notice_replaced::newer(&mut select, now);
    select.push(" = 0");
    let waiting: i64 = select.build_query_scalar().fetch_one(db).await?;
    Ok(waiting > 0)
}
