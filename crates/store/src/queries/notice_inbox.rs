//! One person's notices.

use domain::NoticeKind;
use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _};

use super::notice_intake::small;
use super::notice_replaced::newer;
use super::{Connection, Row, column};
use crate::StoreError;
use crate::notice::{
    ArrivalRow, AttachmentRow, LetterId, NoticePlace, NoticeQuery, NoticeRow, RecipientId, Touched, WholeNotice,
};

/// What its sender took back before it was opened is not there.
pub(super) const STANDING: &str = " AND (letter.withdrawn_at IS NULL OR notice.opened_at IS NOT NULL)";

const COLUMNS: &str = "letter.id, letter.sender, letter.notice_id, letter.kind, letter.attachments, letter.deadline,
    letter.expires_at, letter.withdrawn_at, notice.arrived_at, notice.opened_at, notice.archived_at, notice.binned_at,
    notice.starred_at, notice.replied_at, notice.waits_until";

/// Notices of a person whose time is not over; conditions, order and limit follow, then [`WITH_WORDS`].
fn shown(recipient: RecipientId, now: Timestamp) -> QueryBuilder<super::super::Db> {
    let mut select = QueryBuilder::new("SELECT shown.*, letter_words.headline FROM (SELECT ");
    select.push(COLUMNS).push(", ");
    newer(&mut select, now);
    select.push(
        " AS newer
        FROM notice
        JOIN letter ON letter.id = notice.letter_id
        WHERE notice.recipient_id = ",
    );
    select.push_bind(recipient.0).push(" AND letter.expires_at > ").push_bind(column::micros(now));
    select
}

/// It waits for the person, and no other stands in its place. True or false, never unknown. An emergency that was not opened
/// stands elsewhere.
pub(super) fn waits(select: &mut QueryBuilder<super::super::Db>, now: Timestamp) {
    would_wait(select, now);
    // Not as `= 0`: PostgreSQL takes that for one in two hundred, and does not look for the first twenty by an index.
    select.push(" AND NOT (");
    newer(select, now);
    select.push(" > 0)");
}

/// The same, were no other in its place.
pub(super) fn would_wait(select: &mut QueryBuilder<super::super::Db>, now: Timestamp) {
    select.push(
        "notice.archived_at IS NULL AND notice.binned_at IS NULL AND notice.replied_at IS NULL
        AND letter.withdrawn_at IS NULL AND (letter.kind <> 'emergency' OR notice.opened_at IS NOT NULL)
        AND coalesce(notice.waits_until, 0) > ",
    );
    select.push_bind(column::micros(now));
}

/// Words are looked up for those that are shown, not for all that are sorted. The order follows once more.
const WITH_WORDS: &str = ") AS shown LEFT JOIN letter_words ON letter_words.letter_id = shown.id ORDER BY ";

