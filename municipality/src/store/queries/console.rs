//! What officers write, to whom it goes, and who lets it go.

use domain::NoticeId;
use jiff::Timestamp;
use sqlx::Row as _;

use super::{Connection, Row, column};
use crate::store::StoreError;
use crate::store::console_rows::{DraftId, DraftRow, FileRow, OfficerId, ReadList, RejectionRow, StateCount};
use crate::store::rows::{Outcome, ReturnedRow, SendingId};

pub(crate) async fn insert_draft(db: &mut Connection, draft: &DraftRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_draft (id, officer_id, made_at, changed_at, form)
        VALUES ($1, $2, $3, $3, $4)",
    )
    .bind(draft.id.as_bytes().as_slice())
    .bind(draft.officer.as_bytes().as_slice())
    .bind(column::micros(draft.changed_at))
    .bind(&draft.form)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn save_draft(
    db: &mut Connection,
    id: DraftId,
    officer: OfficerId,
    form: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE console_draft
        SET form = $3, changed_at = $4
        WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(form)
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn drop_draft(db: &mut Connection, id: DraftId, officer: OfficerId) -> Result<bool, StoreError> {
    sqlx::query(
        "DELETE FROM console_file
        WHERE draft_id = $1
            AND EXISTS (
                SELECT 1 FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL
            )",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .execute(&mut *db)
    .await?;
    let done = sqlx::query("DELETE FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL")
        .bind(id.as_bytes().as_slice())
        .bind(officer.as_bytes().as_slice())
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn draft_became(
    db: &mut Connection,
    id: DraftId,
    officer: OfficerId,
    sending: Option<SendingId>,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE console_draft
        SET sending_id = $3
        WHERE id = $1 AND officer_id = $2 AND (sending_id IS NULL OR $3 IS NULL)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(sending.as_ref().map(|id| id.as_bytes().as_slice()))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn draft(
    db: &mut Connection,
    id: DraftId,
    officer: OfficerId,
) -> Result<Option<DraftRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, officer_id, changed_at, form, sending_id
        FROM console_draft
        WHERE id = $1 AND officer_id = $2",
    )
    .bind(id.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(draft_row).transpose()
}

pub(crate) async fn draft_of_sending(db: &mut Connection, sending: SendingId) -> Result<Option<DraftRow>, StoreError> {
    let row = sqlx::query(
        "SELECT id, officer_id, changed_at, form, sending_id
        FROM console_draft
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.as_ref().map(draft_row).transpose()
}

pub(crate) async fn drafts_of(
    db: &mut Connection,
    officer: OfficerId,
    limit: u32,
) -> Result<Vec<DraftRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT id, officer_id, changed_at, form, sending_id
        FROM console_draft
        WHERE officer_id = $1 AND sending_id IS NULL
        ORDER BY changed_at DESC, id
        LIMIT $2",
    )
    .bind(officer.as_bytes().as_slice())
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter().map(draft_row).collect()
}

pub(crate) async fn insert_file(
    db: &mut Connection,
    draft: DraftId,
    officer: OfficerId,
    file: &FileRow,
    content: &[u8],
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO console_file (draft_id, place, name, media_type, sha256, content)
        SELECT $1, $3, $4, $5, $6, $7
        WHERE EXISTS (SELECT 1 FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL)
        ON CONFLICT DO NOTHING",
    )
    .bind(draft.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(i64::from(file.place))
    .bind(&file.name)
    .bind(&file.media_type)
    .bind(&file.sha256)
    .bind(content)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn drop_file(
    db: &mut Connection,
    draft: DraftId,
    officer: OfficerId,
    place: u8,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "DELETE FROM console_file
        WHERE draft_id = $1 AND place = $3
            AND EXISTS (SELECT 1 FROM console_draft WHERE id = $1 AND officer_id = $2 AND sending_id IS NULL)",
    )
    .bind(draft.as_bytes().as_slice())
    .bind(officer.as_bytes().as_slice())
    .bind(i64::from(place))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn files(db: &mut Connection, draft: DraftId) -> Result<Vec<FileRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, name, media_type, sha256, length(content) AS bytes
        FROM console_file
        WHERE draft_id = $1
        ORDER BY place",
    )
    .bind(draft.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(FileRow {
                place: column::number(row.try_get("place")?, "console_file", "place")?,
                name: row.try_get("name")?,
                media_type: row.try_get("media_type")?,
                sha256: row.try_get("sha256")?,
                bytes: length(row)?,
            })
        })
        .collect()
}

