//! The institution's share of the log, in the one format that all institutions have (B-AUD-2). Insert-only.

use domain::AccessRecordId;
use jiff::Timestamp;
use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use super::{Institution, corrupt};

/// Version of the common format.
const FORMAT_VERSION: u32 = 1;

/// One side's share of one exchange. ① joins it to the core's share and the other side's (B-AUD-5).
#[derive(Clone, PartialEq, Eq)]
pub struct LogFragment {
    /// ①
    pub id: AccessRecordId,
    /// When it was written.
    pub recorded_at: Timestamp,
    /// ⑦ or ⑧
    pub section: String,
    /// ⑨ or ⑩
    pub terminal: String,
    /// ⑪: the provider's signed answer (CMS, DER). None: nothing was provided.
    pub content: Option<Vec<u8>>,
    /// Which side, and ⑫ at the requester.
    pub side: Side,
}

/// Which side of an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Side {
    /// It asked; ⑫ is kept here and nowhere else.
    Requester {
        /// ⑫ 用途
        purpose: String,
    },
    /// It was asked.
    Provider,
}

pub(super) async fn write(tx: &mut SqliteConnection, fragment: &LogFragment) -> Result<(), sqlx::Error> {
    let (side, purpose) = match &fragment.side {
        Side::Requester { purpose } => ("requester", Some(purpose.as_str())),
        Side::Provider => ("provider", None),
    };
    sqlx::query(
        "INSERT INTO exchange_log
        (id, side, format_version, recorded_at, section, terminal, content, purpose)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&fragment.id.as_bytes()[..])
    .bind(side)
    .bind(FORMAT_VERSION)
    .bind(fragment.recorded_at.as_microsecond())
    .bind(&fragment.section)
    .bind(&fragment.terminal)
    .bind(fragment.content.as_deref())
    .bind(purpose)
    .execute(tx)
    .await?;
    Ok(())
}

impl Institution {
    /// Its share of one exchange: what it can submit and explain (B-AUD-4). None: it took no part.
    pub async fn log_fragment(&self, id: AccessRecordId) -> Result<Option<LogFragment>, db::DbError> {
        let mut read = self.pool.read().await?;
        let row = sqlx::query(
            "SELECT id, side, recorded_at, section, terminal, content, purpose
            FROM exchange_log
            WHERE id = $1",
        )
        .bind(&id.as_bytes()[..])
        .fetch_optional(&mut *read)
        .await?;
        row.as_ref().map(fragment).transpose()
    }
}

fn fragment(row: &SqliteRow) -> Result<LogFragment, db::DbError> {
    const TABLE: &str = "exchange_log";
    let id: Vec<u8> = row.try_get("id")?;
    let purpose: Option<String> = row.try_get("purpose")?;
    Ok(LogFragment {
        id: AccessRecordId::try_from(id.as_slice()).map_err(|_| corrupt(TABLE, "id"))?,
        recorded_at: Timestamp::from_microsecond(row.try_get("recorded_at")?)
            .map_err(|_| corrupt(TABLE, "recorded_at"))?,
        section: row.try_get("section")?,
        terminal: row.try_get("terminal")?,
        content: row.try_get("content")?,
        side: purpose.map_or(Side::Provider, |purpose| Side::Requester { purpose }),
    })
}

impl std::fmt::Debug for LogFragment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogFragment({})", self.id)
    }
}