pub(crate) async fn notices(
    db: &mut Connection,
    recipient: RecipientId,
    query: &NoticeQuery,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<NoticeRow>, StoreError> {
    let mut select = shown(recipient, now);
    select.push(STANDING);
    select.push(match query.place {
        NoticePlace::Inbox => " AND notice.archived_at IS NULL AND notice.binned_at IS NULL",
        NoticePlace::Archive => " AND notice.archived_at IS NOT NULL AND notice.binned_at IS NULL",
        NoticePlace::Bin => " AND notice.binned_at IS NOT NULL",
    });
    if let Some(before) = query.before {
        select.push(" AND notice.letter_id < ").push_bind(before.0);
        // Said once more, so that PostgreSQL does not walk through all newer letters before it joins.
        select.push(" AND letter.id < ").push_bind(before.0);
    }
    if let Some(sender) = &query.sender {
        select.push(" AND letter.sender = ").push_bind(sender.as_str().to_owned());
    }
    if let Some(kind) = query.kind {
        select.push(" AND letter.kind = ").push_bind(kind.name());
    }
    if let Some(opened) = query.opened {
        select.push(if opened { " AND notice.opened_at IS NOT NULL" } else { " AND notice.opened_at IS NULL" });
    }
    if let Some(after) = query.arrived_after {
        select.push(" AND notice.arrived_at > ").push_bind(column::micros(after));
    }
    if query.due {
        select.push(" AND notice.waits_until > ").push_bind(column::micros(now));
    }
    if let Some(to_do) = query.to_do {
        select.push(if to_do { " AND (" } else { " AND NOT (" });
        waits(&mut select, now);
        select.push(")");
    }
    if query.starred {
        select.push(" AND notice.starred_at IS NOT NULL");
    }
    select
        .push(" ORDER BY notice.letter_id DESC LIMIT ")
        .push_bind(i64::from(limit))
        .push(WITH_WORDS)
        .push("shown.id DESC");
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(notice_row).collect()
}

/// What waits for a person, the next to end first.
pub(crate) async fn notices_to_do(
    db: &mut Connection,
    recipient: RecipientId,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<NoticeRow>, StoreError> {
    let mut select = shown(recipient, now);
    // Said once more as the index has it.
    select.push(" AND notice.waits_until > ").push_bind(column::micros(now));
    select.push(" AND ");
    waits(&mut select, now);
    select.push(" ORDER BY notice.waits_until, notice.letter_id LIMIT ").push_bind(i64::from(limit));
    select.push(WITH_WORDS).push("shown.waits_until, shown.id");
    let rows = select.build().fetch_all(db).await?;
    rows.iter().map(notice_row).collect()
}

/// By when they arrived and not by their letters: a letter may be sent to more people long after newer ones. A walk over one
/// person's notices, but for those before a letter; an index on the time would be one row more to write for each notice of a
/// bulk.
pub(crate) async fn arrivals(
    db: &mut Connection,
    recipient: RecipientId,
    from: LetterId,
    after: Timestamp,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<ArrivalRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT notice.letter_id, notice.arrived_at, notice.opened_at, letter.kind
        FROM notice
        JOIN letter ON letter.id = notice.letter_id
        WHERE notice.recipient_id = $1
            AND notice.letter_id >= $5
            AND notice.arrived_at > $2
            AND notice.archived_at IS NULL
            AND notice.binned_at IS NULL
            AND letter.withdrawn_at IS NULL
            AND letter.expires_at > $3
        ORDER BY CASE WHEN letter.kind = 'emergency' THEN 0 ELSE 1 END, notice.arrived_at DESC, notice.letter_id DESC
        LIMIT $4",
    )
    .bind(recipient.0)
    .bind(column::micros(after))
    .bind(column::micros(now))
    .bind(i64::from(limit))
    .bind(from.0)
    .fetch_all(db)
    .await?;
    rows.iter()
        .map(|row| {
            let opened_at: Option<i64> = row.try_get("opened_at")?;
            let kind: NoticeKind = column::text(row.try_get("kind")?, "letter", "kind")?;
            Ok(ArrivalRow {
                letter: LetterId(row.try_get("letter_id")?),
                arrived_at: column::time(row.try_get("arrived_at")?, "notice", "arrived_at")?,
                urgent: kind == NoticeKind::Emergency,
                unread: opened_at.is_none(),
            })
        })
        .collect()
}

pub(crate) async fn whole_notice(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    now: Timestamp,
) -> Result<Option<WholeNotice>, StoreError> {
    let mut select = QueryBuilder::<super::super::Db>::new("SELECT ");
    select.push(COLUMNS).push(", ");
    newer(&mut select, now);
    select.push(
        " AS newer, letter_words.headline, letter_words.body, letter.digest, letter.taken_at, letter.states_wanted_at, (
            SELECT newer.id
            FROM letter newer
            JOIN notice theirs ON theirs.letter_id = newer.id AND theirs.recipient_id = notice.recipient_id
            WHERE newer.sender = letter.sender
                AND newer.replaces = letter.notice_id
                AND (newer.withdrawn_at IS NULL OR theirs.opened_at IS NOT NULL)
                AND newer.expires_at > ",
    );
    select.push_bind(column::micros(now)).push(
        "
            ORDER BY newer.id DESC
            LIMIT 1
        ) AS replaced_by
        FROM notice
        JOIN letter ON letter.id = notice.letter_id
        LEFT JOIN letter_words ON letter_words.letter_id = notice.letter_id
        WHERE notice.recipient_id = ",
    );
    select.push_bind(recipient.0).push(" AND notice.letter_id = ").push_bind(letter.0);
    select.push(" AND letter.expires_at > ").push_bind(column::micros(now)).push(STANDING);
    let row = select.build().fetch_optional(db).await?;
    row.map(|row| {
        let states_wanted_at: Option<i64> = row.try_get("states_wanted_at")?;
        let replaced_by: Option<i64> = row.try_get("replaced_by")?;
        Ok(WholeNotice {
            row: notice_row(&row)?,
            body: words(&row, "body")?,
            digest: column::bytes(row.try_get("digest")?, "letter", "digest")?,
            taken_at: column::time(row.try_get("taken_at")?, "letter", "taken_at")?,
            wants_states: states_wanted_at.is_some(),
            replaced_by: replaced_by.map(LetterId),
        })
    })
    .transpose()
}