/// The engines answer `length` in integers of their own width.
fn length(row: &Row) -> Result<u64, StoreError> {
    let bytes: i64 = row.try_get::<i64, _>("bytes").or_else(|_| row.try_get::<i32, _>("bytes").map(i64::from))?;
    column::number(bytes, "console_file", "content")
}

pub(crate) async fn copy_files(db: &mut Connection, draft: DraftId, sending: SendingId) -> Result<u64, StoreError> {
    // Places of a sending's files are without gaps, as in its letter.
    let done = sqlx::query(
        "INSERT INTO sending_attachment (sending_id, place, content)
        SELECT $2, (SELECT count(*) FROM console_file before WHERE before.draft_id = $1 AND before.place < one.place), content
        FROM console_file one
        WHERE draft_id = $1",
    )
    .bind(draft.as_bytes().as_slice())
    .bind(sending.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn copy_files_to_draft(db: &mut Connection, from: DraftId, to: DraftId) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_file (draft_id, place, name, media_type, sha256, content)
        SELECT $2, place, name, media_type, sha256, content
        FROM console_file
        WHERE draft_id = $1",
    )
    .bind(from.as_bytes().as_slice())
    .bind(to.as_bytes().as_slice())
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn open_list(db: &mut Connection, sending: SendingId, source: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_list (sending_id, source)
        VALUES ($1, $2)",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(source)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn close_list(db: &mut Connection, sending: SendingId, list: &ReadList) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE console_list
        SET lines = $2, twice = $3, faults = $4, broken = $5, whole_at = $6
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(list.lines))
    .bind(column::whole(list.twice))
    .bind(column::whole(list.faults))
    .bind(list.broken.as_deref())
    .bind(list.whole_at.map(column::micros))
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn insert_fault(
    db: &mut Connection,
    sending: SendingId,
    line: u64,
    fault: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO console_fault (sending_id, line, fault)
        VALUES ($1, $2, $3)
        ON CONFLICT DO NOTHING",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(column::whole(line))
    .bind(fault)
    .execute(db)
    .await?;
    Ok(())
}

pub(crate) async fn read_list(db: &mut Connection, sending: SendingId) -> Result<Option<ReadList>, StoreError> {
    let row = sqlx::query(
        "SELECT source, lines, twice, faults, broken, whole_at
        FROM console_list
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let count = |name: &'static str| column::number(row.try_get(name)?, "console_list", name);
        let whole_at: Option<i64> = row.try_get("whole_at")?;
        Ok(ReadList {
            source: row.try_get("source")?,
            lines: count("lines")?,
            twice: count("twice")?,
            faults: count("faults")?,
            broken: row.try_get("broken")?,
            whole_at: whole_at.map(|at| column::time(at, "console_list", "whole_at")).transpose()?,
        })
    })
    .transpose()
}

