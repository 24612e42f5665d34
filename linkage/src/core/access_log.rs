//! The core's access log: items ①–⑥ of every request (P-LOG-4), insert-only.
//!
//! A request is committed before the provider is asked, and its outcome before the answer is released (B-AUD-8). If
//! either cannot be written, nothing is released (N-10). What was written and then not seen to end shows as
//! unanswered.

use domain::{AccessRecordId, BpId, Dictionary, InfoKind, LinkCode, OrgCode, Outcome};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::id_code::IdCode;
use crate::whitelist::Ground;

/// Items ①–⑥ of one request, and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Entry<'a> {
    pub(super) id: AccessRecordId,
    pub(super) accessed_at: Timestamp,
    pub(super) bp: &'a BpId,
    pub(super) whitelist_version: Option<u32>,
    pub(super) ground: Ground,
    pub(super) requester: &'a OrgCode,
    pub(super) provider: &'a OrgCode,
    pub(super) info_kind: &'a InfoKind,
    pub(super) whose: Whose<'a>,
}

/// The key that finds a record for its person (P-LOG-9).
#[derive(Clone, Debug)]
pub(super) enum Whose<'a> {
    /// The code was confirmed in the ID table.
    Person(&'a IdCode),
    /// The request was refused before that: the code as the requester presented it.
    Presented(&'a LinkCode),
}

/// Why a request ended as it did; stays in the core (B-MED-4). Outwardly it is an [`Outcome`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    Answered,
    RequesterMismatch,
    BpNotWhitelisted,
    RequesterCodeNotIssued,
    ProviderCodeNotIssued,
    ProviderHoldsNothing,
    ProviderUnreachable,
    ProviderLate,
    ProviderRefused,
    ProviderAnswerMismatch,
    IdTableUnavailable,
}

impl Cause {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::RequesterMismatch => "requester_mismatch",
            Self::BpNotWhitelisted => "bp_not_whitelisted",
            Self::RequesterCodeNotIssued => "requester_code_not_issued",
            Self::ProviderCodeNotIssued => "provider_code_not_issued",
            Self::ProviderHoldsNothing => "provider_holds_nothing",
            Self::ProviderUnreachable => "provider_unreachable",
            Self::ProviderLate => "provider_late",
            Self::ProviderRefused => "provider_refused",
            Self::ProviderAnswerMismatch => "provider_answer_mismatch",
            Self::IdTableUnavailable => "id_table_unavailable",
        }
    }

    pub(super) fn outcome(self) -> Outcome {
        match self {
            Self::Answered => Outcome::Provided,
            Self::RequesterMismatch | Self::BpNotWhitelisted | Self::RequesterCodeNotIssued => Outcome::Refused,
            Self::ProviderCodeNotIssued | Self::ProviderHoldsNothing => Outcome::NoDataHeld,
            Self::ProviderUnreachable
            | Self::ProviderLate
            | Self::ProviderRefused
            | Self::ProviderAnswerMismatch
            | Self::IdTableUnavailable => Outcome::Unanswered,
        }
    }
}

/// Writes the log.
pub(super) struct AccessLog {
    pool: db::sqlite::Pool,
    #[cfg(test)]
    pub(super) faults: faults::Faults,
}

/// The log could not be written, or could not be seen to be written. Nothing may be released.
#[derive(Debug, thiserror::Error)]
#[error("the access log could not be written")]
pub(super) struct LogUnavailable(#[from] db::DbError);

/// What is being committed; tests break one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Request,
    Outcome,
    Refusal,
}

impl AccessLog {
    pub(super) fn new(pool: db::sqlite::Pool) -> Self {
        Self {
            pool,
            #[cfg(test)]
            faults: faults::Faults::default(),
        }
    }

    /// Commits a request whose provider is about to be asked.
    pub(super) async fn request(&self, entry: &Entry<'_>) -> Result<(), LogUnavailable> {
        let mut tx = self.pool.begin().await?;
        write_request(&mut tx, entry).await.map_err(db::DbError::from)?;
        self.commit(Step::Request, tx).await
    }