pub(crate) async fn attachment(
    db: &mut Connection,
    recipient: RecipientId,
    letter: LetterId,
    place: u8,
    now: Timestamp,
) -> Result<Option<AttachmentRow>, StoreError> {
    let row = sqlx::query(
        "SELECT letter_attachment.digest, letter_attachment.sealed
        FROM notice
        JOIN letter ON letter.id = notice.letter_id
        JOIN letter_attachment ON letter_attachment.letter_id = letter.id
        WHERE notice.recipient_id = $1
            AND notice.letter_id = $2
            AND letter_attachment.place = $3
            AND letter.expires_at > $4
            AND letter.withdrawn_at IS NULL",
    )
    .bind(recipient.0)
    .bind(letter.0)
    .bind(i64::from(place))
    .bind(column::micros(now))
    .fetch_optional(db)
    .await?;
    row.map(|row| {
        let digest = column::bytes(row.try_get("digest")?, "letter_attachment", "digest")?;
        Ok(AttachmentRow { digest, sealed: row.try_get("sealed")? })
    })
    .transpose()
}

/// None where they went: what cannot be opened is shown as damaged, and keeps nobody from the others.
fn words(row: &Row, column: &'static str) -> Result<Vec<u8>, sqlx::Error> {
    Ok(row.try_get::<Option<Vec<u8>>, _>(column)?.unwrap_or_default())
}

fn notice_row(row: &Row) -> Result<NoticeRow, StoreError> {
    let time = |column: &'static str| {
        let at: Option<i64> = row.try_get(column)?;
        at.map(|at| column::time(at, "notice", column)).transpose()
    };
    let deadline: Option<String> = row.try_get("deadline")?;
    Ok(NoticeRow {
        letter: LetterId(row.try_get("id")?),
        sender: column::text(row.try_get("sender")?, "letter", "sender")?,
        notice: column::bytes(row.try_get("notice_id")?, "letter", "notice_id")?,
        kind: column::text(row.try_get("kind")?, "letter", "kind")?,
        headline: words(row, "headline")?,
        attachments: small(row.try_get("attachments")?, "attachments")?,
        deadline: deadline.map(|day| column::text(&day, "letter", "deadline")).transpose()?,
        expires_at: column::time(row.try_get("expires_at")?, "letter", "expires_at")?,
        withdrawn_at: time("withdrawn_at")?,
        replaced: row.try_get::<i64, _>("newer")? > 0,
        touched: Touched {
            arrived_at: column::time(row.try_get("arrived_at")?, "notice", "arrived_at")?,
            opened_at: time("opened_at")?,
            archived_at: time("archived_at")?,
            binned_at: time("binned_at")?,
            starred_at: time("starred_at")?,
            replied_at: time("replied_at")?,
        },
    })
}
