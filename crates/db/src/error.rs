//! What can go wrong with a database, as far as the caller can do something about it.

use std::sync::Arc;

use sqlx::migrate::MigrateError;

/// One variant for each thing the caller, or the person who runs the program, can do.
/// Cheap to clone: the end of one group of use cases is told to each of them.
#[derive(Clone, Debug, thiserror::Error)]
pub enum DbError {
    /// No connection, no answer in time, or the writer is taken: try again later.
    #[error("database is not available")]
    Unavailable(#[source] Arc<sqlx::Error>),
    /// The database can be read but not written: somebody must make it writable.
    #[error("database is read-only")]
    ReadOnly(#[source] Arc<sqlx::Error>),
    /// No space left: somebody must make room.
    #[error("database is full")]
    Full(#[source] Arc<sqlx::Error>),
    /// Undone together with another use case of the same group that failed: try again.
    #[error("database undid this together with a use case that failed beside it")]
    Undone,
    /// A stored row does not mean anything: somebody changed it by hand, or it is damaged.
    #[error("database holds a row in `{table}` whose `{column}` cannot be understood")]
    Corrupt {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
    /// The schema is not one that this program knows, or could not be brought up to date.
    #[error("database cannot be migrated")]
    Migration(#[source] Arc<MigrateError>),
    /// Anything else; a fault of this program, most likely.
    #[error("database refused the statement")]
    Other(#[source] Arc<sqlx::Error>),
}

impl DbError {
    /// Whether the same request may succeed when it is simply made again.
    pub fn may_be_retried(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Undone)
    }
}

impl From<sqlx::Error> for DbError {
    fn from(error: sqlx::Error) -> Self {
        let kind = match &error {
            sqlx::Error::Database(refused) => refused.code().as_deref().map_or(Self::Other as Kind, of_code),
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => Self::Unavailable,
            _ => Self::Other,
        };
        kind(Arc::new(error))
    }
}

impl From<MigrateError> for DbError {
    fn from(error: MigrateError) -> Self {
        match error {
            // The statement failed for a reason that has nothing to do with migrations.
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => match Self::from(error) {
                Self::Other(error) => match Arc::try_unwrap(error) {
                    Ok(error) => Self::Migration(Arc::new(MigrateError::Execute(error))),
                    Err(shared) => Self::Other(shared),
                },
                known => known,
            },
            error => Self::Migration(Arc::new(error)),
        }
    }
}

type Kind = fn(Arc<sqlx::Error>) -> DbError;

/// SQLite's result codes are numbers (the primary code is the low byte); PostgreSQL's are five
/// letters and digits. None of PostgreSQL's used here reads as a number SQLite would give.
fn of_code(code: &str) -> Kind {
    match code.len() {
        5 => of_sqlstate(code),
        _ => of_result_code(code),
    }
}

/// <https://www.postgresql.org/docs/15/errcodes-appendix.html>
fn of_sqlstate(code: &str) -> Kind {
    match code {
        "25006" => DbError::ReadOnly,
        "53100" => DbError::Full,
        // Too many connections; shutting down, starting up; lock or idle time-out; serialisation, deadlock.
        "53300" | "57P01" | "57P02" | "57P03" | "57P05" | "55P03" | "25P03" | "40001" | "40P01" => DbError::Unavailable,
        code if code.starts_with("08") => DbError::Unavailable,
        _ => DbError::Other,
    }
}

/// <https://www.sqlite.org/rescode.html>
fn of_result_code(code: &str) -> Kind {
    match code.parse::<u32>().map(|extended| extended & 0xff) {
        Ok(8) => DbError::ReadOnly,
        Ok(13) => DbError::Full,
        // BUSY, LOCKED, IOERR, CANTOPEN, PROTOCOL.
        Ok(5 | 6 | 10 | 14 | 15) => DbError::Unavailable,
        _ => DbError::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error;

    #[test]
    fn what_a_code_means_is_said_in_the_callers_words() {
        let what = |code| of_code(code)(Arc::new(sqlx::Error::PoolClosed));
        assert!(matches!(what("8"), DbError::ReadOnly(_)));
        assert!(matches!(what("1032"), DbError::ReadOnly(_)));
        assert!(matches!(what("13"), DbError::Full(_)));
        assert!(matches!(what("5"), DbError::Unavailable(_)));
        assert!(matches!(what("2067"), DbError::Other(_)));
        assert!(matches!(what("25006"), DbError::ReadOnly(_)));
        assert!(matches!(what("53100"), DbError::Full(_)));
        assert!(matches!(what("08006"), DbError::Unavailable(_)));
        assert!(matches!(what("23505"), DbError::Other(_)));
    }

    #[test]
    fn an_error_does_not_repeat_its_source() {
        let error = DbError::from(sqlx::Error::PoolTimedOut);
        let source = error.source().unwrap().to_string();
        assert!(!error.to_string().contains(&source));
    }

    #[test]
    fn only_what_may_pass_by_itself_may_be_retried() {
        assert!(DbError::from(sqlx::Error::PoolTimedOut).may_be_retried());
        assert!(DbError::Undone.may_be_retried());
        assert!(!DbError::Corrupt { table: "folder", column: "state" }.may_be_retried());
        assert!(!DbError::from(sqlx::Error::RowNotFound).may_be_retried());
    }

    #[test]
    fn a_full_database_is_full_even_while_it_is_migrated() {
        let unavailable = MigrateError::Execute(sqlx::Error::PoolTimedOut);
        assert!(matches!(DbError::from(unavailable), DbError::Unavailable(_)));
        let newer = MigrateError::VersionMissing(7);
        assert!(matches!(DbError::from(newer), DbError::Migration(_)));
    }
}
