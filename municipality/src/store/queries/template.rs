//! Templates.

use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::api_rows::{ClientId, TemplateRow};

pub(crate) async fn put_template(
    db: &mut Connection,
    client: ClientId,
    name: &str,
    content: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO template (client_id, name, content, changed_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (client_id, name) DO UPDATE
        SET content = excluded.content, changed_at = excluded.changed_at",
    )
    .bind(client.as_bytes().as_slice())
    .bind(name)
    .bind(content)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn delete_template(db: &mut Connection, client: ClientId, name: &str) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM template
        WHERE client_id = $1 AND name = $2",
    )
    .bind(client.as_bytes().as_slice())
    .bind(name)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn template(
    db: &mut Connection,
    client: ClientId,
    name: &str,
) -> Result<Option<TemplateRow>, StoreError> {
    let row = sqlx::query(
        "SELECT name, content, changed_at
        FROM template
        WHERE client_id = $1 AND name = $2",
    )
    .bind(client.as_bytes().as_slice())
    .bind(name)
    .fetch_optional(db)
    .await?;
    row.as_ref().map(template_row).transpose()
}

pub(crate) async fn templates(
    db: &mut Connection,
    client: ClientId,
    after: &str,
    limit: u32,
) -> Result<Vec<TemplateRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT name, content, changed_at
        FROM template
        WHERE client_id = $1 AND name > $2
        ORDER BY name
        LIMIT $3",
    )
    .bind(client.as_bytes().as_slice())
    .bind(after)
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(template_row).collect()
}

fn template_row(row: &Row) -> Result<TemplateRow, StoreError> {
    Ok(TemplateRow {
        name: row.try_get("name")?,
        content: row.try_get("content")?,
        changed_at: column::time(row.try_get("changed_at")?, "template", "changed_at")?,
    })
}
