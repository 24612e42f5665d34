//! The whitelist in the core's database: every version that was ever in force stays (B-MED-3).

use jiff::Timestamp;
use sqlx::Row as _;
use wire::mediation::TransferMode;

use super::{Ground, Row, Whitelist};

/// The whitelist in the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoredWhitelistError {
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] db::DbError),
    /// The version is there with other rows: amend by a new version.
    #[error("version {version} of the whitelist was loaded before and has changed since")]
    Changed {
        /// Which.
        version: u32,
    },
    /// A row cannot be read.
    #[error("whitelist_rows.{column} of version {version} cannot be read")]
    Corrupt {
        /// Which version.
        version: u32,
        /// Which column.
        column: &'static str,
    },
}

/// Loads a version. The same version with the same rows is nothing new; with other rows it is refused.
pub(crate) async fn adopt(
    pool: &db::sqlite::Pool,
    list: &Whitelist,
    now: Timestamp,
) -> Result<(), StoredWhitelistError> {
    let mut tx = pool.begin().await?;
    let added = sqlx::query(
        "INSERT INTO whitelist_versions (version, in_force_from, loaded_at)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(list.version())
    .bind(list.in_force_from().to_string())
    .bind(now.as_microsecond())
    .execute(&mut *tx)
    .await
    .map_err(db::DbError::from)?;
    if added.rows_affected() == 0 {
        drop(tx);
        return unchanged(pool, list).await;
    }
    for row in list.rows() {
        sqlx::query(
            "INSERT INTO whitelist_rows
            (version, requester, provider, info_kind, bp, circumstance, mode, basis)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(list.version())
        .bind(row.requester.name())
        .bind(row.provider.name())
        .bind(row.info_kind.as_str())
        .bind(row.bp.as_str())
        .bind(row.ground.name())
        .bind(mode_name(row.mode))
        .bind(row.basis.join("\n"))
        .execute(&mut *tx)
        .await
        .map_err(db::DbError::from)?;
    }
    tx.commit().await?;
    Ok(())
}

async fn unchanged(pool: &db::sqlite::Pool, list: &Whitelist) -> Result<(), StoredWhitelistError> {
    let changed = StoredWhitelistError::Changed { version: list.version() };
    let all = versions(pool).await?;
    let stored = all.iter().find(|old| old.version() == list.version());
    let same = stored.is_some_and(|old| {
        old.in_force_from() == list.in_force_from()
            && old.rows().count() == list.rows().count()
            && old.rows().all(|row| list.rows().any(|new| new == row))
    });
    if same { Ok(()) } else { Err(changed) }
}

/// All versions, the newest first.
pub(crate) async fn versions(pool: &db::sqlite::Pool) -> Result<Vec<Whitelist>, StoredWhitelistError> {
    let mut read = pool.read().await?;
    let heads = sqlx::query(
        "SELECT version, in_force_from
        FROM whitelist_versions
        ORDER BY version DESC",
    )
    .fetch_all(&mut *read)
    .await
    .map_err(db::DbError::from)?;
    let mut lists = Vec::with_capacity(heads.len());
    for head in heads {
        let version: u32 = head.try_get("version").map_err(db::DbError::from)?;
        let from: String = head.try_get("in_force_from").map_err(db::DbError::from)?;
        let rows = sqlx::query(
            "SELECT requester, provider, info_kind, bp, circumstance, mode, basis
            FROM whitelist_rows
            WHERE version = $1",
        )
        .bind(version)
        .fetch_all(&mut *read)
        .await
        .map_err(db::DbError::from)?;
        let rows = rows.iter().map(|row| stored_row(version, row)).collect::<Result<_, _>>()?;
        let in_force_from =
            from.parse().map_err(|_| StoredWhitelistError::Corrupt { version, column: "in_force_from" })?;
        lists.push(Whitelist::new(version, in_force_from, rows));
    }
    Ok(lists)
}

fn stored_row(version: u32, row: &sqlx::sqlite::SqliteRow) -> Result<Row, StoredWhitelistError> {
    let corrupt = |column| StoredWhitelistError::Corrupt { version, column };
    let text = |column| -> Result<String, StoredWhitelistError> { row.try_get(column).map_err(|_| corrupt(column)) };
    Ok(Row {
        requester: text("requester")?.parse().map_err(|_| corrupt("requester"))?,
        provider: text("provider")?.parse().map_err(|_| corrupt("provider"))?,
        info_kind: text("info_kind")?.parse().map_err(|_| corrupt("info_kind"))?,
        bp: text("bp")?.parse().map_err(|_| corrupt("bp"))?,
        ground: Ground::from_name(&text("circumstance")?).ok_or_else(|| corrupt("circumstance"))?,
        mode: mode_from_name(&text("mode")?).ok_or_else(|| corrupt("mode"))?,
        basis: text("basis")?.lines().map(str::to_owned).collect(),
    })
}

fn mode_name(mode: TransferMode) -> &'static str {
    match mode {
        TransferMode::Gateway => "gateway",
    }
}

fn mode_from_name(name: &str) -> Option<TransferMode> {
    (name == mode_name(TransferMode::Gateway)).then_some(TransferMode::Gateway)
}