    /// Commits how a request ended.
    pub(super) async fn outcome(&self, id: AccessRecordId, cause: Cause, now: Timestamp) -> Result<(), LogUnavailable> {
        let mut tx = self.pool.begin().await?;
        write_outcome(&mut tx, id, cause, now).await.map_err(db::DbError::from)?;
        self.commit(Step::Outcome, tx).await
    }

    /// Commits a request that ends without anybody being asked.
    pub(super) async fn ended(&self, entry: &Entry<'_>, cause: Cause) -> Result<(), LogUnavailable> {
        let mut tx = self.pool.begin().await?;
        write_request(&mut tx, entry).await.map_err(db::DbError::from)?;
        write_outcome(&mut tx, entry.id, cause, entry.accessed_at).await.map_err(db::DbError::from)?;
        self.commit(Step::Refusal, tx).await
    }

    async fn commit(&self, step: Step, tx: db::sqlite::Tx) -> Result<(), LogUnavailable> {
        #[cfg(not(test))]
        let _ = step;
        #[cfg(test)]
        self.faults.before_commit(step)?;
        tx.commit().await?;
        #[cfg(test)]
        self.faults.after_commit(step)?;
        Ok(())
    }
}

pub(super) async fn write_request(tx: &mut SqliteConnection, entry: &Entry<'_>) -> Result<(), sqlx::Error> {
    let (id_code, presented) = match &entry.whose {
        Whose::Person(id_code) => (Some(id_code.as_bytes()), None),
        Whose::Presented(code) => (None, Some(&code.as_bytes()[..])),
    };
    sqlx::query(
        "INSERT INTO access_requests
        (id, accessed_at, bp, whitelist_version, circumstance, requester, provider, info_kind,
            schema_version, words_version, id_code, presented_code)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(&entry.id.as_bytes()[..])
    .bind(entry.accessed_at.as_microsecond())
    .bind(entry.bp.as_str())
    .bind(entry.whitelist_version)
    .bind(entry.ground.name())
    .bind(entry.requester.as_str())
    .bind(entry.provider.as_str())
    .bind(entry.info_kind.as_str())
    .bind(Dictionary::CURRENT.schema_version)
    .bind(Dictionary::CURRENT.words_version)
    .bind(id_code)
    .bind(presented)
    .execute(tx)
    .await?;
    Ok(())
}

pub(super) async fn write_outcome(
    tx: &mut SqliteConnection,
    id: AccessRecordId,
    cause: Cause,
    now: Timestamp,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO access_outcomes (id, ended_at, outcome, cause)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(&id.as_bytes()[..])
    .bind(now.as_microsecond())
    .bind(cause.outcome().name())
    .bind(cause.name())
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
pub(super) mod faults {
    //! Twin faults: a commit that fails and is not persisted, and one that fails but is persisted.

    use std::sync::Mutex;

    use super::{LogUnavailable, Step};

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(in crate::core) enum Fault {
        NotPersisted,
        ButPersisted,
    }

    #[derive(Default)]
    pub(in crate::core) struct Faults(Mutex<Option<(Step, Fault)>>);

    impl Faults {
        /// The next commit of this step fails.
        pub(in crate::core) fn next(&self, step: Step, fault: Fault) {
            *self.0.lock().unwrap() = Some((step, fault));
        }

        pub(super) fn before_commit(&self, step: Step) -> Result<(), LogUnavailable> {
            self.strike(step, Fault::NotPersisted)
        }

        pub(super) fn after_commit(&self, step: Step) -> Result<(), LogUnavailable> {
            self.strike(step, Fault::ButPersisted)
        }

        fn strike(&self, step: Step, fault: Fault) -> Result<(), LogUnavailable> {
            let mut next = self.0.lock().unwrap();
            if *next == Some((step, fault)) {
                *next = None;
                return Err(LogUnavailable(db::DbError::Undone));
            }
            Ok(())
        }
    }
}