pub(crate) async fn bad_lines(
    db: &mut Connection,
    sending: SendingId,
    limit: u32,
) -> Result<Vec<(u64, String)>, StoreError> {
    let rows = sqlx::query(
        "SELECT line, fault
        FROM console_fault
        WHERE sending_id = $1
        ORDER BY line
        LIMIT $2",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| Ok((column::number(row.try_get("line")?, "console_fault", "line")?, row.try_get("fault")?)))
        .collect()
}

/// Only the drafter's own, only a list that is whole and without faults.
pub(crate) async fn submit_sending(
    db: &mut Connection,
    id: SendingId,
    drafter: OfficerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'waiting', state_since = $3
        WHERE id = $1 AND state = 'open' AND made_by = $2 AND recipients > 0
            AND EXISTS (SELECT 1 FROM console_list WHERE sending_id = $1 AND whole_at IS NOT NULL AND faults = 0)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(drafter.who())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// As [`submit_sending`], and at once out; only where it is for one person.
pub(crate) async fn submit_single(
    db: &mut Connection,
    id: SendingId,
    drafter: OfficerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'released', state_since = $3, issued_at = $3, released_by = $2
        WHERE id = $1 AND state = 'open' AND made_by = $2 AND recipients = 1 AND expires_at > $3
            AND EXISTS (SELECT 1 FROM console_list WHERE sending_id = $1 AND whole_at IS NOT NULL AND faults = 0)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(drafter.who())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The second person (R14, R17): somebody else, who approves at this very moment. Whatever the pages allow, this decides.
pub(crate) async fn approve_sending(
    db: &mut Connection,
    id: SendingId,
    approver: OfficerId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'released', state_since = $4, issued_at = $4, released_by = $2
        WHERE id = $1 AND state = 'waiting' AND made_by <> $2 AND expires_at > $4
            AND EXISTS (SELECT 1 FROM officer WHERE id = $3 AND role = 'approve' AND ended_at IS NULL)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(approver.who())
    .bind(approver.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(crate) async fn reject_sending(
    db: &mut Connection,
    id: SendingId,
    approver: OfficerId,
    reason: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sending
        SET state = 'rejected', state_since = $4
        WHERE id = $1 AND state = 'waiting' AND made_by <> $2
            AND EXISTS (SELECT 1 FROM officer WHERE id = $3 AND role = 'approve' AND ended_at IS NULL)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(approver.who())
    .bind(approver.as_bytes().as_slice())
    .bind(column::micros(now))
    .execute(&mut *db)
    .await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    sqlx::query(
        "INSERT INTO console_rejection (sending_id, by_officer, at, reason)
        VALUES ($1, $2, $3, $4)",
    )
    .bind(id.as_bytes().as_slice())
    .bind(approver.as_bytes().as_slice())
    .bind(column::micros(now))
    .bind(reason)
    .execute(db)
    .await?;
    Ok(true)
}

pub(crate) async fn rejection(db: &mut Connection, sending: SendingId) -> Result<Option<RejectionRow>, StoreError> {
    let row = sqlx::query(
        "SELECT by_officer, at, reason
        FROM console_rejection
        WHERE sending_id = $1",
    )
    .bind(sending.as_bytes().as_slice())
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        Ok(RejectionRow {
            officer: column::bytes(row.try_get("by_officer")?, "console_rejection", "by_officer")?,
            at: column::time(row.try_get("at")?, "console_rejection", "at")?,
            reason: row.try_get("reason")?,
        })
    })
    .transpose()
}

pub(crate) async fn state_counts(db: &mut Connection, notice: &NoticeId) -> Result<Vec<StateCount>, StoreError> {
    let rows = sqlx::query(
        "SELECT state, count(DISTINCT link_code) AS people
        FROM returned
        WHERE notice_id = $1
        GROUP BY state",
    )
    .bind(notice.as_bytes().as_slice())
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let state: Option<String> = row.try_get("state")?;
            Ok(StateCount {
                state: state.map(|state| column::text(&state, "returned", "state")).transpose()?,
                people: column::number(row.try_get("people")?, "returned", "people")?,
            })
        })
        .collect()
}

pub(crate) async fn unreached(
    db: &mut Connection,
    sending: SendingId,
    limit: u32,
) -> Result<Vec<(u32, Outcome)>, StoreError> {
    let rows = sqlx::query(
        "SELECT place, outcome
        FROM recipient
        WHERE sending_id = $1 AND outcome IN ('undeliverable', 'unknown')
        ORDER BY place
        LIMIT $2",
    )
    .bind(sending.as_bytes().as_slice())
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let outcome = column::text(row.try_get("outcome")?, "recipient", "outcome")?;
            Ok((column::number(row.try_get("place")?, "recipient", "place")?, outcome))
        })
        .collect()
}

pub(crate) async fn replies_of(
    db: &mut Connection,
    notice: &NoticeId,
    after: u64,
    limit: u32,
) -> Result<Vec<ReturnedRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT number, notice_id, link_code, at, reply
        FROM returned
        WHERE notice_id = $1 AND number > $2 AND state IS NULL
        ORDER BY number
        LIMIT $3",
    )
    .bind(notice.as_bytes().as_slice())
    .bind(column::whole(after))
    .bind(i64::from(limit))
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(ReturnedRow {
                number: column::number(row.try_get("number")?, "returned", "number")?,
                notice: column::bytes(row.try_get("notice_id")?, "returned", "notice_id")?,
                link_code: column::bytes(row.try_get("link_code")?, "returned", "link_code")?,
                at: column::time(row.try_get("at")?, "returned", "at")?,
                state: None,
                reply: row.try_get("reply")?,
            })
        })
        .collect()
}

fn draft_row(row: &Row) -> Result<DraftRow, StoreError> {
    let sending: Option<Vec<u8>> = row.try_get("sending_id")?;
    Ok(DraftRow {
        id: column::bytes(row.try_get("id")?, "console_draft", "id")?,
        officer: column::bytes(row.try_get("officer_id")?, "console_draft", "officer_id")?,
        changed_at: column::time(row.try_get("changed_at")?, "console_draft", "changed_at")?,
        form: row.try_get("form")?,
        sending: sending.map(|id| column::bytes(&id, "console_draft", "sending_id")).transpose()?,
    })
}
